"""One PDF from its bytes to the frames of its pages and cells.

In: the file's bytes and its key. Out: :class:`Extraction`. Refuses, with a ``DocumentError``:
what is empty, no PDF, cut off or damaged, encrypted, closed to extraction, past a limit, or
without any printed text. Pure: the same bytes give the same frames; nothing is written, nothing
fetched, nothing in the file is run.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

import playa
import polars as pl
from playa.exceptions import PDFEncryptionError, PDFPasswordIncorrect
from playa.page import Page

from pipelines.extract.bombs import refuse_bombs
from pipelines.extract.content import InkReader
from pipelines.extract.damage import Damage, listening
from pipelines.extract.layers import Layers
from pipelines.extract.limits import DocumentError, Limits
from pipelines.extract.page import read_page
from pipelines.extract.streams import is_stream
from pipelines.schemas import RAW_CELLS, RAW_PAGES

_MEBIBYTE = 1024 * 1024
# A PDF says so in its first kilobyte and ends with this mark; after it come no more objects.
_HEAD, _HEADER, _END = 1024, b"%PDF-", b"%%EOF"
_CELLS_AT_ONCE = 10_000
_OBJECT_ENDS = (b"endobj", b"endstream")


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
    _is_whole(data, limits)
    pages: list[dict[str, Any]] = []
    cells: list[dict[str, Any]] = []
    frames: list[pl.DataFrame] = []
    at = ""
    try:
        with listening() as damage, _opened(data) as pdf:
            reader = InkReader(limits, Layers(pdf.catalog))
            for number, (object_id, properties) in enumerate(_pages(pdf, limits, damage), 1):
                at = f" on page {number}"
                page = Page(pdf, object_id, properties, None, number - 1, "screen")
                reading = read_page(page, data, document_key, reader, limits)
                _is_undamaged(damage, at)
                pages.append(reading.page)
                cells.extend(reading.cells)
                _let_go(pdf)
                if len(cells) >= _CELLS_AT_ONCE:
                    frames.append(RAW_CELLS.frame(cells))
                    cells = []
    except DocumentError:
        raise
    except RecursionError as error:
        reason = f"is nested too deeply to be read{at}"
        raise DocumentError(reason) from error
    except MemoryError as error:
        reason = f"needs more memory than there is{at}"
        raise DocumentError(reason) from error
    except Exception as error:
        # playa, pdfium and camelot raise what they will on files that break the format.
        reason = f"is damaged: it breaks the rules of PDF{at} ({type(error).__name__})"
        raise DocumentError(reason) from error
    _has_text(pages)
    frames.append(RAW_CELLS.frame(cells))
    return Extraction(RAW_PAGES.frame(pages), pl.concat(frames))


def _is_whole(data: bytes, limits: Limits) -> None:
    """Refuse what is no PDF from its first byte to its last."""
    if not data:
        reason = "is empty: the file has no content"
        raise DocumentError(reason)
    if len(data) > limits.file_bytes:
        reason = f"is larger than {limits.file_bytes // _MEBIBYTE} MiB"
        raise DocumentError(reason)
    if _HEADER not in data[:_HEAD]:
        reason = "is not a PDF, whatever its name says"
        raise DocumentError(reason)
    end = data.rfind(_END)
    if end < 0 or any(data.find(mark, end) >= 0 for mark in _OBJECT_ENDS):
        reason = "is cut off: its end is missing"
        raise DocumentError(reason)
    refuse_bombs(data, limits)


def _opened(data: bytes) -> playa.Document:
    try:
        pdf = playa.parse(data, space="screen")
    except PDFPasswordIncorrect as error:
        reason = "is encrypted and needs a password"
        raise DocumentError(reason) from error
    except PDFEncryptionError as error:
        reason = "is encrypted in a way that is not supported"
        raise DocumentError(reason) from error
    if not pdf.is_extractable:
        reason = "forbids the extraction of its text"
        raise DocumentError(reason)
    return pdf


def _let_go(pdf: playa.Document) -> None:
    """Drop what a page was drawn with: memory stays flat over pages.

    What else it named stays: fonts and their like serve the next page, too, and are small.
    """
    objects = pdf._cached_objs  # noqa: SLF001 - playa keeps all
    for number in [n for n, value in objects.items() if is_stream(value)]:
        del objects[number]


def _pages(pdf: playa.Document, limits: Limits, damage: Damage) -> list[tuple[int, dict[str, Any]]]:
    """The page objects; all of them, or a ``DocumentError``."""
    found = list(islice(pdf.pages.page_objects, limits.pages + 1))
    if len(found) > limits.pages:
        reason = f"has more than {limits.pages:,} pages"
        raise DocumentError(reason)
    _is_undamaged(damage, "")
    if not found:
        reason = "is damaged: it has no pages"
        raise DocumentError(reason)
    root = playa.resolve(pdf.catalog.get("Pages"))
    count = playa.resolve(root.get("Count")) if isinstance(root, dict) else None
    if isinstance(count, int) and count != len(found):
        reason = f"is damaged: it names {count:,} pages and holds {len(found):,}"
        raise DocumentError(reason)
    return found


def _is_undamaged(damage: Damage, at: str) -> None:
    """Refuse what playa could read in part only."""
    if damage.reason is not None:
        reason = f"is damaged: {damage.reason}{at}"
        raise DocumentError(reason)


def _has_text(pages: list[dict[str, Any]]) -> None:
    """Refuse a document that prints no text at all."""
    if any(page["text_layer_characters"] for page in pages):
        return
    if any(page["unprinted_characters"] for page in pages):
        reason = (
            "prints no text: what text it has is invisible, as behind a scan read by machine, "
            "or lies off the page"
        )
    else:
        reason = "prints no text: its pages are empty or pictures (a scan)"
    raise DocumentError(reason)
