"""What the grammar says about money: whose unit, which amount of two, and what is none."""

import polars as pl
from parsed import status_of, value_of

from pipelines.normalize import amounts
from pipelines.normalize.parse import parse_strings, read_column


def test_brackets_around_an_amount_mean_executed_not_negative() -> None:
    read = parse_strings("amount", ["(3,055.1)", "（31.2）"], "百万円")
    assert read["value"].to_list() == ["3055100000", "31200000"]
    assert read["rule"].to_list() == ["bracketed_amount"] * 2


def test_the_unit_of_the_cell_wins_over_the_unit_of_the_label() -> None:
    assert value_of("amount", "5億円", "千円") == "500000000"


def test_a_label_with_two_units_fixes_none() -> None:
    assert status_of("amount", "5", "千円又は百万円") == "unparsed"


def test_the_unit_is_found_in_the_text_of_a_label() -> None:
    for label in ("施策の予算額・執行額\n（千円）", "（単位：千円）", "【千円】", "千円"):
        assert value_of("amount", "30,230,300", label) == "30230300000"


def test_a_larger_pot_may_be_said_before_the_amount() -> None:
    read = parse_strings("amount", ["内数\n345", "内数 1,234"], "千円")
    assert read["value"].to_list() == ["345000", "1234000"]
    assert read["inclusion"].to_list() == ["inclusive"] * 2


def test_a_part_of_a_yen_and_what_does_not_fit_are_unparsed_with_their_reason() -> None:
    read = read_column("amount", pl.Series(["1.5円", "0.00001億円", "99,999,999兆円"]))
    assert read["reason"].to_list() == [
        "not a whole number of yen",
        "more than four decimals",
        "too large",
    ]


def test_budget_and_execution_of_one_cell_come_apart() -> None:
    texts = [
        "3,055.1\n(3,055.1)", "100,723.4の内数\n(100,723.4)", "1,234の内数（1,200の内数）",
        "－\n（－）", "30.5\n（31.2）", "31.6", "1,234(内数)", "(31.2)",
        "─（─）", "8,199（…）", "8,199\n（集計中）", "8,199（内数）（精査中）",
    ]  # fmt: skip
    parts = (
        pl.DataFrame({"t": texts})
        .select(amounts.split_budget_and_execution(pl.col("t")).alias("p"))
        .unnest("p")
    )
    assert parts.rows() == [
        ("3,055.1", "(3,055.1)"),
        ("100,723.4の内数", "(100,723.4)"),
        ("1,234の内数", "（1,200の内数）"),
        ("－", "（－）"),
        ("30.5", "（31.2）"),
        ("31.6", None),
        ("1,234(内数)", None),
        (None, "(31.2)"),
        ("─", "（─）"),
        ("8,199", "（…）"),
        ("8,199", "（集計中）"),
        ("8,199（内数）", "（精査中）"),
    ]


def test_the_unit_of_a_figure_is_what_stands_behind_it() -> None:
    texts = {
        "８５百万円": "百万円", "約1,085.4千円の内数": "千円", "2億": "億円", "△8円程度": "円",
        "85": None, "85（百万円）": None, "2億5,000万円": None, "1円80": None, "－": None,
    }  # fmt: skip
    read = pl.DataFrame({"t": list(texts)}).select(amounts.unit_of_figure(pl.col("t")))
    assert read["t"].to_list() == list(texts.values())
