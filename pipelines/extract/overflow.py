"""Text that is a little too wide for its cell: its last glyph stands on the ruling.

In: the glyphs of a page, the cell that each one's centre lies in, the grids. Out: the same
assignment, with a glyph at the end of a run of text that stands across a ruling given to the cell
of the glyph before it (or, at the run's beginning, of the glyph after it), and so is a bracket
there that is wholly over it, since no text begins with ） or ends with （; what
runs on over the outer edge of its table stays with it; figures go whole to one cell. Refuses
nothing: every other glyph stays in the cell it stands in.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.figures import Straddling
from pipelines.extract.placed import FIGURE_SIGNS
from pipelines.extract.words import (
    NEVER_FIRST,
    NEVER_LAST,
    NO_GAP,
    adjoin,
    gap,
    is_print_of,
    is_set_glyph_by_glyph,
    plain_sign,
    reaches,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipelines.extract.glyphs import Glyphs
    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Glyph
    from pipelines.extract.placed import Place

_WITH_UNIT = re.compile(r"約?[△▲-]?\d[\d,.]*[^\d\s,.()]+")
_LONGEST_UNIT = 4


def give_back(
    glyphs: Glyphs,
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> set[Place]:
    """Reassign, in place, the glyphs at both ends of runs that stand across a ruling.

    Returns the cells of which it cannot be said whether a figure is theirs.
    """
    first = _first_prints(glyphs)
    once = np.flatnonzero(first == np.arange(len(glyphs)))
    if len(once) < 2:  # noqa: PLR2004 - a run has two ends
        return set()
    cells = cell_of[once]
    tables = table_of[once]
    own = glyphs.those(once)
    straddling = Straddling(own, tables, cells, grids)
    doubtful = straddling.settle_figures()
    for index in _parted(own, tables, cells):
        _settle_unit(own, index, cells)
    doubtful |= straddling.settle_words()
    straddling.settle_brackets()
    _give_back(own, tables, cells, grids)
    _take_in(own, tables, cells)
    table_of[once], cell_of[once] = tables, cells
    table_of[:], cell_of[:] = table_of[first], cell_of[first]
    return doubtful


def _first_prints(glyphs: Glyphs) -> NDArray[np.int64]:
    """For each glyph its own index, or that of the glyph it prints again a hair aside (bold)."""
    first = np.arange(len(glyphs))
    # Few neighbours say the same.
    pairs = enumerate(pairwise(glyphs.texts), start=1)
    for index in [at for at, (before, text) in pairs if before == text]:
        if is_print_of(glyphs[index - 1], glyphs[index]):
            first[index] = first[index - 1]
    return first


def _give_back(
    glyphs: Glyphs,
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> None:
    runs = glyphs.run
    for index in _parted(glyphs, table_of, cell_of):
        first, second, grid = glyphs[index], glyphs[index + 1], grids[table_of[index]]
        left, right = int(cell_of[index]), int(cell_of[index + 1])
        is_one_run = runs[index] == runs[index + 1]
        if left == right or not (is_one_run or second.text in NEVER_FIRST):
            continue
        ends = index + 2 >= len(glyphs) or runs[index + 2] != runs[index + 1]
        begins = index == 0 or runs[index - 1] != runs[index]
        is_one = is_one_run or is_set_glyph_by_glyph([first, second])
        if ends and ((is_one and second.text in NEVER_FIRST) or reaches(second, grid, left)):
            cell_of[index + 1] = left
        elif begins and (first.text in NEVER_LAST or reaches(first, grid, right)):
            cell_of[index] = right


def _parted(
    glyphs: Sequence[Glyph], table_of: NDArray[np.int64], cell_of: NDArray[np.int64]
) -> list[int]:
    """Where neighbours in one line of text stand in two cells of a table."""
    parted = (table_of[1:] == table_of[:-1]) & (cell_of[1:] != cell_of[:-1]) & (table_of[1:] >= 0)
    return [
        index
        for index in np.flatnonzero(parted).tolist()
        if adjoin(glyphs[index], glyphs[index + 1])
    ]


def _take_in(
    glyphs: Sequence[Glyph], table_of: NDArray[np.int64], cell_of: NDArray[np.int64]
) -> None:
    """Give what runs on over a table's outer edge to the cell that it comes from."""
    for index in np.flatnonzero((table_of[:-1] >= 0) & (table_of[1:] < 0)).tolist():
        at = index + 1
        while (
            at < len(glyphs)
            and table_of[at] < 0
            and (
                glyphs[at].run == glyphs[at - 1].run
                or glyphs[at].text in NEVER_FIRST
                or abs(gap(glyphs[at - 1], glyphs[at])) < NO_GAP * glyphs[at].em
            )
            and adjoin(glyphs[at - 1], glyphs[at])
        ):
            table_of[at], cell_of[at] = table_of[index], cell_of[index]
            at += 1


def _settle_unit(glyphs: Sequence[Glyph], index: int, cell_of: NDArray[np.int64]) -> None:
    """Give the unit that goes on from a figure across the ruling to the figure's cell.

    Figure and unit are one word, and without its unit, a figure is another figure. Letters that
    adjoin a digit are its unit (ha), whatever prints them; other units are if one operation prints
    both and nothing more. Letters that begin a longer word (R元年度) are the next cell's.
    """
    first, last, run = index, index + 1, glyphs[index].run
    while first > 0 and (
        glyphs[first - 1].run == run or plain_sign(glyphs[first - 1]) in FIGURE_SIGNS
    ):
        if not adjoin(glyphs[first - 1], glyphs[first]):
            break
        first -= 1
    while (
        last + 1 < len(glyphs)
        and (glyphs[last + 1].run == run or _is_letter(glyphs[last + 1]))
        and adjoin(glyphs[last], glyphs[last + 1])
    ):
        last += 1
    word = "".join(plain_sign(glyph) for glyph in glyphs[first : last + 1])
    home = int(cell_of[index])
    own = [at for at in range(first, last + 1) if cell_of[at] == home]
    is_one = all(_is_letter(glyph) or glyph.run == run for glyph in glyphs[index + 1 : last + 1])
    goes_on = last + 1 < len(glyphs) and adjoin(glyphs[last], glyphs[last + 1])
    if (
        _WITH_UNIT.fullmatch(word)
        and is_one
        and not goes_on
        and home >= 0
        and own == list(range(first, index + 1))
        and last - index <= min(_LONGEST_UNIT, len(own) - 1)
    ):
        cell_of[index + 1 : last + 1] = home


def _is_letter(glyph: Glyph) -> bool:
    sign = plain_sign(glyph)
    return sign.isascii() and sign.isalpha()
