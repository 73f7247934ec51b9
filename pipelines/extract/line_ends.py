"""Why a line of a cell ends: for want of room, or because the print breaks it there.

In: the lines of the cells of one table, and the cells' boxes. Out: one letter for each line end of
a cell, ``w`` (wrapped: what begins the next line would not have fitted) or ``b`` (broken before
the edge). A figure that a narrow column wraps is one figure; two that stand under each other are
two. Refuses nothing: text that does not run from left to right is ``b`` throughout.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipelines.schemas import BROKEN, WRAPPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.ink import Box
    from pipelines.extract.printed_line import PrintedLine

# What never begins a line draws the character before it down with it.
_NEVER_FIRST = frozenset("。、，．,.）)」』】〕］％%‰")
# Room that is left, in ems, and still no room: what layout rounds off.
_SLACK = 0.3
# The most that a cell keeps free at its side, in points.
_WIDEST_MARGIN = 6.0


def margin(cells: Sequence[tuple[Box, Sequence[PrintedLine]]]) -> float:
    """How far from their edges the cells of a table keep their text, in points.

    Texts over several lines mostly begin at the left: a quarter of them, if no more, shows it.
    """
    gaps = sorted(
        min(line.extent[0] for line in lines) - box.x0 for box, lines in cells if len(lines) > 1
    )
    found = gaps[len(gaps) // 4] if gaps else 0.0
    return min(max(found, 0.0), _WIDEST_MARGIN)


def line_ends(lines: Sequence[PrintedLine], box: Box, side: float) -> str:
    """The letters of one cell's line ends; ``side``: its table's :func:`margin`."""
    room = box.x1 - box.x0 - 2 * side
    return "".join(
        WRAPPED if _lacks_room(upper, lower, room) else BROKEN for upper, lower in pairwise(lines)
    )


def _lacks_room(upper: PrintedLine, lower: PrintedLine, room: float) -> bool:
    if not (upper.is_upright and lower.is_upright):
        return False
    glyphs = (glyph for glyph in lower.glyphs if not glyph.is_space)
    first = next(glyphs)
    needed = first.advance
    for glyph in glyphs:
        if glyph.text not in _NEVER_FIRST:
            break
        needed += glyph.advance
    left, right = upper.extent
    return room - (right - left) < needed + _SLACK * first.em
