"""Where one half of a text is put aside at a page's end, the other must not pass for the whole."""

from __future__ import annotations

import polars as pl
import pytest
from plain_blocks import MEXT_GOAL, MEXT_HEADER, MEXT_INDICATOR, PROGRAMS_HEAD, mext
from text_grid import PAGE_BREAK, Sheet, draw, read

from pipelines.extract import Extraction
from pipelines.forms import read_forms

IN_PART = "its other half may be what is put aside across the page's end"
#: Of the programs, a row whose columns are seen, and overleaf one of which two are not.
UNSEEN_COLUMNS = f"""
{PROGRAMS_HEAD}
| 公園事業 | 301 | 302 | ① | 0003 | 公園を保つ。 |
| 広場整備 | 101 | 102 | ① | 0001 | 新たに整 |
{PAGE_BREAK}
| 事業 | える。 |
"""


def test_no_name_is_the_upper_half_of_what_is_put_aside() -> None:
    # Overleaf the ruling between the name and 実績 was not seen.
    words = f"""
    | 測定指標 | 基準値 | ― | < |
    | ②広場の取 | 実績 | H30年度 | 始めた。 |
    {PAGE_BREAK}
    | 組の状況 | < | R1年度 | 続けた。 |
    """
    sheet = read(mext(indicators=f"{MEXT_INDICATOR}\n{words}"))
    assert sheet.quarantined == {
        "②広場の取": IN_PART,
        "組の状況": "no label of the form governs this cell",
    }
    assert sheet.indicators == {1: "広場の数", 2: None}


def test_no_program_amount_or_remark_is_the_upper_half_of_what_is_put_aside() -> None:
    sheet = read(mext(programs=UNSEEN_COLUMNS))
    halves = ["広場整備", "101", "102", "0001", "新たに整"]
    assert [sheet.quarantined.get(text) for text in halves] == [IN_PART] * 5
    assert sheet.programs == ["公園事業"]
    assert [row["remarks"] for row in sheet.readings.programs] == ["公園を保つ。"]
    assert {text for place, text in sheet.amounts.items() if place[0]} == {"301", "302"}


def test_a_goal_that_uses_the_words_of_what_is_put_aside_keeps_its_own() -> None:
    goal = MEXT_GOAL.replace("計画による。", "計画により、新たに整える。")
    programs = UNSEEN_COLUMNS.replace("新たに整 |", "新たに整える。 |").replace(
        "| える。 |", "| 毎年。 |"
    )
    sheet = read(mext(goal=goal, programs=programs))
    assert sheet.quarantined["新たに整える。"] == IN_PART
    assert [row["rationale"] for row in sheet.readings.goals] == ["計画により、新たに整える。"]


def test_no_field_is_the_lower_half_of_what_is_put_aside() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場 | 新たに |
    {PAGE_BREAK}
    {PROGRAMS_HEAD}
    | 整備事業 | 101 | 102 | ① | 0001 | 整える。 |
    | 公園事業 | 301 | 302 | ① | 0003 | 公園を保つ。 |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["公園事業"]
    assert {"整備事業", "整える。"} <= sheet.quarantined.keys()


def test_what_a_print_that_shows_its_cuts_rules_off_is_whole() -> None:
    # The overview is cut and left open, so the list, which is ruled at the page's end, is not.
    header = f"""
    | 施策名 | 広場の整備 | 部局名 | 整備局 | 作成責任者 | 課長 |
    | 施策の概要 | 広場を↧ | < | < | 政策評価実施予定時期 | 令和5年度 |
    {PAGE_BREAK}
    |  | ↥整える。 | < | < |  |  |
    """
    assert "広場整備" in read(mext(header=MEXT_HEADER, programs=UNSEEN_COLUMNS)).quarantined
    sheet = read(mext(header=header, programs=UNSEEN_COLUMNS))
    assert sheet.programs == ["公園事業", "広場整備"]


def test_a_title_at_a_pages_foot_takes_nothing_from_the_form_overleaf() -> None:
    first = mext(programs="", changes="")
    second = mext(title="| 令和2年度実施施策に係る事前分析表 |\n" + PAGE_BREAK)
    names = [row["name_text"] for row in read(first, second).readings.policies]
    assert names == ["広場の整備"] * len(names)


def test_a_text_of_which_a_line_stands_in_a_strip_is_not_whole() -> None:
    # A browser lets the last line run over the lower edge, into a strip before the next table.
    drawn = draw(mext(indicators=f"{MEXT_INDICATOR}\n|  |  |  |  |  |  | 市民に。 |"))
    strip = pl.col("raw_text") == "市民に。"
    height = pl.when(strip).then(pl.col("y0") + 4).otherwise(pl.col("y1"))
    extraction = Extraction(pages=drawn.pages, cells=drawn.cells.with_columns(y1=height))
    sheet = Sheet(read_forms([extraction]), extraction)
    assert (
        sheet.quarantined["広場は要る。"] == "a line of it may be what stands in a strip beside it"
    )
    assert sheet.readings.indicators[0]["rationale"] is None


@pytest.mark.parametrize(
    "head", [[], MEXT_INDICATOR.split("\n")[1:3]], ids=["no head", "head again"]
)
def test_a_label_that_a_page_cuts_governs_the_figures_on_both_pages(head: list[str]) -> None:
    indicators = "\n".join(
        [
            *MEXT_INDICATOR.split("\n")[:4],
            "| ^ | 年度ごとの | 広場を増 | 23 | 24 | ^ | ^ |",
            PAGE_BREAK,
            *head,
            "|  | 目標値 | やす。 |  |  |  |  |",
        ]
    )
    sheet = read(mext(indicators=indicators))
    assert not sheet.quarantined
    assert sheet.values[1, "annual_target", "H29年度"] == "広場を増\nやす。"


def test_a_head_printed_again_takes_no_words_for_its_own() -> None:
    # 測定指標の選定理由… and whatever follows is a label, but what follows is the row's rationale.
    indicators = f"""
    | 測定指標 | 基準値 | 実績値 | 目標値 | 測定指標の選定理由 |
    | ^ | H28年度 | R1年度 | R4年度 | ^ |
    {PAGE_BREAK}
    | 測定指標 | 基準値 | 実績値 | 目標値 | 測定指標の選定理由 |
    | ^ | H28年度 | R1年度 | R4年度 | ^ |
    | ①広場の数 | 11 | 14 | 19 | 広場は要る。 |
    """
    assert read(mext(indicators=indicators)).readings.indicators[0]["rationale"] == "広場は要る。"
