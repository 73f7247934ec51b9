"""The glyphs of a page with what is asked of all of them at once, in columns.

In: glyphs, in the order that a page prints them. Out: :class:`Glyphs`, the same list; each of its
columns is made when it is first asked for, and once. Refuses nothing. Who makes the list changes
neither it nor its glyphs after that.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.extract.ink import Glyph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


class Glyphs(list[Glyph]):
    """Glyphs; lengths of the columns are points, one row a glyph."""

    @cached_property
    def texts(self) -> list[str]:
        """What each says."""
        return [*map(attrgetter("text"), self)]

    @cached_property
    def x(self) -> NDArray[np.float64]:
        """Where they begin, across the page."""
        return self._column([glyph.x for glyph in self], float)

    @cached_property
    def y(self) -> NDArray[np.float64]:
        """How far down the page their baselines are."""
        return self._column([glyph.y for glyph in self], float)

    @cached_property
    def ux(self) -> NDArray[np.float64]:
        """How far their baselines lead across the page, a point along."""
        return self._shared("ux", float)

    @cached_property
    def em(self) -> NDArray[np.float64]:
        """Their sizes."""
        return self._shared("em", float)

    @cached_property
    def width(self) -> NDArray[np.float64]:
        """Their lengths along their baselines."""
        return self._column([glyph.width for glyph in self], float)

    @cached_property
    def advance(self) -> NDArray[np.float64]:
        """The same with the letter spacing in force."""
        return self._column([glyph.advance for glyph in self], float)

    @cached_property
    def run(self) -> NDArray[np.int64]:
        """The numbers of the show operations that print them."""
        return self._column([glyph.run for glyph in self], np.int64)

    @cached_property
    def characters(self) -> NDArray[np.int64]:
        """How many printed characters each counts for."""
        return self._column([glyph.characters for glyph in self], np.int64)

    @cached_property
    def is_upright(self) -> NDArray[np.bool_]:
        """Which stand upright on a line from left to right."""
        return self._shared("is_upright", bool)

    @cached_property
    def is_text(self) -> NDArray[np.bool_]:
        """Which stand so and leave a mark."""
        is_text: NDArray[np.bool_] = self.is_upright & ~self._column(
            [glyph.is_space for glyph in self], bool
        )
        return is_text

    @cached_property
    def centres(self) -> NDArray[np.float64]:
        """The middles of their boxes, two columns."""
        return self._pairs(map(attrgetter("centre"), self))

    @cached_property
    def height(self) -> NDArray[np.float64]:
        """How far down the page their middles are."""
        return np.ascontiguousarray(self.centres[:, 1])

    @cached_property
    def places(self) -> NDArray[np.float64]:
        """Where they stand, as :attr:`Glyph.place` has it, two columns."""
        cut = [at for at, clip in enumerate(map(attrgetter("clip"), self)) if clip is not None]
        if not cut:
            return self.centres
        places = self.centres.copy()
        places[cut] = self._pairs((self[at].place for at in cut), len(cut))
        return places

    def those(self, members: NDArray[np.int64]) -> Glyphs:
        """Some of them, by their numbers in rising order."""
        if len(members) == len(self):
            return self
        return Glyphs(map(self.__getitem__, members.tolist()))

    def _column(self, values: list[Any], kind: Any) -> NDArray[Any]:  # noqa: ANN401 - numpy's types
        return np.fromiter(values, kind, len(self))

    def _shared(self, name: str, kind: Any) -> NDArray[Any]:  # noqa: ANN401
        """The column of what all glyphs of one show operation have in common: of the first."""
        begins, counts = self._runs
        firsts = [self[at] for at in begins.tolist()]
        return np.repeat(np.fromiter(map(attrgetter(name), firsts), kind, len(firsts)), counts)

    @cached_property
    def _runs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the glyphs of each show operation begin, and how many they are."""
        is_first = np.concatenate((np.full(min(1, len(self)), True), np.diff(self.run) != 0))  # noqa: FBT003
        begins = np.flatnonzero(is_first)
        return begins, np.diff(begins, append=len(self))

    def _pairs(
        self, pairs: Iterable[tuple[float, float]], count: int | None = None
    ) -> NDArray[np.float64]:
        number = len(self) if count is None else count
        return np.fromiter(chain.from_iterable(pairs), float, 2 * number).reshape(-1, 2)
