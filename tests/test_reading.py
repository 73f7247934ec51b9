"""A document whose rows could not stand beside others' harms itself alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from pipelines import forms, reading, schemas
from pipelines.extract import Extraction
from tests.fuzz.sheets import good_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

BAD, GOOD = "b" * 16, "a" * 16
Change = Any


def sheet(key: str, number: int = 0) -> reading.Sheet:
    """One of the good sheets under a key of its own."""
    base = good_sheets()[number]
    cells = base.cells.with_columns(
        document_key=pl.lit(key), cell_key=pl.col("cell_key").str.replace("^0{16}", key)
    )
    pages = base.pages.with_columns(document_key=pl.lit(key))
    row = {"document_key": key, "sha256": key * 4, "file_name": "a.pdf", "status": "read"}
    return reading.Sheet([row], [Extraction(pages, cells)])


def a_goal_twice(readings: forms.Readings) -> None:
    readings.goals.append(dict(readings.goals[0]))


def a_value_without_its_indicator(readings: forms.Readings) -> None:
    readings.indicators.clear()


def an_amount_in_no_cell(readings: forms.Readings) -> None:
    readings.budgets[0]["cell_key"] = "nowhere"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (a_goal_twice, "two of its goals bear one goal_key"),
        (a_value_without_its_indicator, "one of its indicator_values stands in none of its ind"),
        (an_amount_in_no_cell, "one of its budget_amounts stands in none of its cells"),
    ],
)
def test_rows_that_break_a_rule_of_the_warehouse_fail_their_document_alone(
    monkeypatch: pytest.MonkeyPatch, change: Change, reason: str
) -> None:
    read_forms = forms.read_forms

    def changed(extractions: Sequence[Extraction]) -> forms.Readings:
        readings = read_forms(extractions)
        if extractions[0].cells["document_key"][0] == BAD:
            change(readings)
        return readings

    alone, _ = reading.read_forms_of([sheet(GOOD)])
    monkeypatch.setattr(forms, "read_forms", changed)
    tables, failures = reading.read_forms_of([sheet(BAD), sheet(GOOD)])
    assert list(failures) == [BAD]
    assert reason in failures[BAD]
    statuses = tables["documents"].select("document_key", "status").rows()
    assert sorted(statuses) == [(GOOD, "read"), (BAD, "failed")]
    for table in schemas.NORMALIZED_TABLES:
        if table.name != "documents":
            own = tables[table.name].filter(pl.col("document_key") != BAD)
            assert own.equals(alone[table.name]), table.name
    # Its cells are all there, put aside: pages in, pages accounted for.
    aside = tables["cells"].filter(document_key=BAD)
    assert aside.height == alone["cells"].height
    assert set(aside["role"]) <= {"quarantined", "empty"}
    assert tables["budget_amounts"].height > 0


def test_the_rows_of_a_sheet_are_the_same_whatever_sheets_are_typed_beside_it() -> None:
    # A build puts in again the documents that changed, though it types those beside them, too.
    sheets = [sheet(f"{number:016x}", number) for number in range(len(good_sheets()))]
    together, failures = reading.read_forms_of(sheets)
    assert failures == {}
    for each in sheets:
        (key,) = each.keys
        alone, _ = reading.read_forms_of([each])
        for table in schemas.NORMALIZED_TABLES:
            own = together[table.name].filter(document_key=key)
            assert own.equals(alone[table.name]), (key, table.name)
    assert together["indicator_values"]["document_key"].n_unique() == len(sheets) > 2
