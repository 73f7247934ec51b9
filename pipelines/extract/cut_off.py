"""Text that a clip cuts off: there is more of it than is seen, in the file or not.

In: the glyphs of a page, the table and cell that each one stands in, the grids, and through what
lines are out of sight. Out: the cells in which a line's first or last glyph stands across a side of
what it is printed through, and no other of that line lies further out; and those of whose text
other lines are out of sight. A browser prints a table that is too wide through the page, and
programs that write a PDF anew print a text through its cell; both leave out the glyphs that would
not be seen, so that a part of the text is missing. Refuses nothing: a spreadsheet's own print holds
the glyphs beside a cell, and prints the lines that a page's end hides overleaf.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pipelines.extract.words import NEVER_FIRST, NEVER_LAST, are_on_one_line

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Box, Glyph
    from pipelines.extract.placed import Place

# How far, in ems, a glyph must stand beyond a clip to be cut, and another beyond it to be the next.
_CUT, _BEYOND = 0.1, 0.2
# How far apart, in points, edges may lie and be one.
_EDGE = 1.0


def cut_off(
    glyphs: Sequence[Glyph],
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
    cut_short: Container[Box],
) -> set[Place]:
    """The cells whose text may go on beyond what it is printed through.

    ``cut_short``: through what some lines of a text are not seen.

    Marks that hang over the end of a line, 。, have nothing behind them, nor brackets that open one
    before them.
    """
    cut: dict[Place, list[Glyph]] = defaultdict(list)
    found: set[Place] = set()
    for glyph, table, cell in zip(glyphs, table_of.tolist(), cell_of.tolist(), strict=True):
        if glyph.clip is not None and table >= 0:
            if glyph.clip in cut_short and not _is_at_an_end(cell, grids[table]):
                found.add((table, cell))
            elif _is_cut(glyph, 1) or _is_cut(glyph, -1):
                cut[table, cell].append(glyph)
    held: dict[Place, list[Glyph]] = defaultdict(list)
    if cut:
        for glyph, table, cell in zip(glyphs, table_of.tolist(), cell_of.tolist(), strict=True):
            if (table, cell) in cut and not glyph.is_space:
                held[table, cell].append(glyph)
    return found | {
        place
        for place, own in cut.items()
        if any(
            _is_cut(glyph, side) and _is_outermost(glyph, side, held[place])
            for glyph in own
            for side in (1, -1)
        )
    }


def _is_at_an_end(cell: int, grid: Grid) -> bool:
    """Whether a cell is of the first or the last row of its table, which a page's end may cut."""
    box, outline = grid.cells[cell].box, grid.outline
    return box.y0 <= outline.y0 + _EDGE or box.y1 >= outline.y1 - _EDGE


def _is_cut(glyph: Glyph, side: int) -> bool:
    """Whether a glyph stands across the right side (1) or the left (-1) of its clip."""
    if glyph.clip is None or glyph.is_space or not glyph.is_upright:
        return False
    end = glyph.x + glyph.width
    beyond, marks = (
        (end - glyph.clip.x1, NEVER_FIRST) if side > 0 else (glyph.clip.x0 - glyph.x, NEVER_LAST)
    )
    return _CUT * glyph.em < beyond < glyph.width and glyph.text not in marks


def _is_outermost(glyph: Glyph, side: int, others: Sequence[Glyph]) -> bool:
    """Whether no other glyph of its line lies further out; its own print again (bold) does not."""
    return not any(
        side * (other.x - glyph.x) > _BEYOND * glyph.em and are_on_one_line(glyph, other)
        for other in others
    )
