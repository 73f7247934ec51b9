"""Every document to typed rows by Spark: ``pipelines.reading``, mapped over the files.

In: documents (what they are, no content), the folder or URL that they lie below, the limits of
one. Out: ``raw/`` and ``normalized/`` below a folder or URL, as a build on one machine leaves
them. Refuses: nothing; a document that cannot be read, kills its reader or has vanished is
``failed`` with its reason, and harms no other.

Spark hands over bytes. They are read in the same cage as anywhere: an executor that met a bad
document goes on with the next one. The documents of one form come to one executor, and few forms
at a time, so that whole columns are typed at once and memory does not grow with the documents.
"""

from __future__ import annotations

import hashlib
import io
import json
import queue
import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from pipelines import reading, schemas
from pipelines.build import parts
from pipelines.build.cage import Cages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from pipelines.build.caged import Caged
    from pipelines.build.inputs import Document
    from pipelines.build.settings import Limits
    from pipelines.extract import Extraction

Row = dict[str, Any]
ASSIGNED = "sha256 string, part string, sheet int, position int, facts string"
READ = "table_name string, part string, rows binary"
PDFS = "*.[pP][dD][fF]"
EMPTY = hashlib.sha256(b"").hexdigest()
PASSED_OVER = "is not handed over by Spark, which passes over names that begin with _ or a dot"


def read_all(
    session: SparkSession, source: str, documents: Sequence[Document], lake: str, limits: Limits
) -> None:
    """Fill ``lake``'s ``raw/`` and ``normalized/`` with the documents that lie below ``source``."""
    divided = parts.divide(documents)
    rows = list(_assigned(divided))
    tasks = max(session.sparkContext.defaultParallelism, min(len(divided), 1_000))
    assigned = session.createDataFrame(rows, ASSIGNED)
    taken = (
        contents(session, source)
        .selectExpr("sha2(content, 256) as sha256", "content")
        .join(assigned.hint("broadcast"), "sha256")
        .selectExpr("sha256", "part", "sheet", "position", "facts", "content")
        # A document that Spark passes over comes without content, and says so.
        .unionAll(assigned.selectExpr("*", "cast(null as binary) as content"))
        .repartition(tasks, "part")
        .sortWithinPartitions("part", "sheet", "position", "content")
    )
    read = taken.mapInArrow(_reader(limits), READ).persist(_disk())
    try:
        for table in schemas.TABLES:
            _written(session, read, table, lake)
    finally:
        read.unpersist()


def contents(session: SparkSession, source: str, pattern: str = PDFS) -> DataFrame:
    """Path, length and content of every file below ``source`` whose name fits ``pattern``."""
    return (
        session.read.format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", pattern)
        .load(source)
    )


def _disk() -> Any:  # noqa: ANN401 - pyspark is an extra
    from pyspark import StorageLevel  # noqa: PLC0415

    return StorageLevel.DISK_ONLY


def _assigned(
    divided: Iterable[parts.Part],
) -> Iterator[tuple[str | None, str, int, int, str]]:
    """Where each document is read: its part, its sheet there, its place in the sheet."""
    for part in divided:
        for number, sheet in enumerate(part.sheets):
            for position, document in enumerate(sheet):
                facts = json.dumps(document.row())
                yield document.sha256, part.name, number, position, facts


def _reader(limits: Limits) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What an executor does with its share of the documents."""

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa  # noqa: PLC0415 - an extra

        rows = (row for batch in batches for row in batch.to_pylist())
        with (
            tempfile.TemporaryDirectory() as place,
            Cages(1, limits, [Path(place)]) as cages,
        ):
            for part, taken in groupby(rows, lambda row: row["part"]):
                frames = _part(_Caller(cages), taken, limits)
                yield pa.RecordBatch.from_pylist(
                    [
                        {"table_name": name, "part": part, "rows": _packed(frame)}
                        for name, frame in frames.items()
                    ],
                    schema=pa.schema(
                        [
                            ("table_name", pa.string()),
                            ("part", pa.string()),
                            ("rows", pa.binary()),
                        ]
                    ),
                )

    return read


class _Caller:
    """Calls in a cage, one after the other."""

    def __init__(self, cages: Cages) -> None:
        self.cages = cages

    def __call__(self, times: int, function: Callable[..., Any], *arguments: Any) -> Caged:  # noqa: ANN401
        """What came of ``function``, which works on so many documents."""
        answers: queue.SimpleQueue[Caged] = queue.SimpleQueue()
        self.cages.submit(answers.put, function, *arguments, times=times)
        caged = answers.get()
        if caged.is_ours:
            raise RuntimeError(caged.reason)
        return caged


def _part(call: _Caller, taken: Iterable[Row], limits: Limits) -> dict[str, pl.DataFrame]:
    """Every table's rows of the sheets of one part, by ``layer/name``."""
    sheets = []
    pages, cells = [schemas.RAW_PAGES.frame()], [schemas.RAW_CELLS.frame()]
    for _, rows in groupby(taken, lambda row: row["sheet"]):
        facts, extractions = [], []
        for _, same in groupby(rows, lambda row: row["position"]):
            # Nulls come first, and one content may lie in several files.
            fact, extraction = _document(call, list(same)[-1], limits)
            facts.append(fact)
            extractions.append(extraction)
            pages.append(extraction.pages)
            cells.append(extraction.cells)
        is_read = all(fact["status"] == "read" for fact in facts)
        sheets.append(reading.Sheet(facts, extractions if is_read else []))
    normalized = _typed(call, sheets)
    rows_of_documents = [fact for sheet in sheets for fact in sheet.documents]
    return {
        "raw/documents": schemas.RAW_DOCUMENTS.frame(rows_of_documents),
        "raw/pages": pl.concat(pages),
        "raw/cells": pl.concat(cells),
        **{f"normalized/{name}": frame for name, frame in normalized.items()},
    }


def _document(call: _Caller, row: Row, limits: Limits) -> tuple[Row, Extraction]:
    """The row of ``RAW_DOCUMENTS`` of one document, and what stands on its pages."""
    facts = json.loads(row["facts"])
    # Spark hands over no file without content.
    content = b"" if facts["sha256"] == EMPTY else row["content"]
    if content is None:
        return reading.failed(facts, facts["status_reason"] or PASSED_OVER), reading.nothing_read()
    caged = call(1, reading.read_or_refuse, content, facts["document_key"], limits)
    if caged.reason:
        return reading.failed(facts, caged.reason), reading.nothing_read()
    extraction, refused = caged.result
    if refused:
        return reading.failed(facts, refused), extraction
    return facts | {"page_count": extraction.pages.height, "status": "read"}, extraction


def _typed(call: _Caller, sheets: list[reading.Sheet]) -> dict[str, pl.DataFrame]:
    """The typed rows of ``sheets``; those that kill their reader are found and failed."""
    caged = call(len(sheets), reading.read_forms_of, sheets)
    if caged.reason:
        for number, sheet in enumerate(sheets):
            alone = call(1, reading.read_forms_of, [sheet])
            if alone.reason:
                facts = [reading.failed(fact, alone.reason) for fact in sheet.documents]
                sheets[number] = reading.Sheet(facts)
        caged = call(len(sheets), reading.read_forms_of, sheets)
    if caged.reason:
        message = f"The rows of {len(sheets)} sheets could not be made: {caged.reason}"
        raise RuntimeError(message)
    frames, _ = caged.result
    return {table.name: table.check(frames[table.name]) for table in schemas.NORMALIZED_TABLES}


def _packed(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ipc(buffer, compression="zstd")
    return buffer.getvalue()


def _written(session: SparkSession, read: DataFrame, table: schemas.Table, lake: str) -> None:
    """Put the rows of ``table`` below ``lake``."""
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415

    schema = _plain(table.frame().to_arrow().schema)
    name = f"{table.layer}/{table.name}"

    def unpack(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for packed in batch.column("rows").to_pylist():
                frame = pl.read_ipc(io.BytesIO(packed))
                yield from frame.to_arrow().cast(schema).to_batches()

    few = max(1, session.sparkContext.defaultParallelism)
    rows = read.where(read.table_name == name).select("rows").coalesce(few)
    rows.mapInArrow(unpack, from_arrow_schema(schema)).write.mode("overwrite").parquet(
        f"{lake}/{name}", compression="zstd"
    )


def _plain(schema: pa.Schema) -> pa.Schema:
    """Arrow's plain strings in place of polars' long ones, which Spark does not take."""
    import pyarrow as pa  # noqa: PLC0415

    return pa.schema(
        [
            field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field
            for field in schema
        ]
    )
