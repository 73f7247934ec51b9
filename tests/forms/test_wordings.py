# ruff: noqa: E501 - a row of a grid is one line
"""The same form in other people's words and with other people's merged cells."""

from __future__ import annotations

import pytest
from plain_blocks import (
    BUDGET,
    HEADER,
    INDICATORS,
    MEXT_GOAL,
    PROGRAMS,
    TITLE,
    common,
    mext,
)
from text_grid import read


def test_both_families_in_their_plainest_shape_are_read_whole() -> None:
    for text, form in ((common(), "common"), (mext(), "mext")):
        sheet = read(text)
        assert sheet.readings.documents[0]["form"] == form
        assert not sheet.quarantined


def test_a_policy_is_named_by_the_stand_in_label_alone() -> None:
    sheet = read(
        common(header=HEADER.replace("施策名", "政策名").replace("施策の概要", "政策の概要"))
    )
    assert sheet.readings.policies[0]["name_text"] == "広場の整備"
    assert sheet.readings.policies[0]["overview"] == "広場を整える。"


def test_a_wider_policy_named_above_the_policy_is_another_thing() -> None:
    sheet = read(common(header="| 政策名 | まちの整備 | < | < | < | < |" + HEADER))
    assert len(sheet.readings.policies) == 1
    assert sheet.readings.policies[0]["name_text"] == "広場の整備"
    assert not sheet.quarantined


def test_labels_that_bracket_one_character_are_the_same_labels() -> None:
    # 基準（値）, 目標年（度）: the standard form's own wording in some years.
    reworded = (
        INDICATORS.replace("基準値", "基準（値）")
        .replace("基準年度", "基準年（度）")
        .replace("目標年度 |", "目標年（度） |")
        .replace("| 目標値 |", "| 目標（値） |")
        .replace("年度ごとの目標値⏎年度ごとの実績値", "年度ごとの目標（値）⏎年度ごとの実績（値）")
    )
    assert read(common(indicators=reworded)).values == read(common()).values


def test_a_dot_that_the_font_names_otherwise_is_the_dot_of_the_label() -> None:
    # U+2027, a hyphenation point, looks like the dot between two words.
    sheet = read(common(budget=BUDGET.replace("予算額・執行額等", "予算額\u2027執行額等")))
    assert sheet.amounts == read(common()).amounts
    assert not sheet.quarantined


def test_the_mark_of_an_indicator_is_no_part_of_a_review_number() -> None:
    # ② runs over into the next column: neither what is left of the marks nor the number is whole.
    programs = PROGRAMS.replace("| 1 | 広場を整える。 | 0001 |", "| ①、 | 広場を整える。 | ②0001 |")
    sheet = read(common(programs=programs))
    assert [row["review_number"] for row in sheet.readings.programs] == [None, "0002"]
    assert [row["related_text"] for row in sheet.readings.programs] == [None, "1"]
    assert set(sheet.quarantined) == {"①、", "②0001"}


def test_the_year_in_brackets_that_ends_a_name_is_no_name() -> None:
    # The upper half of the row, with its name, stands elsewhere.
    programs = PROGRAMS.replace("（１）広場整備事業⏎（平成28年度）", "（平成28年度）")
    sheet = read(common(programs=programs))
    assert sheet.programs == ["広場維持事業⏎（平成29年度）".replace("⏎", "\n")]
    assert {"（平成28年度）", "101千円\n（91千円）", "103千円"} <= set(sheet.quarantined)


def test_a_code_is_found_in_the_title_beside_it_and_in_a_ruled_cell() -> None:
    title, code = "令和2年度事前分析表", "総務省R2－⑨"
    for shape in (
        f"{title}（{code}）",
        f"（{code}）\n{title}",
        f"| {title} | < | （{code}） |",
        f"| {title} | < | {code} |",
    ):
        document = read(common(title=shape)).readings.documents[0]
        assert (document["title"], document["sheet_code"]) == (title, code), shape


def test_the_number_of_a_handout_is_no_sheet_code() -> None:
    sheet = read(common(title="（資料2－1）\n令和2年度事前分析表"))
    assert sheet.readings.documents[0]["sheet_code"] is None


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("達成目標３", 3),
        ("達成目標 3", 3),
        ("達成目標③", 3),
        ("達成目標（３）", 3),
        ("達 成 目 標 3", 3),
        ("達成⏎目標⏎3", 3),
        ("達成目標", 1),
    ],
)
def test_a_goals_number_is_read_in_any_dress_and_is_1_if_none_is_printed(
    label: str, number: int
) -> None:
    sheet = read(mext(goal=MEXT_GOAL.replace("達成目標１", label)))
    assert [goal["goal_number"] for goal in sheet.readings.goals] == [number]
    assert {row["goal_number"] for row in sheet.readings.values} == {number}
    assert {row["goal_number"] for row in sheet.readings.programs} == {number}


def test_the_one_goal_of_the_common_form_is_number_1() -> None:
    sheet = read(common())
    assert [(goal["goal_number"], goal["goal_text"]) for goal in sheet.readings.goals] == [
        (1, "広場を増やす。")
    ]


def test_a_label_without_a_value_takes_no_neighbours_text() -> None:
    sheet = read(common(header=HEADER.replace("| 整備局 |", "|  |")))
    assert sheet.readings.policies[0]["bureau"] is None
    assert sheet.readings.policies[0]["responsible_official"] == "課長"


def test_a_row_that_the_form_does_not_know_is_put_aside_and_moves_nothing() -> None:
    sheet = read(common(header=HEADER + "| 関連する税制 | 軽減 | < | < | < | < |"))
    assert set(sheet.quarantined) == {"関連する税制", "軽減"}
    assert sheet.amounts == read(common()).amounts
    assert sheet.values == read(common()).values


def test_a_column_that_the_form_does_not_know_is_put_aside_and_moves_nothing() -> None:
    rows = list(PROGRAMS.strip().split("\n"))
    more = ["会計区分", "^", "一般", "特別"]
    wider = "\n".join(
        line.rstrip(" |") + f" | {cell} |" for line, cell in zip(rows, more, strict=True)
    )
    sheet = read(common(programs=wider))
    assert set(sheet.quarantined) == {"一般", "特別"}
    assert sheet.amounts == read(common()).amounts


def test_blank_rows_below_a_list_are_empty_and_no_records() -> None:
    blank_indicator = "| " + " | ".join([" "] * 9) + " |"
    blank_program = "| " + " | ".join([" "] * 7) + " |"
    sheet = read(common(indicators=INDICATORS + blank_indicator, programs=PROGRAMS + blank_program))
    assert sheet.indicators == {1: "広場の数"}
    assert len(sheet.programs) == 2
    assert not sheet.quarantined


def test_head_cells_that_were_never_merged_head_the_columns_they_stand_over() -> None:
    # As a word processor leaves them: an empty cell under 測定指標, empty cells at the right
    # of 年度ごとの目標値.
    indicators = """
    | 測定指標 | 基準値 | 基準年度 | 目標値 | 目標年度 | 年度ごとの目標値 |  |  | 測定指標の選定理由 |
    |  |  |  |  |  | 平成30年度 | 令和元年度 | 令和2年度 |  |
    | １　広場の数 | 11 | 平成29年度 | 19 | 令和4年度 | 12 | 13 | 14 | 広場は要る。 |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.values == {
        (1, "baseline", "平成29年度"): "11",
        (1, "target", "令和4年度"): "19",
        (1, "annual_target", "平成30年度"): "12",
        (1, "annual_target", "令和元年度"): "13",
        (1, "annual_target", "令和2年度"): "14",
    }
    assert not sheet.quarantined


@pytest.mark.parametrize("head", ["番号", "測定指標"])
def test_a_column_of_numbers_numbers_the_indicators(head: str) -> None:
    left = "| 番号 | 測定指標" if head == "番号" else "| 測定指標 | <"
    below = "| ^ | ^" if head == "番号" else "| ^ | <"
    indicators = f"""
    {left} | 基準値 | 目標値 | 年度ごとの目標値⏎年度ごとの実績値 | < |
    {below} | ^ | ^ | 令和元年度 | 令和2年度 |
    | 3 | 広場の数 | 11 | 19 | 12 | 13 |
    | ^ | ^ | ^ | ^ | 22 | 23 |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.indicators == {3: "広場の数"}
    assert sheet.values[3, "actual", "令和2年度"] == "23"
    assert not sheet.quarantined


def test_indicators_without_numbers_are_numbered_in_order() -> None:
    indicators = """
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値 | < |
    | ^ | ^ | ^ | 令和元年度 | 令和2年度 |
    | 広場の数 | 11 | 19 | 12 | 13 |
    | 公園の数 | 21 | 29 | 22 | 23 |
    """
    assert read(common(indicators=indicators)).indicators == {1: "広場の数", 2: "公園の数"}


def test_years_in_words_of_a_prose_title_do_not_open_a_second_form() -> None:
    sheet = read(common(title=f"{TITLE}\n※ 施策名は令和2年4月現在"))
    assert len(sheet.readings.policies) == 1
    assert sheet.role("※ 施策名は令和2年4月現在") == "note"


def test_a_sheet_of_no_known_family_keeps_its_cells_and_gives_no_facts() -> None:
    sheet = read("予算一覧", "| 事業名 | 金額（千円） |", "| 広場整備事業 | 1,000 |")
    assert sheet.readings.documents[0]["status"] == "unrecognized_form"
    assert sheet.readings.documents[0]["form"] is None
    assert not sheet.readings.values
    assert not sheet.readings.budgets
    assert not sheet.readings.programs
    assert set(sheet.quarantined) == {"事業名", "金額（千円）", "広場整備事業", "1,000"}
    assert sheet.role("予算一覧") == "note"


def test_a_form_without_its_policy_budget_is_not_taken_for_one_with() -> None:
    sheet = read(common(budget=""))
    assert sheet.readings.documents[0]["status"] == "unrecognized_form"
    assert BUDGET


def test_the_mark_of_a_footnote_and_a_unit_are_no_part_of_a_label() -> None:
    plain = read(common())
    marked = read(
        common(
            header=HEADER.replace("担当部局名", "担当部局名（※１）"),
            indicators=INDICATORS.replace("測定指標 |", "測定指標※２ |", 1),
            programs=PROGRAMS.replace("（開始年度）", "（開始年度）⏎（単位：千円）").replace(
                "関連する指標", "関連する指標⏎(注１)"
            ),
        )
    )
    assert marked.readings.policies[0]["bureau"] == "整備局"
    assert (marked.values, marked.amounts) == (plain.values, plain.amounts)
    assert not marked.quarantined


def test_a_label_that_lacks_its_last_bracket_or_begins_with_anothers_is_that_label() -> None:
    # LibreOffice prints stacked text over its cell's end and cuts it off there.
    plain = read(common(budget=BUDGET.replace("執行額等", "執行額等（単位：百万円）")))
    cut = read(
        common(
            budget=BUDGET.replace("執行額等", "執行額等（単位：百万円"),
            indicators=INDICATORS.replace("測定指標 |", "】⏎測定指標 |", 1),
        )
    )
    assert (cut.values, cut.amounts) == (plain.values, plain.amounts)
    units = [row["unit_label"] for row in plain.readings.budgets]
    assert [row["unit_label"] for row in cut.readings.budgets] == units
    assert not cut.quarantined


def test_important_policies_in_a_list_are_its_rows_and_not_its_heads() -> None:
    listed = """
    | 施策に関係する内閣の重要政策（施政方針演説等のうち主なもの） | 施政方針演説等の名称 | 年月日 | 関係部分（抜粋） |
    | ^ | 施政方針演説 | 令和２年１月20日 | 広場を⏎増やす。 |
    """
    sheet = read(common(budget=BUDGET + listed))
    assert sheet.typed("policies")["related_cabinet_policies"].to_list() == [
        "施政方針演説　令和２年１月20日　広場を増やす。"
    ]
    assert sheet.amounts == read(common()).amounts
    assert not sheet.quarantined


def test_important_policies_named_under_the_budget_take_nothing_from_it() -> None:
    below = "| 施策に関係する内閣の重要政策（主なもの） | 施政方針演説 | < |"
    sheet = read(common(budget=BUDGET + below))
    assert sheet.amounts == read(common()).amounts
    assert sheet.readings.policies[0]["related_cabinet_policies"] == "施政方針演説"
    assert not sheet.quarantined


def test_texts_stacked_beside_one_label_are_put_aside() -> None:
    # A table within the cell of 施策の概要: which of its texts is the overview is not said.
    header = """
    | 施策名 | 広場の整備 | 担当部局名 | 整備局 | 作成責任者名 | 課長 |
    | 施策の概要 | 区 | < | < | 政策体系上の位置付け | まちづくり |
    | ^ | 広場を整える。 | < | < | ^ | ^ |
    | 達成すべき目標 | 広場を増やす。 | 目標設定の考え方・根拠 | 計画による。 | 政策評価実施予定時期 | 令和5年8月 |
    """
    sheet = read(common(header=header))
    policy = sheet.readings.policies[0]
    assert (policy["overview"], policy["position"]) == (None, "まちづくり")
    assert set(sheet.quarantined) == {"区", "広場を整える。"}


def test_a_number_that_two_indicators_bear_is_put_aside() -> None:
    second = "| １　広場の人出 | 31 | 平成29年度 | 39 | 令和4年度 | 32 | 33 | 34 | 広場は要る。 |\n| ^ | ^ | ^ | ^ | ^ | 41 | 42 | ― | ^ |"
    sheet = read(common(indicators=f"{INDICATORS.strip()}\n{second}"))
    assert sheet.indicators == {1: "広場の数", 2: "広場の人出"}
    assert set(sheet.quarantined) == {"１　広場の人出"}


def test_a_number_before_a_name_that_begins_with_a_digit_is_known_by_its_neighbours() -> None:
    # 「２．」 of the second name says that 「１．」 of the first is no part of a decimal.
    programs = PROGRAMS.replace("（１）広場整備", "１．６次産業化").replace("（２）", "２．")
    assert [
        row["name_text"].split("\n")[0] for row in read(common(programs=programs)).readings.programs
    ] == [
        "６次産業化事業",
        "広場維持事業",
    ]


def test_a_decimal_that_begins_a_name_is_part_of_it() -> None:
    # Neither would be in its place: 1.5 stands second, and no other name is numbered so.
    for other in ("（１）", "１．", ""):
        programs = PROGRAMS.replace("（１）", other).replace("（２）", "１．５")
        names = [
            row["name_text"].split("\n")[0]
            for row in read(common(programs=programs)).readings.programs
        ]
        assert names == ["広場整備事業", "１．５広場維持事業"]


def test_a_list_of_programs_may_bear_the_number_of_its_goal_and_longer_heads() -> None:
    programs = PROGRAMS.replace("達成手段⏎（開始年度）", "達成手段１⏎（開始年度）").replace(
        "達成手段の概要等", "達成手段の概要、施策目標達成への寄与の内容等"
    )
    assert programs != PROGRAMS
    sheet, plain = read(common(programs=programs)), read(common())
    assert (sheet.programs, sheet.amounts) == (plain.programs, plain.amounts)
    assert not sheet.quarantined
