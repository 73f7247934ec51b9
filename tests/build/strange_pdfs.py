"""Small files that bear the name of a PDF, each with one thing wrong with it.

In: the bytes of a good sheet. Out: file names with bytes. They are made here, so that a reader
can see what is wrong with each.
"""

from __future__ import annotations

import io

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas


def folder_of_six(sheet: bytes) -> dict[str, bytes]:
    """One bad file of each kind that a download folder really holds."""
    return {
        "empty.pdf": b"",
        "text.pdf": "これはPDFではない\n".encode(),
        "truncated.pdf": sheet[: len(sheet) // 3],
        "encrypted.pdf": encrypted("password"),
        "no-tables.pdf": prose(),
        "image-only.pdf": image_only(),
    }


def encrypted(password: str) -> bytes:
    """One page of text that only who knows the password may read."""
    return _drawn(lambda canvas: canvas.drawString(72, 700, "secret"), password=password)


def prose() -> bytes:
    """One page of running text, without a ruling."""

    def draw(canvas: Canvas) -> None:
        for line in range(20):
            canvas.drawString(72, 750 - 14 * line, f"Line {line} of a letter, not of a form.")

    return _drawn(draw)


def image_only() -> bytes:
    """One page that is a picture of a ruled form, as a scanner makes it: no text layer."""
    picture = Image.new("1", (600, 800), 1)
    pen = ImageDraw.Draw(picture)
    for y in range(100, 700, 60):
        pen.line((60, y, 540, y), fill=0, width=2)
    for x in range(60, 541, 120):
        pen.line((x, 100, x, 640), fill=0, width=2)
    buffer = io.BytesIO()
    picture.save(buffer, "PDF", resolution=72)
    return buffer.getvalue()


def _drawn(draw: object, password: str | None = None) -> bytes:
    buffer = io.BytesIO()
    encryption = StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(buffer, pagesize=A4, encrypt=encryption, invariant=1)
    draw(canvas)  # type: ignore[operator]
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
