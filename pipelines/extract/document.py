"""One PDF from its bytes to the frames of its pages and cells.

In: the file's bytes and its key. Out: :class:`Extraction`. Refuses, with a ``DocumentError``:
what is empty, no PDF, damaged, encrypted, protected against extraction, past a limit or without
any printed text. Pure: the same bytes give the same frames; nothing is written, nothing fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import playa

from pipelines.extract.ink import InkReader
from pipelines.extract.limits import Limits
from pipelines.extract.page import read_page
from pipelines.schemas import RAW_CELLS, RAW_PAGES

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Extraction:
    """Cells as printed: frames of ``RAW_PAGES`` and ``RAW_CELLS``."""

    pages: pl.DataFrame
    cells: pl.DataFrame


def read_pdf(data: bytes, document_key: str, limits: Limits | None = None) -> Extraction:
    """Every page of the PDF in ``data``; keys of its rows begin with ``document_key``.

    Raises ``DocumentError`` if the document cannot be read whole.
    """
    limits = limits or Limits()
    reader = InkReader(limits)
    pages, cells = [], []
    with playa.parse(data, space="screen") as pdf:
        for page in pdf.pages:
            reading = read_page(page, document_key, reader, limits)
            pages.append(reading.page)
            cells.extend(reading.cells)
    return Extraction(RAW_PAGES.frame(pages), RAW_CELLS.frame(cells))
