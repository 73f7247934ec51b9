"""Documents in, tables out: the pure function that any engine can map over a folder.

In: the bytes of PDFs and what their sidecars say. Out: ``RAW_PAGES`` and ``RAW_CELLS`` of one
document (:func:`read_document`), the ``NORMALIZED_*`` frames of several (:func:`read_forms_of`).
Refuses: a PDF that cannot be read raises ``DocumentError``; a form that cannot be read makes its
document ``failed`` with a reason and leaves the others alone.

No file is read or written here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from pipelines import extract, forms, schemas
from pipelines.normalize import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.build.settings import Limits
    from pipelines.extract import Extraction


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form: the facts of its documents (rows of ``RAW_DOCUMENTS``) in reading order."""

    documents: Sequence[Mapping[str, Any]]
    extractions: Sequence[Extraction] = field(default_factory=tuple)


def read_document(data: bytes, document_key: str, limits: Limits) -> Extraction:
    """Cells and pages of one PDF as printed; ``DocumentError`` if it cannot be read."""
    sizes = extract.Limits(
        file_bytes=limits.file_bytes, pages=limits.pages, page_points=limits.page_points
    )
    return extract.read_pdf(data, document_key, sizes)


def read_forms_of(sheets: Sequence[Sheet]) -> tuple[dict[str, pl.DataFrame], dict[str, str]]:
    """The ``NORMALIZED_*`` frames of ``sheets`` by table name, and why documents failed, by key."""
    failures: dict[str, str] = {}
    readings = []
    for sheet in sheets:
        if not sheet.extractions:
            continue
        try:
            readings.append(forms.read_forms(sheet.extractions))
        except Exception as error:  # noqa: BLE001 - a form that breaks its reader harms only itself
            reason = f"its form could not be read ({type(error).__name__}: {error})"
            failures.update({row["document_key"]: reason for row in sheet.documents})
    facts = [
        {**row, "status": "failed", "status_reason": failures[row["document_key"]]}
        if row["document_key"] in failures
        else row
        for sheet in sheets
        for row in sheet.documents
    ]
    read = [
        extraction.cells
        for sheet in sheets
        if not failures.keys() & {row["document_key"] for row in sheet.documents}
        for extraction in sheet.extractions
    ]
    cells = pl.concat([schemas.RAW_CELLS.frame(), *read])
    return tables.normalize(readings, schemas.RAW_DOCUMENTS.frame(facts), cells), failures
