# ruff: noqa: E501 - a row of a grid is one line
"""A page's end in a block of indicators or goals: each value stays with its own."""

from __future__ import annotations

from plain_blocks import (
    INDICATORS,
    MEXT_INDICATOR,
    PROGRAMS,
    common,
    mext,
)
from text_grid import PAGE_BREAK, read

from pipelines.forms.cells import fold

COMMON_HEAD = "\n".join(INDICATORS.strip().split("\n")[:2])


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


def test_figures_at_the_foot_of_a_page_whose_name_is_all_overleaf_are_that_indicators() -> None:
    # Some printers leave out a merged cell on the page on which nothing of its text stands.
    indicators = f"""
    {COMMON_HEAD}
    | １　広場の数 | 11 | 平成29年度 | 19 | 令和4年度 | 12 | 13 | 14 | 広場は要る。 |
    | ^ | ^ | ^ | ^ | ^ | 21 | 22 | ― | ^ |
    | × | 31 | 平成28年度 | 39 | 令和5年度 | 32 | 33 | 34 | × |
    {PAGE_BREAK}
    | ２　公園の数 |  |  |  |  |  |  |  | 公園も要る。 |
    | ^ | ^ | ^ | ^ | ^ | 41 | 42 | ― | ^ |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.indicators == {1: "広場の数", 2: "公園の数"}
    assert sheet.values[1, "actual", "平成30年度"] == "21"
    assert sheet.values[2, "baseline", "平成28年度"] == "31"
    assert sheet.values[2, "target", "令和5年度"] == "39"
    assert sheet.values[2, "annual_target", "令和元年度"] == "33"
    assert sheet.values[2, "actual", "令和元年度"] == "42"
    assert not sheet.quarantined


def test_figures_at_the_head_of_a_page_whose_name_is_all_on_the_page_before_are_that_indicators() -> (
    None
):
    indicators = f"""
    | 測定指標 | 基準値 | 実績値 | < | < | 目標値 | 測定指標の選定理由及び目標値の設定の根拠 |
    | ^ | H28年度 | H29年度 | H30年度 | R1年度 | R4年度 | ^ |
    | ①広場の数 | 11 | 12 | 13 | 14 | 19 | 広場は要る。 |
    {PAGE_BREAK}
    | × | 年度ごとの目標値 | 22 | 23 | 24 | × | × |
    | ②公園の数 | 31 | 32 | 33 | 34 | 39 | 公園も要る。 |
    | ^ | 年度ごとの目標値 | 42 | 43 | 44 | ^ | ^ |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.indicators == {1: "広場の数", 2: "公園の数"}
    assert sheet.values[1, "annual_target", "R1年度"] == "24"
    assert sheet.values[2, "annual_target", "R1年度"] == "44"
    assert not sheet.quarantined


def test_a_name_that_ends_above_the_foot_of_its_row_goes_on_overleaf() -> None:
    # The rationale goes down to the page's end; the name has no more lines, the actuals no room.
    indicators = f"""
    {COMMON_HEAD}
    | １　広場の数 | 11 | 平成29年度 | 19 | 令和4年度 | 12 | 13 | 14 | 広場は要る。 |
    | × | ↧ | < | < | < | < | < | < | ^ |
    {PAGE_BREAK}
    |  |  |  |  |  | 21 | 22 | ― | 計画による。 |
    | ２　公園の数 | 31 | 平成28年度 | 39 | 令和5年度 | 32 | 33 | 34 | 公園も要る。 |
    | ^ | ^ | ^ | ^ | ^ | 41 | 42 | ― | ^ |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.values[1, "annual_target", "平成30年度"] == "12"
    assert sheet.values[1, "actual", "平成30年度"] == "21"
    assert [row["rationale"] for row in sheet.readings.indicators] == [
        "広場は要る。\n計画による。",
        "公園も要る。",
    ]
    assert not sheet.quarantined


def test_whole_rows_without_a_name_at_a_pages_foot_are_not_given_to_the_indicator_overleaf() -> (
    None
):
    # Both have an actual of every year: one of the two is another indicator's.
    indicators = f"""
    | 測定指標 | 基準値 | 実績値 | < | < | 目標値 | 測定指標の選定理由及び目標値の設定の根拠 |
    | ^ | H28年度 | H29年度 | H30年度 | R1年度 | R4年度 | ^ |
    | ①広場の数 | 11 | 12 | 13 | 14 | 19 | 広場は要る。 |
    | × | 51 | 52 | 53 | 54 | 59 | × |
    {PAGE_BREAK}
    | ②公園の数 | 31 | 32 | 33 | 34 | 39 | 公園も要る。 |
    | ^ | 年度ごとの目標値 | 42 | 43 | 44 | ^ | ^ |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.indicators == {1: "広場の数", 2: "公園の数"}
    assert sheet.values[2, "actual", "H29年度"] == "32"
    assert set(sheet.quarantined) == {"51", "52", "53", "54", "59"}


def test_the_first_year_of_an_indicator_in_words_whose_name_stands_under_the_head_overleaf() -> (
    None
):
    indicators = f"""
    | 測定指標 | 基準値 | ― | < |
    |  |  | H30年度 | 始めた。 |
    {PAGE_BREAK}
    | 測定指標 | 基準値 | ― | < |
    | ②広場の取組 | 実績 | R1年度 | 続けた。 |
    | ^ | 目標 | R4年度 | 終える。 |
    | ^ | 測定指標の選定理由及び目標値の設定の根拠 | < | 取組は要る。 |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.indicators == {2: "広場の取組"}
    assert sheet.values[2, "actual", "H30年度"] == "始めた。"
    assert sheet.values[2, "actual", "R1年度"] == "続けた。"
    assert sheet.values[2, "target", "R4年度"] == "終える。"
    assert not sheet.quarantined


def test_two_indicators_with_a_list_number_each_are_two_though_rows_of_one_are_blank() -> None:
    # Above, the row of actuals is blank and of one cell with that of targets: nothing but the
    # numbers says that the second is not the rest of the first.
    indicators = f"""
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値 | < | 選定理由 |
    | ^ | ^ | ^ | 年度ごとの実績値 | < | ^ |
    | ^ | ^ | ^ | 令和元年度 | 令和2年度 | ^ |
    | (3)広場の数 | 11 | 19 | 12 | 13 | 広場は要る |
    {PAGE_BREAK}
    | (4)公園の数 | 31 | 39 | 32 | 33 | 公園は要る |
    | ^ | ^ | ^ | 42 | 43 | ^ |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.indicators == {3: "広場の数", 4: "公園の数"}
    assert sheet.values[4, "actual", "令和2年度"] == "43"


def test_two_indicators_with_a_target_year_each_are_two() -> None:
    indicators = f"""
    | 測定指標 | 基準値 | 目標値 | 目標年度 | 年度ごとの目標値 | < |
    | ^ | ^ | ^ | ^ | 年度ごとの実績値 | < |
    | ^ | ^ | ^ | ^ | 令和元年度 | 令和2年度 |
    | 広場の数 | 11 | 19 | 令和4年度 | 12 | 13 |
    {PAGE_BREAK}
    | 公園の数 | 31 | 39 | 令和5年度 | 32 | 33 |
    | ^ | ^ | ^ | ^ | 42 | 43 |
    """
    assert read(common(indicators=indicators)).indicators == {1: "広場の数", 2: "公園の数"}


def test_a_name_that_is_printed_with_its_number_on_both_pages_is_that_of_one_indicator() -> None:
    # A spreadsheet prints the text of a merged cell on every page that the cell is on.
    rows = MEXT_INDICATOR.replace("| ^ | 年度ごと", f"{PAGE_BREAK}\n| ①広場の数 | 年度ごと")
    sheet = read(mext(indicators=rows.replace("24 | ^ | ^ |", "24 |  |  |")))
    assert sheet.values == read(mext()).values
    assert sheet.indicators == {1: "広場の数"}
