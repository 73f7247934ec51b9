"""Documents in, tables out: the pure function that any engine can map over a folder.

In: the bytes of PDFs and what their sidecars say. Out: ``RAW_PAGES`` and ``RAW_CELLS`` of one
document (:func:`read_document`), the ``NORMALIZED_*`` frames of several (:func:`read_forms_of`).
Refuses: a PDF that cannot be read raises ``DocumentError``; a form that cannot be read, or whose
rows could not stand beside others', makes its document ``failed`` with a reason and leaves the
others alone.

No file is read or written here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from pipelines import extract, forms, schemas
from pipelines.normalize import soundness, tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.build.settings import Limits
    from pipelines.extract import Extraction
    from pipelines.forms import Readings


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form: the facts of its documents (rows of ``RAW_DOCUMENTS``) in reading order."""

    documents: Sequence[Mapping[str, Any]]
    extractions: Sequence[Extraction] = field(default_factory=tuple)

    @property
    def keys(self) -> list[str]:
        """The keys of its documents."""
        return [row["document_key"] for row in self.documents]


def read_document(data: bytes, document_key: str, limits: Limits) -> Extraction:
    """Cells and pages of one PDF as printed; ``DocumentError`` if it cannot be read."""
    sizes = extract.Limits(
        file_bytes=limits.file_bytes, pages=limits.pages, page_points=limits.page_points
    )
    return extract.read_pdf(data, document_key, sizes)


def read_or_refuse(data: bytes, document_key: str, limits: Limits) -> tuple[Extraction, str | None]:
    """What stands on the pages of one PDF, or nothing and the reason why it cannot be read."""
    try:
        return read_document(data, document_key, limits), None
    except extract.DocumentError as error:
        return nothing_read(), str(error)


def nothing_read() -> Extraction:
    """The pages and cells of a document that could not be read."""
    return extract.Extraction(pages=schemas.RAW_PAGES.frame(), cells=schemas.RAW_CELLS.frame())


def failed(row: Mapping[str, Any], reason: str) -> dict[str, Any]:
    """A row of ``RAW_DOCUMENTS`` whose document could not be read for ``reason``."""
    return {**row, "status": "failed", "status_reason": reason}


def read_forms_of(sheets: Sequence[Sheet]) -> tuple[dict[str, pl.DataFrame], dict[str, str]]:
    """The ``NORMALIZED_*`` frames of ``sheets`` by table name, and why documents failed, by key."""
    failures: dict[str, str] = {}
    readings: dict[int, Readings] = {}
    for number, sheet in enumerate(sheets):
        if not sheet.extractions:
            continue
        try:
            readings[number] = forms.read_forms(sheet.extractions)
        except Exception as error:  # noqa: BLE001 - a form that breaks its reader harms only itself
            reason = f"its form could not be read ({type(error).__name__}: {error})"
            failures |= dict.fromkeys(sheet.keys, reason)
    typed = _typed(sheets, readings, failures)
    if unsound := soundness.unsound(typed):
        for sheet in sheets:
            if harmful := [key for key in sheet.keys if key in unsound]:
                failures |= dict.fromkeys(sheet.keys, unsound[harmful[0]])
        typed = _typed(sheets, readings, failures)
    return typed, failures


def _typed(
    sheets: Sequence[Sheet], readings: Mapping[int, Readings], failures: Mapping[str, str]
) -> dict[str, pl.DataFrame]:
    """The ``NORMALIZED_*`` frames of ``sheets``; of those that failed, the cells put aside."""
    facts = [
        failed(row, failures[row["document_key"]]) if row["document_key"] in failures else row
        for sheet in sheets
        for row in sheet.documents
    ]
    said = [
        forms.put_aside(sheet.extractions, failures[broken[0]])
        if (broken := [key for key in sheet.keys if key in failures])
        else readings[number]
        for number, sheet in enumerate(sheets)
        if sheet.extractions
    ]
    cells = [extraction.cells for sheet in sheets for extraction in sheet.extractions]
    return tables.normalize(
        said, schemas.RAW_DOCUMENTS.frame(facts), pl.concat([schemas.RAW_CELLS.frame(), *cells])
    )
