"""What is looked at after each blow: whether what is published is whole, and what is left about.

Too long for ``make test``: ``make torture`` runs these.
"""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path

import duckdb

from pipelines import publish
from pipelines.build.settings import DataFolder

BUILD = [sys.executable, "-m", "pipelines", "build"]


def sheets_in(data: Path) -> int:
    """How many sheets the published file holds, whole; it is a build that passed its tests.

    Its SHA-256 stands in the record that is written when all tests have passed.
    """
    assert publish.published(DataFolder(data)) is not None
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        ((sheets, budgets, values),) = connection.execute("""
            select
                (select count(*) from dim_document where status = 'read'),
                (select count(*) from fact_budget),
                (select count(*) from fact_indicator_values)
        """).fetchall()
    assert (budgets, values) == (48 * sheets, 102 * sheets)
    return int(sheets)


def leftovers(data: Path) -> list[str]:
    """Files of a build that ended before its time, and processes that still work for it."""
    files = [str(path) for path in data.rglob("*.pending")]
    ends = time.monotonic() + 20
    while (processes := working_for(data)) and time.monotonic() < ends:
        time.sleep(0.1)
    return files + processes + (["building"] if (data / "building").exists() else [])


def working_for(data: Path) -> list[str]:
    return [
        process.name
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and str(data).encode() in _environment(process)
    ]


def _environment(process: Path) -> bytes:
    try:
        return (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
    except OSError:
        return b""


def descendants(process: int) -> list[int]:
    """The processes that a build has started, and theirs."""
    children: list[int] = []
    with contextlib.suppress(OSError):
        listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
        children = [int(child) for child in listed.split()]
    return children + [each for child in children for each in descendants(child)]
