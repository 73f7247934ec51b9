"""A figure printed across a ruling goes whole to one cell: half a figure is another figure.

In: the glyphs of a page, the table and cell that each one's centre lies in, the grids. Out: the
same assignment, with each figure or word that stands across a ruling given to the cell that it is
set in, and the cells for which that cannot be said of a figure. A text wider than its cell keeps to
one of the cell's edges and runs over the other, or stands out as far on both sides. Refuses
nothing: where more than one cell comes into question, or none, the figure stays whole where most of
it stands, and every cell that it touches is doubtful.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.words import (
    GROUPED,
    NO_GAP,
    PLAIN,
    SAYS_ALL,
    WORD_GAP,
    adjoin,
    are_on_one_line,
    gap,
    is_figure,
    is_set_glyph_by_glyph,
    plain_sign,
    reaches,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Box, Glyph

    #: A table and a cell of it; of what stands in none, -1.
    Place = tuple[int, int]

_SIGNS = frozenset("△▲-")
FIGURE_SIGNS = _SIGNS.union("0123456789,.%")
# Digits of a figure that tell where it stands though one of them stands elsewhere.
_TELLING = 3
# How far apart, in ems, the words of one text stand; how much longer than its figure a word is
# that has a unit, brackets or 約, too.
_SPACE, _LONGER = 1.1, 4
# How far, in ems, a text is set from the edge of its cell, and how far it may stand over it; how
# far from the cell's middle, if it is centred; how nearly the texts of a column end alike.
_PADDING, _OVER, _OFF_CENTRE, _ALIKE = 1.0, 0.5, 0.5, 0.1
# How far, in points, the edges of the cells of one column may be apart.
_COLUMN = 1.0


@dataclass(frozen=True, slots=True)
class Straddling:
    """The glyphs of a page, and where each one stands: ``table_of`` and ``cell_of`` are changed."""

    glyphs: Sequence[Glyph]
    table_of: NDArray[np.int64]
    cell_of: NDArray[np.int64]
    grids: Sequence[Grid]

    def settle_figures(self) -> set[Place]:
        """Give each figure that stands across a ruling to one cell; which cells are doubtful."""
        doubtful: set[Place] = set()
        parted = (self.table_of[1:] != self.table_of[:-1]) | (self.cell_of[1:] != self.cell_of[:-1])
        for index in np.flatnonzero(parted).tolist():
            if not (self._is_parted(index) and self._are_of_one_figure(index, index + 1)):
                continue
            if not self._is_lone_dash(index):
                doubtful |= self._settle_figure(index)
            elif self._is_on_a_ruling(range(index, index + 2)):
                doubtful |= {self._place(index), self._place(index + 1)}
        return {place for place in doubtful if place[0] >= 0}

    def settle_words(self) -> set[Place]:
        """The same for words: a figure with its unit and what else is said of it, a number.

        Words without a figure go to the cell that they are set in, if it is clear which.
        """
        doubtful: set[Place] = set()
        parted = (self.cell_of[1:] != self.cell_of[:-1]) & (self.table_of[1:] >= 0)
        parted &= self.table_of[1:] == self.table_of[:-1]
        for index in np.flatnonzero(parted).tolist():
            if self._is_parted(index) and self._is_within_a_word(index):
                doubtful |= self._settle_word(index)
        return doubtful

    def _place(self, at: int) -> Place:
        return int(self.table_of[at]), int(self.cell_of[at])

    def _is_parted(self, index: int) -> bool:
        return self._place(index) != self._place(index + 1)

    def _settle_figure(self, index: int) -> set[Place]:
        """Give the figure around a pair of signs to one cell; which others may be its."""
        figure, is_certain = self._figure(index)
        touched = {self._place(at) for at in figure or (index, index + 1)}
        if not figure:
            return set() if is_certain else touched
        home, is_clear = self._home(figure)
        self._give(figure, home)
        return set() if is_certain and is_clear else {*touched, home}

    def _is_within_a_word(self, index: int) -> bool:
        """Whether a ruling parts a word here: words of two cells may touch at it."""
        first, second = self.glyphs[index], self.glyphs[index + 1]
        if not self._are_of_one_word(index, index + 1):
            return False
        if self._is_all_of_its_text(index, -1) or self._is_all_of_its_text(index + 1, 1):
            return False
        if first.run == second.run:
            return True
        return self._is_on_a_ruling(range(index, index + 2)) and not self._begins_alike(index + 1)

    def _begins_alike(self, at: int) -> bool:
        """Whether other lines of a glyph's cell, or of its column, begin where it stands."""
        glyph, place = self.glyphs[at], self._place(at)
        own = np.flatnonzero((self.table_of == place[0]) & (self.cell_of == place[1]))
        return self._is_set_alike(place, glyph.box.x0, 0) or any(
            abs(other.box.x0 - glyph.box.x0) <= _ALIKE * glyph.em
            and not are_on_one_line(glyph, other)
            for other in (self.glyphs[each] for each in own.tolist())
            if not other.is_space
        )

    def _is_lone_dash(self, index: int) -> bool:
        """Whether a sign before a figure is printed by itself and is all that its cell has."""
        first, second = self.glyphs[index], self.glyphs[index + 1]
        return (
            plain_sign(first) == "-"
            and first.run != second.run
            and (
                index == 0
                or self._place(index - 1) != self._place(index)
                or not self._are_of_one_word(index - 1, index)
            )
        )

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

    def _settle_word(self, index: int) -> set[Place]:
        """Give the word around a pair of glyphs to one cell; which cells may have its figure."""
        word = self._stretch(range(index, index + 2), self._are_of_one_word)
        text = self._stretch(word, self._are_of_one_text)
        touched = {self._place(at) for at in word}
        if (-1, -1) in touched or not all(self.glyphs[at].is_upright for at in text):
            return set()
        if not any(sign.isdigit() for sign in self._signs(text)):
            setting = self._setting(text)
            if setting in touched:
                self._give(text, setting)
            return set()
        home, is_clear = self._home(word)
        others = {self._place(at) for at in text if not self.glyphs[at].is_space} - touched
        if others or not is_clear:
            return touched | others
        self._give(word, home)
        return set()

    def _give(self, span: range, home: Place) -> None:
        own = slice(span.start, span.stop)
        self.table_of[own], self.cell_of[own] = home

    def _figure(self, index: int) -> tuple[range, bool]:
        """The figure that holds a pair of signs, or none; and whether that is certain.

        One operation prints it, or each of its glyphs has its own, and a ruling runs through one
        of them, or all that they print is centred in one cell: figures of two cells may touch at
        the ruling, but neither stands on it. What is no figure may be two that touch; then the one
        of a single operation is looked at by itself.
        """
        first, second = self.glyphs[index], self.glyphs[index + 1]
        whole = self._stretch(range(index, index + 2), self._are_of_one_figure, until=_SIGNS)
        signs = self._signs(whole)
        is_one = len({self.glyphs[at].run for at in whole}) == 1
        is_over = self._is_on_a_ruling(whole)
        is_set_so = is_set_glyph_by_glyph([self.glyphs[at] for at in whole]) and (
            is_over or self._is_centred(whole)
        )
        if GROUPED.fullmatch(signs) and (is_one or is_over or is_set_so):
            return whole, True
        if PLAIN.fullmatch(signs) and (is_one or is_set_so):
            return whole, True
        may_be_one = is_over and bool(PLAIN.fullmatch(signs))
        if first.run != second.run:
            touches = self._is_on_a_ruling(range(index, index + 2))
            halves = signs[: index + 1 - whole[0]], signs[index + 1 - whole[0] :]
            if GROUPED.fullmatch(signs) and not all(map(is_figure, halves)):
                return whole, True
            return range(0), all(map(is_figure, halves)) and not (may_be_one and touches)
        own = [at for at in whole if self.glyphs[at].run == first.run]
        figure = range(own[0], own[-1] + 1)
        signs = self._signs(figure)
        if is_figure(signs):
            return figure, not may_be_one
        return range(0), False

    def _is_centred(self, figure: range) -> bool:
        """Whether a figure and what goes on from it, glyph by glyph, are centred in a cell."""
        text = self._stretch(figure, self._are_set_close)
        return any(is_firm for place, is_firm in self._set_in(text) if self._is_wider(text, place))

    def _home(self, figure: range) -> tuple[Place, bool]:
        """The place that a figure is set in, and whether that is clear; else where most stands."""
        counts = Counter(self._place(at) for at in figure)
        inside = {place: count for place, count in counts.items() if place[0] >= 0}
        most = max(inside, key=inside.__getitem__)
        if len(figure) - inside[most] == 1 and len(figure) >= _TELLING:
            return most, True
        text = self._stretch(figure, self._are_of_one_text)
        if len(inside) < len(counts):
            # It runs over the outer edge of its table.
            is_short = len(text) <= len(figure) + _LONGER
            return most, len(inside) == 1 and (is_short or self.table_of[text[0]] >= 0)
        if not all(self.glyphs[at].is_upright for at in text):
            return most, 2 * inside[most] > len(figure)
        if self._set_in(text):
            home = self._setting(text)
            return (most, False) if home is None or home not in counts else (home, True)
        span, box, em = self._span(text), self._box(most), self.glyphs[figure[0]].em
        is_near = max(box.x0 - span[0], span[1] - box.x1) <= _PADDING * em
        return most, is_near and 2 * inside[most] > len(figure)

    def _setting(self, text: range) -> Place | None:
        """The one cell that a text is set in; none if there are several, or other print is near."""
        set_in = self._set_in(text)
        firm = {place for place, is_firm in set_in if is_firm}
        found = firm or {place for place, _ in set_in}
        if len(found) != 1:
            return None
        (home,) = found
        return home if firm or not self._is_crowded(text, home) else None

    def _set_in(self, text: range) -> list[tuple[Place, bool]]:
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
            if place == places[0] and -_OVER * em <= left - box.x0 <= _PADDING * em:
                found.append((place, self._is_set_alike(place, left, 0)))
            if place == places[-1] and -_OVER * em <= box.x1 - right <= _PADDING * em:
                found.append((place, self._is_set_alike(place, right, 1)))
            if self._is_wider(text, place) and abs(middle) <= _OFF_CENTRE * em:
                found.append((place, abs(middle) <= _ALIKE * em))
        return found

    def _is_wider(self, text: range, place: Place) -> bool:
        """Whether a text stands out over both sides of a cell."""
        left, right = self._span(text)
        return left < self._box(place).x0 and self._box(place).x1 < right

    def _is_set_alike(self, place: Place, edge: float, side: int) -> bool:
        """Whether the text of another cell of the column begins (side 0) or ends (1) at an edge."""
        table, cell = place
        column = self._box(place)
        for other, each in enumerate(self.grids[table].cells):
            ends = each.box.x0 - column.x0, each.box.x1 - column.x1
            if other == cell or max(map(abs, ends)) > _COLUMN:
                continue
            own = np.flatnonzero((self.table_of == table) & (self.cell_of == other))
            boxes = [glyph.box for at in own.tolist() if not (glyph := self.glyphs[at]).is_space]
            if boxes:
                at = max(box.x1 for box in boxes) if side else min(box.x0 for box in boxes)
                if abs(at - edge) <= _ALIKE * (boxes[0].y1 - boxes[0].y0):
                    return True
        return False

    def _is_crowded(self, text: range, home: Place) -> bool:
        """Whether other print stands close before a text, in a cell that is not its own."""
        first = self.glyphs[text[0]]
        return any(
            place != home
            and place[0] >= 0
            and not glyph.is_space
            and are_on_one_line(glyph, first)
            and -first.em < first.box.x0 - glyph.box.x1 < _SPACE * first.em
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
            return -WORD_GAP * first.em < blank <= _SPACE * first.em
        if self._are_of_one_figure(one, other):
            return self._place(one) == self._place(other)
        return abs(blank) < NO_GAP * first.em
