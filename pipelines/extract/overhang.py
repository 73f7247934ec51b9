"""Lines of a text that is too long for its cell: on the ruling above or below it, or beyond.

In: the glyphs of a page, the table and cell that each one stands in, the grids. Out: the same
assignment, with a line that a ruling runs through given to the cell whose text it goes on with:
that cell's lines have its distance, and the other cell's next line is further off, or begins
elsewhere while the line is centred as those are. So prints a row that is too low for its text.
Lines wholly in the cell below are given back where they go on with the text above at its distance
and from its left end, which is nowhere near that cell's own. Refuses nothing: where the distances
do not say it, a line stays in the cell that its middle lies in.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.run_on import lines_of
from pipelines.extract.words import ALIKE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipelines.extract.glyphs import Glyphs
    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Box, Glyph

# How far a line must reach over the ruling, in ems.
_REACH = 0.15
# How much further off the other cell's next line must be than the next of its own text.
_FURTHER = 1.5
# Lines that tell what distance a text's lines have.
_TELLING = 2
# Blank that no cell keeps free before, behind or between its texts, in ems.
_FAR = 3.0


def give_back_lines(
    glyphs: Glyphs,
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> None:
    """Reassign, in place, the lines that stand on a ruling across the page."""
    heights, halves = glyphs.height, (0.5 - _REACH) * glyphs.em
    for table, grid in enumerate(grids):
        own = np.flatnonzero((table_of == table) & (cell_of >= 0))
        edges = np.array([(cell.box.y0, cell.box.y1) for cell in grid.cells])
        text = _Text(glyphs, own, cell_of, grid)
        over = {
            -1: heights[own] - halves[own] < edges[cell_of[own], 0],
            1: heights[own] + halves[own] > edges[cell_of[own], 1],
        }
        for way, reaches in over.items():
            for cell in np.unique(cell_of[own[reaches]]).tolist():
                line, home = text.line_of_another(cell, way)
                cell_of[line] = home
        for cell in np.unique(cell_of[own]).tolist():
            lines, home = text.lines_from_above(cell)
            cell_of[lines] = home


@dataclass(frozen=True, slots=True)
class _Text:
    """The glyphs of one table: which of all they are, and the cell that each one stands in."""

    glyphs: Sequence[Glyph]
    own: NDArray[np.int64]
    cell_of: NDArray[np.int64]
    grid: Grid

    def line_of_another(self, cell: int, way: int) -> tuple[list[int], int]:
        """The first line (``way`` -1) or the last (1) of a cell, and whose it is; none if its."""
        lines = self._lines(cell)[::-way]
        if len(lines) < _TELLING:
            return [], cell
        line, following = lines[0], lines[1]
        beyond = self._beyond(line, cell, way)
        others = [] if beyond is None else self._lines(beyond)[::way]
        if beyond is None or len(others) < _TELLING:
            return [], cell
        em = self.glyphs[line[0]].em
        distance = self._distance(others[0], others[1])
        is_evenly_set = abs(distance - self._distance(line, others[0])) <= ALIKE * em
        is_apart = self._distance(line, following) > _FURTHER * distance
        if is_evenly_set and (is_apart or self._is_set_as(others, line, lines[1:])):
            return line, beyond
        return [], cell

    def _is_set_as(
        self, others: Sequence[list[int]], line: list[int], own: Sequence[list[int]]
    ) -> bool:
        """Whether a line is centred as ``others`` are, and set otherwise than ``own``."""
        near = ALIKE * self.glyphs[line[0]].em
        left, middle = self._ends(line)
        return all(abs(self._ends(other)[1] - middle) <= near for other in others) and all(
            abs(self._ends(other)[0] - left) > near and abs(self._ends(other)[1] - middle) > near
            for other in own
        )

    def _ends(self, line: Sequence[int]) -> tuple[float, float]:
        """The left end of a line, and its middle."""
        left, right = self.glyphs[line[0]].box.x0, self.glyphs[line[-1]].box.x1
        return left, (left + right) / 2

    def lines_from_above(self, cell: int) -> tuple[list[int], int]:
        """What a cell holds of a text above that is too long for its own; none if nothing."""
        own, box = self.grid.cells[cell], self.grid.cells[cell].box
        columns = slice(own.column, own.column + own.column_span)
        above = self.grid.owner[own.row - 1, columns].tolist() if own.row else []
        for home in sorted(set(above)):
            left, right = self.grid.cells[home].box.x0, self.grid.cells[home].box.x1
            if home < 0 or left <= box.x0 + 1.0:
                continue
            upper = self._lines(home)
            if len(upper) < _TELLING:
                continue
            lines = self._lines(cell)
            under = [
                [at for at in line if left < self.glyphs[at].centre[0] < right] for line in lines
            ]
            rest = [
                at for line, part in zip(lines, under, strict=True) for at in line if at not in part
            ]
            under = [line for line in under if line]
            if under and self._go_on(upper, under, rest, box):
                return [at for line in under for at in line], home
        return [], cell

    def _go_on(
        self,
        upper: Sequence[Sequence[int]],
        lower: Sequence[Sequence[int]],
        rest: Sequence[int],
        box: Box,
    ) -> bool:
        """Whether lines in the cell ``box`` go on with those of the cell above, and are not its.

        ``rest``: what else it holds.
        """
        glyphs = [self.glyphs[at] for line in lower for at in line]
        if not all(glyph.is_upright for glyph in glyphs):
            return False
        em = glyphs[0].em
        left, right = min(g.box.x0 for g in glyphs), max(g.box.x1 for g in glyphs)
        is_own = min(left - box.x0, box.x1 - right, abs(left - box.x0 - box.x1 + right) / 2) < (
            _FAR * em
        )
        if is_own:
            return False
        is_mixed = any(
            self.glyphs[at].box.x1 > left - _FAR * em and self.glyphs[at].box.x0 < right + _FAR * em
            for at in rest
        )
        lines = [*upper[-_TELLING:], *lower]
        begins = [self.glyphs[line[0]].box.x0 for line in lines[1:]]
        if is_mixed or max(begins) - min(begins) > ALIKE * em:
            return False
        distances = [self._distance(*pair) for pair in pairwise(lines)]
        return max(distances) - min(distances) <= ALIKE * em

    def _beyond(self, line: Sequence[int], cell: int, way: int) -> int | None:
        """The one cell on the other side of the ruling that a line runs along."""
        home = self.grid.cells[cell]
        row = home.row - 1 if way < 0 else home.row + home.row_span
        edge = home.box.y0 if way < 0 else home.box.y1
        places = [(self.glyphs[at].centre, (0.5 - _REACH) * self.glyphs[at].em) for at in line]
        if not 0 <= row < self.grid.owner.shape[0] or any(
            abs(y - edge) > reach for (_, y), reach in places
        ):
            return None
        columns = slice(home.column, home.column + home.column_span)
        above = [
            other
            for other in np.unique(self.grid.owner[row, columns]).tolist()
            if other >= 0
            and all(self.grid.cells[other].box.holds(x, edge, 1.0) for (x, _), _ in places)
        ]
        return above[0] if len(above) == 1 else None

    def _lines(self, cell: int) -> list[list[int]]:
        return lines_of(self.glyphs, self.own[self.cell_of[self.own] == cell])

    def _distance(self, one: Sequence[int], other: Sequence[int]) -> float:
        first, second = (median(self.glyphs[at].centre[1] for at in line) for line in (one, other))
        return abs(second - first)
