"""The unit of a table, （単位：百万円）, printed so near to a table that it lies over its edge.

In: the glyphs of a page, the table and cell that each one's centre lies in, the grids. Out: the
same assignment, with such captions in no table. Refuses nothing: a line that is set as the others
of its cell are, at their distance, is that cell's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.run_on import PITCH, lines_of, middle_of
from pipelines.extract.words import ALIKE, SPACE, gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.glyphs import Glyphs
    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Glyph

# How far a line must reach over an edge, in ems.
_REACH = 0.15


def is_caption(glyphs: Sequence[Glyph], line: Sequence[int]) -> bool:
    """Whether a line says the unit of a table: it is no cell's text."""
    text = "".join(glyphs[at].text for at in line if not glyphs[at].is_space)
    return text.lstrip("（(［[").startswith("単位")


def leave_out_captions(
    glyphs: Glyphs,
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> None:
    """Reassign, in place, captions that lie over the upper or lower edge of a table."""
    if not glyphs or not grids:
        return
    is_text, reach = glyphs.is_text, (0.5 - _REACH) * glyphs.em
    for table, grid in enumerate(grids):
        for edge in (grid.ys[0], grid.ys[-1]):
            over = is_text & (np.abs(glyphs.height - edge) < reach) & np.isin(table_of, (-1, table))
            for line in _parts(glyphs, np.flatnonzero(over)):
                cells = set(cell_of[line].tolist()) - {-1}
                if not cells or not is_caption(glyphs, line):
                    continue
                own = np.flatnonzero(is_text & (table_of == table) & np.isin(cell_of, [*cells]))
                if len(cells) > 1 or not _is_set_as_others(glyphs, line, own):
                    table_of[line], cell_of[line] = -1, -1


def _parts(glyphs: Sequence[Glyph], members: NDArray[np.int64]) -> Iterator[list[int]]:
    """The lines that glyphs make up, cut where more is blank than within a text."""
    for line in lines_of(glyphs, members):
        part = line[:1]
        for at in line[1:]:
            if gap(glyphs[part[-1]], glyphs[at]) > SPACE * glyphs[at].em:
                yield part
                part = []
            part.append(at)
        yield part


def _is_set_as_others(glyphs: Sequence[Glyph], line: Sequence[int], own: NDArray[np.int64]) -> bool:
    """Whether another line of a cell stands at a line's distance, and begins or is centred alike.

    ``own``: all of the cell's glyphs.
    """
    first = glyphs[line[0]]
    near = ALIKE * first.em
    return any(
        abs(glyphs[other[0]].centre[1] - first.centre[1]) <= PITCH * first.em
        and (
            abs(glyphs[other[0]].x - first.x) <= near
            or abs(middle_of(glyphs, other) - middle_of(glyphs, line)) <= near
        )
        for other in lines_of(glyphs, own[~np.isin(own, line)])
    )
