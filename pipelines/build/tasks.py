"""What a worker does: read one document, or turn a part of the documents into typed rows.

In: documents and facts. Out: parquet below the data folder, and its hashes. Refuses:
a document whose content is no longer the one that was found.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.build import inputs, store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from pipelines.build.settings import Limits
    from pipelines.extract import Extraction

# The readers (camelot, polars) are imported where they are used: the build's own process asks for
# these tasks by name and never reads; the server that workers are forked from has them already.


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one document; ``files`` are paths below the data folder with their hashes.

    ``may_pass``: the reason lies not in the content, which may well be read another time.
    """

    page_count: int | None
    reason: str | None
    files: Mapping[str, str]
    may_pass: bool = False


class ChangedError(Exception):
    """The file is no longer the one that was found."""


class UnopenedError(Exception):
    """There is nothing to read: no file that can be opened, or one larger than it may be."""


def read_document(document: inputs.Document, root: str, limits: Limits) -> Reading:
    """Read a PDF and put its pages and cells below ``root``."""
    from pipelines import extract, reading  # noqa: PLC0415

    try:
        extraction = reading.read_document(_content(document, limits), document.key, limits)
    except (extract.DocumentError, ChangedError, UnopenedError) as error:
        files = write_raw(Path(root), document.key, reading.nothing_read())
        return Reading(None, str(error), files, may_pass=isinstance(error, ChangedError))
    files = write_raw(Path(root), document.key, extraction)
    return Reading(extraction.pages.height, None, files)


def read_part(
    part: str,
    sheets: Sequence[tuple[Sequence[Mapping[str, Any]], bool]],
    places: Sequence[tuple[str, str | None]],
    root: str,
) -> tuple[dict[str, str], dict[str, str]]:
    """Write ``normalized/<table>/<part>.parquet``; the files with hashes, and failures by key.

    ``sheets``: the documents of each form that is to be typed, and whether all of them were read.
    ``places``: all documents of the part in order, and of those whose rows stay as they are the
    part that they lie in.
    """
    from pipelines import reading, schemas  # noqa: PLC0415

    folder = Path(root)
    frames, failures = reading.read_forms_of(
        [
            reading.Sheet(documents, [_raw(folder, row["document_key"]) for row in documents])
            if readable
            else reading.Sheet(documents)
            for documents, readable in sheets
        ]
    )
    files = {}
    for table in schemas.NORMALIZED_TABLES:
        name = f"normalized/{table.name}/{part}.parquet"
        frame = _with_kept(frames[table.name], folder / "normalized" / table.name, places)
        files[name] = store.write_frame(folder / name, table.check(frame))
    return files, failures


def _with_kept(
    typed: pl.DataFrame, folder: Path, places: Sequence[tuple[str, str | None]]
) -> pl.DataFrame:
    """The rows of all documents of a part in their order: ``typed`` ones, and those that stay."""
    import polars as pl  # noqa: PLC0415

    key = pl.col("document_key")
    kept = [
        pl.read_parquet(folder / f"{part}.parquet", glob=False).filter(
            key.is_in([document for document, place in places if place == part])
        )
        for part in sorted({place for _, place in places if place})
    ]
    if not kept:
        return typed
    order = {document: number for number, (document, _) in enumerate(places)}
    return pl.concat([*kept, typed]).sort(
        key.replace_strict(order, return_dtype=pl.Int64), maintain_order=True
    )


def write_raw(root: Path, key: str, extraction: Extraction) -> dict[str, str]:
    """Put one document's pages and cells below ``root``; the files with their hashes."""
    frames = {"pages": extraction.pages, "cells": extraction.cells}
    return {
        f"raw/{table}/{key}.parquet": store.write_frame(
            root / "raw" / table / f"{key}.parquet", frame
        )
        for table, frame in frames.items()
    }


def _raw(root: Path, key: str) -> Extraction:
    import polars as pl  # noqa: PLC0415

    from pipelines.extract import Extraction  # noqa: PLC0415

    # A folder's name may hold what a pattern would take for its own.
    pages, cells = (
        pl.read_parquet(root / "raw" / table / f"{key}.parquet", glob=False)
        for table in ("pages", "cells")
    )
    return Extraction(pages, cells)


def _content(document: inputs.Document, limits: Limits) -> bytes:
    """The bytes of the file, which must be the ones that were found."""
    if document.unopened:
        raise UnopenedError(document.unopened)
    try:
        with inputs.opened(document.path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > limits.file_bytes:
                message = f"is larger than {limits.file_bytes // 1024**2} MiB"
                raise UnopenedError(message)
            # Not a byte more: a file that grows while it is read would not end.
            data = file.read(size + 1)
    except OSError as error:
        message = f"could not be opened any more while the build was under way: {error.strerror}"
        raise ChangedError(message) from error
    if hashlib.sha256(data).hexdigest() != document.sha256:
        message = "changed while the build was under way; build again"
        raise ChangedError(message)
    return data
