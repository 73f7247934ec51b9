"""Text that lies over a page and is set into none of its cells: watermarks and stamps.

In: a page's glyphs, the cell that each stands in, the tables. Out: which glyphs are part of such a
text; they belong outside the tables, whatever cell is under them. Refuses nothing.

A draft's 「未定稿」 in large letters runs across the rulings and over what the cells hold. Taken
glyph by glyph it would end up among their figures and names. A line of it is known by what no text
that is set into a cell does:

- it is turned askew, and runs from cell to cell;
- it is far larger than the page's text, and printed over some of that, or too tall for its cell.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.glyphs import Glyphs
    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Glyph

# Sine of the least angle to both axes of the page at which text is askew: five degrees.
_ASKEW = 0.087
# How much larger than half of the page's characters text is that may lie over them.
_LARGE = 2.0
# How many smaller characters one of its own is printed over at the least, within what share of its
# sides: a raised figure or a neighbour may reach into the edge of a glyph's box.
_MANY, _WITHIN = 2, 0.9
# How many times as tall as its cell a glyph is that was not set into it.
_TOO_TALL = 1.5
# Glyphs further apart than this across their baseline, in ems, are lines of their own.
_LINE_GAP = 0.5
# Watermarks are short. A page with more large or askew characters than this is something else.
_MOST = 500


def laid_over(
    glyphs: Glyphs,
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> NDArray[np.bool_]:
    """Per glyph: whether it is part of a text that lies over the page."""
    over = np.zeros(len(glyphs), dtype=bool)
    if not grids or not glyphs:
        return over
    large = _LARGE * float(np.median(glyphs.em))
    may_be = np.flatnonzero((glyphs.em >= large) | ~glyphs.is_upright).tolist()
    found = [at for at in may_be if glyphs[at].em >= large or _is_askew(glyphs[at])]
    if not 0 < len(found) <= _MOST:
        return over
    places = list(zip(table_of.tolist(), cell_of.tolist(), strict=True))
    small = glyphs.centres[(glyphs.em < large) & (glyphs.characters > 0)]
    for line in _lines(glyphs, found):
        first = glyphs[line[0]]
        over[line] = (_is_askew(first) and len({places[index] for index in line}) > 1) or (
            first.em >= large
            and any(
                _is_printed_over(glyphs[index], small)
                or _is_too_tall(glyphs[index], *places[index], grids)
                for index in line
            )
        )
    return over


def _is_askew(glyph: Glyph) -> bool:
    return not glyph.is_upright and min(abs(glyph.ux), abs(glyph.uy)) > _ASKEW


def _lines(glyphs: Sequence[Glyph], found: Sequence[int]) -> Iterator[list[int]]:
    """The printed glyphs among ``found``, those of one size and one baseline together."""
    sorts: dict[tuple[float, float, float, bool], list[tuple[float, int]]] = {}
    for index in found:
        glyph = glyphs[index]
        if not glyph.is_space:
            sort = (round(glyph.ux, 2), round(glyph.uy, 2), round(glyph.em, 1), glyph.is_vertical)
            across = (
                glyph.x * glyph.ux + glyph.y * glyph.uy
                if glyph.is_vertical
                else glyph.y * glyph.ux - glyph.x * glyph.uy
            )
            sorts.setdefault(sort, []).append((across, index))
    for (*_, em, _), members in sorts.items():
        members.sort()
        line = [members[0][1]]
        for (before, _), (across, index) in pairwise(members):
            if across - before > _LINE_GAP * em:
                yield line
                line = []
            line.append(index)
        yield line


def _is_printed_over(glyph: Glyph, small: NDArray[np.float64]) -> bool:
    """Whether smaller characters stand in a glyph's box, given their centres."""
    box, (x, y) = glyph.box, glyph.centre
    reach = _WITHIN / 2
    under = (abs(small[:, 0] - x) < reach * (box.x1 - box.x0)) & (
        abs(small[:, 1] - y) < reach * (box.y1 - box.y0)
    )
    return int(under.sum()) >= _MANY


def _is_too_tall(glyph: Glyph, table: int, cell: int, grids: Sequence[Grid]) -> bool:
    """Whether a glyph is far taller than the cell it stands in is across its line."""
    if table < 0 or _is_askew(glyph):
        return False
    box = grids[table].cells[cell].box
    lies = (abs(glyph.ux) > abs(glyph.uy)) != glyph.is_vertical
    return glyph.em > _TOO_TALL * ((box.y1 - box.y0) if lies else (box.x1 - box.x0))
