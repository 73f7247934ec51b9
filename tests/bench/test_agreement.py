"""What the bench says became of a cell that another tool reads otherwise."""

from __future__ import annotations

import pytest

from tests.bench import agreement


@pytest.mark.parametrize(
    ("ours", "theirs", "cause"),
    [
        ("予算額\n（執行額）", ["予算額 （執行額）"], agreement.SAME),
        ("1,234", [""], agreement.LOST),
        ("予算額", ["予予算算額額"], agreement.PRINTED_TWICE),
        ("令和2年度", ["年度令和2"], agreement.OTHER_ORDER),
        ("H29年度", ["H29年度H30年度"], agreement.WITH_OTHERS),
        ("作成責任者名", ["作成責", "任者名"], agreement.IN_PIECES),
        ("1,234", ["達成手段"], agreement.ABSENT),
    ],
)
def test_a_cell_that_differs_has_its_cause(ours: str, theirs: list[str], cause: str) -> None:
    assert agreement.compared([ours], theirs) == {cause: 1}


def test_each_text_is_found_once_and_cells_without_text_are_none() -> None:
    counted = agreement.compared(["－", "－", "", " \n"], ["－", ""])
    assert counted == {agreement.SAME: 1, agreement.LOST: 1}
