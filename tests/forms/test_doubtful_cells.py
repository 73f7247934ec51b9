"""Cells of which a figure or a line may be another's: what is in them is put aside."""

from __future__ import annotations

from plain_blocks import (
    MEXT_GOAL,
    MEXT_HEADER,
    MEXT_INDICATOR,
    MEXT_PROGRAMS,
    MEXT_QUALITATIVE,
    PROGRAMS_HEAD,
    mext,
)
from text_grid import read


def test_no_amount_comes_of_a_cell_whose_figure_may_be_anothers() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101⏎（91）⁇ | ⁇ | ① | 0001 | ― |
    | 広場維持事業 | 201⏎（191）| 202 | ① | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    assert [place for place in sheet.amounts if place[0] == 1] == []
    assert len([place for place in sheet.amounts if place[0] == 2]) == 2
    reason = "a figure or a line stands across the ruling between this cell and another"
    assert sheet.quarantined == {"101\n（91）": reason}
    assert sheet.typed("budget_amounts").filter(amount_printed=101).is_empty()


def test_no_text_comes_of_a_cell_that_may_hold_anothers() -> None:
    # Half a number or a reason reads as a whole one: the cells are put aside, the fields empty.
    sheet = read(
        mext(
            header=MEXT_HEADER.replace("広場を整える。", "広場を整⁇"),
            goal=MEXT_GOAL.replace("計画による。", "計画に⁇"),
            indicators=MEXT_INDICATOR.replace("広場は要る。", "広場は⁇")
            + MEXT_QUALITATIVE.replace("取組は要る。", "取組は⁇"),
            programs=MEXT_PROGRAMS.replace("| 0001 | 新規 |", "| 000⁇ | 新⁇ |").replace(
                "①～②", "①～⁇"
            ),
        )
    )
    readings = sheet.readings
    assert readings.policies[0]["overview"] is None
    assert readings.goals[0]["rationale"] is None
    assert [row["rationale"] for row in readings.indicators] == [None, None]
    first, second = readings.programs
    assert (first["review_number"], first["remarks"]) == (None, None)
    assert (first["related_text"], second["related_text"]) == ("①", None)
    assert set(sheet.quarantined) == {"広場を整", "計画に", "広場は", "取組は", "000", "新", "①～"}
