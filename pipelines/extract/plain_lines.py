"""Lines of cells in which nothing is out of the ordinary: those of a whole page at once.

In: the glyphs of a page, and the table and cell that each one stands in. Out: by table and cell,
the :class:`PlainLine` objects that :func:`~pipelines.extract.lines.read_lines` would give there.
Refuses (the cell is left out): print that is turned, of several sizes, printed twice, over other
print, with blanks between, not in the order of reading, or mostly one character a line. That is
looked at glyph by glyph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.lines import OVERLAP, OVERPRINT
from pipelines.extract.printed_line import NARROW_GAP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipelines.extract.glyphs import Glyphs
    from pipelines.extract.ink import Glyph
    from pipelines.extract.placed import Place

# How far below a line the next one is at the least, in ems: bands that share half are one line.
_NEXT = 0.6


@dataclass(slots=True)
class PlainLine:
    """A line of upright print whose glyphs follow each other without a gap."""

    glyphs: list[Glyph]
    text: str
    extent: tuple[float, float]
    is_upright: bool = True
    overprinted_characters: int = 0


def plain_lines(
    glyphs: Glyphs, table_of: NDArray[np.int64], cell_of: NDArray[np.int64]
) -> dict[Place, list[PlainLine]]:
    """The lines of every plain cell, top to bottom."""
    order = np.lexsort((cell_of, table_of))
    order = order[np.searchsorted(table_of[order], 0) :]
    if not len(order):
        return {}
    tables, cells = table_of[order], cell_of[order]
    x, y, em = glyphs.x[order], glyphs.y[order], glyphs.em[order]
    advance, run = glyphs.advance[order], glyphs.run[order]
    is_same_cell = (tables[1:] == tables[:-1]) & (cells[1:] == cells[:-1])
    along, down = np.diff(x), np.diff(y)
    blank = along - advance[:-1]
    goes_on = (down == 0) & (along > OVERPRINT * em[1:]) & (blank <= NARROW_GAP * em[1:])
    shorter = np.minimum(advance[1:], advance[:-1])
    goes_on &= (x[:-1] + advance[:-1] - x[1:] <= OVERLAP * shorter) | (run[1:] == run[:-1])
    is_next = down > _NEXT * em[1:]
    is_plain = (em[1:] == em[:-1]) & (goes_on | is_next)

    firsts = np.concatenate(([0], np.flatnonzero(~is_same_cell) + 1))
    odd = (~glyphs.is_text[order] | (advance < 0)).astype(np.int64)
    odd[1:] += is_same_cell & ~is_plain
    steps = np.zeros(len(order), dtype=np.int64)
    # More lines than glyphs that go on with them may be a column of single characters.
    steps[1:] = np.where(is_same_cell, np.where(is_next, 1, -1), 0)
    plain = (np.add.reduceat(odd, firsts) == 0) & (np.add.reduceat(steps, firsts) <= 0)

    begins = np.concatenate(([0], np.flatnonzero(~is_same_cell | is_next) + 1))
    ends = np.append(begins[1:], len(order))
    is_wanted = plain[np.searchsorted(firsts, begins, side="right") - 1]
    right = x + glyphs.width[order] * glyphs.ux[order]
    lefts = np.minimum.reduceat(np.minimum(x, right), begins)
    rights = np.maximum.reduceat(np.maximum(x, right), begins)
    found: dict[Place, list[PlainLine]] = {}
    members = order.tolist()
    for at in np.flatnonzero(is_wanted).tolist():
        begin, end = int(begins[at]), int(ends[at])
        own = [glyphs[member] for member in members[begin:end]]
        text = "".join(glyphs.texts[member] for member in members[begin:end]).strip()
        line = PlainLine(own, text, (float(lefts[at]), float(rights[at])))
        found.setdefault((int(tables[begin]), int(cells[begin])), []).append(line)
    return found
