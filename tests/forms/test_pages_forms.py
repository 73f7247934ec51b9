# ruff: noqa: E501 - a row of a grid is one line
"""A page's end in a form: what stands between its halves, and where the next form begins."""

from __future__ import annotations

import pytest
from plain_blocks import (
    BUDGET,
    MEXT_BUDGET,
    MEXT_CHANGES,
    MEXT_GOAL,
    MEXT_HEADER,
    MEXT_INDICATOR,
    MEXT_PROGRAMS,
    MEXT_TITLE,
    PROGRAMS_HEAD,
    TITLE,
    common,
    mext,
)
from text_grid import KEY, PAGE_BREAK, Sheet, draw, read

from pipelines import reading


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


def test_the_policys_budget_and_its_execution_cut_by_a_pages_end_are_one_cell() -> None:
    budget = f"""
    | 施策の予算額・執行額⏎（千円） | 令和元年度⏎予算額（執行額） | 令和2年度⏎当初予算額 | 施策に関係する内閣の重要施策（主なもの） | 基本計画↧ |
    | ^ | 1,001↧ | 1,002↧ | ^ | ^ |
    {PAGE_BREAK}
    | ↥ | ↥（901） | ↥ | ↥ | ↥ |
    """
    sheet = read(mext(budget=budget))
    assert sheet.amounts[None, "revised_and_executed", "令和元年度"] == "1,001\n（901）"
    assert sheet.amounts[None, "initial", "令和2年度"] == "1,002"
    assert not sheet.quarantined


def test_figures_under_labels_on_a_page_without_any_ruling_are_put_aside() -> None:
    # The second form of the file has lost its lines: none of it is read, and all of it is said.
    # 施策名 and 測定指標 stand on the second page, the third runs on from it; the notes of the
    # fourth stand below a table again.
    lost = f"施策名\n測定指標\n7,771\n{PAGE_BREAK}\n7,772"
    sheet = read(common(), PAGE_BREAK, lost, PAGE_BREAK, BUDGET, "7,773")
    assert {"施策名", "測定指標", "7,771", "7,772"} <= sheet.quarantined.keys()
    assert sheet.role("7,773") == "note"


def test_a_page_of_notes_stays_one_though_it_names_a_label() -> None:
    sheet = read(common(), PAGE_BREAK, "目標値\n速報による。\n7,771")
    assert sheet.role("7,771") == "note"


HEAD_ROWS = (
    "| 令和2年度実施施策に係る事前分析表 | < | < | < | （文R2－9－1） | < |\n"
    + MEXT_HEADER.strip().split("\n")[0]
)


def _mext_with_print_titles(*, again: str) -> Sheet:
    """A form whose second indicator begins overleaf, under ``again``."""
    header = f"{HEAD_ROWS}\n{MEXT_HEADER.strip().split(chr(10))[1]}"
    second = MEXT_INDICATOR.replace("①広場の数", "②公園の数")
    lines = second.strip().split("\n")
    parted = "\n".join([*lines[:2], PAGE_BREAK, again, *lines[2:]])
    return read(mext(title="", header=header, indicators=MEXT_INDICATOR + parted))


@pytest.mark.parametrize(
    "again",
    [HEAD_ROWS, *HEAD_ROWS.split("\n")],
    ids=["title and name", "title alone", "name alone"],
)
def test_rows_that_a_spreadsheet_prints_on_every_page_begin_no_form_and_part_no_list(
    again: str,
) -> None:
    sheet = _mext_with_print_titles(again=again)
    assert len(sheet.readings.policies) == 1
    assert sheet.indicators == {1: "広場の数", 2: "公園の数"}
    # What stands above the page's end is a head: its years govern the figures overleaf.
    assert sheet.values[2, "actual", "H29年度"] == sheet.values[1, "actual", "H29年度"] == "12"
    assert not sheet.quarantined


def test_the_first_row_of_another_policy_begins_a_form() -> None:
    other = HEAD_ROWS.replace("広場の整備", "公園の整備")
    assert len(_mext_with_print_titles(again=other).readings.policies) == 2
