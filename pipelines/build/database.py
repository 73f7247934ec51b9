"""DuckDB as dbt's process needs it: the database that a build fills.

In: ``SHISAKU_DATABASE`` (where it is made), ``SHISAKU_BLOCK_BYTES``; what has changed since the
published build, where its file can be gone on with. Out: the filled file, and counts of what it
holds. Refuses: nothing.

The memory that DuckDB takes is limited: a build's is not to grow with its documents. Only the
keys of tables that hold more than some millions of rows need more.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbt.contracts.graph.manifest import Manifest
    from dbt.contracts.graph.nodes import ModelNode

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


def begin(manifest: Manifest, changes: dict[str, Any] | None) -> str:
    """Make the database ready to be filled; the selector of what dbt is to run.

    ``changes``: the published file to go on with (``base``) and the keys of all documents whose
    rows are to be put in again or to go (``documents``); ``None`` fills an empty database. See
    ``macros/refresh.sql``.
    """
    if changes is None:
        return ALL
    shutil.copyfile(changes["base"], _path())
    keys = changes["documents"]
    with duckdb.connect(str(_path())) as connection:
        for model in _children_first(manifest):
            if model.config.meta.get("refresh", "whole") == "whole":
                connection.execute(f'drop table "{model.schema}"."{model.name}"')
            elif model.config.meta["refresh"] == "by_document":
                connection.execute(
                    f'delete from "{model.schema}"."{model.name}"'  # noqa: S608 - a model's own name
                    " where list_contains($keys, document_key)",
                    {"keys": keys},
                )
        connection.execute("create schema building")
        connection.execute(
            "create table building.changed_documents as select unnest($keys) as document_key",
            {"keys": keys},
        )
    return CHANGES


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
    from dbt.contracts.graph.nodes import ModelNode  # noqa: PLC0415 - dbt's import takes a second

    models = {key: node for key, node in manifest.nodes.items() if isinstance(node, ModelNode)}
    children: dict[str, set[str]] = {key: set() for key in models}
    for key, node in models.items():
        for parent in models.keys() & set(node.depends_on.nodes):
            children[parent].add(key)
    given: set[str] = set()

    def visit(key: str) -> Iterator[ModelNode]:
        if key in given:
            return
        given.add(key)
        for child in sorted(children[key]):
            yield from visit(child)
        if models[key].config.materialized == "table":
            yield models[key]

    for key in sorted(models):
        yield from visit(key)


def _path() -> Path:
    return Path(os.environ["SHISAKU_DATABASE"])
