"""Text that is a little too wide for its cell: its last glyph stands on the ruling.

In: the glyphs of a page, the cell that each one's centre lies in, the grids. Out: the same
assignment, with a glyph at the end of a run of text that stands across a ruling given to the cell
of the glyph before it (or, at the run's beginning, of the glyph after it), and so is a bracket
there that is wholly over it, since no text begins with ） or ends with （; what
runs on over the outer edge of its table stays with it; and a figure that is
printed in one piece across a ruling given whole to the cell that most of it stands in, since half
a figure is another figure. Refuses nothing: every other glyph stays in the cell it stands in.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Glyph

# How far, in ems, glyphs of one word may stand apart; how far, if nothing parts them.
_WORD_GAP, _NO_GAP = 0.2, 0.03
# A figure whose commas and point stand where they belong; without either, it must be short of
# doubt: all but one of its digits in one cell.
_GROUPED = re.compile(r"[△▲-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?")
_PLAIN = re.compile(r"[△▲-]?\d+%?")
_WITH_UNIT = re.compile(r"約?[△▲-]?\d[\d,.]*[^\d\s,.()]+")
_LONGEST_UNIT = 4
_SIGNS = frozenset("△▲-")
_FIGURE_SIGNS = _SIGNS.union("0123456789,.%")
# Marks that begin no line: they go on with what stands before them, whatever operation printed it.
_NEVER_FIRST = frozenset("。、，．）」』】〕］〉》)]")
# Marks that end no line: they go before what stands after them.
_NEVER_LAST = frozenset("（「『【〔［〈《([")
# How far, in points, a glyph must reach over a ruling to stand on it.
_REACH = 0.3


def give_back(
    glyphs: Sequence[Glyph],
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> None:
    """Reassign, in place, the glyphs at both ends of runs that stand across a ruling."""
    first = _first_prints(glyphs)
    once = np.flatnonzero(first == np.arange(len(glyphs)))
    if len(once) < 2:  # noqa: PLR2004 - a run has two ends
        return
    cells = cell_of[once]
    tables = table_of[once]
    own = [glyphs[index] for index in once.tolist()]
    _give_back(own, tables, cells, grids)
    _take_in(own, tables, cells)
    table_of[once], cell_of[once] = tables, cells
    table_of[:], cell_of[:] = table_of[first], cell_of[first]


def _first_prints(glyphs: Sequence[Glyph]) -> NDArray[np.int64]:
    """For each glyph its own index, or that of the glyph it prints again a hair aside (bold)."""
    first = np.arange(len(glyphs))
    for index in range(1, len(glyphs)):
        before, glyph = glyphs[index - 1], glyphs[index]
        if glyph.text == before.text and _is_over(before, glyph):
            first[index] = first[index - 1]
    return first


def _is_over(one: Glyph, other: Glyph) -> bool:
    return max(abs(other.x - one.x), abs(other.y - one.y)) < _WORD_GAP * one.em


def _give_back(
    glyphs: Sequence[Glyph],
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> None:
    for index in _parted(glyphs, table_of, cell_of):
        if cell_of[index] != cell_of[index + 1]:
            _settle_figure(glyphs, index, table_of, cell_of, grids)
    for index in _parted(glyphs, table_of, cell_of):
        _settle_unit(glyphs, index, cell_of)
    runs = np.array([glyph.run for glyph in glyphs])
    never_first = np.array([glyph.text in _NEVER_FIRST for glyph in glyphs])
    same_run = (runs[1:] == runs[:-1]) | never_first[1:]
    for index in _parted(glyphs, table_of, cell_of):
        first, second, grid = glyphs[index], glyphs[index + 1], grids[table_of[index]]
        left, right = int(cell_of[index]), int(cell_of[index + 1])
        if left == right or not same_run[index]:
            continue
        ends = index + 2 >= len(glyphs) or runs[index + 2] != runs[index + 1]
        begins = index == 0 or runs[index - 1] != runs[index]
        is_one = runs[index] == runs[index + 1] or _is_set_glyph_by_glyph([first, second])
        if ends and ((is_one and second.text in _NEVER_FIRST) or _reaches(second, grid, left)):
            cell_of[index + 1] = left
        elif begins and (first.text in _NEVER_LAST or _reaches(first, grid, right)):
            cell_of[index] = right


def _parted(
    glyphs: Sequence[Glyph], table_of: NDArray[np.int64], cell_of: NDArray[np.int64]
) -> list[int]:
    """Where neighbours in one line of text stand in two cells of a table."""
    parted = (table_of[1:] == table_of[:-1]) & (cell_of[1:] != cell_of[:-1]) & (table_of[1:] >= 0)
    return [
        index
        for index in np.flatnonzero(parted).tolist()
        if _adjoin(glyphs[index], glyphs[index + 1])
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
            and (glyphs[at].run == glyphs[at - 1].run or glyphs[at].text in _NEVER_FIRST)
            and _adjoin(glyphs[at - 1], glyphs[at])
        ):
            table_of[at], cell_of[at] = table_of[index], cell_of[index]
            at += 1


def _settle_figure(
    glyphs: Sequence[Glyph],
    index: int,
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> None:
    """Give the figure around ``index`` to one cell, if it is one figure.

    It is one if a ruling runs through one of its glyphs, or one show operation printed it: figures
    of two cells may touch at the ruling, but neither stands on it. What is no figure may be two
    that touch; then the one of a single operation is looked at by itself.
    """
    first, last = index, index
    while (
        first > 0
        and _plain_sign(glyphs[first]) not in _SIGNS
        and _goes_with(glyphs[first - 1], glyphs[first])
    ):
        first -= 1
    while (
        last + 1 < len(glyphs)
        and _plain_sign(glyphs[last + 1]) not in _SIGNS
        and _goes_with(glyphs[last], glyphs[last + 1])
    ):
        last += 1
    if _settle(range(first, last + 1), glyphs, table_of, cell_of, grids):
        return
    run = glyphs[index].run
    own = [at for at in range(first, last + 1) if glyphs[at].run == run]
    if len(own) > 2 and index + 1 in own:  # noqa: PLR2004 - as above
        _settle(range(own[0], own[-1] + 1), glyphs, table_of, cell_of, grids)


def _settle(
    span: range,
    glyphs: Sequence[Glyph],
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> bool:
    """Give a figure at ``span`` to the cell that most of it stands in; whether it is one figure."""
    own = slice(span.start, span.stop)
    table = table_of[span.start]
    if len(span) == 1 or (table_of[own] != table).any():
        return False
    figure = "".join(_plain_sign(glyph) for glyph in glyphs[own])
    cells, counts = np.unique(cell_of[own], return_counts=True)
    most = int(counts.argmax())
    outside = len(figure) - int(counts[most])
    on_ruling = any(
        _reaches(glyph, grids[table], int(cell))
        for glyph, home in zip(glyphs[own], cell_of[own].tolist(), strict=True)
        for cell in cells
        if cell != home
    )
    runs = len({glyph.run for glyph in glyphs[own]})
    is_in_one = runs == 1 or (on_ruling and _is_set_glyph_by_glyph(glyphs[own]))
    if not on_ruling and not is_in_one:
        return False
    clear = bool(_GROUPED.fullmatch(figure)) or (
        bool(_PLAIN.fullmatch(figure)) and (is_in_one or outside == 1) and len(figure) > 2  # noqa: PLR2004
    )
    if cells[most] < 0 or not clear or 2 * outside >= len(figure):
        return False
    cell_of[own] = cells[most]
    return True


def _is_set_glyph_by_glyph(glyphs: Sequence[Glyph]) -> bool:
    """Whether each glyph has an operation of its own, and nothing stands between any two.

    Browsers print so. Texts of two cells may meet to a hair, too, but then at the ruling.
    """
    return len({glyph.run for glyph in glyphs}) == len(glyphs) and all(
        abs(_gap(*pair)) < _NO_GAP * pair[0].em for pair in pairwise(glyphs)
    )


def _settle_unit(glyphs: Sequence[Glyph], index: int, cell_of: NDArray[np.int64]) -> None:
    """Give the unit that goes on from a figure across the ruling to the figure's cell.

    Figure and unit are one word, and without its unit, a figure is another figure. Letters that
    adjoin a digit are its unit (ha), whatever prints them; other units are if one operation prints
    both and nothing more. Letters that begin a longer word (R元年度) are the next cell's.
    """
    first, last, run = index, index + 1, glyphs[index].run
    while first > 0 and (
        glyphs[first - 1].run == run or _plain_sign(glyphs[first - 1]) in _FIGURE_SIGNS
    ):
        if not _adjoin(glyphs[first - 1], glyphs[first]):
            break
        first -= 1
    while (
        last + 1 < len(glyphs)
        and (glyphs[last + 1].run == run or _is_letter(glyphs[last + 1]))
        and _adjoin(glyphs[last], glyphs[last + 1])
    ):
        last += 1
    word = "".join(_plain_sign(glyph) for glyph in glyphs[first : last + 1])
    home = int(cell_of[index])
    own = [at for at in range(first, last + 1) if cell_of[at] == home]
    is_one = all(_is_letter(glyph) or glyph.run == run for glyph in glyphs[index + 1 : last + 1])
    goes_on = last + 1 < len(glyphs) and _adjoin(glyphs[last], glyphs[last + 1])
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
    sign = _plain_sign(glyph)
    return sign.isascii() and sign.isalpha()


def _goes_with(first: Glyph, second: Glyph) -> bool:
    """Whether two glyphs are parts of one figure."""
    return (
        _plain_sign(first) in _FIGURE_SIGNS
        and _plain_sign(second) in _FIGURE_SIGNS
        and _adjoin(first, second)
    )


def _plain_sign(glyph: Glyph) -> str:
    return unicodedata.normalize("NFKC", glyph.text) if glyph.is_mapped else ""


def _adjoin(first: Glyph, second: Glyph) -> bool:
    """Whether the second follows the first without a gap, on one line."""
    em = max(first.em, second.em)
    across = (second.y - first.y) * first.ux - (second.x - first.x) * first.uy
    return abs(across) < _WORD_GAP * em and abs(_gap(first, second)) < _WORD_GAP * em


def _gap(first: Glyph, second: Glyph) -> float:
    """The blank between two glyphs, along the line of the first."""
    along = (second.x - first.x) * first.ux + (second.y - first.y) * first.uy
    return along - first.width


def _reaches(glyph: Glyph, grid: Grid, cell: int) -> bool:
    """Whether a glyph that stands in another cell reaches into this one."""
    if cell < 0:
        return False
    shared = glyph.box.cut(grid.cells[cell].box)
    return shared.x1 - shared.x0 > _REACH and shared.y1 - shared.y0 > _REACH
