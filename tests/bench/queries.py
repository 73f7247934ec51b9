"""Ten million facts: what the marts take to build and to correct, and the README's own queries.

In: how many facts. Out: seconds of a full build and of one late correction, and for each query
that the README shows, its median time warm and its plan. Refuses: nothing.

The facts are those of a hundred synthetic sheets and the real one, read by the pipeline, over and
over: keys are changed so that each copy is other documents, and programs go on through five of
them, as they do through the years. So their distribution is that of read sheets, and every test of
the models holds. The marts are filled with all documents at once, in as much memory as that takes,
where a build puts some in at a time: its files are one a document, too many to make here.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import time
from typing import TYPE_CHECKING, Any

import duckdb

from pipelines.build.parts import SHEETS_OF_A_PART
from tests.bench.corpus import corpus
from tests.bench.watched import ROOT, shisaku, watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.schemas import Table

BASE_SHEETS = 100
COPIES_OF_A_PROGRAM = 5
CORRECTED = "corrected"
REPEATS = 7
LIMIT_MILLISECONDS = 200
MEMORY = "14GB"
SEEDS = ROOT / "seeds" / "documents"
README_SHEET, README_PROGRAM = "文R2－9－1", "0224"


def measure(facts: int, place: Path) -> dict[str, Any]:
    """Make the facts, build the marts, correct one document, ask every query."""
    from pipelines.build.models import Models  # noqa: PLC0415
    from pipelines.build.settings import data_folder  # noqa: PLC0415

    base, sheets = place / "base", corpus(place / "sheets", BASE_SHEETS)
    for seed in SEEDS.iterdir():
        shutil.copy(seed, sheets)
    watch(shisaku("build", "--documents", sheets, "--data", base))
    data = data_folder(place / "many")
    made = _copies(base, data.root, facts)
    corrected = _set_apart(data.root)
    os.environ["SHISAKU_MEMORY_LIMIT"] = MEMORY
    named = {"SHISAKU_BLOCK_BYTES": "262144"}
    found: dict[str, Any] = {"facts": made}
    data.building.mkdir(exist_ok=True)
    with Models(data, data.logs / "full.log") as models:
        models.prepare(named)
        start = time.perf_counter()
        counts = models.build(lambda _: None)
        found["marts filled, seconds"] = time.perf_counter() - start
    found["rows"] = counts["rows"]
    (data.building / "warehouse.duckdb").replace(data.warehouse)
    found["file, MiB"] = data.warehouse.stat().st_size / 1024**2
    with Models(data, data.logs / "correction.log") as models:
        models.prepare(named)
        start = time.perf_counter()
        models.build(
            lambda _: None,
            {
                "base": str(data.warehouse),
                "gone": [],
                "batches": [{"documents": corrected, "parts": [CORRECTED], "is_run": True}],
            },
        )
        found["one late correction, seconds"] = time.perf_counter() - start
    with duckdb.connect(str(data.warehouse), read_only=True) as connection:
        found["queries"] = [
            _asked(connection, title, _of_a_sheet_here(connection, query))
            for title, query in documented()
        ]
    return found


def _of_a_sheet_here(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """The query, asking for a sheet and a program that are among the facts."""
    sheet, number = connection.execute(
        """
        select sheet_code, review_number
        from fact_budget
        join dim_document using (document_key)
        where
            sheet_code is not null and review_number is not null and fact_budget.fiscal_year = 2019
        order by budget_key
        limit 1
        """
    ).fetchall()[0]
    return query.replace(README_SHEET, sheet).replace(README_PROGRAM, number)


def documented() -> Iterator[tuple[str, str]]:
    """Every query of the README, by the question above it."""
    title = ""
    query: list[str] | None = None
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("**") and "**" in line[2:]:
            title = line[2 : line.index("**", 2)]
        if line == "```sql":
            query = []
        elif line == "```" and query is not None:
            yield title, "\n".join(query)
            query = None
        elif query is not None:
            query.append(line)


def _asked(connection: duckdb.DuckDBPyConnection, title: str, query: str) -> dict[str, Any]:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        rows = len(connection.execute(query).fetchall())
        times.append(1_000 * (time.perf_counter() - start))
    plan = json.loads(connection.execute(f"explain (format json) {query}").fetchall()[0][1])
    return {
        "title": title,
        "milliseconds": statistics.median(times[1:]),
        "rows": rows,
        "plan": " ← ".join(_operators(plan[0])),
    }


def _operators(node: dict[str, Any]) -> Iterator[str]:
    """The operators of a plan, from the top; scans with their table, no picking of columns."""
    extra = node.get("extra_info", {})
    table = extra.get("Table", "").rsplit(".", 1)[-1] if isinstance(extra, dict) else ""
    name = node["name"].strip().lower().replace("_", " ")
    if name != "projection":
        yield f"{name} `{table}`" if table else name
    for child in node.get("children", ()):
        yield from _operators(child)


def _copies(base: Path, data: Path, facts: int) -> int:
    """Fill ``data`` with enough copies of ``base`` for so many facts; how many there are."""
    from pipelines.schemas import TABLES  # noqa: PLC0415

    with duckdb.connect() as connection:
        each = sum(
            connection.execute(
                f"select count(*) from '{base}/normalized/{name}/*.parquet'"  # noqa: S608
            ).fetchall()[0][0]
            for name in ("indicator_values", "budget_amounts")
        )
        copies = -(-facts // each)
        for table in TABLES:
            folder = data / table.layer / table.name
            folder.mkdir(parents=True, exist_ok=True)
            # A build's files follow one another by key; so do these rows.
            connection.execute(
                f"copy ({_copied(table, base)} order by document_key) "
                f"to '{folder}/copies.parquet' (compression zstd)",
                {"copies": copies},
            )
    return copies * each


def _set_apart(data: Path) -> list[str]:
    """Give one part of the documents files of its own, as a build names them; their keys."""
    from pipelines.schemas import RAW_DOCUMENTS, TABLES  # noqa: PLC0415

    with duckdb.connect() as connection:
        keys = [
            key
            for (key,) in connection.execute(
                f"select document_key from '{data}/raw/documents/*.parquet' "  # noqa: S608
                f"order by document_key limit {SHEETS_OF_A_PART}"
            ).fetchall()
        ]
        for table in TABLES:
            if table is RAW_DOCUMENTS:
                continue
            folder = data / table.layer / table.name
            apart = {key: [key] for key in keys} if table.layer == "raw" else {CORRECTED: keys}
            for name, of in {**apart, "others": keys}.items():
                negated = "not " if name == "others" else ""
                connection.execute(
                    f"copy (from '{folder}/copies.parquet' "
                    f"where {negated}list_contains($keys, document_key)) "
                    f"to '{folder}/{name}.parquet' (compression zstd)",
                    {"keys": of},
                )
            (folder / "copies.parquet").unlink()
    return keys


def _copied(table: Table, base: Path) -> str:
    """The rows of ``table`` in each of some copies, with the copy's own keys."""
    changed = [
        f"{expression} as {name}"
        for name, expression in {
            "sha256": "sha256(sha256 || copy)",
            "sheet_code": "sheet_code || '-' || copy",
        }.items()
        if name in table.schema
    ]
    for name in table.schema:
        if name == "program_key":
            shared = f"(copy // {COPIES_OF_A_PROGRAM})"
            changed.append(f"'p' || left(md5(program_key || {shared}), 12) as program_key")
        elif name.endswith("_key"):
            changed.append(
                f"left(md5(left({name}, 16) || copy), 16) || substr({name}, 17) as {name}"
            )
    return (
        f"select {table.name}.* replace ({', '.join(changed)}) "  # noqa: S608
        f"from '{base}/{table.layer}/{table.name}/*.parquet' as {table.name}, "
        "range($copies) as copies(copy)"
    )


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as Markdown tables."""
    full, one = found["marts filled, seconds"], found["one late correction, seconds"]
    return [
        (
            f"{found['facts']:,} facts, {found['rows']['cells']:,} cells, "
            f"{found['rows']['dim_document']:,} documents; file {found['file, MiB']:,.0f} MiB"
        ),
        "",
        (
            f"Marts filled and tested: {full:.0f} s; one late correction: {one:.0f} s "
            f"(1/{full / one:.0f})"
        ),
        "",
        f"| query | ms, warm | under {LIMIT_MILLISECONDS} | rows | plan |",
        "|---|---:|---|---:|---|",
        *(
            f"| {query['title']} | {query['milliseconds']:.0f} "
            f"| {'yes' if query['milliseconds'] < LIMIT_MILLISECONDS else 'no'} "
            f"| {query['rows']:,} | {query['plan']} |"
            for query in found["queries"]
        ),
    ]
