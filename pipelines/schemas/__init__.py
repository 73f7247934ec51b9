"""Every parquet table of the pipeline, once: columns, types, units, meanings.

In: nothing. Out: ``RAW_*`` (cells as printed) and ``NORMALIZED_*`` (typed rows), each a
:class:`Table`; ``TABLES`` lists them all.

The dbt sources repeat these names; a test holds both against each other, both ways.
Lengths are PDF points, origin at the page's top left. Money is whole yen (Int64), printed
amounts are Decimal(18, 4); no float ever holds an amount.
"""

from __future__ import annotations

from pipelines.schemas.normalized import (
    NORMALIZED_BUDGET_AMOUNTS,
    NORMALIZED_CELLS,
    NORMALIZED_DOCUMENTS,
    NORMALIZED_GOALS,
    NORMALIZED_INDICATOR_VALUES,
    NORMALIZED_INDICATORS,
    NORMALIZED_POLICIES,
    NORMALIZED_PROGRAM_INDICATORS,
    NORMALIZED_PROGRAMS,
    NORMALIZED_TABLES,
)
from pipelines.schemas.raw import BROKEN, RAW_CELLS, RAW_DOCUMENTS, RAW_PAGES, RAW_TABLES, WRAPPED
from pipelines.schemas.table import Column, Table

TABLES = (*RAW_TABLES, *NORMALIZED_TABLES)

__all__ = [
    "BROKEN",
    "NORMALIZED_BUDGET_AMOUNTS",
    "NORMALIZED_CELLS",
    "NORMALIZED_DOCUMENTS",
    "NORMALIZED_GOALS",
    "NORMALIZED_INDICATORS",
    "NORMALIZED_INDICATOR_VALUES",
    "NORMALIZED_POLICIES",
    "NORMALIZED_PROGRAMS",
    "NORMALIZED_PROGRAM_INDICATORS",
    "NORMALIZED_TABLES",
    "RAW_CELLS",
    "RAW_DOCUMENTS",
    "RAW_PAGES",
    "RAW_TABLES",
    "TABLES",
    "WRAPPED",
    "Column",
    "Table",
]
