"""Blocks set on pages: where each part of each cell and each line of text stands.

In: blocks, a variation and a font. Out: :class:`Page` objects with ruled cells and lines of
text, in points from the top left of the page as a reader holds it. A row that does not fit
goes to the next page or is cut in two; a merged cell goes on overleaf; header rows are
printed again where the variation says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .fit import fitted, join_runs
from .fonts import width
from .grid import title_block
from .typeset import SetText, Style, row_heights, set_cell

if TYPE_CHECKING:
    from .grid import Block, Cell
    from .variation import Variation

PAPERS = {
    "a4": (595.28, 841.89),
    "a4_landscape": (841.89, 595.28),
    "a3_landscape": (1190.55, 841.89),
}
MARGIN, HEAD, FOOT = 26.0, 44.0, 34.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its left end and baseline, and the sides of the cell it stands in."""

    x: float
    y: float
    text: str
    size: float
    kind: str
    unmapped: bool = False
    left: float = 0.0
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """One ruled cell, or one page's part of it, from top left to bottom right."""

    x0: float
    y0: float
    x1: float
    y1: float
    kind: str
    diagonal: bool = False


@dataclass(slots=True)
class Page:
    """One page as shown: boxes and lines, and lines outside every table."""

    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Strip:
    """A row, or one half of it, on a page."""

    row: int
    page: int
    top: float
    bottom: float
    part: int = 0


class Layout:
    """Sets blocks page after page; ``pages`` is the result."""

    def __init__(self, variation: Variation, style: Style) -> None:
        self.variation = variation
        self.style = style
        self.size = PAPERS[variation.paper]
        self.pages: list[Page] = []
        self.y = 0.0
        self.titled: set[int] = set()
        self.table_width = self.size[0] - 2 * MARGIN
        self.least = style.leading + 2 * style.padding + 3.0

    @property
    def _limit(self) -> float:
        return self.size[1] - FOOT

    def new_page(self) -> None:
        """Begin a page."""
        self.pages.append(Page(*self.size))
        self.y = HEAD - 16.0

    def heading(self, title: str, code: str) -> None:
        """The title, centred, and the sheet's code at the right, above the form."""
        room = 3 * self.style.leading + 2 * self.least
        if not self.pages or self.y + room > self._limit:
            self.new_page()
        self.titled.add(len(self.pages) - 1)
        if self.variation.title == "ruled":
            self.y += 6
            self.add(title_block(title, code))
            return
        size = self.style.size + 2.5
        self.y += size + 4
        font = self.style.font
        middle = (self.size[0] - width(title, font, size)) / 2
        self._loose(middle, title, size)
        self._loose(self.size[0] - MARGIN - width(code, font, size) - 4, code, size)
        self.y += 8

    def note(self, text: str) -> None:
        """A line of text outside every table, under what stands so far."""
        self.y += self.style.leading
        self._loose(MARGIN, text, self.style.size)

    def _loose(self, x: float, text: str, size: float) -> None:
        self.pages[-1].lines.append(Line(x, self.y, text, size, "title"))

    def finish(self, title: str, code: str) -> list[Page]:
        """The pages with what stands at their heads and feet; figures joined where switched."""
        size = self.style.size
        for number, page in enumerate(self.pages, start=1):
            foot = page.height - FOOT / 2
            shown: list[tuple[float, float, str]] = []
            if self.variation.furniture == "numbers":
                shown.append((0.5, foot, f"- {number} -"))
            elif self.variation.furniture == "lines":
                shown.append((0.08, 16.0, "合成省　政策評価関係資料"))
                shown.append((0.88, foot, f"令和２年９月１日現在　{number}／{len(self.pages)}"))
            elif self.variation.furniture == "titles" and number - 1 not in self.titled:
                shown += [(0.5, 18.0, title), (0.88, 18.0, code)]
            for place, y, text in shown:
                x = page.width * place - width(text, self.style.font, size) / 2
                page.lines.append(Line(max(MARGIN, x), y, text, size, "title"))
            if self.variation.text_fit == "run":
                join_runs(page, self.style.font)
        return self.pages

    def add(self, block: Block) -> None:
        """Set one block below what stands so far."""
        if block.new_page:
            self.new_page()
        block = fitted(block, self.variation)
        heights = row_heights(block, self.table_width, self.style, self.least)
        strips: list[_Strip] = []
        first = sum(heights[: block.header_rows + 1])
        if block.caption and self.variation.sections == "captions":
            first += self.style.leading + 4
        if self.variation.header == "orphaned" and block.header_rows:
            first -= heights[block.header_rows]
        if self.y + first > self._limit and first < self._limit - HEAD:
            self.new_page()
        if block.caption and self.variation.sections == "captions":
            self.note(block.caption)
            self.y += 4
        for row, height in enumerate(heights):
            self._place_row(block, row, height, heights, strips)
        texts = [
            set_cell(cell, (cell.x1 - cell.x0) * self.table_width, self.style)
            for cell in block.cells
        ]
        for cell, text in zip(block.cells, texts, strict=True):
            own = [s for s in strips if cell.row <= s.row < cell.row + cell.row_span]
            self._draw(cell, text, own)

    def _place_row(
        self, block: Block, row: int, height: float, heights: list[float], strips: list[_Strip]
    ) -> None:
        room = self._limit - self.y
        if height <= room + 0.01:
            strips.append(self._strip(row, height))
            return
        body = row >= block.header_rows
        cut = 2 * self.style.padding + 2 * self.style.leading
        tall = height > self._limit - HEAD
        wanted = self.variation.row_break == "cut" and height > 2 * cut
        if body and room > cut and (wanted or tall):
            lines = int((room - 2 * self.style.padding) / self.style.leading)
            upper = lines * self.style.leading + 2 * self.style.padding
            strips.append(self._strip(row, upper))
            self._turn(block, heights, body=body)
            rest = height - lines * self.style.leading
            part = self._strip(row, max(rest, self.least))
            part.part = 1
            strips.append(part)
            return
        self._turn(block, heights, body=body)
        strips.append(self._strip(row, height))

    def _strip(self, row: int, height: float) -> _Strip:
        strip = _Strip(row, len(self.pages) - 1, self.y, self.y + height)
        self.y += height
        return strip

    def _turn(self, block: Block, heights: list[float], *, body: bool) -> None:
        """A new page, with the block's header rows again if the sheet repeats them."""
        self.new_page()
        if not body or self.variation.header != "repeated" or not block.header_rows:
            return
        again = [self._strip(row, heights[row]) for row in range(block.header_rows)]
        for cell in block.cells:
            own = [s for s in again if cell.row <= s.row < cell.row + cell.row_span]
            if own:
                measure = (cell.x1 - cell.x0) * self.table_width
                self._draw(cell, set_cell(cell, measure, self.style), own)

    def _draw(self, cell: Cell, text: SetText, strips: list[_Strip]) -> None:
        """Boxes on each page that the cell touches, and its lines shared out among them."""
        x0 = MARGIN + cell.x0 * self.table_width
        x1 = MARGIN + cell.x1 * self.table_width
        parts: list[tuple[int, float, float]] = []
        for page in sorted({strip.page for strip in strips}):
            own = [strip for strip in strips if strip.page == page]
            parts.append((page, own[0].top, own[-1].bottom))
        for page, top, bottom in parts:
            empty = cell.kind == "value" and not cell.text
            struck = empty and self.variation.empty == "diagonal"
            self.pages[page].boxes.append(Box(x0, top, x1, bottom, cell.kind, struck))
        is_cut = any(strip.part for strip in strips)
        shares = self._share(text, parts, is_cut=is_cut)
        for (page, top, bottom), lines in zip(parts, shares, strict=True):
            self._lines(cell, text, lines, (page, x0, x1, top, bottom), at_top=is_cut)

    def _share(
        self, text: SetText, parts: list[tuple[int, float, float]], *, is_cut: bool
    ) -> list[tuple[str, ...]]:
        """Which lines stand on which page."""
        if len(parts) == 1:
            return [text.lines]
        rooms = [
            max(0, int((bottom - top - 2 * self.style.padding + 0.01) / text.leading))
            for _, top, bottom in parts
        ]
        if is_cut or text.height > max(b - t for _, t, b in parts) - 2 * self.style.padding:
            return _fill(text.lines, rooms)
        chosen = 0
        if self.variation.merged == "centered":
            total = sum(bottom - top for _, top, bottom in parts)
            reached = 0.0
            for index, (_, top, bottom) in enumerate(parts):
                reached += bottom - top
                if reached >= total / 2 and rooms[index] >= len(text.lines):
                    chosen = index
                    break
        if rooms[chosen] < len(text.lines):
            chosen = max(range(len(parts)), key=lambda index: rooms[index])
        return [text.lines if index == chosen else () for index in range(len(parts))]

    def _lines(
        self,
        cell: Cell,
        text: SetText,
        lines: tuple[str, ...],
        place: tuple[int, float, float, float, float],
        *,
        at_top: bool,
    ) -> None:
        page, x0, x1, top, bottom = place
        used = len(lines) * text.leading
        start = top + self.style.padding if at_top else (top + bottom - used) / 2
        for index, line in enumerate(lines):
            wide = width(line, self.style.font, text.size)
            inset = 0.05 if cell.fit == "tight" else self.style.padding
            if cell.fit == "overflow" and cell.kind == "value":
                # A good third of the last glyph stands beyond the edge.
                x = x1 - wide + 0.35 * width(line[-1], self.style.font, text.size)
            elif cell.align == "left":
                x = x0 + inset
            elif cell.align == "right":
                x = x1 - inset - wide
            else:
                x = (x0 + x1 - wide) / 2
            y = start + index * text.leading + text.leading * 0.5 + text.size * 0.37
            self.pages[page].lines.append(
                Line(x, y, line, text.size, cell.kind, cell.unmapped, x0, x1)
            )


def _fill(lines: tuple[str, ...], rooms: list[int]) -> list[tuple[str, ...]]:
    """Lines from the top, page after page; the last page takes what is left."""
    shares: list[tuple[str, ...]] = []
    start = 0
    for index, room in enumerate(rooms):
        end = len(lines) if index == len(rooms) - 1 else min(len(lines), start + room)
        shares.append(lines[start:end])
        start = end
    return shares
