"""One page: every printed glyph into exactly one cell.

In: a playa page. Out: :class:`PageReading`, the rows of ``RAW_PAGES`` and ``RAW_CELLS`` for it.
A glyph belongs to the cell that its centre stands in, whatever text it is part of: neighbours
that touch or run over a ruling stay apart. In nested tables it belongs to the innermost one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.extract.grid import find_grids
from pipelines.extract.ink import Box
from pipelines.extract.lines import join, read_lines
from pipelines.extract.outside import read_outside
from pipelines.extract.rulings import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playa.page import Page

    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Glyph, InkReader
    from pipelines.extract.limits import Limits


@dataclass(frozen=True, slots=True)
class PageReading:
    """Rows for the two raw tables; ``cells`` in reading order."""

    page: dict[str, Any]
    cells: list[dict[str, Any]]


def read_page(page: Page, document_key: str, reader: InkReader, limits: Limits) -> PageReading:
    """Read one page whole. ``DocumentError`` where it passes a limit."""
    number = page.page_idx + 1
    ink = reader.read(page)
    width, height = _size(page)
    grids = find_grids(tidy(ink.horizontals, ink.verticals), width, height, number, limits)
    inside, outside = _assign(ink.glyphs, grids)
    cells: list[dict[str, Any]] = []
    overprinted = 0
    for table, grid in enumerate(grids, start=1):
        for index, cell in enumerate(grid.cells):
            lines = read_lines(inside[table - 1].get(index, ()))
            overprinted += sum(line.overprinted_characters for line in lines)
            cells.append(
                _row(
                    document_key,
                    number,
                    (table, cell.row + 1, cell.column + 1, cell.row_span, cell.column_span),
                    (cell.x0, cell.y0, cell.x1, cell.y1),
                    join(lines),
                    "lattice",
                )
            )
    boxes = [Box(g.xs[0], g.ys[0], g.xs[-1], g.ys[-1]) for g in grids]
    for run in read_outside(outside, boxes, width, height, number):
        overprinted += run.overprinted_characters
        place = (len(grids) + run.area + 1, run.row + 1, run.column + 1, 1, run.column_span)
        cells.append(_row(document_key, number, place, run.box, run.text, "stream"))
    outside_characters = sum(glyph.characters for glyph in outside)
    return PageReading(
        {
            "document_key": document_key,
            "page_number": number,
            "width": round(width, 3),
            "height": round(height, 3),
            "rotation": page.rotate,
            "engine": "vector" if grids else "none",
            "engine_reason": None,
            "table_count": len(grids),
            "text_layer_characters": sum(glyph.characters for glyph in ink.glyphs),
            "cell_characters": sum(
                glyph.characters
                for cells_of in inside
                for glyphs in cells_of.values()
                for glyph in glyphs
            ),
            "outside_characters": outside_characters,
            "overprinted_characters": overprinted,
            "unmapped_characters": sum(not glyph.is_mapped for glyph in ink.glyphs),
        },
        cells,
    )


def _size(page: Page) -> tuple[float, float]:
    x0, y0, x1, y1 = page.mediabox
    return (y1 - y0, x1 - x0) if page.rotate in {90, 270} else (x1 - x0, y1 - y0)


def _assign(
    glyphs: Sequence[Glyph], grids: Sequence[Grid]
) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """Glyphs by table and cell, and those in none."""
    inside: list[dict[int, list[Glyph]]] = [{} for _ in grids]
    if not glyphs:
        return inside, []
    centres = np.array([glyph.centre for glyph in glyphs])
    table_of = np.full(len(glyphs), -1)
    cell_of = np.full(len(glyphs), -1)
    for table in sorted(range(len(grids)), key=lambda t: grids[t].area):
        grid = grids[table]
        column = np.searchsorted(grid.xs, centres[:, 0]) - 1
        row = np.searchsorted(grid.ys, centres[:, 1]) - 1
        rows, columns = grid.owner.shape
        within = (column >= 0) & (column < columns) & (row >= 0) & (row < rows) & (table_of < 0)
        owner = np.where(within, grid.owner[row.clip(0, rows - 1), column.clip(0, columns - 1)], -1)
        table_of[owner >= 0] = table
        cell_of[owner >= 0] = owner[owner >= 0]
    outside: list[Glyph] = []
    for glyph, table, cell in zip(glyphs, table_of.tolist(), cell_of.tolist(), strict=True):
        if table < 0:
            outside.append(glyph)
        else:
            inside[table].setdefault(cell, []).append(glyph)
    return inside, outside


def _row(  # noqa: PLR0913 - the columns of RAW_CELLS
    document_key: str,
    page_number: int,
    place: tuple[int, int, int, int, int],
    box: tuple[float, float, float, float],
    text: str,
    flavor: str,
) -> dict[str, Any]:
    table, row, column, row_span, column_span = place
    return {
        "cell_key": f"{document_key}-p{page_number:03d}-t{table:02d}-r{row:03d}-c{column:03d}",
        "document_key": document_key,
        "page_number": page_number,
        "table_number": table,
        "row_number": row,
        "column_number": column,
        "row_span": row_span,
        "column_span": column_span,
        "x0": round(box[0], 3),
        "y0": round(box[1], 3),
        "x1": round(box[2], 3),
        "y1": round(box[3], 3),
        "raw_text": text,
        "flavor": flavor,
    }
