"""The golden tables against the text they were typed from: no figure, name or row of their own."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Row

    Golden = Callable[[str], list[Row]]

PRINTED_COLUMNS = {
    "documents": ("title", "sheet_code"),
    "policies": (
        "policy_name",
        "bureau",
        "responsible_official",
        "overview",
        "related_cabinet_policies",
    ),
    "goals": ("goal_text", "rationale", "changes_from_previous_year"),
    "indicators": ("indicator_name", "rationale"),
    "indicator_values": ("period_text", "raw_text"),
    "programs": ("program_name",),
    "program_goals": ("program_name", "review_number", "remarks"),
    "program_indicators": ("program_name",),
    "budget_amounts": ("program_name", "review_number", "raw_text"),
}
A_FIGURE = re.compile(r"\(?\d[\d,]*(\.\d+)?\)?(の内数)?")


def without_whitespace(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("table", PRINTED_COLUMNS)
def test_every_name_and_raw_text_occurs_in_the_published_text(
    golden: Golden, published_text: str, table: str
) -> None:
    haystack = without_whitespace(published_text)
    missing = [
        (column, row[column])
        for row in golden(table)
        for column in PRINTED_COLUMNS[table]
        if row[column] is not None and without_whitespace(row[column]) not in haystack
    ]
    assert missing == []


def test_every_figure_of_the_published_text_stands_in_the_golden_tables_as_often(
    golden: Golden, published_text: str
) -> None:
    printed = Counter(word for word in published_text.split() if A_FIGURE.fullmatch(word))
    read = Counter(
        row["raw_text"]
        for table in ("indicator_values", "budget_amounts")
        for row in golden(table)
        if A_FIGURE.fullmatch(row["raw_text"])
    )
    read += Counter(row["review_number"] for row in golden("program_goals"))
    read += Counter(["5.0"])  # "Society 5.0 の実現" in the overview: a name, not a value
    assert read == printed


@pytest.mark.parametrize("kinds", [("baseline", "actual"), ("annual_target",)])
def test_every_row_of_values_is_a_line_of_the_published_text(
    golden: Golden, published_text: str, kinds: tuple[str, ...]
) -> None:
    lines = Counter(line.strip() for line in published_text.splitlines())
    rows: dict[tuple[int, int], list[str]] = {}
    for row in golden("indicator_values"):
        key = (row["goal_number"], row["indicator_number"])
        if key != (1, 3) and row["value_kind"] in kinds:  # ③ of goal 1 has a row a year, in words
            rows.setdefault(key, []).append(row["raw_text"])
    assert len(rows) == 8
    assert Counter(" ".join(row) for row in rows.values()) <= lines


def test_every_row_of_years_is_a_line_of_the_published_text(
    golden: Golden, published_text: str
) -> None:
    lines = Counter(line.strip() for line in published_text.splitlines())
    headers: dict[tuple[int, int], list[str]] = {}
    for row in golden("indicator_values"):
        key = (row["goal_number"], row["indicator_number"])
        if key != (1, 3) and row["value_kind"] != "annual_target":
            headers.setdefault(key, []).append(row["period_text"])
    assert len(headers) == 8
    assert Counter(" ".join(header) for header in headers.values()) <= lines


def test_every_annual_target_has_the_year_of_an_actual_value(golden: Golden) -> None:
    years: dict[str, list[tuple[int, int, str, int]]] = {"actual": [], "annual_target": []}
    for row in golden("indicator_values"):
        if row["value_kind"] in years and row["value_status"] != "text":
            years[row["value_kind"]].append(
                tuple(
                    row[name]
                    for name in ("goal_number", "indicator_number", "period_text", "fiscal_year")
                )
            )
    assert years["actual"] == years["annual_target"]
    assert len(years["actual"]) == 8 * 5


def test_every_execution_stands_right_after_its_budget(golden: Golden, published_text: str) -> None:
    haystack = without_whitespace(published_text)
    amounts = golden("budget_amounts")
    pairs = [
        budget["raw_text"] + executed["raw_text"]
        for budget, executed, initial in zip(*[iter(amounts)] * 3, strict=True)
        if (budget["budget_stage"], executed["budget_stage"], initial["budget_stage"])
        == ("revised", "executed", "initial")
    ]
    assert len(pairs) == 16
    assert [pair for pair in pairs if pair not in haystack] == []


# What the sheet holds, counted by its publisher's text: see the README beside the tables.
@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("documents", 1),
        ("policies", 1),
        ("goals", 5),
        ("indicators", 9),
        ("indicator_values", 102),
        ("programs", 15),
        ("program_goals", 15),
        ("program_indicators", 27),
        ("budget_amounts", 48),
    ],
)
def test_the_sheet_holds_so_many(golden: Golden, table: str, rows: int) -> None:
    assert len(golden(table)) == rows


def test_no_review_number_stands_twice(golden: Golden) -> None:
    assert len({row["review_number"] for row in golden("program_goals")}) == 15


def test_the_revised_program_budgets_of_2019_add_up_to_what_is_known(golden: Golden) -> None:
    amounts = [
        row
        for row in golden("budget_amounts")
        if row["budget_level"] == "program"
        and row["budget_stage"] == "revised"
        and row["fiscal_year"] == 2019
    ]
    assert len(amounts) == 15
    assert sum(row["amount_yen"] for row in amounts if row["is_additive"]) == 115_016_000_000
    assert sum(row["amount_yen"] for row in amounts) == 215_739_400_000


def test_every_amount_in_yen_is_the_printed_amount_in_its_unit(golden: Golden) -> None:
    yen = {"千円": 1_000, "百万円": 1_000_000}
    for row in golden("budget_amounts"):
        digits = row["raw_text"].strip("()").removesuffix("の内数").replace(",", "")
        if row["value_status"] == "value":
            assert row["amount_printed"] == Decimal(digits), row
            assert row["amount_yen"] == row["amount_printed"] * yen[row["unit_printed"]], row
        else:
            assert (row["amount_printed"], row["amount_yen"]) == (None, None), row


def test_every_number_of_an_indicator_is_its_printed_text(golden: Golden) -> None:
    for row in golden("indicator_values"):
        if row["value_status"] == "value":
            assert row["value_numeric"] == Decimal(row["raw_text"].replace(",", "")), row
        else:
            assert row["value_numeric"] is None, row
        assert (row["value_status"] == "dash") == (row["raw_text"] in ("―", "-")), row


def test_every_era_year_becomes_its_western_year(golden: Golden) -> None:
    # 平成元年 is 1989 and 令和元年 2019, so Hn is 1988 + n and Rn is 2018 + n.
    begins = {"H": 1988, "R": 2018}
    for row in golden("indicator_values"):
        printed = re.fullmatch(r"([HR])(\d+)年度", row["period_text"] or "")
        expected = begins[printed[1]] + int(printed[2]) if printed else None
        assert row["fiscal_year"] == expected, row
