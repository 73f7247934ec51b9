"""A cell of a list that is merged over several records and cut by a page's end.

In: the cells of one column, and the records. Out: which cells hold the text of a half, and which
halves may belong together without the print saying so. Refuses nothing; the reader puts
what is not clear aside.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pipelines.forms.breaks import break_between, has_paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.cells import Cell
    from pipelines.forms.records import Record

#: What a column holds: prose that a cell may hold for several records; a mark that each record
#: bears, if only a dash, and may share; prose of each record's own.
Kind = Literal["prose", "marks", "own prose"]


@dataclass(slots=True)
class Halves:
    """Of one column: halves by key, with the cells that hold their whole text; unclear ones."""

    text_of: dict[str, list[Cell]] = field(default_factory=dict)
    #: Texts that may be one, on both sides of a page's end.
    unclear: list[Cell] = field(default_factory=list)
    #: Texts beside a blank cell over the page's end, which may be their other half.
    shared: list[Cell] = field(default_factory=list)

    def join(self, upper: Cell, lower: Cell) -> None:
        """Say that two cells are one, and all that either is one with."""
        parts = [
            *self.text_of.get(upper.key, [upper]),
            *self.text_of.get(lower.key, [lower]),
        ]
        whole = list(dict.fromkeys(parts))
        self.text_of.update(dict.fromkeys((part.key for part in (*whole, upper, lower)), whole))


def halves(
    column: Sequence[Cell], records: Sequence[Record], kind: Kind, *, shows_cuts: bool
) -> Halves:
    """The halves of one column.

    Where the print leaves open what a page's end cuts (``shows_cuts``), it says which are halves.
    Where it rules all alike, the two cells of a record that the page's end cuts are one cell,
    which may go on over the records after or before it. Of two whole records:

    - two texts are one if the upper one breaks off at the page's end, and unclear if it may;
    - a blank cell that is merged over several records is a half. One beside a single record is a
      half or an empty cell: where other cells of the column are blank, it is empty, unless cells
      are merged; a mark is a half where no other is blank; else nothing says which.
    """
    halved = _Column(column, records, kind)
    for upper, lower in halved.parted(shows_cuts=shows_cuts):
        if upper.is_blank != lower.is_blank:
            halved.judge_blank(upper, lower)
        elif kind != "marks" and not upper.is_blank:
            halved.judge_texts(upper, lower)
    return halved.found


class _Column:
    """The cells of one column, from the top down, and what is found of them."""

    def __init__(self, cells: Sequence[Cell], records: Sequence[Record], kind: Kind) -> None:
        self.kind = kind
        self.records = records
        self.spans = {cell.key: sum(cell in record.cells for record in records) for cell in cells}
        # The lines of a row that begins overleaf are no cells of the list.
        own = (cell for cell in cells if self.spans[cell.key] or not cell.is_blank)
        self.cells = sorted(own, key=lambda cell: cell.top)
        self.is_merged = any(span > 1 for span in self.spans.values())
        self.has_blanks = False
        self.found = Halves()

    def parted(self, *, shows_cuts: bool) -> list[tuple[Cell, Cell]]:
        """Cells of two records on both sides of a page's end; those of one are joined."""
        pairs = []
        for upper, lower in itertools.pairwise(self.cells):
            if upper.is_one_with(lower) or self._is_within_a_record(upper, lower):
                self.found.join(upper, lower)
            elif upper.is_continued_by(lower) and not (shows_cuts and _are_ruled_off(upper, lower)):
                pairs.append((upper, lower))
        edges = {cell.key for pair in pairs for cell in pair}
        self.has_blanks = any(cell.is_blank for cell in self.cells if cell.key not in edges)
        return pairs

    def judge_blank(self, upper: Cell, lower: Cell) -> None:
        """Say whether a blank cell is the half of a text."""
        blank, printed = (upper, lower) if upper.is_blank else (lower, upper)
        if self.spans[blank.key] > 1 or (self.kind == "marks" and not self.has_blanks):
            self.found.join(upper, lower)
        elif self.kind == "prose" and (self.is_merged or not self.has_blanks):
            self.found.shared.append(printed)

    def judge_texts(self, upper: Cell, lower: Cell) -> None:
        """Say whether two texts are one."""
        says = break_between(upper, lower, self.cells)
        if says == "breaks off" and self.kind == "prose":
            self.found.join(upper, lower)
        elif says != "ends" or (self.is_merged and has_paragraphs(self.cells)):
            self.found.unclear += [upper, lower]

    def _is_within_a_record(self, upper: Cell, lower: Cell) -> bool:
        return upper.is_continued_by(lower) and any(
            upper in record.cells and lower in record.cells for record in self.records
        )


def _are_ruled_off(upper: Cell, lower: Cell) -> bool:
    return not upper.is_open_below and not lower.is_open_above
