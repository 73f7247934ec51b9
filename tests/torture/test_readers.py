"""Read by many through many builds, what is published is always one whole build.

``TORTURE_BUILDS`` (20) says how many; what happened is printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from calling import shisaku

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.torture

BUILDS = int(os.environ.get("TORTURE_BUILDS", "20"))
READERS = 40

READER = """
import duckdb, os, sys, time
queries = 0
while not os.path.exists(sys.argv[2]):
    with duckdb.connect(sys.argv[1], read_only=True, config={"threads": 1}) as connection:
        connection.execute("set enable_progress_bar = false")
        for _ in range(5):
            found = connection.execute(
                "select (select count(*) from fact_budget), count(*) from fact_indicator_values"
            ).fetchall()
            assert found in ([(48, 102)], [(96, 204)]), found
            queries += 1
            time.sleep(0.5)
print(queries)
"""


def test_forty_readers_through_twenty_builds_see_no_failed_query_and_no_wrong_count(
    data: Path, documents: Callable[[int], Path], tmp_path: Path
) -> None:
    stop = tmp_path / "stop"
    readers = [
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", READER, str(data / "warehouse.duckdb"), str(stop)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    try:
        for round_ in range(BUILDS):
            ended = shisaku("build", "--documents", documents(round_), "--data", data, timeout=900)
            assert ended.status == 0, ended.errors
    finally:
        stop.touch()
    said = [reader.communicate(timeout=300) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * READERS, said
    queries = sum(int(output) for output, _ in said)
    assert queries > READERS * BUILDS
    print(f"\n{READERS} readers, {BUILDS} builds, {queries:,} queries")  # noqa: T201
