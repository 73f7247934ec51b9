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

    from pipelines.extract.glyphs import Glyphs
    from pipelines.extract.grid import Grid, GridCell
    from pipelines.extract.ink import Glyph

# How far apart, in ems, the lines of one text may stand, and how far their left ends.
PITCH, _MARGIN = 1.7, 0.6
# How a note begins, behind a bracket or not. Not by the bracket alone: a year in brackets ends many
# a name, （平成28年度）.
_NOTE = frozenset("※*＊注")


def take_in_below(
    glyphs: Glyphs,
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> None:
    """Reassign, in place, the lines under open cells."""
    free = np.flatnonzero(table_of < 0)
    if not len(free):
        return
    places = glyphs.centres[free]
    for table, grid in enumerate(grids):
        for index, cell in _open_below(grid):
            own = np.flatnonzero((table_of == table) & (cell_of == index))
            inside = (places[:, 0] >= cell.box.x0) & (places[:, 0] <= cell.box.x1)
            under = inside & (places[:, 1] > cell.box.y1) & (table_of[free] < 0)
            if len(own) and under.any():
                for at in _lines_on(glyphs, own, free[under], free[~inside]):
                    table_of[at], cell_of[at] = table, index


def _open_below(grid: Grid) -> Iterator[tuple[int, GridCell]]:
    """Cells of the last row whose lower edge is not drawn."""
    last = grid.owner.shape[0]
    for index, cell in enumerate(grid.cells):
        if cell.row + cell.row_span == last and cell.is_open_below:
            yield index, cell


def _lines_on(
    glyphs: Sequence[Glyph],
    own: NDArray[np.int64],
    under: NDArray[np.int64],
    beside: NDArray[np.int64],
) -> list[int]:
    """The glyphs of the lines that follow those of a cell (``own``) without a gap.

    They begin where its text does, or have their middle where all its lines have it: a page's foot
    stands elsewhere.
    """
    others = {glyphs[at].run for at in beside.tolist()}
    lines = lines_of(glyphs, own)
    left = min(glyphs[line[0]].x for line in lines)
    middles = [middle_of(glyphs, line) for line in lines]
    last = glyphs[lines[-1][0]].centre[1]
    taken: list[int] = []
    for line in lines_of(glyphs, under):
        first = glyphs[line[0]]
        height = first.centre[1]
        is_set_from_the_left = abs(first.x - left) <= _MARGIN * first.em
        middle = middle_of(glyphs, line)
        is_centred = len(middles) > 1 and all(
            abs(middle - other) <= _MARGIN * first.em for other in middles
        )
        if (
            height - last > PITCH * first.em
            or any(glyphs[at].run in others for at in line)
            or begins_a_note(glyphs, line)
            or not (is_set_from_the_left or is_centred)
        ):
            break
        last = height
        taken += line
    return taken


def lines_of(glyphs: Sequence[Glyph], members: NDArray[np.int64]) -> list[list[int]]:
    """The printed glyphs, line by line from the top down, each from the left."""
    lines: list[list[int]] = []
    for at in sorted(members.tolist(), key=lambda at: glyphs[at].centre[1]):
        glyph = glyphs[at]
        if lines and glyph.centre[1] - glyphs[lines[-1][0]].centre[1] <= glyph.em / 2:
            lines[-1].append(at)
        else:
            lines.append([at])
    return [sorted(line, key=lambda at: glyphs[at].x) for line in lines]


def middle_of(glyphs: Sequence[Glyph], line: Sequence[int]) -> float:
    """The middle of a line, from the left edge of the page."""
    first, last = glyphs[line[0]].box, glyphs[line[-1]].box
    return (first.x0 + last.x1) / 2


def begins_a_note(glyphs: Sequence[Glyph], line: Sequence[int]) -> bool:
    """Whether a line begins with the mark of a note."""
    text = "".join(glyphs[at].text for at in line).lstrip("（( ")
    return text[:1] in _NOTE
