"""Form reading under the fuzzer: each execution reads one changed sheet.

In: the fuzzer's bytes. Out: nothing, or an error that names what does not hold. Typing takes whole
columns at once, so the sheets of a hundred executions are typed together, as those of one part
are; if that fails, each is typed alone to find the one.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from pipelines import forms, schemas
from pipelines.normalize import tables
from tests.fuzz import invariants, sheets
from tests.fuzz.draws import FromBytes
from tests.fuzz.invariants import BrokenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.extract import Extraction
    from pipelines.forms import Readings

TOGETHER = 100


class Read(NamedTuple):
    """One changed sheet and what was read off it."""

    data: bytes
    key: str
    extraction: Extraction
    readings: Readings


waiting: list[Read] = []


def execute(data: bytes) -> None:
    """Read the sheet that ``data`` chooses."""
    key = f"{len(waiting):016d}"
    extraction = sheets.changed_sheet(FromBytes(data), key)
    readings = forms.read_forms([extraction])
    hold(invariants.broken_by_reading(extraction, readings), data)
    waiting.append(Read(data, key, extraction, readings))
    if len(waiting) == TOGETHER:
        finish()


def finish() -> None:
    """Type what waits; an error names the sheet that caused it."""
    try:
        hold(typed(waiting), b"")
    except Exception:
        for read in waiting:
            try:
                hold(typed([read]), read.data)
            except Exception as error:
                message = f"{type(error).__name__}: {error}\nThe input: {read.data.hex()}"
                raise BrokenError(message) from error
        raise
    finally:
        waiting.clear()


def typed(reads: Sequence[Read]) -> list[str]:
    """What does not hold of these sheets, typed together."""
    documents = schemas.RAW_DOCUMENTS.frame(
        {
            "document_key": read.key,
            "sha256": read.key * 4,
            "file_name": f"{read.key}.pdf",
            "status": "read",
        }
        for read in reads
    )
    cells = pl.concat([schemas.RAW_CELLS.frame(), *(read.extraction.cells for read in reads)])
    made = tables.normalize([read.readings for read in reads], documents, cells)
    return list(invariants.broken_by_typing(made))


def hold(broken: Iterable[str], data: bytes) -> None:
    """Raise if anything is broken."""
    if said := list(islice(broken, 3)):
        message = "\n".join([*said, f"The input: {data.hex()}"])
        raise BrokenError(message)
