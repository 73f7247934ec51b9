"""Text set into cells: lines of a given width, and the height that a row needs for them.

In: cells and a font. Out: lines of text; row heights in points. A figure is never broken
within its digits: where its cell is too narrow it is set smaller, as a spreadsheet does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from .fonts import width
from .labels import upright

if TYPE_CHECKING:
    from .grid import Block, Cell

# Latin words and numbers stay whole; every other character may stand at a line's end.
_PIECES = re.compile(r"[A-Za-z0-9.,:/()%＋+-]+|[０-９，．]+| +|.", re.DOTALL)
_NEVER_FIRST = set("、。，．）」』】〉》・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ％)〜～")
SMALLEST = 2.8


@dataclass(frozen=True, slots=True)
class Style:
    """Font, size and distances of one sheet, in points."""

    font: str
    size: float
    leading: float
    padding: float


@dataclass(frozen=True, slots=True)
class SetText:
    """The lines of one cell and the size they are set in."""

    lines: tuple[str, ...]
    size: float
    leading: float

    @property
    def height(self) -> float:
        """Height of the lines, without padding."""
        return len(self.lines) * self.leading


def wrap(text: str, font: str, size: float, measure: float, beyond: float = 0.0) -> list[str]:
    """Lines no wider than ``measure``, unless one piece alone is wider.

    ``beyond`` is the part of a line's last glyph that may stand past the measure.
    """
    lines: list[str] = []
    for printed in text.split("\n"):
        line: list[str] = []
        used = 0.0
        for piece in _PIECES.findall(printed):
            wide = width(piece, font, size)
            if line and used + wide - beyond * width(piece[-1], font, size) > measure:
                # A closing mark takes the piece before it down to the next line.
                kept = len(line) - 1 if piece[0] in _NEVER_FIRST and len(line) > 1 else len(line)
                lines.append("".join(line[:kept]).rstrip())
                line = line[kept:]
                used = sum(width(left, font, size) for left in line)
                if piece.isspace() and not line:
                    continue
            line.append(piece)
            used += wide
        lines.append("".join(line))
    return lines


@lru_cache(maxsize=8192)
def set_cell(cell: Cell, measure: float, style: Style) -> SetText:
    """The cell's text in lines; figures smaller where they would not fit."""
    if not cell.text:
        return SetText((), style.size, style.leading)
    size = style.size
    room = measure - (0.0 if cell.fit == "tight" else 2 * style.padding)
    if cell.vertical:
        lines = upright(cell.text).split("\n")
        return SetText(tuple(lines), size, style.leading)
    beyond = 0.0
    if cell.fit == "overflow" and cell.kind == "text":
        # The last glyph of a full line stands on the edge, its middle still inside.
        room += style.padding
        beyond = 0.35
    if cell.kind != "text":
        pieces = [piece for piece in _PIECES.findall(cell.text) if not piece.isspace()]
        widest = max((width(piece, style.font, size) for piece in pieces), default=0.0)
        if widest > room:
            size = max(SMALLEST, size * room / widest)
    lines = wrap(cell.text, style.font, size, room + 0.01, beyond)
    return SetText(tuple(lines), size, style.leading * size / style.size)


def row_heights(block: Block, table_width: float, style: Style, least: float) -> list[float]:
    """Height of each row so that every cell's lines fit; the last row of a merge gives way."""
    heights = [least] * block.rows
    for cell in sorted(block.cells, key=lambda cell: cell.row_span):
        needed = set_cell(cell, (cell.x1 - cell.x0) * table_width, style).height
        # Text that overflows stands over the row's edges too, by less than half a line.
        spare = -0.35 * style.leading if cell.fit == "overflow" else 2 * style.padding
        rows = range(cell.row, cell.row + cell.row_span)
        missing = needed + spare - sum(heights[row] for row in rows)
        if missing > 0:
            for row in rows:
                heights[row] += missing / cell.row_span
    return heights
