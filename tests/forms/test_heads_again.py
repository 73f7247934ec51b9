# ruff: noqa: E501 - a row of a grid is one line
"""Which pages begin with the head of a list as it was before, and what else stands in it."""

from __future__ import annotations

import pytest
from plain_blocks import MEXT_GOAL, MEXT_INDICATOR, MEXT_QUALITATIVE, mext
from text_grid import PAGE_BREAK, draw, read

from pipelines.forms.cells import Cell, lay_end_to_end
from pipelines.forms.declaration import declarations
from pipelines.forms.form import divide
from pipelines.forms.heads_again import HeadAgain, heads_again

MEXT = next(family for family in declarations() if family.form == "mext")
HEAD = "\n".join(MEXT_INDICATOR.strip().split("\n")[:2])
LABELS = ["測定指標", "基準値", "実績値", "目標値", "測定指標の選定理由及び目標値の設定の根拠"]
YEARS = ["H28年度", "H29年度", "H30年度", "R1年度", "R4年度"]
ROWS = "\n".join(MEXT_INDICATOR.strip().split("\n")[2:])
MORE = ROWS.replace("①広場", "③公園").replace("| 1", "| 3").replace("| 2", "| 4")


def again(*indicators: str) -> dict[int, HeadAgain]:
    """The heads of indicators that are printed again in a sheet; its pages are counted from 0."""
    (form,) = divide(lay_end_to_end([draw(mext(indicators="\n".join(indicators)))]), MEXT)
    return form.heads_again


def texts(head: HeadAgain) -> set[str]:
    return {cell.text for cell in head.cells}


def test_a_page_begins_with_the_head_of_the_list_before() -> None:
    found = again(MEXT_INDICATOR, PAGE_BREAK, HEAD, MORE)
    assert {page: texts(head) for page, head in found.items()} == {1: {*LABELS, *YEARS}}
    assert not found[1].with_more


def test_rows_without_a_head_on_a_page_between_are_of_the_same_list() -> None:
    found = again(MEXT_INDICATOR, PAGE_BREAK, MORE, PAGE_BREAK, HEAD, MORE)
    assert found.keys() == {2}


def test_a_label_is_whole_under_a_head_printed_again_after_a_page_without_one() -> None:
    cut = [
        *(MEXT_INDICATOR, PAGE_BREAK, "| ③公園の数 | 31 | 32 | 33 | 34 | 39 | 公園は要る。 |"),
        "| ^ | 年度ごとの | 広場を増 | 43 | 44 | ^ | ^ |",
        *(PAGE_BREAK, HEAD, "|  | 目標値 | やす。 |  |  |  |  |"),
    ]
    sheet = read(mext(indicators="\n".join(cut)))
    assert sheet.values[3, "annual_target", "H29年度"] == "広場を増\nやす。"
    assert not sheet.quarantined


def test_a_head_with_more_in_it_is_that_head_all_the_same() -> None:
    # Also in the row of years: nothing rules the rest of the row above off.
    head = HEAD.replace("根拠 |", "根拠⏎要る。 |").replace("| H30年度 |", "| H30年度⏎暫定 |")
    found = again(MEXT_INDICATOR, PAGE_BREAK, head, MORE)
    assert {cell.text for cell in found[1].with_more} == {f"{LABELS[-1]}\n要る。", "H30年度\n暫定"}


@pytest.mark.parametrize(
    "overleaf",
    [
        [MEXT_GOAL.replace("１", "２"), HEAD],
        [HEAD.replace("R1年度", "R2年度")],
        [HEAD.replace("| 目標値 |", "|  |")],
        [f"{line} 備考 |" for line in HEAD.split("\n")],
        [MEXT_QUALITATIVE],
    ],
    ids=["a goal above it", "another year", "a label less", "other edges", "in words"],
)
def test_the_head_of_another_list_is_none_printed_again(overleaf: list[str]) -> None:
    assert not again(MEXT_INDICATOR, PAGE_BREAK, *overleaf, MORE)


def test_only_the_last_head_of_a_page_goes_on_overleaf() -> None:
    # Of a page with two lists, the lower one meets the page's end.
    found = again(MEXT_INDICATOR, MEXT_QUALITATIVE, PAGE_BREAK, HEAD, MORE)
    assert not found


def test_a_second_list_below_the_one_that_goes_on_has_its_own_years() -> None:
    second = f"{HEAD.replace('R1年度', 'R2年度')}\n{ROWS.replace('①広場', '②花')}"
    lists = f"{MEXT_INDICATOR}\n{PAGE_BREAK}\n{HEAD}\n{MORE}\n{second}"
    sheet = read(mext(indicators=lists))
    assert sheet.indicators == {1: "広場の数", 3: "公園の数", 2: "花の数"}
    assert sheet.values[3, "actual", "R1年度"] == "34"
    assert sheet.values[2, "actual", "R2年度"] == "14"
    assert not sheet.quarantined


def test_cells_that_share_but_one_edge_are_of_other_tables() -> None:
    narrow = [f"{line} × |" for line in HEAD.split("\n")]
    assert not again(MEXT_INDICATOR, PAGE_BREAK, *narrow, MORE)


def test_a_box_beside_the_table_is_no_part_of_its_head() -> None:
    head = [
        Cell(f"{page}-{text}", "d", page, 1, 100.0 * column, 100.0 * column + 100.0, top, top + 20, text, is_ruled=True)
        for page, top in ((0, 700.0), (1, 850.0))
        for column, text in enumerate(("達成手段", "予算額", "備考"), start=1)
    ]  # fmt: skip
    before = Cell("box", "d", 0, 2, 450.0, 500.0, 705.0, 730.0, "別紙１", is_ruled=True)
    beside = Cell("page", "d", 1, 1, 20.0, 60.0, 845.0, 880.0, "２", is_ruled=True)
    labels = {cell.key: "program" for cell in head if cell.text == "達成手段"}
    found = heads_again([*head[:3], before, beside, *head[3:]], labels, MEXT)
    assert found[1].cells == tuple(head[3:])
