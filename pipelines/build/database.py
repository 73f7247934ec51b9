"""DuckDB as dbt's process needs it: the database that a build fills.

In: ``SHISAKU_DATABASE`` (where it is made), ``SHISAKU_BLOCK_BYTES``, ``SHISAKU_BASE`` (a published
file that may be gone on with), what DuckDB may take (``SHISAKU_MEMORY_LIMIT``,
``SHISAKU_THREADS``), and which models these are (``SHISAKU_MODELS``); whose rows it is to hold, and
whether that file is gone on with. Out: the filled file, and counts of what it holds. Refuses:
nothing.

The memory that DuckDB takes is limited: a build's is not to grow with its documents (``work``). The
file is attached to one engine in memory, which dbt finds by its name (``profiles.yml``), from the
first statement to the last: each time that it is opened and closed costs as much as a statement.
"""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from pipelines.build import store
from pipelines.build.settings import cores
from pipelines.build.work import MOST_MEMORY, THREADS, going_on, with_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dbt.contracts.graph.manifest import Manifest
    from dbt.contracts.graph.nodes import ModelNode

    from pipelines.build.work import Batch, Work

# Layers on the way to the marts; what is published holds tables alone.
SCHEMAS_OF_THE_WAY = ("staging", "intermediate", "building")
# Read by DuckDB 1.4 and newer: the drivers of BI tools lag behind.
STORAGE_VERSION = "v1.0.0"
# The name of the engine, and how many rows lie together: of a table that some rows are put into,
# the last of these groups is written anew. The profile names both, too.
ENGINE = ":memory:shisaku"
ROWS_OF_A_GROUP = 24_576
# What dbt is to run: everything, or everything but what is there already. Where tables are only
# gone on with, statements are so short that dbt's own work on the next is the rest.
ALL = ("--selector", "build")
CHANGES = ("--selector", "build_changes", "--threads", "2")
CHANGES_AND_VIEWS = ("--selector", "build_changes_and_views", "--threads", "2")


class Database:
    """The database of one build, in the process that dbt runs in."""

    def __init__(self) -> None:
        self.path = Path(os.environ["SHISAKU_DATABASE"])
        self.engine = duckdb.connect(ENGINE)
        self.beside = ThreadPoolExecutor(max_workers=1)
        self.copies: dict[str, Future[Path]] = {}
        self.views = Views(Path(os.environ["DBT_TARGET_PATH"]) / "views.json")
        self.manifest: Manifest | None = None

    def prepare(self) -> None:
        """Make an empty database that older DuckDB can read; copy the published one meanwhile."""
        if base := os.environ.get("SHISAKU_BASE"):
            self.copies[base] = self.beside.submit(self._copied, base)
        self.path.unlink(missing_ok=True)
        blocks = int(os.environ.get("SHISAKU_BLOCK_BYTES", "262144"))
        # A connection of its own, gone at once: dbt looks at the file while it parses.
        with duckdb.connect() as connection:
            options = f"storage_version '{STORAGE_VERSION}', block_size {blocks}"
            connection.execute(f"attach {_quoted(self.path)} as made ({options})")
            connection.execute("detach made")

    def begin(self, manifest: Manifest, work: Work) -> Sequence[str]:
        """Make the database ready to be filled; dbt's arguments for what it is to run.

        See ``macros/refresh.sql`` for what becomes of ``work``.
        """
        base, batches = work["base"], work["batches"]
        limit = with_lists(os.environ.get("SHISAKU_MEMORY_LIMIT", MOST_MEMORY), batches)
        threads = os.environ.get("SHISAKU_THREADS", "2")
        if base is not None:
            copy = self.copies.get(base) or self.beside.submit(self._copied, base)
            copy.result().replace(self.path)
            limit = going_on(limit, self.path.stat().st_size)
            threads = str(min(THREADS, cores()))
        self._open(limit, threads)
        if base is not None:
            self.engine.execute("create schema building")
            put_in = [key for batch in batches for key in batch["documents"] or ()]
            _make_room(self.engine, manifest, [*work["gone"], *put_in], batches)
        # The materializations ask for it, each: a table would have to be read as often.
        os.environ["SHISAKU_WORK"] = json.dumps({"is_anew": base is None, "batches": batches})
        if base is not None and (views := self.views.kept()):
            for view in views:
                self.engine.execute(view)
            return CHANGES
        self.manifest = manifest
        return ALL if base is None else CHANGES_AND_VIEWS

    def finish(self, summary: dict[str, str]) -> dict[str, Any]:
        """Drop the layers on the way, write all to the file; counts, answers to ``summary``."""
        if self.manifest is not None:
            self.views.keep(self.manifest)
        for schema in SCHEMAS_OF_THE_WAY:
            self.engine.execute(f"drop schema if exists {schema} cascade")
        names = self.engine.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'warehouse' and schema_name = 'main' order by 1"
        ).fetchall()
        counts = {
            name: self.engine.execute(f'select count(*) from "{name}"').fetchall()[0][0]  # noqa: S608 - a model's own name
            for (name,) in names
        }
        answers = {
            name: [list(row) for row in self.engine.execute(query).fetchall()]
            for name, query in summary.items()
        }
        self.engine.execute("force checkpoint warehouse")
        return {"rows": counts, **answers}

    def _copied(self, base: str) -> Path:
        """A copy of ``base`` beside the database's own place."""
        copy = self.path.with_suffix(".copy")
        shutil.copyfile(base, copy)
        return copy

    def _open(self, limit: str, threads: str) -> None:
        """Attach the file, as dbt does that finds it attached; set what DuckDB may take."""
        for statement in (
            f"set memory_limit = '{limit}'",
            f"set threads = {threads}",
            # What a statement gives back goes back to the machine, not to the next one.
            "set allocator_flush_threshold = '1MiB'",
            "set allocator_bulk_deallocation_flush_threshold = '1MiB'",
            f"set temp_directory = {_quoted(self.path.with_suffix('.tmp'))}",
            # What a build that ends early leaves is thrown away; what is published is flushed then.
            "set fsync_mode = 'NONE'",
            f"attach {_quoted(self.path)} as warehouse (row_group_size {ROWS_OF_A_GROUP})",
            "use warehouse",
        ):
            self.engine.execute(statement)


class Views:
    """The views on the way, as dbt made them from these models for this data folder.

    They are all the same in the next build, and dbt takes as long for each as for a table.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self.facts = {name: os.environ.get(name) for name in ("SHISAKU_MODELS", "SHISAKU_DATA")}

    def kept(self) -> Sequence[str]:
        """The statements that make them, in order; none where other models made what is kept."""
        kept = store.read_record(self.place) or {}
        is_of_these = all(value and kept.get(name) == value for name, value in self.facts.items())
        return kept["statements"] if is_of_these else ()

    def keep(self, manifest: Manifest) -> None:
        """Keep those that dbt has just made."""
        views = [model for model in _parents_first(manifest) if model.config.materialized == "view"]
        schemas = dict.fromkeys(model.schema for model in views)
        statements = [
            *(f'create schema if not exists "{schema}"' for schema in schemas),
            *(f"create view {view.relation_name} as ({view.compiled_code})" for view in views),
        ]
        store.write_record(self.place, self.facts | {"statements": statements})


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
        "create table building.changed_programs as select program_key from ("  # noqa: S608 - no text but its own
        "select program_key from bridge_program_goal where list_contains($keys, document_key) "
        "union select program_key from fact_budget where list_contains($keys, document_key)"
        f"{listed}) where program_key is not null",
        {"keys": keys} | ({"files": files} if files else {}),
    )
    for model in _children_first(manifest):
        refresh, name = _refresh(model), f'"{model.schema}"."{model.name}"'
        if refresh == "whole":
            connection.execute(f"delete from {name}")  # noqa: S608 - a model's own name
        elif refresh == "by_document" or (refresh == "by_key" and "document_key" in model.columns):
            connection.execute(
                f"delete from {name} where list_contains($keys, document_key)",  # noqa: S608 - as above
                {"keys": keys},
            )
        elif refresh == "by_program":
            connection.execute(
                f"delete from {name} where program_key in "  # noqa: S608 - as above
                "(select program_key from building.changed_programs)"
            )
        elif model.config.meta["primary_key"] == "program_key":
            # One that no sheet lists now may point at a year that is to go before its turn comes.
            connection.execute(
                f"delete from {name} where program_key in "  # noqa: S608 - as above
                "(select program_key from building.changed_programs) and program_key not in "
                "(select program_key from bridge_program_goal union all "
                "select program_key from fact_budget where program_key is not null)"
            )


def _children_first(manifest: Manifest) -> Iterator[ModelNode]:
    """Every table that is published, those that point at others before them."""
    for model in reversed([*_parents_first(manifest)]):
        if model.config.materialized == "table" and model.schema not in SCHEMAS_OF_THE_WAY:
            yield model


def _parents_first(manifest: Manifest) -> Iterator[ModelNode]:
    """Every model, behind those that it reads."""
    models = _models(manifest)
    parents = {key: models.keys() & set(node.depends_on.nodes) for key, node in models.items()}
    return map(models.__getitem__, TopologicalSorter(parents).static_order())


def _models(manifest: Manifest) -> dict[str, ModelNode]:
    from dbt.contracts.graph.nodes import ModelNode  # noqa: PLC0415 - dbt's import takes a second

    return {key: node for key, node in manifest.nodes.items() if isinstance(node, ModelNode)}


def _refresh(model: ModelNode) -> str:
    """How a table is brought up to date: see ``macros/refresh.sql``."""
    how: str = model.config.meta.get("refresh", "whole")
    return how


def _quoted(path: Path) -> str:
    """``path`` as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"
