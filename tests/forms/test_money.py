# ruff: noqa: E501 - a row of a grid is one line
"""Amounts: stage, year and unit come from the heads and labels over a cell, or not at all."""

from __future__ import annotations

import polars as pl
import pytest
from plain_blocks import (
    BUDGET,
    MEXT_BUDGET,
    MEXT_PROGRAMS,
    PROGRAMS,
    PROGRAMS_HEAD,
    TITLE,
    common,
    mext,
)
from text_grid import PAGE_BREAK, Sheet, read


def yen(sheet: Sheet, level: str, stage: str) -> dict[int, int]:
    """Amounts in yen by fiscal year."""
    found = sheet.typed("budget_amounts").filter(budget_level=level, budget_stage=stage)
    rows = found.filter(value_status="value").select("fiscal_year", "amount_yen")
    return dict(rows.rows())


def test_the_grid_of_stages_and_years_is_read_with_the_unit_in_its_labels() -> None:
    sheet = read(common())
    # 平成30年度 is 2018; a bare 2年度 on a sheet of 2020 is 令和2年度; figures are thousand yen.
    assert yen(sheet, "policy", "initial") == {2018: 1001000, 2019: 1002000, 2020: 1003000}
    assert yen(sheet, "policy", "requested") == {2021: 1004000}
    assert yen(sheet, "policy", "supplementary") == {2018: 2001000, 2019: 2002000}
    # A triangle before a number means negative.
    assert yen(sheet, "policy", "carryover") == {2018: 3001000, 2019: -3002000}
    assert yen(sheet, "policy", "revised") == {2018: 6003000, 2019: 2000}
    assert yen(sheet, "policy", "executed") == {2018: 5001000, 2019: 5002000}


def test_digits_of_a_figure_that_look_like_a_year_are_none() -> None:
    # Four stages in one cell, a line each: 1,200, 100 and 1,300 put together hold 2001.
    block = """
    | 施策の予算額・執行額等 | 区分 | 平成30年度 | 令和元年度 | 2年度 |
    | ^ | 予算の状況（千円）⏎当初予算（a）⏎補正予算（b）⏎合計（a＋b） | 1,100⏎30⏎1,130 | 1,400⏎50⏎1,450 | 1,200⏎100⏎1,300 |
    | ^ | 執行額（千円） | 5,001 | 5,002 |  |
    """
    sheet = read(common(budget=block))
    assert yen(sheet, "policy", "executed") == {2018: 5001000, 2019: 5002000}
    assert {"1,100\n30\n1,130", "1,400\n50\n1,450", "1,200\n100\n1,300"} <= set(sheet.quarantined)


@pytest.mark.parametrize("scale", [0.28, 0.2], ids=["5.6 points a row", "4 points a row"])
def test_a_sheet_made_to_fit_its_paper_is_read_as_one_of_the_usual_size(scale: float) -> None:
    sheet = read(common(), scale=scale)
    assert not sheet.quarantined
    assert yen(sheet, "policy", "initial") == {2018: 1001000, 2019: 1002000, 2020: 1003000}
    assert yen(sheet, "policy", "carryover") == {2018: 3001000, 2019: -3002000}
    assert len(sheet.amounts) == len(read(common()).amounts)


@pytest.mark.parametrize(
    "label",
    [
        "平成2(cid:67)年度当初予算額",  # 平成2年度 is 1990
        "平成(cid:67)8年度当初予算額",  # a bare 8年度 would be 1996 or 2026
        "平成二(cid:67)年度当初予算額",
        "20(cid:67)6年度当初予算額",
    ],
)
def test_a_year_with_a_glyph_that_is_not_known_is_no_year(label: str) -> None:
    budget = MEXT_BUDGET.replace("令和2年度⏎当初予算額", label)
    typed = read(mext(budget=budget)).typed("budget_amounts").filter(budget_level="policy")
    assert typed.filter(raw_text="1,001")["fiscal_year"].to_list() == [2019]
    assert typed.filter(raw_text="1,002")["fiscal_year"].to_list() in ([], [None])


def test_a_dash_and_a_blank_are_never_zero() -> None:
    amounts = read(common()).typed("budget_amounts").filter(budget_level="policy")
    nothing = amounts.filter(fiscal_year=2020).filter(budget_stage="supplementary")
    assert nothing["value_status"].to_list() == ["dash"]
    assert nothing["amount_yen"].to_list() == [None]


def test_budget_and_execution_in_one_cell_are_two_amounts() -> None:
    sheet = read(mext())
    assert yen(sheet, "policy", "revised") == {2019: 1001000}
    assert yen(sheet, "policy", "executed") == {2019: 901000}
    assert yen(sheet, "policy", "initial") == {2020: 1002000}


@pytest.mark.parametrize(
    "budget",
    [
        """
        | 施策の予算額・執行額⏎（千円） | 令和元年度⏎予算額 | 令和元年度⏎執行額 | 令和2年度⏎当初予算額 |
        | ^ | 1,001 | 901 | 1,002 |
        """,
        """
        | 施策の予算額・執行額⏎（千円） | 令和元年度 | < | 令和2年度 |
        | ^ | 予算額 | 執行額 | 当初予算額 |
        | ^ | 1,001 | 901 | 1,002 |
        """,
        """
        | 施策の予算額・執行額⏎（千円） | 令和元年度⏎予算額（執行額） | 令和2年度⏎当初予算額 |
        | ^ | 1,001 | 1,002 |
        | ^ | （901） | ^ |
        """,
    ],
)
def test_execution_stands_beside_or_under_the_budget(budget: str) -> None:
    sheet = read(mext(budget=budget))
    assert yen(sheet, "policy", "revised") == {2019: 1001000}
    assert yen(sheet, "policy", "executed") == {2019: 901000}
    assert yen(sheet, "policy", "initial") == {2020: 1002000}
    assert not sheet.quarantined


def test_execution_in_a_labelled_row_of_its_own_is_read_by_its_label() -> None:
    programs = """
    | 達成手段⏎（開始年度） | 区分 | 令和元年度 | 令和2年度⏎当初予算額 | 関連する指標 | 行政事業レビュー事業番号 |
    | 広場整備事業 | 予算額（千円） | 102 | 103 | 1 | 0001 |
    | ^ | 執行額（千円） | 92 | ― | ^ | ^ |
    """
    sheet = read(common(programs=programs))
    assert sheet.programs == ["広場整備事業"]
    assert yen(sheet, "program", "revised") == {2019: 102000}
    assert yen(sheet, "program", "executed") == {2019: 92000}
    assert yen(sheet, "program", "initial") == {2020: 103000}
    assert not sheet.quarantined


def test_execution_of_a_year_that_only_begins_is_put_aside() -> None:
    programs = """
    | 達成手段⏎（開始年度） | 区分 | 令和元年度 | 令和2年度⏎当初予算額 | 関連する指標 | 行政事業レビュー事業番号 |
    | 広場整備事業 | 予算額（千円） | 102 | 103 | 1 | 0001 |
    | ^ | 執行額（千円） | 92 | 93 | ^ | ^ |
    """
    sheet = read(common(programs=programs))
    assert set(sheet.quarantined) == {"93"}
    assert yen(sheet, "program", "initial") == {2020: 103000}


@pytest.mark.parametrize("line", [1, 2])
def test_one_amount_for_several_programs_is_put_aside(line: int) -> None:
    row = {1: "| ^ | 202 |", 2: "| 201 | ^ |"}[line]
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | ― |
    | 広場維持事業 {row} ① | 0002 | ― |
    """
    sheet = read(mext(programs=programs))
    spanning = {1: "101", 2: "102"}[line]
    assert sheet.quarantined == {spanning: "one amount for several programs"}
    assert spanning not in sheet.amounts.values()


def test_a_remark_beside_several_programs_is_every_ones() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 共管 |
    | 広場維持事業 | 201 | 202 | ① | 0002 | ^ |
    """
    sheet = read(mext(programs=programs))
    assert [row["remarks"] for row in sheet.readings.programs] == ["共管", "共管"]
    assert not sheet.quarantined


@pytest.mark.parametrize("name", ["合計", "合　計", "計", "小計", "施策の予算額合計"])
def test_a_row_of_sums_is_no_program(name: str) -> None:
    sheet = read(mext(programs=MEXT_PROGRAMS + f"| {name} | 302⏎（282） | 304 |  |  |  |"))
    assert len(sheet.programs) == 2
    assert "304" in sheet.quarantined


def test_list_numbers_are_no_part_of_a_programs_name() -> None:
    assert read(common()).programs == [
        "広場整備事業\n（平成28年度）",
        "広場維持事業\n（平成29年度）",
    ]


def test_a_start_year_is_no_part_of_a_programs_name() -> None:
    rows = read(common()).typed("programs").select("program_name", "start_fiscal_year").rows()
    assert rows == [("広場整備事業", 2016), ("広場維持事業", 2017)]


def test_the_unit_on_an_amount_wins_over_the_one_in_its_label() -> None:
    budget = MEXT_BUDGET.replace("1,002", "1,002百万円")
    assert yen(read(mext(budget=budget)), "policy", "initial") == {2020: 1002000000}


def test_a_unit_line_holds_for_the_table_right_under_it() -> None:
    sheet = read(
        common(
            budget="（単位：百万円）" + BUDGET.replace("（千円）", ""),
            programs="（単位：千円）" + PROGRAMS.replace("千円", ""),
        )
    )
    assert yen(sheet, "policy", "requested") == {2021: 1004000000}
    initial = sheet.typed("budget_amounts").filter(budget_level="program", budget_stage="initial")
    assert initial["amount_yen"].to_list() == [103000, 203000]


def test_a_unit_line_under_the_last_table_of_a_page_holds_for_the_first_overleaf() -> None:
    sheet = read(
        common(
            budget="（単位：百万円）" + BUDGET.replace("（千円）", ""),
            programs=f"（単位：千円）\n{PAGE_BREAK}" + PROGRAMS.replace("千円", ""),
        )
    )
    units = {row["budget_level"]: row["unit_label"] for row in sheet.readings.budgets}
    assert units == {"policy": "百万円", "program": "千円"}


def test_a_unit_line_above_the_first_table_holds_for_all() -> None:
    sheet = read(
        common(
            title=f"{TITLE}\n（単位：千円）",
            budget=BUDGET.replace("（千円）", ""),
            programs=PROGRAMS.replace("千円", ""),
        )
    )
    assert yen(sheet, "policy", "requested") == {2021: 1004000}


def test_a_unit_line_of_another_table_is_not_lent() -> None:
    sheet = read(
        common(
            budget=BUDGET.replace("（千円）", ""),
            programs="（単位：千円）" + PROGRAMS.replace("千円", ""),
        )
    )
    assert yen(sheet, "policy", "requested") == {}
    cells = sheet.typed("cells").filter(raw_text="1,004")
    assert cells["role"].to_list() == ["quarantined"]


def test_an_amount_in_another_stages_row_of_a_requested_year_is_put_aside() -> None:
    budget = BUDGET.replace("| 2,001 | 2,002 | ― |  |", "| 2,001 | 2,002 | ― | 2,004 |").replace(
        "| 3,001 | △3,002 |  | ^ |", "| 3,001 | △3,002 |  |  |"
    )
    sheet = read(common(budget=budget))
    assert "2,004" in sheet.quarantined
    assert yen(sheet, "policy", "requested") == {2021: 1004000}


def test_two_amounts_for_one_place_are_not_both_facts() -> None:
    programs = MEXT_PROGRAMS.replace("令和2年度⏎当初予算額", "令和元年度⏎予算額（執行額）")
    sheet = read(mext(programs=programs))
    assert {"102", "202", "101\n（91）", "201\n（191）"} <= set(sheet.quarantined)
    assert not [place for place in sheet.amounts if place[0] is not None]


def test_an_executed_column_beside_a_pair_of_the_same_year_quarantines_both() -> None:
    programs = MEXT_PROGRAMS.replace("令和2年度⏎当初予算額", "令和元年度⏎執行額")
    sheet = read(mext(programs=programs))
    assert {"102", "202", "101\n（91）", "201\n（191）"} <= set(sheet.quarantined)


def test_a_third_amount_for_one_place_is_put_aside_like_the_first_two() -> None:
    budget = """
    | 施策の予算額・執行額⏎（千円） | 令和元年度⏎予算額 | 令和元年度⏎予算額 | 令和元年度⏎予算額 |
    | ^ | 1,001 | 1,002 | 1,003 |
    """
    sheet = read(mext(budget=budget))
    assert set(sheet.quarantined) == {"1,001", "1,002", "1,003"}
    assert yen(sheet, "policy", "revised") == {}


def test_the_unmerged_head_over_past_years_holds_for_every_year_beneath() -> None:
    programs = """
    | 達成手段⏎（開始年度） | 予算額計（執行額）（千円） |  | 当初予算額（千円） | 関連する指標 |
    |  | 30年度 | 元年度 | 2年度 |  |
    | 広場整備事業 | 101⏎（91） | 102⏎（92） | 103 | 1 |
    """
    sheet = read(common(programs=programs))
    assert yen(sheet, "program", "revised") == {2018: 101000, 2019: 102000}
    assert yen(sheet, "program", "executed") == {2018: 91000, 2019: 92000}
    assert yen(sheet, "program", "initial") == {2020: 103000}
    assert not sheet.quarantined


@pytest.mark.parametrize("dash", ["―", "－", "-", "─", "—", "–", "ー"])
def test_a_dash_in_brackets_is_an_execution_whichever_dash_is_printed(dash: str) -> None:
    programs = PROGRAMS.replace("101千円⏎（91千円）", f"{dash}（{dash}）")
    typed = (
        read(common(programs=programs))
        .typed("budget_amounts")
        .filter(
            (pl.col("budget_level") == "program")
            & (pl.col("fiscal_year") == 2018)
            & (pl.col("review_number") == "0001")
        )
    )
    assert typed.select("budget_stage", "value_status").rows() == [
        ("revised", "dash"),
        ("executed", "dash"),
    ]


def test_execution_without_a_unit_is_in_the_one_unit_of_its_block() -> None:
    # 予算の状況（千円） stands left of four rows; 執行額 below them is no more than its name.
    amounts = read(common(budget=BUDGET.replace("執行額（千円）", "執行額"))).typed(
        "budget_amounts"
    )
    executed = amounts.filter(budget_stage="executed", fiscal_year=2018, budget_level="policy")
    assert executed["amount_yen"].to_list() == [5_001_000]


def test_what_was_spent_of_a_larger_pot_that_cannot_be_read_is_no_plain_amount() -> None:
    # 12 and 3 stand apart, so the budget is put aside; that it is a larger pot is printed.
    programs = PROGRAMS.replace("101千円⏎（91千円）", "12⏎3千円の内数⏎（91千円）")
    rows = read(common(programs=programs)).typed("budget_amounts").to_dicts()
    (spent,) = [row for row in rows if row["raw_text"] == "（91千円）"]
    assert (spent["inclusion"], spent["inclusion_source"]) == ("inclusive", "inherited")


@pytest.mark.parametrize(
    ("label", "cell", "executed", "unit"),
    [
        ("", "８５百万円⏎（８３）", 83_000_000, "百万円"),
        ("（百万円）", "85百万円⏎（83）", 83_000_000, "百万円"),
        ("", "85百万円の内数⏎（83）", 83_000_000, "百万円"),
        ("（千円）", "85百万円⏎（83千円）", 83_000, "千円"),
        # 83,000 thousand yen, or as many million: one of both is not what was meant.
        ("（千円）", "85百万円⏎（83,000）", None, None),
        ("", "85⏎（83）", None, None),
    ],
)
def test_execution_in_brackets_has_the_unit_that_is_printed_behind_the_budget_of_its_cell(
    label: str, cell: str, executed: int | None, unit: str | None
) -> None:
    programs = PROGRAMS.replace("101千円⏎（91千円）", cell)
    programs = programs.replace("予算額計（執行額）", f"予算額計（執行額）{label}")
    typed = (
        read(common(programs=programs))
        .typed("budget_amounts")
        .filter(budget_level="program", fiscal_year=2018, review_number="0001")
        .filter(budget_stage="executed")
    )
    assert typed["amount_yen"].to_list() == [executed]
    assert typed["unit_printed"].to_list() == [unit]
    assert typed["value_status"].to_list() == ["value" if executed else "unparsed"]


def test_an_amount_under_a_year_that_cannot_be_read_is_put_aside() -> None:
    programs = PROGRAMS.replace("平成30年度", "平成2(cid:7)年度")
    amounts = read(common(programs=programs)).typed("budget_amounts")
    unread = amounts.filter(amounts["period_text"] == "平成2(cid:7)年度")
    assert unread.select("value_status", "amount_yen").unique().rows() == [("unparsed", None)]
