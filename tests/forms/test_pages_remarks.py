# ruff: noqa: E501 - a row of a grid is one line
"""A page's end in remarks, merged over programs or not: what is one is joined, what may be is put aside."""

from __future__ import annotations

import pytest
from plain_blocks import (
    PROGRAMS_HEAD,
    mext,
)
from text_grid import PAGE_BREAK, read

from pipelines.forms.cells import fold


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


def test_a_blank_remark_beside_one_across_the_pages_end_is_not_given_its_text_unasked() -> None:
    # One cell over both programs, cut, or a program without a remark: nothing says which.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 広場を整えるための事業。 |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 | ① | 0002 |  |
    | 広場清掃事業 | 301 | 302 | ① | 0003 | ― |
    """
    sheet = read(mext(programs=programs))
    assert [row["remarks"] for row in sheet.readings.programs] == [
        "広場を整えるための事業。",
        None,
        "―",
    ]
    assert set(sheet.quarantined) == {"広場を整えるための事業。"}


def test_a_blank_cell_merged_over_several_programs_is_the_other_half_of_a_remark() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 広場を整えるための事業。 |
    {PAGE_BREAK}
    | 広場維持事業 | 201 | 202 | ① | 0002 |  |
    | 広場清掃事業 | 301 | 302 | ① | 0003 | ^ |
    """
    sheet = read(mext(programs=programs))
    assert [row["remarks"] for row in sheet.readings.programs] == ["広場を整えるための事業。"] * 3
    assert not sheet.quarantined


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("広場を整えるために必要な⏎用地を取得し、その整備を", "行う。"),
        ("広場を整えるために必要な⏎用地を取得し、次に、整備", "を進めるための計画をつ⏎くる。"),
    ],
)
def test_a_remark_that_breaks_off_in_a_full_line_goes_on_overleaf_for_all_its_programs(
    upper: str, lower: str
) -> None:
    # No text ends with を, none begins with it.
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | {upper} |
    | 広場維持事業 | 201 | 202 | ① | 0002 | ^ |
    {PAGE_BREAK}
    | 広場清掃事業 | 301 | 302 | ① | 0003 | {lower} |
    | 広場利用事業 | 401 | 402 | ① | 0004 | 新規 |
    """
    sheet = read(mext(programs=programs))
    whole = fold(f"{upper}{lower}".replace("⏎", ""))
    remarks = [fold(row["remarks"] or "") for row in sheet.readings.programs]
    assert remarks == [whole, whole, whole, "新規"]
    assert not sheet.quarantined


def test_remarks_that_end_before_their_lines_do_stay_two_in_a_list_of_merged_ones() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 広場を整えるために必要な⏎用地を取得する。 |
    | 広場維持事業 | 201 | 202 | ① | 0002 | ^ |
    {PAGE_BREAK}
    | 広場清掃事業 | 301 | 302 | ① | 0003 | 広場を掃くために必要な道⏎具を買う。 |
    """
    sheet = read(mext(programs=programs))
    first = "広場を整えるために必要な\n用地を取得する。"
    assert [row["remarks"] for row in sheet.readings.programs] == [
        first,
        first,
        "広場を掃くために必要な道\n具を買う。",
    ]
    assert not sheet.quarantined


def test_a_merged_remark_in_a_row_that_a_page_cuts_is_one_for_all_its_programs() -> None:
    programs = f"""
    {PROGRAMS_HEAD}
    | 広場整備事業 | 101 | 102 | ① | 0001 | 広場を整える。広場を |
    | 広場維持 | 201 | 202 | ① | 0002 | ^ |
    {PAGE_BREAK}
    | 事業 |  |  |  |  | 保つ。 |
    | 広場清掃事業 | 301 | 302 | ① | 0003 | ^ |
    """
    sheet = read(mext(programs=programs))
    assert sheet.programs == ["広場整備事業", "広場維持\n事業", "広場清掃事業"]
    whole = "広場を整える。広場を\n保つ。"
    assert [row["remarks"] for row in sheet.readings.programs] == [whole] * 3
    assert not sheet.quarantined
