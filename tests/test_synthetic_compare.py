"""The comparison tells exact, silent, quarantined and missing apart, and nothing slips by it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from synthetic.accuracy import passes, table
from synthetic.compare import Comparison, Verdict, folded

Row = dict[str, Any]
POLICY = "d0c-1"
TABLE = "fact_budget"


def amount(**changes: object) -> Row:
    """A program's amount of 1,234 million yen, exact, as the warehouse should hold it."""
    row: Row = {
        "policy_key": POLICY,
        "goal_number": 1,
        "listing_order": 2,
        "budget_level": "program",
        "budget_stage": "revised",
        "fiscal_year": 2019,
        "amount_yen": 1_234_000_000,
        "amount_printed": Decimal(1234),
        "unit_printed": "百万円",
        "inclusion": "exact",
        "inclusion_source": "printed",
        "value_status": "value",
        "raw_text": "1,234",
    }
    return row | changes


def outcomes(
    expected: list[Row], found: list[Row], status: str = "read", aside: tuple[str, ...] = ()
) -> set[tuple[str, str]]:
    comparison = Comparison({"d0c": status}, {"d0c": aside})
    verdicts = comparison.table(TABLE, expected, found)
    return {(verdict.field, verdict.outcome) for verdict in verdicts if verdict.outcome != "exact"}


def test_the_same_row_is_exact_in_every_field() -> None:
    verdicts = Comparison({"d0c": "read"}, {}).table(TABLE, [amount()], [amount()])
    assert len(verdicts) == 7
    assert {verdict.outcome for verdict in verdicts} == {"exact"}


def test_a_wrong_number_that_nothing_flags_is_silent() -> None:
    assert outcomes([amount()], [amount(amount_yen=1_234_000)]) == {("amount_yen", "silent")}


def test_an_amount_whose_inclusion_is_wrong_is_silent() -> None:
    found = [amount(inclusion="exact")]
    assert outcomes([amount(inclusion="inclusive")], found) == {("inclusion", "silent")}


def test_a_zero_where_a_dash_is_printed_is_silent() -> None:
    dash = amount(amount_yen=None, amount_printed=None, value_status="dash", raw_text="―")
    found = amount(amount_yen=0, amount_printed=Decimal(0), raw_text="―")
    assert outcomes([dash], [found]) == {
        ("amount_yen", "silent"),
        ("amount_printed", "silent"),
        ("value_status", "silent"),
    }


def test_a_row_that_was_never_printed_is_silent() -> None:
    extra = amount(fiscal_year=2018)
    assert outcomes([amount()], [amount(), extra]) == {("(row)", "silent")}
    assert outcomes([amount()], [amount(), amount()]) == {("(row)", "silent")}


def test_an_empty_cell_may_be_a_row_or_none() -> None:
    blank = amount(fiscal_year=2018, value_status="blank", raw_text="", amount_yen=None)
    assert outcomes([amount()], [amount(), blank]) == set()
    assert outcomes([amount(optional=True)], []) == set()


def test_a_row_in_the_wrong_year_is_missing_there_and_silent_here() -> None:
    found = outcomes([amount()], [amount(fiscal_year=2020)])
    assert ("(row)", "silent") in found
    assert ("amount_yen", "missing") in found


def test_an_unparsed_row_is_quarantined_whatever_its_other_columns_hold() -> None:
    found = outcomes([amount()], [amount(value_status="unparsed", amount_yen=None)])
    assert {outcome for _, outcome in found} == {"quarantined"}


def test_a_row_that_is_not_there_is_quarantined_only_if_something_says_so() -> None:
    def only(status: str = "read", aside: tuple[str, ...] = ()) -> set[str]:
        return {outcome for _, outcome in outcomes([amount()], [], status, aside)}

    assert only() == {"missing"}
    assert only(aside=("1,2\n34",)) == {"quarantined"}
    assert only("unrecognized_form") == {"quarantined"}


def test_a_figure_of_unknown_glyphs_must_not_become_a_number() -> None:
    hidden = amount(unreadable=True)
    assert outcomes([hidden], []) == set()
    assert outcomes([hidden], [amount(value_status="unparsed")]) == set()
    assert outcomes([hidden], [amount(value_status="text")]) == {("value_status", "silent")}


def test_a_null_where_something_is_printed_is_missing_not_wrong() -> None:
    assert outcomes([amount()], [amount(unit_printed=None)]) == {("unit_printed", "missing")}


def test_accepted_readings_are_exact() -> None:
    answer = amount(accept={"raw_text": ["（1,234）"]})
    assert outcomes([answer], [amount(raw_text="(1,234)")]) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [("令和２年度\n当初", "令和2年度当初"), ("①～③", "①〜③"), ("R2－9", "R2−9"), ("㎡", "m2")],
)
def test_strings_are_compared_folded(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_a_long_vowel_mark_is_no_dash() -> None:
    assert folded("センター") != folded("センタ-")


def verdicts(**counts: int) -> list[Verdict]:
    return [Verdict("d0c", TABLE, "f", name) for name, n in counts.items() for _ in range(n)]


def test_the_bar_is_no_silent_error_and_999_exact_of_1000() -> None:
    assert passes(verdicts(exact=999, quarantined=1))
    assert not passes(verdicts(exact=998, quarantined=2))
    assert not passes(verdicts(exact=100_000, silent=1))


def test_the_table_counts_each_outcome() -> None:
    lines = table(verdicts(exact=3, missing=1), "form", lambda _: "mext").split("\n")
    assert lines[2] == "| mext | 4 | 3 | 75.00 | 0 | 0 | 1 |"
