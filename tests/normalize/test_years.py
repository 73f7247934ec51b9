"""What the grammar says about years, dates and periods, one sentence each."""

import polars as pl
from parsed import status_of, value_of

from pipelines.normalize import years
from pipelines.normalize.parse import parse_strings


def test_a_month_of_a_fiscal_year_is_in_that_year_and_one_of_a_calendar_year_may_not_be() -> None:
    read = parse_strings(
        "fiscal_year",
        [
            # The year as printed, though February of 平成30年度 is in 2019.
            "令和２年度８月",
            "平成30年度2月",
            "R2年度　8月末",
            "令和2年度\n（8月末時点）",
            "令和２年度第３四半期",
            # January to March belong to the fiscal year that began the year before.
            "平成30年８月",
            "平成30年2月",
        ],
    )
    assert read["value"].to_list() == ["2020", "2018", "2020", "2020", "2020", "2018", "2017"]
    for printed in ("令和2年度13月", "令和2年第3四半期", "8月"):
        assert status_of("fiscal_year", printed) == "unparsed"


def test_a_calendar_date_becomes_the_fiscal_year_it_falls_in() -> None:
    dates = ["令和2年3月31日", "令和2年4月1日", "H27.3.31現在", "R5/5/16", "平成31年1月"]
    read = parse_strings("fiscal_year", dates)
    assert read["value"].to_list() == ["2019", "2020", "2014", "2023", "2018"]


def test_days_that_do_not_exist_are_unparsed() -> None:
    for printed in (
        "令和2年2月30日",
        "令和3年2月29日",
        "令和2年13月1日",
        "R2.4.31",
        "明治5年12月3日",
    ):
        assert status_of("date", printed) == "unparsed"
    assert value_of("date", "令和2年2月29日") == "2020-02-29"


def test_a_year_without_an_era_needs_a_neighbour() -> None:
    frame = pl.DataFrame(
        {
            "printed": ["31年度", "2年度", "30年度", "31年度", "50年度"],
            "beside": ["平成30年度", "平成30年度", "令和2年度", None, "R2年度"],
        }
    )
    read = frame.select(years.parse_fiscal_year(pl.col("printed"), pl.col("beside")).alias("y"))
    assert read["y"].struct.field("value").to_list() == [2019, 2020, 2018, None, None]


def test_two_years_in_one_string_must_agree() -> None:
    read = parse_strings(
        "fiscal_year", ["H31(R1)年度", "平成31/令和元年度", "31(2019)年度", "H30(R1)年度"]
    )
    assert read["value"].to_list() == ["2019", "2019", "2019", None]
    assert read["status"].to_list()[3] == "unparsed"


def test_a_period_has_a_start_and_an_end_but_no_value() -> None:
    texts = [
        "平成29～令和4年度",
        "令和3年度以降",
        "～令和4年度",
        "2012年～2021年（10年間）",
        "平成30～2年度",
        "R5～R3",
    ]
    read = parse_strings("period", texts)
    assert read["start"].to_list() == ["2017", "2021", None, "2012", None, None]
    assert read["end"].to_list() == ["2022", None, "2022", "2021", None, None]
    assert read["status"].to_list() == ["value"] * 4 + ["unparsed"] * 2
    assert read["value"].null_count() == len(texts)
