"""測定指標: which printed figure is which value of which year, and which are put aside."""

from __future__ import annotations

import pytest
from plain_blocks import (
    INDICATORS,
    MEXT_INDICATOR,
    MEXT_QUALITATIVE,
    PROGRAMS,
    common,
    mext,
)
from text_grid import read

PLAIN = {
    (1, "baseline", "平成29年度"): "11",
    (1, "target", "令和4年度"): "19",
    (1, "annual_target", "平成30年度"): "12",
    (1, "annual_target", "令和元年度"): "13",
    (1, "annual_target", "令和2年度"): "14",
    (1, "actual", "平成30年度"): "21",
    (1, "actual", "令和元年度"): "22",
    (1, "actual", "令和2年度"): "―",
}


def test_of_two_rows_under_one_label_the_upper_is_the_target_as_the_label_says() -> None:
    assert read(common()).values == PLAIN


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
    assert sheet.values == PLAIN
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
    assert sheet.values == PLAIN | {
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


def test_figures_beside_an_empty_name_are_put_aside() -> None:
    sheet = read(mext(indicators=MEXT_INDICATOR.replace("①広場の数", " ")))
    assert {"11", "12", "13", "14", "22", "23", "24"} <= set(sheet.quarantined)
    assert not sheet.values


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("| 基準値 | 基準年度 |", "| 11 | 平成29年度 |"),
        ("| 基準値⏎（基準年度） | < |", "| 11⏎（平成29年度） | < |"),
        ("| 基準値⏎（基準年度） | < |", "| 11⏎平成29年度 | < |"),
        ("| 基準値（平成29年度） | < |", "| 11 | < |"),
        ("| 平成29年度⏎基準値 | < |", "| 11 | < |"),
    ],
)
def test_a_baseline_has_its_year_beside_it_in_it_or_in_its_label(head: str, row: str) -> None:
    indicators = f"""
    | 測定指標 {head} 目標値 | 年度ごとの目標値 | < |
    | ^ | ^ | {"^" if "<" not in head else "<"} | ^ | 令和元年度 | 令和2年度 |
    | 広場の数 {row} 19 | 13 | 14 |
    """
    sheet = read(common(indicators=indicators))
    baselines = sheet.typed("indicator_values").filter(value_kind="baseline")
    # 平成29年度 began in April 2017.
    assert baselines["fiscal_year"].to_list() == [2017]
    assert baselines["raw_text"].to_list() == ["11"]


def test_a_baseline_has_its_year_in_a_cell_of_its_own_below_it() -> None:
    indicators = """
    | 測定指標 | 基準値 | 目標値 | 年度ごとの目標値⏎年度ごとの実績値 | < | < |
    | ^ | 基準年度 | 目標年度 | 平成30年度 | 令和元年度 | 令和2年度 |
    | １　広場の数 | 11 | 19 | 12 | 13 | 14 |
    | ^ | 平成29年度 | 令和4年度 | 21 | 22 | ― |
    """
    sheet = read(common(indicators=indicators))
    assert sheet.values == PLAIN
    assert not sheet.quarantined


def test_a_target_without_a_year_has_none() -> None:
    indicators = MEXT_INDICATOR.replace("| R4年度 |", "|  |")
    assert read(mext(indicators=indicators)).values[1, "target", None] == "19"


def test_bare_years_are_read_in_the_era_near_the_sheets_own_year() -> None:
    # The sheet is of 令和2年度 (2020): 30年度 is 平成30年度, 元年度 and 2年度 are of 令和.
    indicators = INDICATORS.replace("平成30年度", "30年度").replace("令和元年度", "元年度")
    indicators = indicators.replace("| 令和2年度 |", "| 2年度 |")
    values = read(common(indicators=indicators)).typed("indicator_values")
    found = dict(values.filter(value_kind="annual_target").select("fiscal_year", "raw_text").rows())
    assert found == {2018: "12", 2019: "13", 2020: "14"}


def test_a_block_of_words_gives_texts_by_year() -> None:
    sheet = read(mext(indicators=MEXT_INDICATOR + MEXT_QUALITATIVE))
    assert sheet.indicators == {1: "広場の数", 2: "広場の取組"}
    words = {place: text for place, text in sheet.values.items() if place[0] == 2}
    assert words == {
        (2, "baseline", None): "―",
        (2, "actual", "H30年度"): "始めた。",
        (2, "actual", "R1年度"): "続けた。",
        (2, "target", "R4年度"): "終える。",
    }
    kinds = sheet.typed("indicators").select("indicator_number", "indicator_type").rows()
    assert kinds == [(1, "quantitative"), (2, "qualitative")]


@pytest.mark.parametrize(
    ("said", "kind"),
    [("始めた。", "qualitative"), ("35件", "quantitative")],
    ids=["words", "figures"],
)
def test_rows_labelled_with_values_give_a_text_a_year_and_no_type_of_their_own(
    said: str, kind: str
) -> None:
    # 実績値 and 目標値 also head columns; here a year stands at the right of each.
    words = (
        MEXT_QUALITATIVE.replace("| 実績 |", "| 実績値 |")
        .replace("| 目標 |", "| 目標値 |")
        .replace("始めた。", said)
    )
    sheet = read(mext(indicators=MEXT_INDICATOR + words))
    assert {place: text for place, text in sheet.values.items() if place[0] == 2} == {
        (2, "baseline", None): "―",
        (2, "actual", "H30年度"): said,
        (2, "actual", "R1年度"): "続けた。",
        (2, "target", "R4年度"): "終える。",
    }
    assert sheet.role("実績値") == "label"
    assert sheet.typed("indicators")["indicator_type"].to_list() == ["quantitative", kind]
    assert not sheet.quarantined


def test_of_an_indicator_read_in_part_without_a_figure_the_type_is_not_known() -> None:
    # Nothing says what the rows of the second one are.
    words = MEXT_QUALITATIVE.replace("| 実績 |", "| 経過 |")
    sheet = read(mext(indicators=MEXT_INDICATOR + words))
    assert "始めた。" in sheet.quarantined
    assert sheet.typed("indicators")["indicator_type"].to_list() == ["quantitative", None]


def test_every_cell_of_a_block_has_the_role_it_plays() -> None:
    sheet = read(mext())
    assert sheet.role("実績値") == "label"
    assert sheet.role("H29年度") == "label"
    assert sheet.role("①広場の数") == "value"
    assert sheet.role("年度ごとの目標値") == "label"
    assert sheet.role("22") == "value"


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


def test_a_target_whose_cell_and_head_name_different_years_is_put_aside() -> None:
    indicators = MEXT_INDICATOR.replace("| 19 |", "| 19⏎（R5年度） |")
    assert set(read(mext(indicators=indicators)).quarantined) == {"19\n（R5年度）"}


def test_a_target_whose_cell_repeats_the_year_of_its_head_is_that_years() -> None:
    indicators = MEXT_INDICATOR.replace("| 19 |", "| 19⏎（R4年度） |")
    assert read(mext(indicators=indicators)).values[1, "target", "R4年度"] == "19"


def test_a_labelled_row_under_an_unmerged_name_belongs_to_the_indicator_above() -> None:
    indicators = """
    | 測定指標 | 基準値 | 実績値 |  |  | 目標値 | 測定指標の選定理由 |
    |  | H28年度 | H29年度 | H30年度 | R1年度 | R4年度 |  |
    | ①広場の数 | 11 | 12 | 13 | 14 | 19 | 広場は要る。 |
    |  | 年度ごとの目標値 | 22 | 23 | 24 |  |  |
    """
    sheet = read(mext(indicators=indicators))
    assert sheet.values == read(mext()).values
    assert not sheet.quarantined


def test_a_second_row_of_actuals_beside_an_empty_name_is_nobodys() -> None:
    more = "|  |  | 32 | 33 | 34 |  |  |"
    sheet = read(mext(indicators=MEXT_INDICATOR + more))
    assert set(sheet.quarantined) == {"32", "33", "34"}
    assert sheet.values == read(mext()).values


def test_a_figure_wrapped_in_a_narrow_column_is_read_as_one() -> None:
    sheet = read(mext(indicators=MEXT_INDICATOR.replace("| 13 |", "| 1,2↩34 |")))
    assert sheet.values[1, "actual", "H30年度"] == "1,234"
    stacked = read(mext(indicators=MEXT_INDICATOR.replace("| 13 |", "| 12⏎34 |")))
    assert stacked.values[1, "actual", "H30年度"] == "12\n34"


def test_a_figure_under_a_year_that_cannot_be_read_is_put_aside() -> None:
    # (cid:7) is a glyph without a meaning: any year of ten. A blank holds nothing.
    indicators = INDICATORS.replace("平成30年度", "平成2(cid:7)年度").replace("| 21 |", "|  |")
    values = read(common(indicators=indicators)).typed("indicator_values")
    unread = values.filter(values["period_text"] == "平成2(cid:7)年度")
    assert unread.select("raw_text", "value_status", "value_numeric").rows() == [
        ("12", "unparsed", None),
        ("", "blank", None),
    ]


def test_an_amount_under_a_year_that_cannot_be_read_is_put_aside() -> None:
    programs = PROGRAMS.replace("平成30年度", "平成2(cid:7)年度")
    amounts = read(common(programs=programs)).typed("budget_amounts")
    unread = amounts.filter(amounts["period_text"] == "平成2(cid:7)年度")
    assert unread.select("value_status", "amount_yen").unique().rows() == [("unparsed", None)]


def test_a_target_for_every_year_is_that_of_the_year_in_its_label() -> None:
    indicators = INDICATORS.replace("| 19 |", "| 19件以上（毎年度） |")
    targets = (
        read(common(indicators=indicators)).typed("indicator_values").filter(value_kind="target")
    )
    assert targets.select("fiscal_year", "value_numeric", "value_qualifier").rows() == [
        (2022, 19, "以上")
    ]
