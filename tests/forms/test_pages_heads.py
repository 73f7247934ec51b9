# ruff: noqa: E501 - a row of a grid is one line
"""A page's end in or above a head: labels, years and units find each other overleaf."""

from __future__ import annotations

from plain_blocks import (
    MEXT_INDICATOR,
    PROGRAMS,
    PROGRAMS_HEAD,
    common,
    mext,
)
from text_grid import PAGE_BREAK, read


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


def test_a_list_goes_on_overleaf_as_wide_as_its_head_where_a_wider_box_joins_its_table() -> None:
    # The header's rows, as wide as the page, stand in one table with the list on the first page.
    narrow = [f"{line} × |" for line in MEXT_INDICATOR.strip().split("\n")]
    parted = "\n".join([*narrow[:2], PAGE_BREAK, *narrow[2:], PAGE_BREAK])
    sheet = read(mext(indicators=parted))
    assert sheet.values == read(mext(indicators=MEXT_INDICATOR)).values
    assert not sheet.quarantined


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


def test_years_under_a_head_that_a_pages_end_cuts_hold_for_what_stands_below_them() -> None:
    # The halves of the cells beside the years are blank overleaf, and so is what was above them.
    indicators = f"""
    | 測定指標 | 基準値 | 実績値 | < | < | 目標値 | 測定指標の選定理由 |
    {PAGE_BREAK}
    |  |  | < | < | < | < |  |
    | ^ | H28年度 | H29年度 | H30年度 | R1年度 | R4年度 | ^ |
    | ①広場の数 | 11 | 12 | 13 | 14 | 19 | 広場は要る。 |
    | ^ | 年度ごとの目標値 | 22 | 23 | 24 | ^ | ^ |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.values == read(mext()).values
    assert not sheet.quarantined


def test_a_baseline_is_put_aside_where_the_part_of_the_head_that_names_its_year_is_missing() -> (
    None
):
    # A baseline without a year would be one of which none is printed.
    indicators = """
    | 測定指標 | 基準値 | 実績値 | < | < | 目標値 | 測定指標の選定理由 |
    | ①広場の数 | 11 | 12 | 13 | 14 | 19 | 広場は要る。 |
    """
    sheet = read(mext(indicators=indicators))
    assert not sheet.values
    assert {"11", "12", "13", "14", "19"} <= set(sheet.quarantined)


def test_a_unit_in_a_ruled_row_of_its_own_is_no_row_of_the_table_above() -> None:
    # A spreadsheet prints its gridlines between two tables, too.
    rows = MEXT_INDICATOR.strip().split("\n")
    unit = "|  |  |  |  |  |  | （単位：千円） |"
    for caption in (unit, f"{PAGE_BREAK}\n{unit}"):
        sheet = read(mext(indicators="\n".join([*rows, caption])))
        assert sheet.values == read(mext()).values
        assert sheet.readings.indicators[0]["rationale"] == "広場は要る。"
        assert sheet.role("（単位：千円）") == "note"
        assert not sheet.quarantined


def test_years_that_a_pages_end_cuts_are_whole_where_no_other_cell_of_the_head_is_cut() -> None:
    cut = f"""
    | 測定指標 | 基準値 | 実績値 | < | < | 目標値 | 測定指標の選定理由 |
    | ^ | H28年度 | H29年 | H30年 | R1年 | R4年度 | ^ |
    {PAGE_BREAK}
    | × |  | 度 | 度 | 度 |  | × |
    | ①広場の数 | 11 | 12 | 13 | 14 | 19 | 広場は要る。 |
    | ^ | 年度ごとの目標値 | 22 | 23 | 24 | ^ | ^ |
    """
    sheet = read(mext(indicators=cut))
    values = {
        (n, kind, (year or "").replace("\n", "")): v for (n, kind, year), v in sheet.values.items()
    }
    assert values == read(mext()).values
    assert not sheet.quarantined


def test_the_rest_of_a_cut_row_in_the_head_printed_again_puts_both_aside() -> None:
    # No ruling parts the head overleaf from the rest of the row: its last column holds both.
    cut = f"""
    | 測定指標 | 基準値 | 実績値 | < | < | 目標値 | 測定指標の選定理由 |
    | ^ | H28年度 | H29年度 | H30年度 | R1年度 | R4年度 | ^ |
    | ①公園の数 | 31 | 32 | 33 | 34 | 39 | 公園は要る。 |
    | ②広場の数 | 11 | 12 | 13 | 14 | 19 | 広場は |
    {PAGE_BREAK}
    | 測定指標 | 基準値 | 実績値 | < | < | 目標値 | 測定指標の選定理由⏎要る。 |
    | ^ | H28年度 | H29年度 | H30年度 | R1年度 | R4年度 | ^ |
    | ③花の数 | 51 | 52 | 53 | 54 | 59 | 花は要る。 |
    """
    sheet = read(mext(indicators=cut))
    rationales = [row["rationale"] for row in sheet.readings.indicators]
    assert rationales == ["公園は要る。", None, "花は要る。"]
    assert {"11", "12", "19", "広場は", "測定指標の選定理由\n要る。"} <= set(sheet.quarantined)
    assert not {"31", "51", "39", "59", "測定指標", "目標値"} & set(sheet.quarantined)
    assert {number for number, _, _ in sheet.values} == {1, 3}


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


def test_years_under_a_head_of_which_only_one_label_goes_on_overleaf_are_that_heads() -> None:
    # The other labels were whole before the page's end: their lower halves are blank.
    indicators = f"""
    | 測定指標 ↧ | 基準値 ↧ | 実績値 ↧ | < | < | 目標値⏎（R4年度） ↧ | 測定指標の選定理由 ↧ |
    {PAGE_BREAK}
    | ↥ | ↥ | ↥ | < | < | ↥ | ↥ 及び目標値の設定の根拠 |
    | ^ | H28年度 | H29年度 | H30年度 | R1年度 | ^ | ^ |
    | ①広場の数 | 11 | 12 | 13 | 14 | 19 | 広場は要る。 |
    | ^ | 年度ごとの目標値 | 22 | 23 | 24 | ^ | ^ |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.values == read(mext()).values
    assert [row["rationale"] for row in sheet.readings.indicators] == ["広場は要る。"]
    assert not sheet.quarantined


def test_a_label_that_breaks_off_in_a_particle_takes_in_the_label_overleaf() -> None:
    # 目標値 is a label by itself; 年度ごとの is none, and no text ends so.
    indicators = f"""
    | 測定指標 | 基準値 | 実績値 | < | < | 目標値 | 測定指標の選定理由及び目標値の設定の根拠 |
    | ^ | H28年度 | H29年度 | H30年度 | R1年度 | R4年度 | ^ |
    | ①広場の数 | 11 | 12 | 13 | 14 | 19 | 広場は要る。 |
    | ^ | 年度ごとの | 22 | 23 | 24 | ^ | ^ |
    {PAGE_BREAK}
    |  | 目標値 |  |  |  |  |  |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.values == read(mext()).values
    assert not sheet.quarantined
