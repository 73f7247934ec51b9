"""測定指標: which printed figure is which value of which year, and which are put aside."""

from __future__ import annotations

import pytest
from plain_blocks import (
    INDICATORS,
    MEXT_INDICATOR,
    MEXT_QUALITATIVE,
    PLAIN_VALUES,
    common,
    mext,
)
from text_grid import read


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
    assert sheet.values == PLAIN_VALUES
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


def test_a_target_for_every_year_is_that_of_the_year_in_its_label() -> None:
    indicators = INDICATORS.replace("| 19 |", "| 19件以上（毎年度） |")
    targets = (
        read(common(indicators=indicators)).typed("indicator_values").filter(value_kind="target")
    )
    assert targets.select("fiscal_year", "value_numeric", "value_qualifier").rows() == [
        (2022, 19, "以上")
    ]
