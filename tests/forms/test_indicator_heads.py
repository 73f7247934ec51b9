"""Heads of 測定指標: which labels over a column, or left of a row, say what its figures are."""

from __future__ import annotations

import pytest
from plain_blocks import INDICATORS, MEXT_INDICATOR, PLAIN_VALUES, common, mext
from text_grid import read


def test_of_two_rows_under_one_label_the_upper_is_the_target_as_the_label_says() -> None:
    assert read(common()).values == PLAIN_VALUES


def test_stacked_heads_name_the_rows_in_their_order() -> None:
    # 目標値 over 実績値 in the head: the upper row of figures is the target, as printed above.
    indicators = """
    | 測定指標 | 基準値 |  | 目標値 |  | 年度ごとの目標値 | < | < | 測定指標の選定理由 |
    | ^ | ^ |  | ^ |  | 年度ごとの実績値 | < | < | ^ |
    | ^ | ^ | 基準年度 | ^ | 目標年度 | 平成30年度 | 令和元年度 | 令和2年度 | ^ |
    | １　広場の数 | 11 | 平成29年度 | 19 | 令和4年度 | 12 | 13 | 14 | 広場は要る。 |
    | ^ | ^ | ^ | ^ | ^ | 21 | 22 | ― | ^ |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.values == PLAIN_VALUES
    assert not sheet.quarantined


def test_labels_at_the_left_of_a_row_overrule_the_order_in_the_head() -> None:
    indicators = """
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎年度ごとの実績値 | < | < |
    | ^ | ^ | ^ |  | 令和元年度 | 令和2年度 |
    | 広場の数 | 11 | 19 | 年度ごとの実績値 | 22 | ― |
    | ^ | ^ | ^ | 年度ごとの目標値 | 13 | 14 |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.values[1, "actual", "令和元年度"] == "22"
    assert sheet.values[1, "annual_target", "令和元年度"] == "13"
    assert not sheet.quarantined


def test_labels_at_the_left_of_rows_do_where_the_head_names_the_years_alone() -> None:
    indicators = """
    | 測定指標 | 基準値 | 目標値 |  | 令和元年度 | 令和2年度 | 測定指標の選定理由 |
    | ^ | 基準年度 | 目標年度 | ^ | ^ | ^ | ^ |
    | 広場の数 | 11 | 19 | 年度ごとの⏎目標値 | 13 | 14 | 広場は要る。 |
    | ^ | 平成29年度 | 令和4年度 | 年度ごとの⏎実績値 | 22 | ― | ^ |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.values == {
        (1, "baseline", "平成29年度"): "11",
        (1, "target", "令和4年度"): "19",
        (1, "annual_target", "令和元年度"): "13",
        (1, "annual_target", "令和2年度"): "14",
        (1, "actual", "令和元年度"): "22",
        (1, "actual", "令和2年度"): "―",
    }
    assert not sheet.quarantined


def test_figures_under_years_alone_are_put_aside_where_no_label_stands_at_their_left() -> None:
    # Which of the two rows is the target is printed nowhere.
    indicators = """
    | 測定指標 | 基準値 | 目標値 |  | 令和元年度 | 令和2年度 |
    | 広場の数 | 11 | 19 |  | 13 | 14 |
    | ^ | ^ | ^ |  | 22 | 24 |
    """
    sheet = read(common(indicators=indicators))
    assert {"13", "14", "22", "24"} <= set(sheet.quarantined)


def test_the_head_over_words_may_use_shorter_labels_than_the_one_over_figures() -> None:
    indicators = (
        INDICATORS
        + """
    | 測定指標 | 基準 | 目標 | 施策の進捗状況（目標） | < | 測定指標の選定理由 |
    | ^ | ^ | ^ | 施策の進捗状況（実績） | < | ^ |
    | ^ | 基準年度 | 目標年度 | 令和元年度 | 令和2年度 | ^ |
    | ２　広場の取組 | 始める。 | 終える。 | 進める。 | 続ける。 | 取組は要る。 |
    | ^ | 平成28年度 | 令和5年度 | 進めた。 | 続けた。 | ^ |
    """
    )
    sheet = read(common(indicators=indicators))
    assert sheet.values == PLAIN_VALUES | {
        (2, "baseline", "平成28年度"): "始める。",
        (2, "target", "令和5年度"): "終える。",
        (2, "annual_target", "令和元年度"): "進める。",
        (2, "annual_target", "令和2年度"): "続ける。",
        (2, "actual", "令和元年度"): "進めた。",
        (2, "actual", "令和2年度"): "続けた。",
    }
    assert not sheet.quarantined


@pytest.mark.parametrize("cell", ["13⏎（22）", "13（22）", "13 (22)"])
def test_the_actual_stands_in_brackets_behind_the_target(cell: str) -> None:
    indicators = f"""
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎（年度ごとの実績値） | < |
    | ^ | ^ | ^ | 令和元年度 | 令和2年度 |
    | 広場の数 | 11 | 19 | {cell} | 14 |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.values[1, "annual_target", "令和元年度"] == "13"
    assert sheet.values[1, "actual", "令和元年度"] == "22"
    assert sheet.values[1, "annual_target", "令和2年度"] == "14"
    assert (1, "actual", "令和2年度") not in sheet.values


@pytest.mark.parametrize(
    ("cell", "target", "actual"),
    [
        ("13（速報値）", "13（速報値）", None),
        ("13⏎（22（見込））", "13", "22（見込）"),
        ("13（速報値）⏎（22（見込））", "13（速報値）", "22（見込）"),
        ("13人⏎（集計中（令和3年9月公表予定））", "13人", "集計中（令和3年9月公表予定）"),
        ("13（暫定値（9月時点））", "13（暫定値（9月時点））", None),
    ],
)
def test_a_remark_in_brackets_is_no_actual_and_an_actual_may_bear_one(
    cell: str, target: str, actual: str | None
) -> None:
    indicators = f"""
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎（年度ごとの実績値） | < |
    | ^ | ^ | ^ | 令和元年度 | 令和2年度 |
    | 広場の数 | 11 | 19 | {cell} | 14 |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.values[1, "annual_target", "令和元年度"] == target
    assert sheet.values.get((1, "actual", "令和元年度")) == actual


def test_the_actual_in_brackets_may_have_its_own_row() -> None:
    indicators = """
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎（年度ごとの実績値） | < |
    | ^ | ^ | ^ | 令和元年度 | 令和2年度 |
    | 広場の数 | 11 | 19 | 13 | 14 |
    | ^ | ^ | ^ | （22） | （―） |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.values[1, "annual_target", "令和元年度"] == "13"
    assert sheet.values[1, "actual", "令和元年度"] == "22"
    assert sheet.values[1, "actual", "令和2年度"] == "―"


def test_a_pair_in_each_of_two_rows_is_put_aside() -> None:
    # Two targets with two actuals for one year: the form announces one of each.
    indicators = """
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎（年度ごとの実績値） | < |
    | ^ | ^ | ^ | 令和元年度 | 令和2年度 |
    | 広場の数 | 11 | 19 | 13（22） | 14 |
    | ^ | ^ | ^ | 113（122） | 114 |
    """
    sheet = read(common(indicators=indicators))
    assert {"13（22）", "113（122）"} <= set(sheet.quarantined)
    assert not [place for place in sheet.values if place[2] == "令和元年度"]


def test_one_figure_where_two_labels_stand_over_it_is_put_aside() -> None:
    indicators = """
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値 | < |
    | ^ | ^ | ^ | 年度ごとの実績値 | < |
    | ^ | ^ | ^ | 令和元年度 | 令和2年度 |
    | 広場の数 | 11 | 19 | 13 | 14 |
    """
    sheet = read(common(indicators=indicators))
    assert {"13", "14"} <= set(sheet.quarantined)


def test_a_figure_under_several_years_belongs_to_none() -> None:
    indicators = MEXT_INDICATOR.replace("| 12 | 13 | 14 |", "| 12 | 55 | < |")
    sheet = read(mext(indicators=indicators))
    assert sheet.quarantined == {"55": "one cell under several years"}
    assert sheet.values[1, "actual", "H29年度"] == "12"


def test_two_columns_of_one_year_quarantine_both_figures() -> None:
    indicators = MEXT_INDICATOR.replace("| H30年度 | R1年度 |", "| H30年度 | H30年度 |")
    sheet = read(mext(indicators=indicators))
    assert set(sheet.quarantined) == {"13", "14", "23", "24"}
    assert not [place for place in sheet.values if place[2] == "H30年度"]


def test_figures_of_a_row_that_the_form_does_not_know_are_no_targets() -> None:
    indicators = """
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎年度ごとの実績値 | < | < |
    | ^ | ^ | ^ |  | 令和元年度 | 令和2年度 |
    | 広場の数 | 11 | 19 | 年度ごとの実績値 | 22 | 23 |
    | ^ | ^ | ^ | 達成率 | 32 | 33 |
    """
    sheet = read(common(indicators=indicators))
    assert {"32", "33"} <= set(sheet.quarantined)
    assert sheet.values[1, "actual", "令和元年度"] == "22"
    assert not [place for place in sheet.values if place[1] == "annual_target"]


def test_a_column_of_rates_among_the_years_gives_no_values() -> None:
    indicators = MEXT_INDICATOR.replace("| R1年度 |", "| 達成率 |")
    sheet = read(mext(indicators=indicators))
    assert set(sheet.quarantined) == {"14", "24"}
    assert sheet.values[1, "actual", "H30年度"] == "13"
