"""Where each glyph of a page stands, and where the text that it is of may be set.

In: the glyphs of a page, the table and cell that each one's centre lies in, the grids. Out: which
glyphs make one figure, word or text across rulings, and the cells that a text is set in: it keeps
to one of a cell's edges, is centred in it, or begins or ends as others of its column do. Refuses
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.words import (
    ALIKE,
    NO_GAP,
    OVER,
    SAYS_ALL,
    SPACE,
    WORD_GAP,
    adjoin,
    are_on_one_line,
    gap,
    is_print_of,
    is_set_glyph_by_glyph,
    plain_sign,
    reaches,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.glyphs import Glyphs
    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Box

    #: A table and a cell of it; of what stands in none, -1.
    Place = tuple[int, int]

#: What may stand before the digits of a figure; and all that one is made of.
SIGNS = frozenset("△▲-")
FIGURE_SIGNS = SIGNS.union("0123456789,.%")
#: How far, in ems, a text is set from the edge of its cell.
PADDING = 1.0
# How far from the middle of its cell a text may stand that is centred, in ems.
_OFF_CENTRE = 0.5
# How much of the height of a glyph another that is printed over it shares, in ems.
_SHARED = 0.25
# How far, in points, the edges of the cells of one column may be apart.
_COLUMN = 1.0


@dataclass(frozen=True, slots=True)
class Placed:
    """The glyphs of a page, and the table and the cell of it that each one stands in."""

    glyphs: Glyphs
    table_of: NDArray[np.int64]
    cell_of: NDArray[np.int64]
    grids: Sequence[Grid]

    def _place(self, at: int) -> Place:
        return int(self.table_of[at]), int(self.cell_of[at])

    def _is_parted(self, index: int) -> bool:
        return self._place(index) != self._place(index + 1)

    def _begins_alike(self, at: int) -> bool:
        """Whether other lines of a glyph's cell, or else of its column, begin where it stands.

        What another ruling parts as well is no line of its own; no text of a cell begins left of
        it.
        """
        glyph, place = self.glyphs[at], self._place(at)
        if glyph.x < self._box(place).x0 - ALIKE * glyph.em:
            return False
        own = np.flatnonzero((self.table_of == place[0]) & (self.cell_of == place[1]))
        begins = [
            other.x
            for each in own.tolist()
            if not (other := self.glyphs[each]).is_space
            and not are_on_one_line(glyph, other)
            and self._is_at_an_end(each, 0)
        ]
        if not begins:
            return self._is_set_alike(place, glyph.box.x0, 0)
        return any(abs(begin - glyph.x) <= ALIKE * glyph.em for begin in begins)

    def _is_all_of_its_text(self, at: int, step: int) -> bool:
        """Whether a dash, or numbers in circles, are all that their cell has on this line.

        They say something by themselves: no figure, the first indicator.
        """
        place = self._place(at)
        while plain_sign(self.glyphs[at]) in SAYS_ALL:
            beyond = at + step
            if not 0 <= beyond < len(self.glyphs) or self._place(beyond) != place:
                return True
            if not self._are_of_one_word(min(at, beyond), max(at, beyond)):
                return True
            at = beyond
        return False

    def _setting(self, text: range) -> Place | None:
        """The one cell that a text is set in; none if there are several, or other print is near."""
        set_in = self._set_in(text)
        firm = {place for place, is_firm in set_in if is_firm}
        found = firm or {place for place, _ in set_in}
        if len(found) != 1:
            return None
        (home,) = found
        return home if firm or not self._is_crowded(text, home) else None

    def _set_in(self, text: range, *, whole: bool = False) -> list[tuple[Place, bool]]:
        """The cells in which a text may be set, and whether that is firm: to a hair, or as others.

        Others of the same column tell by beginning or ending alike.
        """
        places = list(dict.fromkeys(map(self._place, text)))
        left, right = self._span(text)
        em = self.glyphs[text[0]].em
        found: list[tuple[Place, bool]] = []
        for place in places:
            if place[0] < 0:
                continue
            box = self._box(place)
            middle = (left + right - box.x0 - box.x1) / 2
            if place == places[0] and -OVER * em <= left - box.x0 <= PADDING * em:
                found.append((place, self._is_set_alike(place, left, 0, whole=whole)))
            if place == places[-1] and -OVER * em <= box.x1 - right <= PADDING * em:
                found.append((place, self._is_set_alike(place, right, 1, whole=whole)))
            if self._is_wider(text, place) and abs(middle) <= _OFF_CENTRE * em:
                found.append((place, abs(middle) <= ALIKE * em))
        return found

    def _is_wider(self, text: range, place: Place) -> bool:
        """Whether a text stands out over both sides of a cell."""
        left, right = self._span(text)
        return left < self._box(place).x0 and self._box(place).x1 < right

    def _is_firm(self, text: range) -> bool:
        """Whether a text is set in a cell as others of its column are, or in its middle."""
        left, right = self._span(text)
        place, near = self._place(text[0]), ALIKE * self.glyphs[text[0]].em
        if place[0] >= 0 and place == self._place(text[-1]):
            box = self._box(place)
            if abs(left + right - box.x0 - box.x1) / 2 <= near:
                return True
        return any(is_firm for _, is_firm in self._set_in(text, whole=True))

    def _lies_over_others(self, text: range) -> bool:
        """Whether a text is printed over other print of the cells that it stands in.

        Its own print again, a hair aside, is none (bold).
        """
        own = [self.glyphs[at] for at in text]
        boxes = [glyph.box for glyph in own]
        em = own[0].em
        for table, cell in {self._place(at) for at in text}:
            held = np.flatnonzero((self.table_of == table) & (self.cell_of == cell))
            for at in held.tolist() if table >= 0 else ():
                other = self.glyphs[at]
                if (
                    at in text
                    or other.is_space
                    or abs(other.centre[1] - own[0].centre[1]) >= em
                    or any(is_print_of(other, glyph) for glyph in own)
                ):
                    continue
                if any(
                    shared.x1 - shared.x0 > ALIKE * em and shared.y1 - shared.y0 > _SHARED * em
                    for shared in map(other.box.cut, boxes)
                ):
                    return True
        return False

    def _is_set_alike(self, place: Place, edge: float, side: int, *, whole: bool = False) -> bool:
        """Whether the text of another cell of the column begins (side 0) or ends (1) at an edge.

        ``whole``: what a ruling parts from a neighbour's text does not tell.
        """
        table, cell = place
        column = self._box(place)
        for other, each in enumerate(self.grids[table].cells):
            apart = each.box.x0 - column.x0, each.box.x1 - column.x1
            if other == cell or max(map(abs, apart)) > _COLUMN:
                continue
            own = np.flatnonzero((self.table_of == table) & (self.cell_of == other))
            boxes = [
                glyph.box
                for at in own.tolist()
                if not (glyph := self.glyphs[at]).is_space
                and not (whole and not self._is_at_an_end(at, side))
            ]
            if boxes:
                at = max(box.x1 for box in boxes) if side else min(box.x0 for box in boxes)
                if abs(at - edge) <= ALIKE * (boxes[0].y1 - boxes[0].y0):
                    return True
        return False

    def _is_at_an_end(self, at: int, side: int) -> bool:
        """Whether a glyph begins (side 0) or ends (1) a word: it is no rest of a neighbour's."""
        beyond = at + 1 if side else at - 1
        return not 0 <= beyond < len(self.glyphs) or not self._are_of_one_word(
            min(at, beyond), max(at, beyond)
        )

    def _is_crowded(self, text: range, home: Place) -> bool:
        """Whether other print stands close before a text, in a cell that is not its own."""
        first = self.glyphs[text[0]]
        return any(
            place != home
            and place[0] >= 0
            and not glyph.is_space
            and are_on_one_line(glyph, first)
            and -first.em < first.box.x0 - glyph.box.x1 < SPACE * first.em
            for at in np.flatnonzero(self.table_of == home[0]).tolist()
            if at not in text
            for glyph, place in [(self.glyphs[at], self._place(at))]
        )

    def _stretch(
        self,
        span: range,
        goes_on: Callable[[int, int], bool],
        until: frozenset[str] = frozenset(),
    ) -> range:
        """A span with what goes on from it on both sides; a sign of ``until`` begins a figure."""
        first, last = span[0], span[-1]
        glyphs = self.glyphs
        while first > 0 and plain_sign(glyphs[first]) not in until and goes_on(first - 1, first):
            first -= 1
        while (
            last + 1 < len(glyphs)
            and plain_sign(glyphs[last + 1]) not in until
            and goes_on(last, last + 1)
        ):
            last += 1
        return range(first, last + 1)

    def _is_on_a_ruling(self, span: range) -> bool:
        """Whether a glyph reaches out of its own cell, into another that these stand in."""
        cells = {self._place(at) for at in span}
        return any(
            reaches(self.glyphs[at], self.grids[table], cell)
            for at in span
            for table, cell in cells
            if table >= 0 and (table, cell) != self._place(at)
        )

    def _signs(self, span: range) -> str:
        return "".join(plain_sign(self.glyphs[at]) for at in span)

    def _span(self, text: range) -> tuple[float, float]:
        boxes = [glyph.box for at in text if not (glyph := self.glyphs[at]).is_space]
        return boxes[0].x0, boxes[-1].x1

    def _box(self, place: Place) -> Box:
        return self.grids[place[0]].cells[place[1]].box

    def _are_of_one_figure(self, one: int, other: int) -> bool:
        """Whether two glyphs are signs of one figure, side by side."""
        first, second = self.glyphs[one], self.glyphs[other]
        return (
            adjoin(first, second)
            and plain_sign(first) in FIGURE_SIGNS
            and plain_sign(second) in FIGURE_SIGNS
        )

    def _are_of_one_word(self, one: int, other: int) -> bool:
        """Whether two glyphs are parts of one text with nothing between them."""
        first, second = self.glyphs[one], self.glyphs[other]
        return (
            not (first.is_space or second.is_space)
            and adjoin(first, second)
            and self._are_of_one_text(one, other)
        )

    def _are_set_close(self, one: int, other: int) -> bool:
        """Whether two glyphs stand side by side to a hair, each by its own operation."""
        first, second = self.glyphs[one], self.glyphs[other]
        return are_on_one_line(first, second) and is_set_glyph_by_glyph((first, second))

    def _are_of_one_text(self, one: int, other: int) -> bool:
        """Whether two glyphs are parts of one text: no further apart than words set at once.

        Figures of two cells by two operations are two.
        """
        first, second = self.glyphs[one], self.glyphs[other]
        if not are_on_one_line(first, second) or (first.is_space and second.is_space):
            return False
        blank = gap(first, second)
        if first.run == second.run:
            return -WORD_GAP * first.em < blank <= SPACE * first.em
        if self._are_of_one_figure(one, other):
            return self._place(one) == self._place(other)
        return abs(blank) < NO_GAP * first.em
