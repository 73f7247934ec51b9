"""Lines that run on below a cell whose text is too long for it.

In: the glyphs of a page, the table and cell that each one stands in, the grids. Out: the same
assignment, with lines below a cell given to it where they go on with its text: from its left end,
at the distance and in the size of its last lines. It is certain where they stand in no cell and the
line before has no room for more. Where it has room, or where the line lies across a ruling or over
other text of the cells below, all of these cells are doubtful; so is an open cell under which a
note stands so, which may be of its text. A text of one line shows no distance: one that follows in
no cell is its where it had no room, doubtful below a table's first column. Refuses nothing: a line
wholly in one cell, over no other text, is that cell's, and one in none below a table's first
column, with room in the line before it, is a caption or a note.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.captions import is_caption
from pipelines.extract.line_ends import line_ends, margin
from pipelines.extract.lines import read_lines
from pipelines.extract.placed import Placed
from pipelines.extract.run_on import PITCH, begins_a_note, lines_of
from pipelines.extract.words import ALIKE, OVER, SPACE, WORD_GAP, gap
from pipelines.schemas import WRAPPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.glyphs import Glyphs
    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Box
    from pipelines.extract.placed import Place

# How near lines of one text may stand, in ems, and how far the first of a paragraph is set in.
_NEAREST, _SET_IN = 0.8, 1.1
# How much of two glyphs lies over each other, in ems, where one is printed over the other; how far
# a glyph on a ruling reaches over it.
_SHARED, _REACH = 0.25, 0.1
_NOWHERE = (-1, -1)


def take_in_spilt(
    glyphs: Glyphs,
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> set[Place]:
    """Reassign, in place, the lines below closed cells; which cells, of all, are doubtful."""
    if not glyphs or not grids:
        return set()
    columns = glyphs.is_text, glyphs.x, glyphs.height, glyphs.em
    page = _Page(glyphs, table_of, cell_of, grids, *columns)
    doubtful: set[Place] = set()
    for own in page.texts():
        doubtful |= page.take_in(own)
    return doubtful - {_NOWHERE}


@dataclass(frozen=True, slots=True)
class _Page(Placed):
    """Where the glyphs of a page stand (changed here), with their places and sizes in columns."""

    is_text: NDArray[np.bool_]
    xs: NDArray[np.float64]
    ys: NDArray[np.float64]
    ems: NDArray[np.float64]

    def texts(self) -> Iterator[NDArray[np.int64]]:
        """The glyphs of each cell with something under its left end, at a line's distance."""
        held = np.flatnonzero((self.table_of >= 0) & self.is_text)
        if not len(held):
            return
        held = held[np.lexsort((self.ys[held], self.cell_of[held], self.table_of[held]))]
        tables, cells = self.table_of[held], self.cell_of[held]
        begins = np.flatnonzero((np.diff(tables) != 0) | (np.diff(cells) != 0)) + 1
        begins = np.concatenate(([0], begins))
        ends = np.append(begins[1:], len(held))
        lefts = np.minimum.reduceat(self.xs[held], begins)
        lowest = held[ends - 1]
        ems = self.ems[lowest]
        down = np.flatnonzero(self.is_text)[np.argsort(self.ys[self.is_text])]
        first = np.searchsorted(self.ys[down], self.ys[lowest] + (_NEAREST - ALIKE) * ems)
        last = np.searchsorted(self.ys[down], self.ys[lowest] + (PITCH + ALIKE) * ems)
        for at in np.flatnonzero(first < last).tolist():
            if (np.abs(self.xs[down[first[at] : last[at]]] - lefts[at]) <= ALIKE * ems[at]).any():
                yield held[begins[at] : ends[at]]

    def take_in(self, own: NDArray[np.int64]) -> set[Place]:
        """Give a cell the lines that go on with its text; which cells may be theirs instead."""
        lines = lines_of(self.glyphs, own)
        home, left = self._place(lines[0][0]), float(self.xs[own].min())
        cell = self.grids[home[0]].cells[home[1]]
        last, em = lines[-1], float(self.ems[lines[-1][0]])
        if self.xs[last[0]] - left > _SET_IN * em:
            return set()
        is_single = len(lines) == 1
        above = self.ys[last[0]] if is_single else self.ys[lines[-2][0]]
        below = self._next_height(left, float(above), em) if is_single else self.ys[last[0]]
        distance = float(below - above)
        doubtful: set[Place] = set()
        while _NEAREST * em <= distance <= PITCH * em:
            line = self._line(left, float(self.ys[last[0]]) + distance, em, cell.box)
            if not line or is_caption(self.glyphs, line):
                break
            is_its, others = self._whose(own, last, line, is_single=is_single)
            doubtful |= others
            if not is_its:
                break
            self.table_of[line], self.cell_of[line] = home
            last = line
        return doubtful

    def _whose(
        self, own: NDArray[np.int64], last: Sequence[int], line: Sequence[int], *, is_single: bool
    ) -> tuple[bool, set[Place]]:
        """Whether a line goes on with a cell's text (``own``, ``last``), and what is doubtful then.

        ``is_single``: that text has but one line.
        """
        home = self._place(int(own[0]))
        cell = self.grids[home[0]].cells[home[1]]
        places = {self._place(at) for at in line}
        is_free, is_note = places == {_NOWHERE}, begins_a_note(self.glyphs, line)
        is_alone = not is_note and self._is_full(own, last, line, cell.box)
        if home in places:
            return False, set()
        if cell.is_open_below:
            return False, {home} if is_note and cell.column and is_free else set()
        if is_single:
            is_its = is_free and is_alone
            return is_its, {home} if is_its and not cell.column else set()
        if not is_free:
            is_over = len(places) > 1 or self._is_printed_over(line)
            return is_over, {home, *places} if is_over else set()
        is_its = is_alone or cell.column > 0
        return is_its, {home} if is_its and not is_alone else set()

    def _next_height(self, left: float, above: float, em: float) -> float:
        """How high the next line below a place stands, that begins at its left end."""
        begins = self.ys[self._begins_at(left, em) & (self.ys > above + ALIKE * em)]
        return float(begins.min(initial=np.inf))

    def _line(self, left: float, height: float, em: float, box: Box) -> list[int]:
        """The line of a text that begins at a place below its cell; empty if none does."""
        is_near = np.abs(self.ys - height) <= ALIKE * em
        row = np.flatnonzero(is_near)
        row = row[np.argsort(self.xs[row], kind="stable")]
        begins = np.flatnonzero(self._begins_at(left, em)[row])
        if not len(begins):
            return []
        start = int(begins[0])
        line = [int(row[start])]
        if start and gap(self.glyphs[row[start - 1]], self.glyphs[line[0]]) <= SPACE * em:
            return []
        for at in row[start + 1 :].tolist():
            if not self._goes_on(line[-1], at):
                break
            line.append(at)
        right = max(self.glyphs[at].box.x1 for at in line if self.is_text[at])
        is_below = height > box.y1 and right <= box.x1 + OVER * em
        return line if is_below else []

    def _begins_at(self, left: float, em: float) -> NDArray[np.bool_]:
        """Which glyphs could begin a line of a text, by their left ends and sizes."""
        near = ALIKE * em
        found: NDArray[np.bool_] = (
            self.is_text & (np.abs(self.xs - left) <= near) & (np.abs(self.ems - em) <= near)
        )
        return found

    def _goes_on(self, before: int, at: int) -> bool:
        """Whether a glyph goes on with the line before it, in its cell or across a ruling."""
        first, second = self.glyphs[before], self.glyphs[at]
        blank = gap(first, second)
        if self._place(before) == self._place(at):
            return blank <= SPACE * first.em
        return blank <= WORD_GAP * first.em and (
            first.run == second.run or self._is_on_a_side(before) or self._is_on_a_side(at)
        )

    def _is_on_a_side(self, at: int) -> bool:
        """Whether a glyph stands on a ruling at the side of the cell that it is in."""
        table, cell = self._place(at)
        if cell < 0:
            return False
        glyph, box = self.glyphs[at].box, self.grids[table].cells[cell].box
        reach = _REACH * self.glyphs[at].em
        return glyph.x0 < box.x0 - reach or glyph.x1 > box.x1 + reach

    def _is_printed_over(self, line: Sequence[int]) -> bool:
        """Whether a line lies over other text of the one cell that it stands in."""
        table, cell = self._place(line[0])
        inside = self.is_text & (self.table_of == table) & (self.cell_of == cell)
        near = inside & (np.abs(self.ys - self.ys[line[0]]) < self.ems[line[0]])
        near[line] = False
        others = [self.glyphs[at].box for at in np.flatnonzero(near).tolist()]
        return any(
            min(shared.x1 - shared.x0, shared.y1 - shared.y0) > _SHARED * self.glyphs[at].em
            for at in line
            for shared in (self.glyphs[at].box.cut(other) for other in others)
        )

    def _is_full(
        self, own: NDArray[np.int64], last: Sequence[int], line: Sequence[int], box: Box
    ) -> bool:
        """Whether what begins ``line`` had no room in the line before it."""
        text, upper, lower = (
            read_lines(self.glyphs[at] for at in members) for members in (own.tolist(), last, line)
        )
        return line_ends([*upper, *lower], box, margin([(box, [*text, *lower])])) == WRAPPED
