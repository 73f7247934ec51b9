"""The process that dbt runs in: it starts while documents are still being read, then waits.

In: ``SHISAKU_*`` and ``DBT_*`` in the environment; one command a line on standard input (``build``
or ``docs``); the end of input ends the process. Out: one JSON object a line on standard output:
``ready``, ``node`` for each finished node, and ``done`` with failures and counts. Refuses: nothing.

A process of its own, because importing dbt and parsing its project take longer than reading a
sheet, and because its memory should not be the build's.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.build import walls

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbt.contracts.graph.manifest import Manifest

# Layers on the way to the marts; what is published holds tables alone.
SCHEMAS_OF_THE_WAY = ("staging", "intermediate")
# Read by DuckDB 1.4 and newer: the drivers of BI tools lag behind.
STORAGE_VERSION = "v1.0.0"

# The answers say what went wrong; dbt's own log and a manifest for the next tool take a second.
QUICK = ("--quiet", "--log-level-file", "none", "--no-write-json")

SUMMARY = {
    "documents": "select status, count(*) from dim_document group by all order by all",
    "reasons": """
        select file_name, status, status_reason from dim_document
        where status <> 'read' order by file_name, document_key
    """,
    "roles": "select role, count(*) from cells group by all order by all",
    "quarantine": """
        select quarantine_reason, count(*) from cells where role = 'quarantined'
        group by all order by count(*) desc, quarantine_reason
    """,
    "characters": """
        select
            coalesce(sum(text_layer_characters), 0), coalesce(sum(cell_characters), 0),
            coalesce(sum(outside_characters), 0), coalesce(sum(overprinted_characters), 0)
        from read_parquet($pages)
    """,
}


def create_database(path: Path, block_bytes: int) -> None:
    """An empty database at ``path``, in blocks of so many bytes, that older DuckDB can read."""
    import duckdb  # noqa: PLC0415 - dbt's import is already under way

    path.unlink(missing_ok=True)
    quoted = str(path).replace("'", "''")
    options = f"storage_version '{STORAGE_VERSION}', block_size {block_bytes}"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{quoted}' as made ({options})")
        connection.execute("detach made")


def finish(path: Path, data: Path) -> dict[str, Any]:
    """Drop the layers on the way, write everything to the file, and count what it holds."""
    import duckdb  # noqa: PLC0415

    with duckdb.connect(str(path)) as connection:
        for schema in SCHEMAS_OF_THE_WAY:
            connection.execute(f"drop schema if exists {schema} cascade")
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'main' order by 1"
        ).fetchall()
        counts = {
            name: connection.execute(f'select count(*) from "{name}"').fetchall()[0][0]  # noqa: S608 - a model's own name
            for (name,) in names
        }
        pages = {"pages": str(data / "raw" / "pages" / "*.parquet")}
        summary = {
            name: connection.execute(query, pages if "$pages" in query else None).fetchall()
            for name, query in SUMMARY.items()
        }
        connection.execute("force checkpoint")
    return {"rows": counts, **{name: [list(row) for row in rows] for name, rows in summary.items()}}


def main() -> None:
    """Serve commands until the input ends."""
    # A build that was killed must not go on writing where the next one works.
    walls.die_with_parent(int(os.environ["SHISAKU_PARENT"]))
    # What dbt and its plugins print must not mix with the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(**facts: Any) -> None:  # noqa: ANN401
        print(json.dumps(facts, ensure_ascii=False), file=answers, flush=True)

    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - seconds; the parent is reading meanwhile

    # The process lives for one command; collecting its garbage would take a tenth of its time.
    gc.disable()
    database = Path(os.environ["SHISAKU_DATABASE"])
    create_database(database, int(os.environ.get("SHISAKU_BLOCK_BYTES", "262144")))
    started = time.monotonic()
    parsed = dbtRunner().invoke(["parse", *QUICK])
    if not parsed.success:
        say(event="done", failures=[["dbt_project", str(parsed.exception)]])
        return
    manifest: Manifest = parsed.result  # type: ignore[assignment]
    say(event="ready", seconds=time.monotonic() - started)
    for line in sys.stdin:
        commands: dict[str, Callable[..., dict[str, Any]]] = {"build": _build, "docs": _docs}
        say(event="done", **commands[line.strip()](manifest, database, say))


def _build(manifest: Manifest, database: Path, say: Callable[..., None]) -> dict[str, Any]:
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    def heard(event: Any) -> None:  # noqa: ANN401 - dbt's events are generated classes
        if event.info.name == "NodeFinished":
            node = event.data.node_info
            say(event="node", name=node.node_name, status=node.node_status)

    ended = dbtRunner(manifest=manifest, callbacks=[heard]).invoke(
        ["build", "--selector", "build", *QUICK]
    )
    if ended.exception:
        return {"failures": [["dbt", str(ended.exception)]]}
    results: Any = ended.result
    failures = [
        [result.node.unique_id, " ".join((result.message or result.status).split())]
        for result in results
        if result.status in {"error", "fail", "runtime error"}
    ]
    if failures or not ended.success:
        return {"failures": failures or [["dbt", "did not succeed and did not say why"]]}
    return {"failures": [], **finish(database, Path(os.environ["SHISAKU_DATA"]))}


def _docs(manifest: Manifest, _database: Path, _say: Callable[..., None]) -> dict[str, Any]:
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    runner = dbtRunner(manifest=manifest)
    # The published file holds no view; the site's catalogue is to list their columns too.
    for command in (
        ["run", "--select", "config.materialized:view", "--quiet"],
        ["docs", "generate", "--static", "--quiet"],
    ):
        ended = runner.invoke(command)
        if not ended.success:
            return {"failures": [["dbt docs", str(ended.exception or "a model failed")]]}
    return {"failures": []}


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
