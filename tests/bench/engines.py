"""The same documents to the same marts, by DuckDB on this machine and by Spark in local mode.

In: how many sheets. Out: seconds and memory of each. Refuses: a machine without Java.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tests.bench.corpus import corpus
from tests.bench.pages import page_count
from tests.bench.watched import shisaku, watch

if TYPE_CHECKING:
    from pathlib import Path

CALLS = {
    "this machine, DuckDB": {},
    "Spark local[2] reads, DuckDB builds the marts": {"ENGINE": "spark"},
    "Spark local[2] reads and builds the marts": {"ENGINE": "spark", "TARGET": "spark"},
}


def measure(count: int, place: Path) -> dict[str, Any]:
    """Every pair of engines on ``count`` sheets."""
    documents = corpus(place / f"sheets-{count}", count)
    found: dict[str, Any] = {
        "sheets": count,
        "pages": sum(map(page_count, documents.glob("*.pdf"))),
    }
    for number, (name, said) in enumerate(CALLS.items()):
        data = place / f"data-{number}"
        environment = os.environ | {"SPARK_MASTER": "local[2]"} | said
        found[name] = watch(shisaku("build", "--documents", documents, "--data", data), environment)
    return found


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as a Markdown table."""
    first = found[next(iter(CALLS))].seconds
    return [
        f"{found['sheets']:,} sheets, {found['pages']:,} pages",
        "",
        "| engines | seconds | ratio | most memory of a process |",
        "|---|---:|---:|---:|",
        *(
            f"| {name} | {found[name].seconds:.1f} | {found[name].seconds / first:.2f} "
            f"| {found[name].peak // 1024**2} MiB |"
            for name in CALLS
        ),
    ]
