"""Rows that would stop every other document's: two with one key, or one without its parent.

In: the ``NORMALIZED_*`` frames. Out: for each document that holds such a row, what is wrong.
Refuses: nothing. The warehouse's own tests ask for the same of all rows at once, where one bad
document would cost the build; asked here, it costs itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

# Of each table, the columns that no two rows may share.
KEYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cells", ("cell_key",)),
    ("policies", ("policy_key",)),
    ("goals", ("goal_key",)),
    ("goals", ("policy_key", "goal_number")),
    ("indicators", ("indicator_key",)),
    ("indicators", ("goal_key", "indicator_number")),
    ("indicator_values", ("indicator_value_key",)),
    ("programs", ("program_listing_key",)),
    ("programs", ("goal_key", "listing_order")),
    ("program_indicators", ("program_listing_key", "indicator_number")),
    ("budget_amounts", ("budget_key",)),
)
# Of each table, the key that has to stand in another one.
PARENTS = (
    ("goals", "policy_key", "policies"),
    ("indicators", "goal_key", "goals"),
    ("indicator_values", "indicator_key", "indicators"),
    ("indicator_values", "cell_key", "cells"),
    ("programs", "goal_key", "goals"),
    ("programs", "cell_key", "cells"),
    ("program_indicators", "program_listing_key", "programs"),
    ("budget_amounts", "policy_key", "policies"),
    ("budget_amounts", "cell_key", "cells"),
)
# A box has an upper left and a lower right; counts start at 1.
ON_A_PAGE = (
    (pl.col("x0") <= pl.col("x1"))
    & (pl.col("y0") <= pl.col("y1"))
    & pl.all_horizontal(
        pl.col("page_number", "table_number", "row_number", "column_number") >= 1,
        pl.col("row_span", "column_span") >= 1,
    )
)


def unsound(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """Why a document's rows cannot stand beside others', by document key; empty if all can."""
    found = [
        tables[table]
        .filter(pl.struct(columns).is_duplicated())
        .select("document_key", why=pl.lit(f"two of its {table} bear one {' and '.join(columns)}"))
        for table, columns in KEYS
    ]
    found += [
        tables[table]
        .filter(pl.col(key).is_not_null())
        .join(tables[parent], on=key, how="anti")
        .select("document_key", why=pl.lit(f"one of its {table} stands in none of its {parent}"))
        for table, key, parent in PARENTS
    ]
    found.append(
        tables["cells"]
        .filter(~ON_A_PAGE)
        .select("document_key", why=pl.lit("one of its cells stands on no page"))
    )
    rows = pl.concat(found).unique("document_key", keep="first", maintain_order=True)
    return {key: f"its form could not be read ({why})" for key, why in rows.iter_rows()}
