"""Pages to print small fixtures on: one case each, drawn by reportlab, read as sheets are.

Coordinates are those of the reader: points from the top left corner, y downwards. Text is placed
by its baseline. ``HeiseiKakuGo-W5`` is one of PDF's own Japanese fonts, which need no file.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipelines.extract import DocumentError, Extraction, Limits, read_pdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KEY = "0123456789abcdef"
GOTHIC, LATIN = "HeiseiKakuGo-W5", "Helvetica"
A4 = (595.0, 842.0)
PAIR = (100, 200, 300), (100, 160)
"""Rulings (x, y) of two cells side by side."""
XS, YS = (100, 200, 300), (100, 120, 140)
"""Rulings of two rows of two cells."""
WORDS = ("施策名 基準値", "1,291 1,582")
"""What stands in these, row by row."""
pdfmetrics.registerFont(UnicodeCIDFont(GOTHIC))


class Cell(NamedTuple):
    """A cell as the tests compare it."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


FOUR = [
    Cell(1, 1, 1, 1, "施策名"),
    Cell(1, 2, 1, 1, "基準値"),
    Cell(2, 1, 1, 1, "1,291"),
    Cell(2, 2, 1, 1, "1,582"),
]
"""These cells, once they are read."""


@dataclass(slots=True)
class Read:
    """What was read of a fixture."""

    extraction: Extraction

    @property
    def pages(self) -> list[dict[str, Any]]:
        return self.extraction.pages.to_dicts()

    @property
    def page(self) -> dict[str, Any]:
        (page,) = self.pages
        return page

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.extraction.cells.to_dicts()

    def table(self, number: int = 1, page: int = 1) -> list[Cell]:
        """The cells of one table of one page."""
        return [
            Cell(
                row["row_number"],
                row["column_number"],
                row["row_span"],
                row["column_span"],
                row["raw_text"],
            )
            for row in self.rows
            if (row["table_number"], row["page_number"]) == (number, page)
        ]

    def texts(self, flavor: str = "lattice") -> list[str]:
        return [row["raw_text"] for row in self.rows if row["flavor"] == flavor]

    def has_lost_nothing(self) -> bool:
        """On every page each character is in a cell or outside, and in a raw text once."""
        for page in self.pages:
            held = page["cell_characters"] + page["outside_characters"]
            if held != page["text_layer_characters"]:
                return False
            kept = sum(
                len("".join(row["raw_text"].split()))
                for row in self.rows
                if row["page_number"] == page["page_number"]
            )
            if not page["unmapped_characters"] and kept != held - page["overprinted_characters"]:
                return False
        return True


class Paper:
    """A PDF under way."""

    def __init__(self, size: tuple[float, float] = A4, encrypt: object = None) -> None:
        self.width, self.height = size
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=size, pageCompression=0, encrypt=encrypt)
        self.canvas.setLineWidth(0.5)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Paper:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)
        return self

    def lines(self, *ends: tuple[float, float, float, float]) -> Paper:
        for end in ends:
            self.line(*end)
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Paper:
        """Strokes along every grid line."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        return self

    def box(  # noqa: PLR0913
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        fill: str | None = None,
        stroke: bool = False,
    ) -> Paper:
        if fill:
            self.canvas.setFillColor(fill)
        self.canvas.rect(
            x0, self.height - y1, x1 - x0, y1 - y0, stroke=int(stroke), fill=int(bool(fill))
        )
        self.canvas.setFillColor("black")
        return self

    def text(  # noqa: PLR0913, PLR0917
        self, x: float, y: float, text: str, size: float = 8, font: str = GOTHIC, mode: int = 0
    ) -> Paper:
        shown = self.canvas.beginText(x, self.height - y)
        shown.setFont(font, size)
        shown.setTextRenderMode(mode)
        shown.textOut(text)
        self.canvas.drawText(shown)
        return self

    def fill_grid(self, xs: Sequence[float], ys: Sequence[float], rows: Iterable[str]) -> Paper:
        """Words of each row into its cells."""
        for y, words in zip(ys, rows, strict=False):
            for x, word in zip(xs, words.split(), strict=False):
                self.text(x + 4, y + 12, word)
        return self

    def page(self) -> Paper:
        """Turn to a new page."""
        self.canvas.showPage()
        self.canvas.setLineWidth(0.5)
        return self

    def pdf(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()

    def read(self, limits: Limits | None = None) -> Read:
        return Read(read_pdf(self.pdf(), KEY, limits))


def raw_pdf(  # noqa: PLR0913
    content: str | bytes,
    *,
    page: str = "",
    resources: str = "",
    media_box: str = "[0 0 595 842]",
    objects: Iterable[bytes] = (),
    catalog: str = "",
) -> bytes:
    """A PDF of one page written by hand: its content stream, and what else it needs.

    ``F1`` is Helvetica; ``objects`` are numbered from 6.
    """
    stream = content.encode("latin-1") if isinstance(content, str) else content
    parts = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox {media_box} /Contents 4 0 R {page} "
        f"/Resources << /Font << /F1 5 0 R >> {resources} >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *objects,
    ]
    return assembled(parts)


def assembled(parts: Iterable[bytes], trailer: bytes = b"") -> bytes:
    """Numbered objects as a file, the first of them the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(places) + 1, trailer)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def texts(paper: Paper) -> list[str]:
    """What its cells hold, once it is sure that nothing was lost."""
    read = paper.read()
    assert read.has_lost_nothing()
    return read.texts()


def reason(data: bytes, limits: Limits | None = None) -> str:
    """Why a PDF is refused, in one short line."""
    with pytest.raises(DocumentError) as refused:
        read_pdf(data, KEY, limits)
    assert "\n" not in refused.value.reason
    assert len(refused.value.reason) < 200
    return refused.value.reason
