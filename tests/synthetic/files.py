"""One sheet as two files: the later pages by themselves, and a sidecar that says so.

In: a PDF. Out: its bytes in the files that it is handed over in, both with its title, and the
sidecar of the second. Refuses nothing: a sheet of one page stays one file.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterable


def in_two(pdf: bytes) -> tuple[bytes, ...]:
    """The first half of the pages, rounded down, and the others."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = range(len(document))
    middle = len(pages) // 2
    if not middle:
        return (pdf,)
    return _without(pdf, pages[middle:]), _without(pdf, pages[:middle])


def _without(pdf: bytes, pages: Iterable[int]) -> bytes:
    stored = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in sorted(pages, reverse=True):
            del document[page]
        document.save(stored)
    return stored.getvalue()


def sidecar(first: str) -> str:
    """What lies beside the second file: it continues the one named ``first``."""
    return f"document_kind: synthetic\ncontinues: {first}\n"
