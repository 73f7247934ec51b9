"""Text that runs on below its table: the page ends in a cell that has no lower edge.

In: the glyphs of a page, the table and cell that each one stands in, the grids. Out: the same
assignment, with lines under an open cell of a table's last row given to that cell. Browsers rule a
row that goes on overleaf so: the lower edge is drawn on the next page. Refuses nothing: notes
below a table, and lines that stand out over the sides of the cell, stay outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.grid import Grid, GridCell
    from pipelines.extract.ink import Glyph

# How far apart, in ems, the lines of one text may stand, and how far their left ends.
_PITCH, _MARGIN = 1.7, 0.6
# How a note begins, behind a bracket or not. Not by the bracket alone: a year in brackets ends many
# a name, （平成28年度）.
_NOTE, _BRACKETS = frozenset("※*＊注"), frozenset("（(")


def take_in_below(
    glyphs: Sequence[Glyph],
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> None:
    """Reassign, in place, the lines under open cells."""
    free = np.flatnonzero(table_of < 0)
    if not len(free):
        return
    places = np.array([glyphs[index].centre for index in free.tolist()]).reshape(-1, 2)
    for table, grid in enumerate(grids):
        for index, cell in _open_below(grid):
            own = np.flatnonzero((table_of == table) & (cell_of == index))
            inside = (places[:, 0] >= cell.box.x0) & (places[:, 0] <= cell.box.x1)
            under = inside & (places[:, 1] > cell.box.y1) & (table_of[free] < 0)
            if len(own) and under.any():
                last = max(glyphs[at].centre[1] for at in own.tolist())
                left = min(glyphs[at].x for at in own.tolist())
                for at in _lines_on(glyphs, free[under], free[~inside], last, left):
                    table_of[at], cell_of[at] = table, index


def _open_below(grid: Grid) -> Iterator[tuple[int, GridCell]]:
    """Cells of the last row whose lower edge is not drawn."""
    last = grid.owner.shape[0]
    for index, cell in enumerate(grid.cells):
        if cell.row + cell.row_span == last and grid.is_open_below(cell):
            yield index, cell


def _lines_on(
    glyphs: Sequence[Glyph],
    under: NDArray[np.int64],
    beside: NDArray[np.int64],
    last: float,
    left: float,
) -> list[int]:
    """The glyphs of the lines that follow the one at height ``last`` without a gap.

    They begin where its text does, at ``left``: a page's foot stands elsewhere.
    """
    others = {glyphs[at].run for at in beside.tolist()}
    taken: list[int] = []
    for at in sorted(under.tolist(), key=lambda at: (round(glyphs[at].centre[1]), glyphs[at].x)):
        glyph = glyphs[at]
        height = glyph.centre[1]
        starts_line = height - last > glyph.em / 2
        if (
            height - last > _PITCH * glyph.em
            or glyph.run in others
            or (starts_line and _begins_a_note(glyphs, at))
            or (starts_line and abs(glyph.x - left) > _MARGIN * glyph.em)
        ):
            break
        last = max(last, height)
        taken.append(at)
    return taken


def _begins_a_note(glyphs: Sequence[Glyph], at: int) -> bool:
    if glyphs[at].text in _BRACKETS and at + 1 < len(glyphs):
        at += 1
    return glyphs[at].text in _NOTE
