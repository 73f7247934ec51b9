# ruff: noqa: E501 - a row of a grid is one line
"""A page's end: what it cuts is put together again, what it only parts stays apart."""

from __future__ import annotations

import pytest
from plain_blocks import (
    INDICATORS,
    MEXT_BUDGET,
    MEXT_CHANGES,
    MEXT_GOAL,
    MEXT_HEADER,
    MEXT_INDICATOR,
    MEXT_PROGRAMS,
    MEXT_TITLE,
    PROGRAMS,
    TITLE,
    common,
    mext,
)
from text_grid import KEY, PAGE_BREAK, draw, read

from pipelines import reading
from pipelines.forms.cells import fold

PROGRAMS_HEAD = "\n".join(MEXT_PROGRAMS.split("\n")[:2])


def test_a_name_and_a_remark_cut_by_the_pages_end_are_one_program() -> None:
    # No field that both halves print: the figures are all above, only text goes on below.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備 | 101⏎（91） | 102 | ① | 0001 | 新規の |
    {PAGE_BREAK}
    | 事業⏎（平成28年度） |  |  |  |  | 事業 |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備\n事業\n（平成28年度）"]
    assert [row["remarks"] for row in sheet.readings.programs] == ["新規の\n事業"]
    assert sheet.amounts[1, "revised_and_executed", "令和元年度"] == "101\n（91）"
    assert sheet.amounts[1, "initial", "令和2年度"] == "102"
    assert not sheet.quarantined


def test_a_remark_that_goes_on_overleaf_under_an_empty_name_is_one_remark() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 新規の |
    {PAGE_BREAK}
    |  |  |  |  |  | 事業 |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備事業"]
    assert [row["remarks"] for row in sheet.readings.programs] == ["新規の\n事業"]
    assert not sheet.quarantined


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


def test_a_head_printed_again_overleaf_is_no_program_and_no_second_list() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    {PROGRAMS_HEAD}
    | 広場維持事業 | 201 | 202 | ① | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備事業", "広場維持事業"]
    assert not sheet.quarantined


def test_a_table_that_runs_on_without_its_head_keeps_its_columns() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    | 広場利用事業 | 111 | 112 | ① | 0003 | ― |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 | ① | 0002 | ― |
    | 広場清掃事業 | 301 | 302 | ① | 0004 | ― |
    """
    sheet = read(mext(programs=programs))
    assert len(sheet.programs) == 4
    assert sheet.amounts[4, "revised_and_executed", "令和元年度"] == "301"
    assert sheet.amounts[4, "initial", "令和2年度"] == "302"


def test_an_indicator_whose_row_of_targets_is_overleaf_is_one_indicator() -> None:
    indicators = f"""
    | 測定指標 | 基準値 | 実績値 | < | < | 目標値 | 測定指標の選定理由及び目標値の設定の根拠 |
    | ^ | H28年度 | H29年度 | H30年度 | R1年度 | R4年度 | ^ |
    | ①広場の | 11 | 12 | 13 | 14 | 19 | 広場は |
    {PAGE_BREAK}
    | 数 | 年度ごとの目標値 | 22 | 23 | 24 |  | 要る。 |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.indicators == {1: "広場の\n数"}
    assert sheet.values == {
        (1, "baseline", "H28年度"): "11",
        (1, "actual", "H29年度"): "12",
        (1, "actual", "H30年度"): "13",
        (1, "actual", "R1年度"): "14",
        (1, "annual_target", "H29年度"): "22",
        (1, "annual_target", "H30年度"): "23",
        (1, "annual_target", "R1年度"): "24",
        (1, "target", "R4年度"): "19",
    }
    assert [row["rationale"] for row in sheet.readings.indicators] == ["広場は\n要る。"]


def test_page_numbers_and_running_heads_between_two_halves_are_notes() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備 | 101 | 102 | ① | 0001 | ― |
    - 1 -
    {PAGE_BREAK}
    （続き）
    | 事業 |  |  |  |  |  |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備\n事業"]
    assert sheet.role("- 1 -") == "note"
    assert sheet.role("（続き）") == "note"


def test_two_forms_in_one_file_are_two_policies_with_their_own_figures() -> None:
    second = (
        common().replace("広場の整備", "公園の整備").replace("⑨", "⑩").replace("1,001", "9,001")
    )
    sheet = read(common(), PAGE_BREAK, second)
    policies = sheet.readings.policies
    assert [row["name_text"] for row in policies] == ["広場の整備", "公園の整備"]
    assert [row["sheet_code"] for row in policies] == ["総務省R2－⑨", "総務省R2－⑩"]
    first_budgets = [
        (row["policy_key"][-1], row["raw_text"])
        for row in sheet.readings.budgets
        if row["stage"] == "initial" and row["period_text"] == "平成30年度"
    ]
    assert first_budgets == [("1", "1,001"), ("2", "9,001")]
    assert not sheet.quarantined


def test_a_header_row_printed_again_on_every_page_is_no_new_form() -> None:
    again = "| 施策名 | 広場の整備 | 部局名 | 整備局 | 作成責任者 | 課長 |"
    sheet = read(
        MEXT_TITLE, MEXT_HEADER, MEXT_BUDGET, MEXT_GOAL, PAGE_BREAK, again, MEXT_PROGRAMS,
        "| 測定指標 | 基準値 | 実績値 | 目標値 |", "| ^ | H28年度 | R1年度 | R4年度 |",
        "| ①広場の数 | 11 | 14 | 19 |", MEXT_CHANGES,
    )  # fmt: skip
    assert len(sheet.readings.policies) == 1
    assert sheet.readings.policies[0]["name_text"] == "広場の整備"
    assert sheet.programs == ["広場整備事業\n（平成28年度）", "広場維持事業\n（平成29年度）"]


def test_a_baseline_whose_year_stands_overleaf_keeps_both() -> None:
    indicators = f"""
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎年度ごとの実績値 | < |
    | ^ | 基準年度 | 目標年度 | 令和元年度 | 令和2年度 |
    | １　広場の | 11倍 | 19倍 | 13 | 14 |
    {PAGE_BREAK}
    | 数 | R4年度 | R8年度 | （22） | （23） |
    """
    sheet = read(common(indicators=indicators, programs=""), PAGE_BREAK, PROGRAMS)
    assert sheet.values[1, "baseline", "R4年度"] == "11倍"
    assert sheet.values[1, "target", "R8年度"] == "19倍"


def test_a_head_cut_by_the_pages_end_is_one_head() -> None:
    lines = PROGRAMS.strip().split("\n")
    cut = f"""
    | 達成手段 | 予算額計（執行額） | < | 令和2年度 | 関連する | 達成手段の概要等 | 令和2年度行政事業 |
    {PAGE_BREAK}
    | （開始年度） | 平成30年度 | 令和元年度 | 当初予算額 | 指標 |  | レビュー事業番号 |
    """
    whole, parted = read(common()), read(common(programs="\n".join([cut, *lines[2:]])))
    assert parted.programs == whole.programs
    assert parted.amounts == whole.amounts
    assert not parted.quarantined


def test_a_unit_under_a_label_may_stand_overleaf() -> None:
    lines = PROGRAMS.strip().split("\n")
    cut = "\n".join([lines[0], PAGE_BREAK, lines[1].replace("| ^ |", "| （単位：千円） |", 1)])
    cut = cut.replace("^", "")
    sheet = read(common(programs="\n".join([cut, *lines[2:]])))
    assert sheet.programs == read(common()).programs
    assert not sheet.quarantined


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


def test_a_head_whose_cells_stand_on_either_side_of_a_pages_end_is_one_row() -> None:
    programs = f"""
    |  | 令和元年度⏎予算額（執行額）⏎【千円】 | 令和2年度⏎当初予算額⏎【千円】 | 関連する指標 |  | 備考 |
    {PAGE_BREAK}
    | 達成手段⏎（開始年度） |  |  |  | 行政事業レビュー番号 |  |
    | 広場整備事業⏎（平成28年度） | 101⏎（91） | 102 | ① | 0001 | 新規 |
    | 広場維持事業⏎（平成29年度） | 201⏎（191） | 202 | ①～② | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    assert sheet.amounts == read(mext()).amounts
    assert [row["review_number"] for row in sheet.readings.programs] == ["0001", "0002"]
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
    assert sheet.amounts[1, "revised", "令和元年度"] == "101"
    assert sheet.amounts[1, "executed", "令和元年度"] == "（91）"
    assert not sheet.quarantined


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


def test_a_blank_overleaf_stays_blank_in_a_list_with_other_blanks() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 |  | 0002 | ― |
    | 広場修繕事業 | 301 | 302 |  | 0003 | ― |
    """
    sheet = read(mext(programs=programs))
    assert [row["related_text"] for row in sheet.readings.programs] == ["①", None, None]


def test_two_remarks_of_which_the_upper_breaks_off_at_the_pages_end_are_put_aside() -> None:
    # One remark on both programs, cut, or two remarks: the print does not say.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 広場を整える取組を、年２ |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 | ① | 0002 | 回以上行う。 |
    """
    sheet = read(mext(programs=programs))
    assert [row["remarks"] for row in sheet.readings.programs] == [None, None]
    assert len(sheet.quarantined) == 2


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


def test_the_lower_half_of_a_head_may_hold_the_label_of_the_budget() -> None:
    # The label stands in the middle of its merged cell, which is overleaf; the years are not.
    budget = f"""
    |  | 区分 | < | 平成30年度 | 令和元年度 |
    {PAGE_BREAK}
    | 施策の予算額・執行額等 | 予算の状況⏎（千円） | 当初予算（a） | 1,001 | 1,002 |
    | ^ | ^ | 補正予算（b） | 2,001 | 2,002 |
    | ^ | 執行額（千円） | < | 5,001 | 5,002 |
    """
    sheet = read(common(budget=budget))
    assert sheet.amounts[None, "initial", "平成30年度"] == "1,001"
    assert sheet.amounts[None, "executed", "令和元年度"] == "5,002"
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


def test_a_remark_that_a_page_cuts_and_rules_on_neither_side_is_one_remark() -> None:
    # Both halves are sentences: but for the open edges it might as well be two remarks.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 広場を整えるための事業。 ↧ |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 | ① | 0002 | ↥ 広場を保つための事業。 |
    | 広場清掃事業 | 301 | 302 | ① | 0004 | ^ |
    """
    sheet = read(mext(programs=programs))
    whole = "広場を整えるための事業。\n広場を保つための事業。"
    assert [row["remarks"] for row in sheet.readings.programs] == [whole] * 3
    assert not sheet.quarantined


def test_a_head_of_which_the_years_stand_overleaf_and_the_rest_is_cut_is_one_head() -> None:
    programs = f"""
    | 達成手段⏎（開始 ↧ | 予算額計（執行額） | < | 令和2年度⏎当初予算額（千円 ↧ | 関連する指標 ↧ | 達成手段の概要等 ↧ | 令和2年度行政事業レ ↧ |
    {PAGE_BREAK}
    | ↥ 年度） | 平成30年度 | 令和元年度 | ↥ ） | ↥ | ↥ | ↥ ビュー事業番号 |
    | 広場整備事業 | 101⏎（91） | 102⏎（92） | 103 | 1 | 広場を整える。 | 0001 |
    """
    sheet = read(common(programs=programs))
    assert sheet.programs == ["広場整備事業"]
    assert sheet.amounts[1, "revised_and_executed", "平成30年度"] == "101\n（91）"
    assert sheet.amounts[1, "revised_and_executed", "令和元年度"] == "102\n（92）"
    assert sheet.amounts[1, "initial", "令和2年度"] == "103"
    units = {row["stage"]: row["unit_label"] for row in sheet.readings.budgets}
    assert units["initial"] == "千円"
    assert [row["review_number"] for row in sheet.readings.programs] == ["0001"]
    assert not sheet.quarantined


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


def test_remarks_that_are_ruled_off_stay_two_where_the_print_leaves_open_what_a_page_cuts() -> None:
    # The first page's end leaves the cell that it cuts open, so the second one's rulings tell.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 広場を整えるための ↧ |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 | ① | 0002 | ↥ 事業。 |
    | 広場清掃事業 | 301 | 302 | ① | 0004 | 広場を掃くための事業 |
    {PAGE_BREAK}
    | 広場利用事業 | 401 | 402 | ① | 0005 | 広場を使うための事業。 |
    """
    sheet = read(mext(programs=programs))
    assert [row["remarks"] for row in sheet.readings.programs] == [
        "広場を整えるための\n事業。",
        "広場を整えるための\n事業。",
        "広場を掃くための事業",
        "広場を使うための事業。",
    ]
    assert not sheet.quarantined


def test_a_line_that_a_page_cuts_through_and_prints_on_both_sides_is_one_line() -> None:
    indicators = f"""
    | 測定指標 | 基準値 | 基準年度 | 目標値 | 目標年度 | 年度ごとの目標値⏎年度ごとの実績値 | < | < | 測定指標の選定理由及び目標値の設定の根拠 |
    | ^ | ^ | ^ | ^ | ^ |  | 平成30年度 | 令和元年度 | ^ |
    | １　広場⏎の数 ↧ | 11 ↧ | 平成⏎29年度 ↧ | 19 ↧ | 令和⏎4年度 ↧ | 年度ごとの目標値 | 12 | 13 | 広場は要る。⏎多い。 ↧ |
    {PAGE_BREAK}
    | ↥ の数 | ↥ | ↥ 29年度 | ↥ 19 | ↥ 4年度 | 年度ごとの実績値 | 21 | 22 | ↥ 多い。⏎安い。 |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.indicators == {1: "広場\nの数"}
    assert sheet.values[1, "baseline", "平成\n29年度"] == "11"
    assert sheet.values[1, "target", "令和\n4年度"] == "19"
    assert sheet.values[1, "actual", "令和元年度"] == "22"
    rationales = [row["rationale"] for row in sheet.readings.indicators]
    assert rationales == ["広場は要る。\n多い。\n安い。"]
    assert not sheet.quarantined


def test_words_that_a_page_cuts_between_their_lines_are_one_text() -> None:
    indicators = f"""
    | 測定指標 | 基準値 | ― | < |
    | ①広場の取組 ↧ | 実績 ↧ | R1年度 ↧ | 広場を始め、 ↧ |
    {PAGE_BREAK}
    | ↥ | ↥ | ↥ | ↥ 続けた。 |
    | ^ | 目標 | R4年度 | 終える。 |
    | ^ | 測定指標の選定理由及び目標値の設定の根拠 | < | 取組は要る。 |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.values == {
        (1, "baseline", None): "―",
        (1, "actual", "R1年度"): "広場を始め、\n続けた。",
        (1, "target", "R4年度"): "終える。",
    }
    assert not sheet.quarantined


def test_words_under_no_year_at_the_top_of_a_page_end_those_at_the_foot_of_the_page_before() -> (
    None
):
    # All edges are ruled alike, but no words of their own stand beside no year.
    indicators = f"""
    | 測定指標 | 基準値 | ― | < |
    | ①広場の取組 | 実績 | R1年度 | 広場を始め、 |
    {PAGE_BREAK}
    |  |  |  | 続けた。 |
    | ^ | 目標 | R4年度 | 終える。 |
    | ^ | 測定指標の選定理由及び目標値の設定の根拠 | < | 取組は |
    {PAGE_BREAK}
    |  |  | < | 要る。 |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.values[1, "actual", "R1年度"] == "広場を始め、\n続けた。"
    assert sheet.values[1, "target", "R4年度"] == "終える。"
    assert [row["rationale"] for row in sheet.readings.indicators] == ["取組は\n要る。"]
    assert not sheet.quarantined


def test_years_of_a_label_that_stands_overleaf_in_a_merged_cell_are_that_labels() -> None:
    indicators = f"""
    | 測定指標 | 基準値 | ― | < |
    |  |  | H30年度 | 始めた。 |
    {PAGE_BREAK}
    | ①広場の取組 | 実績 | R1年度 | 続けた。 |
    | ^ | 目標 | R4年度 | 終える。 |
    | ^ | 測定指標の選定理由及び目標値の設定の根拠 | < | 取組は要る。 |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.values[1, "actual", "H30年度"] == "始めた。"
    assert sheet.values[1, "actual", "R1年度"] == "続けた。"
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


def test_a_line_that_is_printed_on_both_sides_of_a_pages_end_is_one_line() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 広場を整え、⏎人が集まる |
    {PAGE_BREAK}
    |  |  |  |  |  | 人が集まる⏎ようにする。 |
    | 広場維持事業 | 201 | 202 | ① | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    remarks = [row["remarks"] for row in sheet.readings.programs]
    assert remarks == ["広場を整え、\n人が集まる\nようにする。", "―"]


def test_the_mere_end_of_a_sentence_overleaf_is_no_remark() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 広場を整えるように進める |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 | ① | 0002 | 。 |
    """
    sheet = read(mext(programs=programs))
    assert [row["remarks"] for row in sheet.readings.programs] == [None, None]
    assert set(sheet.quarantined) == {"広場を整えるように進める", "。"}


def test_a_head_of_money_cut_by_the_pages_end_is_one_head() -> None:
    # （執行額） overleaf: without it, 101⏎（91） would be read as one amount.
    programs = f"""
    | 達成手段⏎（開始年度） | 令和元年度⏎予算額 |  | 関連する指標 | 行政事業 | 備考 |
    {PAGE_BREAK}
    |  | （執行額）⏎【千円】 | 令和2年度⏎当初予算額⏎【千円】 |  | レビュー番号 |  |
    | 広場整備事業⏎（平成28年度） | 101⏎（91） | 102 | ① | 0001 | 新規 |
    | 広場維持事業⏎（平成29年度） | 201⏎（191） | 202 | ①～② | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    assert sheet.typed("budget_amounts")["amount_yen"].to_list() == (
        read(mext()).typed("budget_amounts")["amount_yen"].to_list()
    )
    assert not sheet.quarantined


def test_a_program_overleaf_under_a_head_is_no_half_of_it() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    {PAGE_BREAK}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 新規 |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備事業"]


def test_words_of_an_indicator_that_a_page_cuts_are_whole_on_both_sides() -> None:
    # 実績 is merged over two years and printed overleaf; the reason goes on on a third page.
    indicators = f"""
    | 測定指標 | 基準値 | ― | < |
    | ②広場の取組 |  | H30年度 | 始めた。 |
    {PAGE_BREAK}
    |  | 実績 | R1年度 | 続けた。 |
    | ^ | 目標 | R4年度 | 終える。 |
    | ^ | 測定指標の選定理由及び目標値の設定の根拠 | < | 取組は |
    {PAGE_BREAK}
    |  |  | < | 要る。 |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.values[2, "actual", "H30年度"] == "始めた。"
    assert sheet.values[2, "actual", "R1年度"] == "続けた。"
    (rationale,) = [row["rationale"] for row in sheet.readings.indicators]
    assert fold(rationale) == "取組は要る。"
    assert not sheet.quarantined


def test_words_of_a_year_whose_other_half_is_overleaf_are_one_text() -> None:
    indicators = f"""
    | 測定指標 | 基準値 | ― | < |
    | ②広場の取組 | 実績 | H30年度 | 始め |
    {PAGE_BREAK}
    |  |  |  | た。 |
    | ^ | 目標 | R4年度 | 終える。 |
    """
    sheet = read(mext(indicators=indicators))
    assert fold(sheet.values[2, "actual", "H30年度"]) == "始めた。"


def test_the_rest_of_a_label_overleaf_is_no_part_of_the_value_above_the_label() -> None:
    indicators = f"""
    | 測定指標 | 基準値 | 実績値 | < | 目標値 | 測定指標の選定理由及び目標値の設定の根拠 |
    | ^ | H28年度 | H30年度 | R1年度 | R4年度 | ^ |
    | ①広場の数 | 11 | 13 | 14 | 19 | 広場は要る。 |
    | ^ | 年度ごとの目 | 23 | 24 | ^ | ^ |
    {PAGE_BREAK}
    |  | 標値 |  |  |  |  |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.values[1, "baseline", "H28年度"] == "11"
    assert sheet.values[1, "annual_target", "R1年度"] == "24"
    assert not sheet.quarantined


def test_the_blank_half_of_a_goal_in_its_column_stands_for_the_text_overleaf() -> None:
    indicators = f"""
    | 達成目標 | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎年度ごとの実績値 | < |
    | ^ | ^ | ^ | ^ | 令和元年度 | 令和2年度 |
    | 達成目標１　広場を増やす。 | ①広場の数 | 11 | 19 | 12 | 13 |
    | ^ | ^ | ^ | ^ | 22 | 23 |
    |  | ②公園の数 | 31 | 39 | 32 | 33 |
    | ^ | ^ | ^ | ^ | 42 | 43 |
    {PAGE_BREAK}
    | 達成目標２　公園を増やす。 | ③花の数 | 51 | 59 | 52 | 53 |
    | ^ | ^ | ^ | ^ | 62 | 63 |
    """
    sheet = read(common(indicators=indicators))
    goals = {row["name_text"]: row["goal_number"] for row in sheet.readings.indicators}
    assert goals == {"広場の数": 1, "公園の数": 2, "花の数": 2}
    assert [row["goal_text"] for row in sheet.readings.goals] == [
        "広場を増やす。",
        "公園を増やす。",
    ]


def test_a_head_of_two_rows_parted_by_a_pages_end_is_one_though_its_labels_stand_overleaf() -> None:
    # Spreadsheets print the label of a cell merged over both rows where its middle is: overleaf.
    lines = MEXT_INDICATOR.strip().split("\n")
    cut = f"""
    |  | 基準値 | 実績値 | < | < | 目標値 |  |
    {PAGE_BREAK}
    | 測定指標 | H28年度 | H29年度 | H30年度 | R1年度 | R4年度 | 測定指標の選定理由及び目標値の設定の根拠 |
    """
    sheet = read(mext(indicators="\n".join([cut, *lines[2:]])))
    assert sheet.values == read(mext()).values
    assert not sheet.quarantined


def test_an_indicator_in_words_whose_name_and_reason_stand_overleaf_is_whole() -> None:
    # 実績, a year and a dash: a row of nothing but a label and what stands where years stand.
    indicators = f"""
    | 測定指標 | 基準値 | まだない。 | < |
    |  | 実績 | H30年度 | ― |
    | ^ | ^ | R1年度 | 続けた。 |
    | ^ | 目標 | R4年度 | 終える。 |
    {PAGE_BREAK}
    | ②広場の取組 | 測定指標の選定理由及び目標値の設定の根拠 | < | 取組は要る。 |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.values == {
        (2, "baseline", None): "まだない。",
        (2, "actual", "H30年度"): "―",
        (2, "actual", "R1年度"): "続けた。",
        (2, "target", "R4年度"): "終える。",
    }
    assert sheet.readings.indicators[0]["indicator_type"] == "qualitative"
    assert not sheet.quarantined


def test_a_rationale_that_breaks_off_and_the_one_overleaf_are_put_aside() -> None:
    # Browsers print the rest of a text for which the cut row has no room over the next row's.
    indicators = f"""
    | 測定指標 | 基準値 | 基準年度 | 目標値 | 目標年度 | 年度ごとの目標値⏎（年度ごとの実績値） | < | 測定指標の選定理由及び目標値の設定の根拠 |
    | ^ | ^ | ^ | ^ | ^ | 平成30年度 | 令和元年度 | ^ |
    | １　広場の数 ↧ | 11 ↧ | 平成29年度 ↧ | 19 ↧ | 令和4年度 ↧ | 12（21） ↧ | 13（22） ↧ | 広場は多くの人の役に立ち、 ↧ |
    {PAGE_BREAK}
    | ２　広場の人出 | 31 | 平成29年度 | 39 | 令和4年度 | 32（41） | 33（42） | 要る。⏎広場には人が集まるため。 |
    | ３　広場の広さ | 51 | 平成29年度 | 59 | 令和4年度 | 52（61） | 53（62） | 広い方がよいため。 |
    """
    sheet = read(common(indicators=indicators))
    rationales = [row["rationale"] for row in sheet.readings.indicators]
    assert rationales == [None, None, "広い方がよいため。"]
    assert len(sheet.quarantined) == 2
    assert sheet.values[1, "actual", "令和元年度"] == "22"
    assert sheet.values[2, "actual", "令和元年度"] == "42"


def test_a_title_that_a_pages_end_parts_from_its_form_is_that_forms() -> None:
    # Nothing keeps a heading with the table under it where a browser breaks the page.
    second = TITLE.replace("R2－⑨", "R2－⑩")
    sheet = read(common(), second, PAGE_BREAK, common(title=""))
    assert [row["sheet_code"] for row in sheet.readings.policies] == ["総務省R2－⑨", "総務省R2－⑩"]
    # A running foot is no title of a form that has one of its own.
    sheet = read(common(), TITLE, PAGE_BREAK, common(title=second))
    assert [row["sheet_code"] for row in sheet.readings.policies] == ["総務省R2－⑨", "総務省R2－⑩"]


def test_a_form_in_two_files_is_one_form_and_both_files_are_of_its_year() -> None:
    # 令和2年度 stands in the title alone, and the title on the first file.
    other = "f" * 16
    parts = [
        draw(mext(programs="", changes="")),
        draw(f"{MEXT_PROGRAMS}\n{MEXT_CHANGES}", other),
    ]
    facts = [
        {"document_key": key, "sha256": key * 4, "file_name": f"{key}.pdf", "status": "read"}
        for key in (KEY, other)
    ]
    tables, failures = reading.read_forms_of([reading.Sheet(facts, parts)])
    assert not failures
    documents = tables["documents"]
    assert documents["document_key"].to_list() == [KEY, other]
    assert documents["fiscal_year"].to_list() == [2020, 2020]
    assert documents["sheet_code"].to_list() == ["文R2－9－1"] * 2
    assert tables["policies"].height == tables["goals"].height == 1
    assert tables["programs"]["document_key"].to_list() == [other, other]
    assert set(tables["programs"]["goal_key"]) == set(tables["goals"]["goal_key"])


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


def test_what_both_sides_of_a_pages_end_print_of_a_wrapped_pair_is_printed_once() -> None:
    # Spreadsheets print the line that the page's end cuts on both sides of it.
    indicators = f"""
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎（年度ごとの実績値） | < |
    | ^ | ^ | ^ | 令和元年度 | 令和2年度 |
    | 広場の数 | 11 | 19 | 13⏎（47,88 | 14（速報値↩） |
    {PAGE_BREAK}
    |  |  |  | （47,88↩6） | ） |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.values[1, "annual_target", "令和元年度"] == "13"
    assert sheet.values[1, "actual", "令和元年度"] == "47,886"
    assert fold(sheet.values[1, "annual_target", "令和2年度"]) == "14(速報値)"


def test_the_text_of_a_goal_that_both_sides_of_a_pages_end_print_is_printed_once() -> None:
    indicators = f"""
    | 達成目標 | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎年度ごとの実績値 | < |
    | ^ | ^ | ^ | ^ | 令和元年度 | 令和2年度 |
    | 達成目標１⏎広場を⏎増やすため。 | ①広場の数 | 11 | 19 | 12 | 13 |
    | ^ | ^ | ^ | ^ | 22 | 23 |
    {PAGE_BREAK}
    | 増やすため。⏎必要がある。 | ②公園の数 | 31 | 39 | 32 | 33 |
    | ^ | ^ | ^ | ^ | 42 | 43 |
    | 達成目標２⏎花を増やす。 | ③花の数 | 51 | 59 | 52 | 53 |
    | ^ | ^ | ^ | ^ | 62 | 63 |
    """
    (goal,) = read(common(indicators=indicators)).readings.goals[:1]
    assert fold(goal["goal_text"]) == "広場を増やすため。必要がある。"
