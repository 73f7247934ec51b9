"""Pages drawn with reportlab: fills, rulings and text as the ink switches say.

In: :class:`~.pages.Page` objects, a variation and a font name. Out: PDF bytes, the same for
the same input. Coordinates are turned once, here: pages count from the top, PDF from below.
"""

from __future__ import annotations

import io
import itertools
import random
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from .fonts import register, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .pages import Box, Line, Page
    from .variation import Variation

# Streams as bytes: text-safe ones are slower to write and half as long again.
rl_config.useA85 = 0

Segment = tuple[float, float, float, float]
FILL = (0.87, 0.92, 0.97)
PAPER_FILL = (0.96, 0.96, 0.94)
RULE = 0.6
BLEED = 22.0
# Some programs write a character as the radical that looks like it: 行 as U+2F8F.
RADICALS = {
    ord(unicodedata.normalize("NFKC", chr(code))): chr(code) for code in range(0x2F00, 0x2FD6)
}


def draw_pdf(pages: list[Page], variation: Variation, font: str, title: str) -> bytes:
    """All pages as one PDF."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("synthetic")
    canvas.setCreator("tests.synthetic")
    for page in pages:
        _page(canvas, page, variation, font)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _page(canvas: Canvas, page: Page, variation: Variation, font: str) -> None:
    """One page; under /Rotate the content lies turned, so that it stands upright when shown."""
    width, height = page.width, page.height
    # reportlab swaps the sides itself where the page is turned.
    margin = BLEED if variation.boxes == "cropped" else 0.0
    canvas.setPageSize((width + 2 * margin, height + 2 * margin))
    canvas.setPageRotation(variation.rotate)
    if margin:
        across, up = (height, width) if variation.rotate in (90, 270) else (width, height)
        canvas.setCropBox((margin, margin, across + margin, up + margin))
        canvas.translate(margin, margin)
    if variation.rotate == 90:
        canvas.transform(0, 1, -1, 0, height, 0)
    elif variation.rotate == 180:
        canvas.transform(-1, 0, 0, -1, width, height)
    elif variation.rotate == 270:
        canvas.transform(0, -1, 1, 0, 0, width)
    if variation.boxes == "form":
        # The page once more as a whole, a little smaller, as a print of a print is.
        name = f"sheet{canvas.getPageNumber()}"
        canvas.beginForm(name, 0, 0, width, height)
        _content(canvas, page, variation, font)
        canvas.endForm()
        canvas.transform(0.94, 0, 0, 0.94, 0.03 * width, 0.03 * height)
        canvas.doForm(name)
    else:
        _content(canvas, page, variation, font)


def _content(canvas: Canvas, page: Page, variation: Variation, font: str) -> None:
    _fills(canvas, page, variation)
    _rulings(canvas, page, variation)
    _text(canvas, page, variation, font)


def _fills(canvas: Canvas, page: Page, variation: Variation) -> None:
    bare = variation.ruling == "backgrounds"
    inset = 0.5 if bare else 0.0
    for kinds, colour in ((("label",), FILL), (("value", "text"), PAPER_FILL)):
        if kinds != ("label",) and not bare:
            continue
        path = canvas.beginPath()
        boxes = [box for box in page.boxes if box.kind in kinds]
        for box in boxes:
            path.rect(
                box.x0 + inset,
                page.height - box.y1 + inset,
                box.x1 - box.x0 - 2 * inset,
                box.y1 - box.y0 - 2 * inset,
            )
        if boxes:
            canvas.setFillColorRGB(*colour)
            canvas.drawPath(path, stroke=0, fill=1)


def edges(boxes: Iterable[Box]) -> list[Segment]:
    """The boxes' edges, each drawn once, neighbours in a line joined."""
    across: dict[float, list[tuple[float, float]]] = {}
    down: dict[float, list[tuple[float, float]]] = {}
    for box in boxes:
        for y in (box.y0, box.y1):
            across.setdefault(round(y, 2), []).append((box.x0, box.x1))
        for x in (box.x0, box.x1):
            down.setdefault(round(x, 2), []).append((box.y0, box.y1))
    segments = [(x0, y, x1, y) for y, spans in across.items() for x0, x1 in _joined(spans)]
    return segments + [(x, y0, x, y1) for x, spans in down.items() for y0, y1 in _joined(spans)]


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    result: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1] + 0.05:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _rulings(canvas: Canvas, page: Page, variation: Variation) -> None:
    _diagonals(canvas, page)
    if variation.ruling == "backgrounds" or not page.boxes:
        return
    segments = [
        (x0, page.height - y0, x1, page.height - y1) for x0, y0, x1, y1 in edges(page.boxes)
    ]
    canvas.setLineWidth(RULE)
    canvas.setStrokeColorRGB(0, 0, 0)
    if variation.ruling == "filled":
        path = canvas.beginPath()
        for x0, y0, x1, y1 in segments:
            path.rect(
                min(x0, x1) - RULE / 2,
                min(y0, y1) - RULE / 2,
                abs(x1 - x0) + RULE,
                abs(y1 - y0) + RULE,
            )
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawPath(path, stroke=0, fill=1)
        return
    if variation.ruling == "mixed":
        _mixed(canvas, page, segments)
        return
    if variation.ruling == "double":
        canvas.setLineWidth(0.3)
        segments = [moved for segment in segments for moved in _doubled(segment)]
    elif variation.ruling == "gaps":
        segments = [piece for segment in segments for piece in _broken(segment)]
    elif variation.ruling == "dashed":
        canvas.setDash(2, 1)
    canvas.lines(segments)
    canvas.setDash()


def _mixed(canvas: Canvas, page: Page, segments: list[Segment]) -> None:
    """A heavy frame, thin strokes inside, and dots under cells that hold one line of two."""
    left, right = min(box.x0 for box in page.boxes), max(box.x1 for box in page.boxes)
    for x0, y0, x1, y1 in segments:
        outer = x0 == x1 and (abs(x0 - left) < 0.1 or abs(x0 - right) < 0.1)
        inner = y0 == y1 and abs(x1 - x0) < (right - left) * 0.9
        canvas.setLineWidth(1.4 if outer else 0.4)
        canvas.setDash(*((1, 1.2) if inner else ()))
        canvas.line(x0, y0, x1, y1)
    canvas.setDash()


def _diagonals(canvas: Canvas, page: Page) -> None:
    """A stroke from corner to corner through cells that stay empty."""
    struck = [
        (box.x0, page.height - box.y1, box.x1, page.height - box.y0)
        for box in page.boxes
        if box.diagonal
    ]
    if struck:
        canvas.setLineWidth(0.4)
        canvas.setStrokeColorRGB(0, 0, 0)
        canvas.lines(struck)


def _doubled(segment: Segment) -> list[Segment]:
    x0, y0, x1, y1 = segment
    dx, dy = (0.0, 0.6) if y0 == y1 else (0.6, 0.0)
    return [(x0 - dx, y0 - dy, x1 - dx, y1 - dy), (x0 + dx, y0 + dy, x1 + dx, y1 + dy)]


def _broken(segment: Segment) -> list[Segment]:
    """The segment in pieces of some forty points with a hair of white between them."""
    x0, y0, x1, y1 = segment
    length = abs(x1 - x0) + abs(y1 - y0)
    count = max(1, int(length // 40))
    gap = 0.4 / length if length else 0.0
    pieces = []
    for index in range(count):
        start, end = index / count + (gap if index else 0.0), (index + 1) / count
        pieces.append(
            (
                x0 + (x1 - x0) * start,
                y0 + (y1 - y0) * start,
                x0 + (x1 - x0) * end,
                y0 + (y1 - y0) * end,
            )
        )
    return pieces


def _text(canvas: Canvas, page: Page, variation: Variation, font: str) -> None:
    canvas.setFillColorRGB(0, 0, 0)
    text = canvas.beginText()
    shown: tuple[str, float] | None = None
    for line in _in_order(page.lines, variation, font):
        name = register("unmapped") if line.unmapped else font
        if shown != (name, line.size):
            text.setFont(name, line.size)
            shown = (name, line.size)
        words = line.text.translate(RADICALS) if variation.characters == "radicals" else line.text
        for x, y in _impressions(line, variation):
            text.setTextOrigin(x, page.height - y)
            text.textOut(words)
    canvas.drawText(text)


def _in_order(lines: list[Line], variation: Variation, font: str) -> list[Line]:
    """The lines in the order they are written: cell by cell, mixed up, or glyph by glyph."""
    printed = [line for line in lines if line.text]
    if variation.order == "cells":
        return printed
    if variation.order == "glyphs":
        printed = [glyph for line in printed for glyph in _glyphs(line, font)]
    else:
        random.Random(len(printed)).shuffle(printed)  # noqa: S311
    return printed


def _glyphs(line: Line, font: str) -> list[Line]:
    places = itertools.accumulate(
        (width(character, font, line.size) for character in line.text[:-1]), initial=line.x
    )
    return [
        replace(line, x=x, text=character)
        for x, character in zip(places, line.text, strict=True)
        if character != " "
    ]


def _impressions(line: Line, variation: Variation) -> list[tuple[float, float]]:
    """Where the line is printed: once, or twice where bold is made by printing again."""
    if variation.bold == "none" or line.kind not in {"value", "label"}:
        return [(line.x, line.y)]
    shift = 0.25 if variation.bold == "offset" else 0.0
    return [(line.x, line.y), (line.x + shift, line.y)]
