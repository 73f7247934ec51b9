"""Spark as dbt's process needs it: the other engine beside ``pipelines.build.database``.

In: ``SHISAKU_LAKE`` (where ``raw/`` and ``normalized/`` lie) and ``SHISAKU_DATABASE`` (where the
marts go), paths or URLs. Out: the marts as parquet, a folder a table below ``main.db``, and counts
of what they hold. Refuses: nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from pipelines import schemas
from pipelines.spark.session import open_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbt.contracts.graph.manifest import Manifest
    from pyspark.sql import SparkSession

    from pipelines.build.work import Work

ALL = ("--selector", "build")
LAYERS = ("raw", "normalized")


def prepare() -> None:
    """Nothing yet: while documents are read, a session of their own is at work."""


def begin(_manifest: Manifest, _work: Work) -> Sequence[str]:
    """Name the parquet folders as tables, for dbt's sources; dbt's arguments for what to run."""
    session, lake = _session(), os.environ["SHISAKU_LAKE"]
    for layer in LAYERS:
        session.sql(f"create schema if not exists {layer}")
    for table in schemas.TABLES:
        place = f"{lake}/{table.layer}/{table.name}".replace("'", "\\'")
        name = f"{table.layer}.{table.name}"
        session.sql(f"create table if not exists {name} using parquet location '{place}'")
    return ALL


def finish(summary: dict[str, str]) -> dict[str, Any]:
    """Counts of what the marts hold, and the answers to ``summary``."""
    session = _session()
    session.sql("use main")
    names = sorted(table.name for table in session.catalog.listTables("main"))
    return {
        "rows": {name: session.table(f"main.{name}").count() for name in names},
        **{name: _rows(session, query) for name, query in summary.items()},
    }


def _rows(session: SparkSession, query: str) -> Sequence[list[Any]]:
    return [list(row) for row in session.sql(query).collect()]


def _session() -> SparkSession:
    return open_session("shisaku marts", os.environ["SHISAKU_DATABASE"])
