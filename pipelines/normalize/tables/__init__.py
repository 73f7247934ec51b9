"""Readings become the ``NORMALIZED_*`` tables: every printed string typed, in whole columns.

In: the :class:`~pipelines.forms.Readings` of many sheets, their cells, and the ``RAW_DOCUMENTS``
rows of all documents (those that could not be read included). Out: one frame a normalized table,
by name. Refuses: a frame that is not of its declared schema (``ValueError``). A text that the
grammar does not read leaves its row with status ``unparsed`` and its cell quarantined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipelines import schemas
from pipelines.normalize.tables import budgets, indicators, programs, sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms import Readings


def normalize(
    readings: Sequence[Readings], documents: pl.DataFrame, cells: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Typed tables by name.

    ``documents``: ``RAW_DOCUMENTS``, one row a file, read or not. ``cells``: ``RAW_CELLS`` of the
    files in ``readings``.
    """
    policies = sheets.policies(readings)
    sheet_years = policies.select("policy_key", "sheet_year")
    values = indicators.values(readings, sheet_years)
    listed = indicators.indicators(readings, values)
    listings = programs.programs(readings, sheet_years)
    amounts = budgets.budgets(readings, sheet_years, listings)
    unread = pl.concat(
        (
            _unparsed(values, "a value not read"),
            _unparsed(amounts, "an amount not read"),
            programs.lists_not_read(listings),
        )
    ).unique("cell_key", keep="first", maintain_order=True)
    tables = {
        "documents": sheets.documents(readings, documents, policies, cells),
        "cells": sheets.cells(readings, cells, unread),
        "policies": policies,
        "goals": sheets.goals(readings),
        "indicators": listed,
        "indicator_values": values,
        "programs": listings,
        "program_indicators": programs.program_indicators(listings, listed),
        "budget_amounts": amounts,
    }
    return {
        table.name: table.check(tables[table.name].select(table.schema.names()).cast(table.schema))
        for table in schemas.NORMALIZED_TABLES
    }


def _unparsed(frame: pl.DataFrame, what: str) -> pl.DataFrame:
    return frame.filter(pl.col("value_status") == "unparsed").select(
        "cell_key", pl.format("{}: {}", pl.lit(what), "reason").alias("why")
    )
