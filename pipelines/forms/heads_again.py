"""The head of a list that is printed again overleaf, above the rest of its table.

In: the ruled cells of a form and their labels. Out: :class:`HeadAgain`, one for each page that
begins with the head of the list before it. Refuses: a head of which a cell does not begin as it did
before, or has other edges; that is the head of another list.

Some programs draw no ruling between a head that they print again and the rest of a row under it.
What a cell of the head says beyond what it said before is that rest.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.forms.blocks import LISTS, open_block
from pipelines.forms.cells import EDGE, Cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.forms.declaration import Declaration


@dataclass(frozen=True, slots=True)
class HeadAgain:
    """The cells of a head as a page begins with them, each beside the one it was before."""

    before: tuple[Cell, ...]
    cells: tuple[Cell, ...]

    @property
    def with_more(self) -> list[Cell]:
        """Its cells that say more than they said before."""
        pairs = zip(self.before, self.cells, strict=True)
        return [again for before, again in pairs if again.folded != before.folded]


def heads_again(
    ruled: Sequence[Cell], labels: Mapping[str, str], declaration: Declaration
) -> dict[int, HeadAgain]:
    """The heads that are printed again, by page; ``labels`` by the key of a cell."""
    found: dict[int, HeadAgain] = {}
    head: list[Cell] = []
    for page, own in itertools.groupby(ruled, key=lambda cell: cell.page):
        cells = list(own)
        again = _begin_as(head, cells)
        if again:
            found[page] = HeadAgain(tuple(head), tuple(again))
        openings = [cell for cell in cells if labels.get(cell.key) in LISTS]
        if openings:
            last = max(openings, key=lambda cell: (round(cell.top), -cell.x0))
            under = [c for c in cells if c.table == last.table and c.top >= last.top - EDGE]
            head = open_block(last, under, declaration).head
    return found


def _begin_as(head: Sequence[Cell], page: Sequence[Cell]) -> list[Cell]:
    """The cells of a head, in its order, if a page begins with them: nothing stands above them."""
    again: list[Cell] = []
    for before in head:
        cell = next((c for c in page if c not in again and _begins_as(before, c)), None)
        if cell is None:
            return []
        again.append(cell)
    foot = max((cell.bottom for cell in again), default=0.0)
    above = [c for c in page if c.top < foot - EDGE and any(cell.stands_over(c) for cell in again)]
    return again if len(above) == len(again) else []


def _begins_as(before: Cell, cell: Cell) -> bool:
    return cell.folded.startswith(before.folded) and cell.has_edges_of(before)
