"""DuckDB as dbt's process needs it: the database that a build fills.

In: ``SHISAKU_DATABASE`` (where it is made), ``SHISAKU_BLOCK_BYTES``; whose rows it is to hold, and
the published file where that is gone on with. Out: the filled file, and counts of what it
holds. Refuses: nothing.

The memory that DuckDB takes is limited: a build's is not to grow with its documents (``work``).
"""

from __future__ import annotations

import os
import shutil
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from pipelines.build.work import doubled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dbt.contracts.graph.manifest import Manifest
    from dbt.contracts.graph.nodes import ModelNode

    from pipelines.build.work import Batch, Work

# Layers on the way to the marts; what is published holds tables alone.
SCHEMAS_OF_THE_WAY = ("staging", "intermediate", "building")
# Read by DuckDB 1.4 and newer: the drivers of BI tools lag behind.
STORAGE_VERSION = "v1.0.0"
# Selectors of dbt: everything, or everything but the reference tables, which are there.
ALL, CHANGES = "build", "build_changes"


def prepare() -> None:
    """An empty database that older DuckDB can read."""
    path = _path()
    path.unlink(missing_ok=True)
    quoted = str(path).replace("'", "''")
    blocks = int(os.environ.get("SHISAKU_BLOCK_BYTES", "262144"))
    options = f"storage_version '{STORAGE_VERSION}', block_size {blocks}"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{quoted}' as made ({options})")
        connection.execute("detach made")


def begin(manifest: Manifest, work: Work) -> str:
    """Make the database ready to be filled; the selector of what dbt is to run.

    See ``macros/refresh.sql`` for what becomes of ``work``.
    """
    batches = work["batches"]
    # Where rows come of other tables, there are no files to read some of.
    put_in = None if work["base"] is None else [key for one in batches for key in _keys(one)]
    together: list[Batch] = [{"documents": put_in, "parts": None}] if batches else []
    if work["base"] is not None:
        shutil.copyfile(work["base"], _path())
        # The keys of all that is there stay in memory while some are changed.
        os.environ["SHISAKU_MEMORY_LIMIT"] = doubled(os.environ.get("SHISAKU_MEMORY_LIMIT"))
    with duckdb.connect(str(_path())) as connection:
        connection.execute("create schema building")
        if put_in is not None:
            _make_room(connection, manifest, [*work["gone"], *put_in], batches)
        connection.execute(
            "create table building.batches (table_name varchar, number integer, "
            "documents varchar[], parts varchar[])"
        )
        models = _models(manifest)
        for key, model in models.items():
            if model.config.materialized == "table" and _refresh(model) == "by_document":
                for number, batch in enumerate(batches if _reads_files(models, key) else together):
                    connection.execute(
                        "insert into building.batches values (?, ?, ?, ?)",
                        [model.name, number, batch["documents"], batch["parts"]],
                    )
    return ALL if work["base"] is None else CHANGES


def _keys(batch: Batch) -> Sequence[str]:
    return batch["documents"] or ()


def _make_room(
    connection: duckdb.DuckDBPyConnection,
    manifest: Manifest,
    keys: Sequence[str],
    batches: Iterable[Batch],
) -> None:
    """Take out of a copy of the published database what is to be put in again.

    ``keys``: documents that changed, came or went. The programs that they list now or listed then
    stay in ``building.changed_programs``.
    """
    parts = [part for batch in batches for part in batch["parts"] or ()]
    files = [
        f"{os.environ['SHISAKU_DATA']}/normalized/{table}/{part}.parquet"
        for table in ("programs", "budget_amounts")
        for part in parts
    ]
    listed = " union select program_key from read_parquet($files)" if files else ""
    connection.execute(
        "create table building.changed_programs as select program_key from ("  # noqa: S608
        "select program_key from bridge_program_goal where list_contains($keys, document_key) "
        "union select program_key from fact_budget where list_contains($keys, document_key)"
        f"{listed}) where program_key is not null",
        {"keys": keys} | ({"files": files} if files else {}),
    )
    for model in _children_first(manifest):
        refresh, name = _refresh(model), f'"{model.schema}"."{model.name}"'
        if refresh == "whole":
            connection.execute(f"drop table {name}")
        elif refresh == "by_document":
            connection.execute(
                f"delete from {name} where list_contains($keys, document_key)",  # noqa: S608 - a model's own name
                {"keys": keys},
            )
        elif refresh == "by_program":
            connection.execute(
                f"delete from {name} where program_key in "  # noqa: S608
                "(select program_key from building.changed_programs)"
            )


def finish(summary: dict[str, str]) -> dict[str, Any]:
    """Drop the layers on the way, write everything to the file; counts, answers to ``summary``."""
    with duckdb.connect(str(_path())) as connection:
        for schema in SCHEMAS_OF_THE_WAY:
            connection.execute(f"drop schema if exists {schema} cascade")
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'main' order by 1"
        ).fetchall()
        counts = {
            name: connection.execute(f'select count(*) from "{name}"').fetchall()[0][0]  # noqa: S608 - a model's own name
            for (name,) in names
        }
        answers = {
            name: [list(row) for row in connection.execute(query).fetchall()]
            for name, query in summary.items()
        }
        connection.execute("force checkpoint")
    return {"rows": counts, **answers}


def _children_first(manifest: Manifest) -> Iterator[ModelNode]:
    """Every table of dbt's models, those that point at others before them."""
    models = _models(manifest)
    parents = {key: models.keys() & set(node.depends_on.nodes) for key, node in models.items()}
    for key in reversed([*TopologicalSorter(parents).static_order()]):
        if models[key].config.materialized == "table":
            yield models[key]


def _models(manifest: Manifest) -> dict[str, ModelNode]:
    from dbt.contracts.graph.nodes import ModelNode  # noqa: PLC0415 - dbt's import takes a second

    return {key: node for key, node in manifest.nodes.items() if isinstance(node, ModelNode)}


def _refresh(model: ModelNode) -> str:
    """How a table is brought up to date: see ``macros/refresh.sql``."""
    how: str = model.config.meta.get("refresh", "whole")
    return how


def _reads_files(models: Mapping[str, ModelNode], key: str) -> bool:
    """Whether the rows of a model come of parquet files, through views or at once."""
    return any(
        parent.startswith("source.")
        or (
            parent in models
            and models[parent].config.materialized == "view"
            and _reads_files(models, parent)
        )
        for parent in models[key].depends_on.nodes
    )


def _path() -> Path:
    return Path(os.environ["SHISAKU_DATABASE"])
