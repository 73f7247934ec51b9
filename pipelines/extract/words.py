"""Which glyphs make one word: signs that stand side by side on one line.

In: glyphs, two at a time or a few. Out: answers. Refuses nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Glyph

#: A figure whose commas and point stand where they belong; one of digits alone, of which only what
#: prints them says that they are one.
GROUPED = re.compile(r"[△▲-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?")
PLAIN = re.compile(r"[△▲-]?\d+%?")
#: What stands alone in a cell and is never the beginning or the end of a figure's word.
SAYS_ALL = frozenset("―—–─━ー①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
#: Marks that begin no line: they go on with what stands before them, whatever operation printed it.
NEVER_FIRST = frozenset("。、，．）」』】〕］〉》)]")
#: Marks that end no line: they go before what stands after them.
NEVER_LAST = frozenset("（「『【〔［〈《([")
# How far, in ems, glyphs of one word may stand apart; how far, if nothing parts them.
WORD_GAP, NO_GAP = 0.2, 0.03
#: The widest blank between the words of one text, in ems.
SPACE = 1.1
#: How evenly the lines of one text stand, and how nearly texts of a column begin or end alike, in
#: ems.
ALIKE = 0.1
#: How far a text may stand over the edge of its cell, in ems.
OVER = 0.5
# How far, in points, a glyph must reach over a ruling to stand on it.
_REACH = 0.3
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def is_figure(signs: str) -> bool:
    """Whether signs are a figure and nothing else."""
    return bool(GROUPED.fullmatch(signs) or PLAIN.fullmatch(signs))


def plain_sign(glyph: Glyph) -> str:
    """What a glyph means, full width as half; nothing where that is not known.

    A number in a circle is no digit.
    """
    return glyph.text.translate(_HALF_WIDTH) if glyph.is_mapped else ""


def are_on_one_line(first: Glyph, second: Glyph) -> bool:
    """Whether the second stands on the line of the first."""
    across = (second.y - first.y) * first.ux - (second.x - first.x) * first.uy
    return abs(across) < WORD_GAP * max(first.em, second.em)


def adjoin(first: Glyph, second: Glyph) -> bool:
    """Whether the second follows the first without a gap, on one line."""
    em = max(first.em, second.em)
    return are_on_one_line(first, second) and abs(gap(first, second)) < WORD_GAP * em


def gap(first: Glyph, second: Glyph) -> float:
    """The blank between two glyphs, along the line of the first."""
    along = (second.x - first.x) * first.ux + (second.y - first.y) * first.uy
    return along - first.width


def is_set_glyph_by_glyph(glyphs: Sequence[Glyph]) -> bool:
    """Whether each glyph has an operation of its own, and nothing stands between any two.

    Browsers print so. Texts of two cells may meet to a hair, too, but then at the ruling.
    """
    return len({glyph.run for glyph in glyphs}) == len(glyphs) and all(
        abs(gap(*pair)) < NO_GAP * pair[0].em for pair in pairwise(glyphs)
    )


def is_print_of(one: Glyph, other: Glyph) -> bool:
    """Whether two glyphs are the same, printed twice a hair aside (bold)."""
    # The text first: every glyph of a page is asked for, and few neighbours have the same.
    return (
        one.text == other.text
        and max(abs(other.x - one.x), abs(other.y - one.y)) < WORD_GAP * one.em
    )


def reaches(glyph: Glyph, grid: Grid, cell: int) -> bool:
    """Whether a glyph that stands in another cell reaches into this one."""
    if cell < 0:
        return False
    shared = glyph.box.cut(grid.cells[cell].box)
    return shared.x1 - shared.x0 > _REACH and shared.y1 - shared.y0 > _REACH
