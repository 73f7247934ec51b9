"""Rows that a page's end cuts and whose texts stand there without ruling: never half a text."""

from __future__ import annotations

import polars as pl
import pytest
from plain_blocks import MEXT_PROGRAMS, PROGRAMS_HEAD, common, mext
from text_grid import PAGE_BREAK, Sheet, draw, read

from pipelines.extract import Extraction
from pipelines.forms import read_forms

GOES_ON = "stands where a row of the table goes on, without ruling"
IN_PART = "a row without ruling at the page's end may hold a part of it"


def test_texts_beside_the_cells_at_a_pages_head_are_the_rest_of_those_across_its_end() -> None:
    indicators = f"""
    | 測定指標 | 基準値 | 実績値 | 目標値 | 測定指標の選定理由及び目標値の設定の根拠 |
    | ^ | H28年度 | R1年度 | R4年度 | ^ |
    | ①広場の数（累 | 11 | 14 | 19 | 広場は要るから |
    {PAGE_BREAK}
    | ×計） | 年度ごとの目標値 | 24 | × | ×増やす。 |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.quarantined == {
        "①広場の数（累": IN_PART,
        "広場は要るから": IN_PART,
        "計）": GOES_ON,
        "増やす。": GOES_ON,
    }
    indicator = sheet.readings.indicators[0]
    assert (indicator["name_text"], indicator["rationale"]) == (None, None)
    # Below 14 and 19 nothing stands without ruling: they are whole.
    assert sheet.values[1, "actual", "R1年度"] == "14"
    assert sheet.values[1, "target", "R4年度"] == "19"


def test_no_blank_amount_comes_of_a_row_whose_amount_stands_without_ruling() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 広場を整える。 |
    | × | × | ×5,103の内数 | ×② | ×0002 | ― |
    {PAGE_BREAK}
    | 広場維持事業 | 201 |  |  |  |  |
    """
    sheet = read(mext(programs=programs))
    assert sheet.quarantined == dict.fromkeys(["5,103の内数", "②", "0002"], GOES_ON)
    # Nor are the blank related indicators those of the program above.
    assert [row["related_text"] for row in sheet.readings.programs] == ["①", None]
    assert {place[:2] for place in sheet.amounts if place[0]} == {
        (1, "revised_and_executed"),
        (1, "initial"),
        (2, "revised_and_executed"),
    }


@pytest.mark.parametrize("head", ["", PROGRAMS_HEAD], ids=["no head", "head again"])
def test_a_row_without_any_ruling_is_put_aside_with_what_is_left_of_it_overleaf(head: str) -> None:
    # Overleaf stands the second program's rest, which would pass for that of the first.
    programs = f"""
    {PROGRAMS_HEAD}
    | 公園事業 | 301 | 302 | ① | 0003 | ― |
    | 広場整備 | 101 | 102 | ① | 0001 | ― |
    | ×広場維持 | ×201 | ×202 | ×① | ×0002 | ×― |
    {PAGE_BREAK}
    {head}
    | 事業 | （191） |  |  |  |  |
    """
    sheet = read(mext(programs=programs))
    unruled = ["広場維持", "201", "202", "0002"]
    assert unruled == [text for text in unruled if sheet.quarantined.get(text) == GOES_ON]
    halves = ["広場整備", "101", "事業", "（191）"]
    assert halves == [text for text in halves if sheet.quarantined.get(text) == IN_PART]
    assert not [text for text in sheet.amounts.values() if "101" in text or "191" in text]
    assert "301" in sheet.amounts.values()


def test_a_row_without_any_ruling_at_a_pages_head_goes_on_from_the_page_before() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備 | 101 | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    | ×事業 | ×（91） | × | × | × | × |
    | 広場維持事業 | 201 | 202 | ① | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    assert {"広場整備", "101", "事業", "（91）"} <= sheet.quarantined.keys()
    # A program with half a name is none, and its other amount nobody's.
    assert sheet.programs == ["広場維持事業"]
    assert sheet.quarantined["102"] == IN_PART
    assert {text for place, text in sheet.amounts.items() if place[0]} == {"201", "202"}


@pytest.mark.parametrize(
    ("foot", "head"),
    [
        pytest.param("※　速報による。", "", id="a note below the table"),
        pytest.param("", "（続き）", id="a line above the rest of the table"),
        pytest.param("| × | × | ×- 1 - | × | × | × |", "", id="a page number"),
        pytest.param("", "| ×（単位：千円） | × | × | × | × | × |", id="a caption"),
        pytest.param("| ×広場の資料 | × | × | × | × | ×1頁 |", "", id="a foot like that of page 2"),
    ],
)
def test_notes_captions_and_running_heads_at_a_pages_end_are_no_rows(foot: str, head: str) -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    {foot}
    {PAGE_BREAK}
    {head}
    | 広場維持事業 | 201 | 202 | ① | 0002 | ― |
    """
    changes = """
    | 昨年度事前分析表からの変更点 | なし |
    | ×広場の資料 | × | × | × | × | ×2頁 |
    """
    sheet = read(mext(programs=programs, changes=changes))
    assert not sheet.quarantined
    assert len([place for place in sheet.amounts if place[0]]) == 4


def test_a_page_of_notes_that_line_up_with_a_table_stays_one() -> None:
    notes = "| ×注１ | × | × | × | × | ×速報による。 |"
    sheet = read(mext(programs=MEXT_PROGRAMS, changes=""), PAGE_BREAK, notes)
    assert not sheet.quarantined


def test_a_name_that_ends_another_name_leaves_that_program_alone() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    | 整備事業 | 201 | 202 | ① | 0002 | ― |
    {PAGE_BREAK}
    | ×の二 | × | × | × | ×－２ | × |
    | 公園事業 | 301 | 302 | ① | 0003 | ― |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備事業", "公園事業"]
    numbers = [row["review_number"] for row in sheet.readings.programs]
    assert numbers == ["0001", "0003"]


def test_texts_of_neighbours_that_nearly_touch_are_of_the_row_as_well() -> None:
    # The texts of two narrow columns are one note over both: 四つの 0002.
    programs = f"""
    {PROGRAMS_HEAD}
    | 公園事業 | 301 | 302 | ① | 0003 | 公園を保つ。 |
    | ×広場維 | ×201 | × | ×四つの 0002 | × | ×広場を |
    {PAGE_BREAK}
    | 持事業 |  |  |  |  | 保つ。 |
    """
    drawn = draw(mext(programs=programs))
    is_wide = pl.col("raw_text") == "四つの 0002"
    width = pl.when(is_wide).then(pl.col("x1") + 140).otherwise(pl.col("x1"))
    extraction = Extraction(pages=drawn.pages, cells=drawn.cells.with_columns(x1=width))
    sheet = Sheet(read_forms([extraction]), extraction)
    assert sheet.quarantined == {
        **dict.fromkeys(["広場維", "201", "四つの 0002", "広場を"], GOES_ON),
        **dict.fromkeys(["公園事業", "301", "302", "公園を保つ。", "持事業", "保つ。"], IN_PART),
    }


def test_a_value_put_together_with_a_row_without_ruling_is_no_fact() -> None:
    # The lower row is the rest of what stands without ruling, not of the indicator above it.
    indicators = f"""
    | 測定指標 | 基準値 | 年度ごとの目標値⏎（年度ごとの実績値） | 目標値 | 測定指標の選定理由 |
    | ^ | H28年度 | R1年度 | R4年度 | ^ |
    | ①広場の数 | 11 | 広場を増やす。⏎（―） | 19 | 広場は要る。 |
    | ×②公園の数 | ×12 | ×公園を | ×20 | ×公園は |
    {PAGE_BREAK}
    |  |  | 増やす。⏎（―） |  | 要る。 |
    """
    sheet = read(common(indicators=indicators))
    assert not [place for place in sheet.values if place[2] == "R1年度"]
