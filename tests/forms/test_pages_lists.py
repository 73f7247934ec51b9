# ruff: noqa: E501 - a row of a grid is one line
"""A page's end in a list of programs: a row that it cuts is one row, whole rows stay apart."""

from __future__ import annotations

import polars as pl
import pytest
from plain_blocks import (
    INDICATORS,
    MEXT_CHANGES,
    PROGRAMS,
    PROGRAMS_HEAD,
    common,
    mext,
)
from text_grid import PAGE_BREAK, read

from pipelines.forms.cells import fold


def test_two_whole_programs_on_both_sides_of_a_pages_end_stay_two() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 | ① | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備事業", "広場維持事業"]
    assert sheet.amounts[1, "initial", "令和2年度"] == "102"
    assert sheet.amounts[2, "initial", "令和2年度"] == "202"


def test_two_programs_of_which_the_second_has_no_figures_are_not_taken_for_one() -> None:
    # Both print a 行政事業レビュー番号: a half would have it on one side only.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    | 広場維持事業 |  |  |  | 0002 |  |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備事業", "広場維持事業"]


def test_a_row_that_begins_overleaf_leaves_only_its_lines_on_the_page_before() -> None:
    # Browsers draw the empty upper part of a row whose text goes to the next page.
    indicators = f"""
    | 測定指標 | 基準値 | 実績値 | < | 目標値 | 測定指標の選定理由及び目標値の設定の根拠 |
    | ^ | H28年度 | H30年度 | R1年度 | R4年度 | ^ |
    |  |  |  |  |  |  |
    {PAGE_BREAK}
    | ①広場の数 | 11 | 13 | 14 | 19 | 広場は要る。 |
    | ^ | 年度ごとの目標値 | 23 | 24 | ^ | ^ |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.values[1, "actual", "R1年度"] == "14"
    assert sheet.values[1, "annual_target", "R1年度"] == "24"
    assert not sheet.quarantined


def test_two_full_programs_stay_two_though_only_one_bears_a_list_number() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | (1) 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    | (2) 広場維持事業 | 201 | 202 | ① | 0002 | ― |
    {PAGE_BREAK}
    | 広場点検事業 | 301 | 302 | ① | 0003 | ― |
    """
    assert read(mext(programs=programs)).programs == [
        "広場整備事業",
        "広場維持事業",
        "広場点検事業",
    ]


def test_review_numbers_on_both_sides_of_a_pages_end_are_two() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 新03-0004 | ― |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 | ① | 0200 | ― |
    """
    sheet = read(mext(programs=programs))
    assert [row["review_number"] for row in sheet.readings.programs] == ["新03-0004", "0200"]
    assert not sheet.quarantined


@pytest.mark.parametrize("name", ["広場維持事業⏎（平成29年度）", "広場維持事業"])
def test_an_amount_that_begins_with_its_mark_is_no_rest_of_the_one_on_the_page_before(
    name: str,
) -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業⏎（平成28年度） | 101⏎（91） | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    | {name} | 内数 201⏎（191） | 202 | ① | ― | ― |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備事業\n（平成28年度）", name.replace("⏎", "\n")]
    assert [row["review_number"] for row in sheet.readings.programs] == ["0001", "―"]
    assert sheet.amounts[2, "initial", "令和2年度"] == "202"


def test_two_names_that_end_with_the_year_they_began_are_two_though_an_amount_breaks_off() -> None:
    # The bracket that the first one's amount lacks may be a misprint; its name is whole.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業⏎（平成28年度） | 101⏎（91 | 102 | ① |  | ― |
    {PAGE_BREAK}
    | 広場維持事業⏎（平成29年度） | 201⏎（191） |  |  | 0002 | ― |
    """
    assert read(mext(programs=programs)).programs == [
        "広場整備事業\n（平成28年度）",
        "広場維持事業\n（平成29年度）",
    ]


def test_a_table_of_other_columns_below_the_list_holds_no_programs() -> None:
    wide = "| 参考 | < | < | 元年度 | < | < |\n| 入場料 | < | < | 500円 | < | < |"
    sheet = read(common(), "参考資料", wide)
    assert sheet.programs == read(common()).programs
    assert sheet.amounts == read(common()).amounts
    assert set(sheet.quarantined) == {"参考", "元年度", "入場料", "500円"}


def test_a_row_cut_between_its_amounts_and_what_was_spent_of_them_is_one_program() -> None:
    # The lower half has a year in brackets for a name, and amounts in brackets alone.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    | （平成28年度） | （91） |  |  |  |  |
    | 広場維持事業 | 201⏎（191） | 202 | ① | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備事業\n（平成28年度）", "広場維持事業"]
    # The other program has both in one cell.
    assert sheet.amounts[1, "revised_and_executed", "令和元年度"] == "101\n（91）"
    assert not sheet.quarantined


def test_a_mark_of_an_amount_holds_for_its_execution_overleaf_where_the_list_has_both_in_a_cell() -> (
    None
):
    cut = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101の内数 | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    | （平成28年度） | （91） |  |  |  |  |
    """
    other = "| 広場維持事業 | 201⏎（191） | 202 | ① | 0002 | ― |"
    sheet = read(mext(programs=f"{cut}{other}"))
    amounts = sheet.typed("budget_amounts")
    of_first = amounts.filter(pl.col("raw_text").is_in(["101の内数", "（91）"]))
    assert of_first["inclusion"].to_list() == ["inclusive", "inclusive"]
    assert not sheet.quarantined
    # Where no other program shows it, the execution may be another cell's, and exact.
    alone = read(mext(programs=cut))
    assert (1, "executed", "令和元年度") not in alone.amounts
    assert set(alone.quarantined) == {"101の内数", "（91）"}


def test_a_row_with_a_list_number_of_its_own_is_no_half() -> None:
    lines = PROGRAMS.strip().split("\n")
    parted = "\n".join([*lines[:3], PAGE_BREAK, lines[3]])
    sheet = read(common(programs=parted))
    assert sheet.programs == read(common()).programs
    assert not sheet.quarantined


def test_indicators_named_over_two_lines_hold_for_the_program_overleaf() -> None:
    # The cell of ① is merged over both programs: every other program prints a mark or a dash.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 |  | 0002 | ― |
    | 広場修繕事業 | 301 | 302 | ― | 0003 | ― |
    """
    sheet = read(mext(programs=programs))
    assert [row["related_text"] for row in sheet.readings.programs] == ["①", "①", "―"]


def test_the_words_of_a_row_that_a_page_cuts_are_one_text() -> None:
    indicators = f"""
    | 測定指標 | 基準値 | 基準年度 | 目標値 | 目標年度 | 年度ごとの目標値⏎年度ごとの実績値 | < | < | 測定指標の選定理由及び目標値の設定の根拠 |
    | ^ | ^ | ^ | ^ | ^ |  | 平成30年度 | 令和元年度 | ^ |
    | １　広場の様子 | ― | ― | よい | 令和4年度 | 年度ごとの目標値 | ― | ― | 広場は要る。 |
    | ^ | ^ | ^ | ^ | ^ | 年度ごとの実績値 | 広場を | 広場に | ^ |
    {PAGE_BREAK}
    |  |  |  |  |  |  | 開いた。 | 集まった。 |  |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.values[1, "actual", "平成30年度"] == "広場を\n開いた。"
    assert sheet.values[1, "actual", "令和元年度"] == "広場に\n集まった。"
    assert not sheet.quarantined


def test_a_running_foot_under_a_list_is_no_part_of_the_last_name() -> None:
    foot = "－ 分析表 －"
    programs = f"""
    {PROGRAMS_HEAD}
    | 国際的な広場整備事業 | 101 | 102 | ① | 0001 | ― |
    {foot}
    {PAGE_BREAK}
    | 国際的な広場維持事業 | 201 | 202 | ① | 0002 | ― |
    """
    sheet = read(mext(programs=programs, changes=f"{MEXT_CHANGES}\n{foot}"))
    assert sheet.programs == ["国際的な広場整備事業", "国際的な広場維持事業"]


def test_an_amount_that_a_page_cuts_between_its_lines_is_one_amount() -> None:
    # 101 above and (91) below are whole amounts each; the open edges say that they are one cell.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備 ↧ | 101 ↧ | 102 ↧ | ① ↧ | 0001 ↧ | ― ↧ |
    {PAGE_BREAK}
    | ↥ 事業 | ↥ 101⏎（91） | ↥ | ↥ | ↥ 0001 | ↥ |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備\n事業"]
    assert sheet.amounts[1, "revised_and_executed", "令和元年度"] == "101\n（91）"
    assert [row["review_number"] for row in sheet.readings.programs] == ["0001"]
    assert not sheet.quarantined


def test_a_caption_under_a_list_is_no_part_of_the_last_name() -> None:
    # It stands alone under the table because the list it heads begins overleaf.
    programs = f"２　達成手段\n{PAGE_BREAK}\n{PROGRAMS}"
    indicators = INDICATORS.replace("１　広場の数", "１　広場の数と広さ")
    sheet = read(common(indicators=indicators, programs=programs))
    assert sheet.indicators == {1: "広場の数と広さ"}
    assert sheet.role("２　達成手段") == "note"


def test_indicators_of_a_row_cut_in_two_hold_for_the_rows_they_are_merged_over_below() -> None:
    # One cell of 関連する指標 begins in the first program's row and goes on over the second's.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 新規の |
    {PAGE_BREAK}
    |  |  |  |  |  | 事業 |
    | 広場維持事業 | 201 | 202 | ^ | 0002 | 継続 |
    """
    sheet = read(mext(programs=programs))
    assert [row["related_text"] for row in sheet.readings.programs] == ["①", "①"]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("101の内数⏎（91", "）"),
        ("101", "の内数⏎（91）"),
        ("101の内数⏎（", "91）"),
    ],
)
def test_an_amount_cut_within_its_words_or_its_brackets_is_one(upper: str, lower: str) -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場の新しい | {upper} | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    | 整備に必要な経費 | {lower} |  |  |  |  |
    | 広場維持事業 | 201⏎（191） | 202 | ① | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    amounts = sheet.typed("budget_amounts").filter(budget_level="program", fiscal_year=2019)
    # 千円 stands in the head; the 内数 of the budget holds for the execution under it.
    assert amounts.select("budget_stage", "amount_yen", "inclusion").rows()[:2] == [
        ("revised", 101_000, "inclusive"),
        ("executed", 91_000, "inclusive"),
    ]
    assert not sheet.quarantined


def test_a_row_goes_on_overleaf_though_the_lines_of_the_next_stand_between() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 広場を整え、 |
    |  |  |  |  |  |  |
    {PAGE_BREAK}
    |  |  |  |  |  | 公園も整える。 |
    | 広場維持事業 | 201 | 202 | ① | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備事業", "広場維持事業"]
    assert fold(sheet.readings.programs[0]["remarks"]) == "広場を整え、公園も整える。"
    assert not sheet.quarantined


def test_a_row_whose_name_is_all_overleaf_leaves_its_first_related_indicator_behind() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    |  |  |  | ① |  | 広場を保 |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 | ②⏎③ | 0002 | つ。 |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備事業", "広場維持事業"]
    assert [row["related_text"] for row in sheet.readings.programs] == ["①", "①\n②\n③"]
    assert [row["remarks"] for row in sheet.readings.programs] == ["―", "広場を保\nつ。"]
    assert sheet.amounts[2, "initial", "令和2年度"] == "202"
    assert not sheet.quarantined


def test_a_blank_review_number_overleaf_is_not_that_of_the_program_before() -> None:
    # Programs share remarks and indicators; a number names one of them.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 | ① |  | ― |
    | 広場清掃事業 | 301 | 302 | ① | 0003 | ― |
    """
    sheet = read(mext(programs=programs))
    assert [row["review_number"] for row in sheet.readings.programs] == ["0001", None, "0003"]


def test_the_year_behind_a_name_may_be_all_that_stands_overleaf_under_the_head_printed_again() -> (
    None
):
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    {PROGRAMS_HEAD}
    | （平成29年度） |  |  |  |  |  |
    | 広場維持事業⏎（令和2年度） | 201 | 202 | ① | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    starts = sheet.typed("programs")["start_fiscal_year"].to_list()
    assert sheet.programs == ["広場整備事業\n（平成29年度）", "広場維持事業\n（令和2年度）"]
    assert starts == [2017, 2020]
    assert sheet.amounts[1, "initial", "令和2年度"] == "102"
    assert not sheet.quarantined
