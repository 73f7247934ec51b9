# ruff: noqa: E501 - a row of a grid is one line
"""Several goals: as rows within the list of indicators, in its first column, or one after another."""

from __future__ import annotations

from plain_blocks import (
    HEADER,
    INDICATORS,
    MEXT_GOAL,
    MEXT_INDICATOR,
    PROGRAMS,
    common,
    mext,
)
from text_grid import PAGE_BREAK, Sheet, read

HEAD = """
| 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎年度ごとの実績値 | < |
| ^ | ^ | ^ | 令和元年度 | 令和2年度 |
"""
FIRST = """
| ①広場の数 | 11 | 19 | 12 | 13 |
| ^ | ^ | ^ | 22 | ― |
"""
SECOND = """
| ②公園の数 | 31 | 39 | 32 | 33 |
| ^ | ^ | ^ | 42 | 43 |
"""
ROWS = f"{HEAD}| 達成目標１ | 広場を増やす。 | < | < | < |{FIRST}| 達成目標２ | 公園を増やす。 | < | < | < |{SECOND}"
COLUMN = """
| 達成目標 | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎年度ごとの実績値 | < |
| ^ | ^ | ^ | ^ | 令和元年度 | 令和2年度 |
| 達成目標⏎１⏎広場を増やす。 | ①広場の数 | 11 | 19 | 12 | 13 |
| ^ | ^ | ^ | ^ | 22 | ― |
| 達成目標２　公園を増やす。 | ②公園の数 | 31 | 39 | 32 | 33 |
| ^ | ^ | ^ | ^ | 42 | 43 |
"""


def _goals(sheet: Sheet) -> dict[int, str | None]:
    return {row["goal_number"]: row["goal_text"] for row in sheet.readings.goals}


def _goal_of(sheet: Sheet) -> dict[str, int]:
    return {row["name_text"]: row["goal_number"] for row in sheet.readings.indicators}


def _both_are_read(sheet: Sheet) -> None:
    assert _goals(sheet) == {1: "広場を増やす。", 2: "公園を増やす。"}
    assert _goal_of(sheet) == {"広場の数": 1, "公園の数": 2}
    assert sheet.values[1, "actual", "令和元年度"] == "22"
    assert sheet.values[2, "annual_target", "令和2年度"] == "33"


def test_a_common_form_with_numbered_goals_is_no_form_of_another_family() -> None:
    assert read(common(indicators=ROWS)).readings.documents[0]["form"] == "common"


def test_a_common_form_may_number_every_goal_and_name_none_without_a_number() -> None:
    header = HEADER.replace("達成すべき目標", "達成すべき目標１")
    second = "| 達成すべき目標２ | 公園を増やす。 | 目標設定の考え方・根拠 | 計画による。 |"
    programs = f"{PROGRAMS}{second}{INDICATORS.replace('広場の数', '公園の数')}{PROGRAMS}"
    sheet = read(common(header=header, indicators=INDICATORS, programs=programs))
    assert sheet.readings.documents[0]["form"] == "common"
    assert _goals(sheet) == {1: "広場を増やす。", 2: "公園を増やす。"}
    assert _goal_of(sheet) == {"広場の数": 1, "公園の数": 2}
    assert len(sheet.programs) == 4


def test_goals_in_rows_within_a_list_part_it_and_its_head_holds_for_all() -> None:
    _both_are_read(read(common(indicators=ROWS)))


def test_a_list_parted_by_goals_goes_on_overleaf_under_its_head() -> None:
    cut = ROWS.replace("| ②公園の数", f"{PAGE_BREAK}{HEAD}| ②公園の数")
    _both_are_read(read(common(indicators=cut)))


def test_a_goal_in_a_list_keeps_its_indicators_where_the_head_is_repeated_overleaf() -> None:
    third = SECOND.replace("②公園の数", "③花の数")
    sheet = read(common(indicators=f"{ROWS}{PAGE_BREAK}{HEAD}{third}"))
    assert _goal_of(sheet) == {"広場の数": 1, "公園の数": 2, "花の数": 2}
    assert not {"②公園の数", "③花の数"} & set(sheet.quarantined)


def test_goals_in_a_column_hold_for_the_indicators_beside_them() -> None:
    _both_are_read(read(common(indicators=COLUMN)))


def test_a_label_of_a_goal_alone_in_its_column_opens_no_row_of_its_own() -> None:
    bare = COLUMN.replace("達成目標⏎１⏎広場を増やす。", "達成目標１").replace(
        "達成目標２　公園を増やす。", "達成目標２"
    )
    sheet = read(common(indicators=bare))
    assert _goal_of(sheet) == {"広場の数": 1, "公園の数": 2}


def test_goals_of_a_column_without_numbers_are_not_guessed() -> None:
    # Which of two goals without a number is the first is not printed.
    bare = COLUMN.replace("達成目標⏎１⏎", "").replace("達成目標２　", "")
    sheet = read(common(indicators=bare))
    assert not sheet.readings.values
    assert {"①広場の数", "②公園の数", "22"} <= set(sheet.quarantined)


def test_what_the_whole_policy_is_to_reach_is_no_goal_among_numbered_ones() -> None:
    # The header's 広場を増やす。 would be goal 1's text, were it not for the number that is printed.
    header = HEADER.replace("広場を増やす。", "広場も公園も増やす。")
    sheet = read(common(header=header, indicators=ROWS))
    assert _goals(sheet) == {1: "広場を増やす。", 2: "公園を増やす。"}
    assert "広場も公園も増やす。" in sheet.quarantined


def test_programs_name_indicators_of_any_goal_where_their_numbers_run_on() -> None:
    programs = PROGRAMS.replace("| 1 | 広場を整える。", "| ① | 広場を整える。").replace(
        "| 1 | 広場を保つ。", "| ①～② | 広場を保つ。"
    )
    links = read(common(indicators=ROWS, programs=programs)).typed("program_indicators")
    found = {(row["indicator_key"][-5:], row["is_listed"]) for row in links.to_dicts()}
    assert found == {("g1-i1", True), ("g2-i2", True)}


def test_a_number_that_several_goals_bear_is_one_of_the_lists_own_goal() -> None:
    # ① of both goals: a list under goal 2 that names ③ names nothing, though no goal has one.
    rows = ROWS.replace("②公園の数", "①公園の数")
    programs = PROGRAMS.replace("| 1 | 広場を整える。", "| ① | 広場を整える。").replace(
        "| 1 | 広場を保つ。", "| ③ | 広場を保つ。"
    )
    links = read(common(indicators=rows, programs=programs)).typed("program_indicators")
    found = {(row["indicator_key"][-5:], row["is_listed"]) for row in links.to_dicts()}
    assert found == {("g2-i1", True), ("g2-i3", False)}


def test_one_list_behind_several_goals_says_that_its_programs_goal_is_not_certain() -> None:
    sheet = read(common(indicators=ROWS))
    reason = "in one list behind several goals: it is counted under the last"
    names = {row["name_text"]: row["goal_number"] for row in sheet.readings.programs}
    assert set(names.values()) == {2}
    assert [why for text, why in sheet.quarantined.items() if "広場整備事業" in text] == [reason]


def test_lists_of_their_own_behind_each_goal_are_certain() -> None:
    first, second = ROWS.split("| 達成目標２")
    second = f"| 達成目標２ | 公園を増やす。 | < | < | < |{HEAD}{SECOND}"
    sheet = read(common(indicators=first), second, PROGRAMS.replace("広場", "公園"))
    assert {row["name_text"][:2]: row["goal_number"] for row in sheet.readings.programs} == {
        "広場": 1,
        "公園": 2,
    }
    assert not [text for text in sheet.quarantined if "事業" in text]


def test_a_second_text_for_a_goal_in_its_column_is_put_aside() -> None:
    # One goal, whose text the header says in other words: which of the two is it, is not printed.
    lines = COLUMN.strip().split("\n")
    sheet = read(
        common(indicators="\n".join(lines[:4]).replace("広場を増やす。", "広場を倍にする。"))
    )
    assert _goals(sheet) == {1: "広場を増やす。"}
    assert "達成目標\n１\n広場を倍にする。" in sheet.quarantined


def test_a_goal_whose_number_is_a_glyph_without_a_mapping_is_the_next() -> None:
    # 達成目標１ stands before it: what stands under it is no more of goal 1.
    second = MEXT_GOAL.replace("達成目標１", "達成目標(cid:7)").replace("広場", "公園")
    indicator = MEXT_INDICATOR.replace("広場の数", "公園の数")
    sheet = read(mext(indicators=f"{MEXT_INDICATOR}\n{second}\n{indicator}"))
    assert _goals(sheet) == {1: "広場を増やす。", 2: "公園を増やす。"}
    assert _goal_of(sheet) == {"広場の数": 1, "公園の数": 2}
