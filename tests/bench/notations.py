"""How fast notations are read: strings a second, by kind, and against one row at a time.

In: nothing. Out: one mapping a kind: ``kind``, ``strings``, ``distinct`` (share of strings that
occur once), ``per_second`` (whole columns), ``rows_per_second`` (the same grammar as a Python
function for each row, through polars), ``ratio`` of the two, and ``target`` and ``target_ratio``.
Best of three runs each, on as many cores as polars takes.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from pipelines.normalize.parse import KINDS, read_column

if TYPE_CHECKING:
    from collections.abc import Callable

sys.path.insert(0, str(Path(__file__).parent))

from row_by_row import READERS
from strings import strings

COUNT = 500_000
ROWS = 20_000
REPEATS = 3
TARGETS = {"fiscal_year": 1_000_000, "amount": 500_000}
TARGET_RATIO = 10
UNIT = "千円"


def _best(read: Callable[[], object]) -> float:
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        read()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def _row_at_a_time(kind: str, texts: pl.Series) -> pl.Series:
    """What polars users write who have no grammar of column expressions."""
    reader = READERS[kind]
    if kind == "amount":
        return texts.map_elements(lambda text: reader(text, UNIT)["value"], return_dtype=pl.Int64())
    dtype = {"value": pl.Object(), "date": pl.String(), "period": pl.Int32()}.get(kind, pl.Int32())
    field = "start" if kind == "period" else "value"
    return texts.map_elements(lambda text: reader(text)[field], return_dtype=dtype)


def run(count: int = COUNT) -> list[dict[str, Any]]:
    """One row a kind, as the module says."""
    rows = []
    for kind in KINDS:
        texts = pl.Series("input", strings(kind, count))
        some = texts.head(ROWS)
        _row_at_a_time(kind, some.head(100))
        read_column(kind, texts.head(100), UNIT)
        columns = count / _best(lambda kind=kind, texts=texts: read_column(kind, texts, UNIT))
        single = some.len() / _best(lambda kind=kind, some=some: _row_at_a_time(kind, some))
        rows.append(
            {
                "kind": kind,
                "strings": count,
                "distinct": texts.n_unique() / count,
                "per_second": round(columns),
                "rows_per_second": round(single),
                "ratio": columns / single,
                "target": TARGETS.get(kind),
                "target_ratio": TARGET_RATIO,
            }
        )
    return rows


if __name__ == "__main__":
    for row in run():
        sys.stdout.write(
            f"{row['kind']:12} {row['per_second']:>10,}/s  {row['rows_per_second']:>8,}/s a row "
            f"at a time  ratio {row['ratio']:4.1f}  ({row['distinct']:.0%} distinct)\n"
        )
