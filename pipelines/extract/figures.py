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

from pipelines.extract.placed import PADDING, SIGNS, Placed
from pipelines.extract.words import (
    ALIKE,
    GROUPED,
    NO_GAP,
    PLAIN,
    are_on_one_line,
    gap,
    is_figure,
    is_set_glyph_by_glyph,
    plain_sign,
    reaches,
)

if TYPE_CHECKING:
    from pipelines.extract.ink import Box
    from pipelines.extract.placed import Place

# Digits of a figure that tell where it stands though one of them stands elsewhere.
_TELLING = 3
_BRACKETS = frozenset("()（）")
# How much longer than its figure a word is that has a unit, brackets or 約, too.
_LONGER = 4


@dataclass(frozen=True, slots=True)
class Straddling(Placed):
    """Figures and words across rulings: ``table_of`` and ``cell_of`` are changed."""

    def settle_figures(self) -> set[Place]:
        """Give each figure that stands across a ruling to one cell; which cells are doubtful."""
        doubtful: set[Place] = set()
        parted = (self.table_of[1:] != self.table_of[:-1]) | (self.cell_of[1:] != self.cell_of[:-1])
        for index in np.flatnonzero(parted).tolist():
            if not (self._is_parted(index) and self._are_of_one_figure(index, index + 1)):
                continue
            if self._begins_another(index + 1):
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
            if not self._is_parted(index) or not self._may_be_within_a_word(index):
                continue
            is_one = self._is_within_a_word(index)
            if is_one:
                doubtful |= self._settle_word(index)
            elif is_one is None:
                doubtful |= {self._place(index), self._place(index + 1)}
        return doubtful

    def settle_brackets(self) -> None:
        """Give a bracket alone on its line, on a ruling, to the cell whose other lines end as it.

        A narrow column wraps so; where its own cell's lines begin as it does, it stays there.
        """
        brackets = [at for at, text in enumerate(self.glyphs.texts) if text in _BRACKETS]
        for at in brackets:
            if self.table_of[at] < 0:
                continue
            if not (self._is_at_an_end(at, 0) and self._is_at_an_end(at, 1)):
                continue
            glyph = self.glyphs[at]
            left, _, right, _ = glyph.box
            table, cell = self._place(at)
            for other, each in enumerate(self.grids[table].cells):
                if (
                    other != cell
                    and each.box.x1 < right
                    and reaches(glyph, self.grids[table], other)
                ):
                    ends = [abs(box.x1 - right) for box in self._lines_beside(at, other)]
                    begins = [abs(box.x0 - left) for box in self._lines_beside(at, cell)]
                    near = ALIKE * glyph.em
                    if min(ends, default=near) < near <= min(begins, default=near):
                        self.cell_of[at] = other

    def _lines_beside(self, at: int, cell: int) -> list[Box]:
        """The glyphs of a cell on other lines than a glyph's."""
        own = np.flatnonzero((self.table_of == self.table_of[at]) & (self.cell_of == cell))
        return [
            other.box
            for other in (self.glyphs[each] for each in own.tolist())
            if not other.is_space and not are_on_one_line(other, self.glyphs[at])
        ]

    def _settle_figure(self, index: int) -> set[Place]:
        """Give the figure around a pair of signs to one cell; which others may be its."""
        figure, is_certain = self._figure(index)
        touched = {self._place(at) for at in figure or (index, index + 1)}
        if not figure:
            return set() if is_certain else touched
        home, is_clear = self._home(figure)
        self._give(figure, home)
        return set() if is_certain and is_clear else {*touched, home}

    def _may_be_within_a_word(self, index: int) -> bool:
        """Whether a ruling may part a word here: neither side says something by itself."""
        return (
            self._are_of_one_word(index, index + 1)
            and not self._is_all_of_its_text(index, -1)
            and not self._is_all_of_its_text(index + 1, 1)
        )

    def _is_within_a_word(self, index: int) -> bool | None:
        """Whether a ruling parts a word here, or words of two cells touch at it; None if unclear.

        What lies over other print of its cell is the rest of another cell's text.
        """
        if self.glyphs[index].run == self.glyphs[index + 1].run:
            return not self._ends_a_sentence(index)
        word = self._stretch(range(index, index + 2), self._are_of_one_word)
        before, behind = range(word.start, index + 1), range(index + 1, word.stop)
        if self._lies_over_others(before) or self._lies_over_others(behind):
            return True
        if self._is_on_a_ruling(range(index, index + 2)):
            return not self._begins_alike(index + 1)
        is_set = is_set_glyph_by_glyph([self.glyphs[at] for at in word])
        if not is_set or (self._is_firm(before) and self._is_firm(behind)):
            return False
        return self._is_firm(word) or (False if self._meet_alike(index) else None)

    def _ends_a_sentence(self, index: int) -> bool:
        """Whether a sentence ends at a ruling and the next text is set apart from it, by a hair.

        Some programs print a whole row by one operation.
        """
        glyphs = self.glyphs
        last, first = glyphs[index], glyphs[index + 1]
        own = gap(glyphs[index - 1], last) if index else 0.0
        return last.text == "。" and gap(last, first) - own > NO_GAP * last.em

    def _meet_alike(self, index: int) -> bool:
        """Whether glyphs of two other cells meet at the same place along the ruling."""
        edge, near = self.glyphs[index + 1].x, ALIKE * self.glyphs[index].em
        own = {self._place(index), self._place(index + 1)}
        return any(
            self._is_parted(at)
            and {self._place(at), self._place(at + 1)}.isdisjoint(own)
            and abs(self.glyphs[at + 1].x - edge) <= near
            and self._are_of_one_word(at, at + 1)
            for at in np.flatnonzero(self.table_of == self.table_of[index]).tolist()
            if at + 1 < len(self.glyphs)
        )

    def _begins_another(self, at: int) -> bool:
        """Whether a sign that its own operation prints stands behind a digit: it is not its end."""
        before, sign = self.glyphs[at - 1], self.glyphs[at]
        return plain_sign(sign) in SIGNS and plain_sign(before).isdigit() and sign.run != before.run

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
        whole = self._stretch(range(index, index + 2), self._are_of_one_figure, until=SIGNS)
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
        is_near = max(box.x0 - span[0], span[1] - box.x1) <= PADDING * em
        return most, is_near and 2 * inside[most] > len(figure)
