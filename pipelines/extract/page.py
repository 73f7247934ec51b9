"""One page: every printed glyph into exactly one cell.

In: a playa page. Out: :class:`PageReading`, the rows of ``RAW_PAGES`` and ``RAW_CELLS`` for it.
A glyph belongs to the cell that its centre stands in, whatever text it is part of: neighbours
that touch or run over a ruling stay apart. In nested tables it belongs to the innermost one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pipelines.extract.frame import Frame, set_up, turned
from pipelines.extract.line_ends import line_ends, margin
from pipelines.extract.lines import read_lines
from pipelines.extract.mojibake import put_aside_mojibake
from pipelines.extract.outside import read_outside
from pipelines.extract.plain_lines import plain_lines
from pipelines.extract.printed_line import join
from pipelines.extract.raster import seen_pieces
from pipelines.extract.sight import leave_what_is_seen
from pipelines.extract.tables import find_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playa.page import Page

    from pipelines.extract.content import InkReader
    from pipelines.extract.ink import Box, Glyph, Ink
    from pipelines.extract.limits import Limits
    from pipelines.extract.printed_line import PrintedLine
    from pipelines.extract.tables import Tables


@dataclass(frozen=True, slots=True)
class PageReading:
    """Rows for the two raw tables; ``cells`` in reading order."""

    page: dict[str, Any]
    cells: list[dict[str, Any]]


@dataclass(slots=True)
class _Rows:
    """Rows of ``RAW_CELLS`` of one page, as they come."""

    document_key: str
    page_number: int
    overprinted: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(  # noqa: PLR0913 - what a row holds
        self,
        flavor: str,
        place: tuple[int, int, int, int, int],
        box: Box,
        text: str,
        *,
        is_open: tuple[bool, bool] | tuple[None, None] = (None, None),
        ends: str | None = None,
        is_doubtful: bool | None = None,
    ) -> None:
        """One cell: table, row, column, spans; its box; its text; whether open above, below.

        ``ends``: why each of its lines ends; ``is_doubtful``: whether text of it may be another's.
        """
        table, row, column, row_span, column_span = place
        page = f"{self.document_key}-p{self.page_number:03d}"
        self.rows.append(
            {
                "cell_key": f"{page}-t{table:02d}-r{row:03d}-c{column:03d}",
                "document_key": self.document_key,
                "page_number": self.page_number,
                "table_number": table,
                "row_number": row,
                "column_number": column,
                "row_span": row_span,
                "column_span": column_span,
                "x0": round(box.x0, 3),
                "y0": round(box.y0, 3),
                "x1": round(box.x1, 3),
                "y1": round(box.y1, 3),
                "raw_text": text,
                "flavor": flavor,
                "is_open_above": is_open[0],
                "is_open_below": is_open[1],
                "line_ends": ends,
                "is_doubtful": is_doubtful,
            }
        )


def read_page(
    page: Page, data: bytes, document_key: str, reader: InkReader, limits: Limits
) -> PageReading:
    """Read one page of the PDF ``data`` whole. ``DocumentError`` where it passes a limit."""
    number = page.page_idx + 1
    ink, frame = _ink(page, reader, limits)
    tables = find_tables(ink, frame, number, limits, lambda: seen_pieces(data, number, frame))
    inside, outside = _assigned(tables)
    plain = plain_lines(tables.glyphs, tables.held.table_of, tables.held.cell_of)
    rows = _Rows(document_key, number)
    for table, (grid, texts) in enumerate(zip(tables.grids, inside, strict=True), start=1):
        read: list[tuple[Box, Sequence[PrintedLine]]] = [
            (cell.box, plain.get((table - 1, at)) or read_lines(texts.get(at, ())))
            for at, cell in enumerate(grid.cells)
        ]
        side = margin(read)
        for index, (cell, (box, lines)) in enumerate(zip(grid.cells, read, strict=True)):
            rows.overprinted += sum(line.overprinted_characters for line in lines)
            place = (table, cell.row + 1, cell.column + 1, cell.row_span, cell.column_span)
            is_open = cell.is_open_above, cell.is_open_below
            ends = line_ends(lines, box, side)
            is_doubtful = (table - 1, index) in tables.held.doubtful
            rows.add(
                "lattice",
                place,
                box,
                join(lines),
                is_open=is_open,
                ends=ends,
                is_doubtful=is_doubtful,
            )
    outlines = [grid.outline for grid in tables.grids]
    for run in read_outside(outside, outlines, frame.paper):
        rows.overprinted += run.overprinted_characters
        place = (len(outlines) + run.area + 1, run.row + 1, run.column + 1, 1, run.column_span)
        rows.add("stream", place, run.box, run.text)
    return PageReading(
        {
            "document_key": document_key,
            "page_number": number,
            "width": round(frame.width, 3),
            "height": round(frame.height, 3),
            "rotation": frame.rotation,
            "engine": tables.engine,
            "engine_reason": tables.reason,
            "table_count": len(tables.grids),
            "text_layer_characters": _characters(ink.glyphs),
            "cell_characters": sum(
                _characters(glyphs) for texts in inside for glyphs in texts.values()
            ),
            "outside_characters": _characters(outside),
            "overprinted_characters": rows.overprinted,
            "unmapped_characters": sum(not glyph.is_mapped for glyph in ink.glyphs),
            "unprinted_characters": ink.unprinted_characters,
        },
        rows.rows,
    )


def _characters(glyphs: Iterable[Glyph]) -> int:
    return sum(map(attrgetter("characters"), glyphs))


def _ink(page: Page, reader: InkReader, limits: Limits) -> tuple[Ink, Frame]:
    """What the page prints, in the frame that it is read in."""
    frame = set_up(page, limits)
    ink = reader.read(page, frame.paper)
    upright = turned(page, frame, ink.glyphs)
    if upright is not None:
        frame = upright
        ink = reader.read(page, frame.paper)
    ink.cut_to(frame.paper)
    leave_what_is_seen(ink)
    put_aside_mojibake(ink)
    return ink, frame


def _assigned(tables: Tables) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """Glyphs by table and cell, and those in none."""
    inside: list[dict[int, list[Glyph]]] = [{} for _ in tables.grids]
    outside: list[Glyph] = []
    for glyph, table, cell in zip(
        tables.glyphs, tables.held.table_of.tolist(), tables.held.cell_of.tolist(), strict=True
    ):
        if table < 0:
            outside.append(glyph)
        else:
            inside[table].setdefault(cell, []).append(glyph)
    return inside, outside
