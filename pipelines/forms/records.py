"""The rows of a list: one record a name cell, put together again where a page's end cuts it.

In: a block, and the label over its names. Out: :class:`Record` objects in the order printed: the
body cells of one indicator or program. Refuses nothing: a piece that cannot be told to go on with
another stays alone, and the reader puts it aside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.forms.blocks import GROUPS, HALF_A_LABEL
from pipelines.forms.cells import RAGGED, Cell, bands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipelines.forms.blocks import Block


@dataclass(slots=True)
class Record:
    """The cells of one row of things: one indicator, or one program.

    A piece of one that a page's end cuts may have no name cell: the name is all on the other page.
    """

    names: list[Cell]
    cells: list[Cell] = field(default_factory=list)
    #: Whether it is the first, the last of its page: what a page's end may cut.
    starts_page: bool = False
    ends_page: bool = False

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return min(cell.page for cell in (*self.names, *self.cells))

    @property
    def last_page(self) -> int:
        """The page that it ends on."""
        return max(cell.page for cell in (*self.names, *self.cells))

    @property
    def top(self) -> float:
        """Upper edge of its name cells; of all its cells, where it has none."""
        return min(cell.top for cell in self.names or self.cells)

    @property
    def bottom(self) -> float:
        """Lower edge of its name cells; of all its cells, where it has none."""
        return max(cell.bottom for cell in self.names or self.cells)

    @property
    def foot(self) -> float:
        """Lower edge of all its cells."""
        return max(cell.bottom for cell in (*self.names, *self.cells))

    @property
    def has_name(self) -> bool:
        """Whether any name is printed."""
        return any(not cell.is_blank for cell in self.names)

    @property
    def is_printed(self) -> bool:
        """Whether anything is printed in it."""
        return self.has_name or any(not cell.is_blank for cell in self.cells)

    def take(self, other: Record) -> None:
        """Take in the cells of the next piece."""
        self.names.extend(other.names)
        self.cells.extend(other.cells)
        self.ends_page = other.ends_page


def records(block: Block, name_label: str) -> list[Record]:
    """One record a row of name cells, in the order printed, not yet joined over pages.

    A row in which nothing is printed is none: the lines of a row that begins overleaf; the row
    above it ends its page all the same. Nor is one whose first cell is wider than the head over
    it: that is a row of another table.
    """
    heads = [head for head in block.head if block.labels.get(head.key) == name_label]
    names = [
        cell
        for cell in block.body
        if cell.key not in block.labels
        and block.labels_over(cell)[:1] == [name_label]
        and any(head.x0 - RAGGED <= cell.x0 and cell.x1 <= head.x1 + RAGGED for head in heads)
    ]
    rows: dict[int, list[Record]] = {cell.page: [] for cell in block.body}
    for band in bands(names):
        record = Record(band)
        record.cells = _beside(record, block)
        rows[record.page].append(record)
    pages = [_Page(block, heads, page, rows[page]) for page in sorted(rows)]
    return [record for page in pages for record in page.records()]


def _beside(record: Record, block: Block) -> list[Cell]:
    """The body cells in a record's rows, its names left out."""
    inside = {cell.key for cell in record.names}
    return [
        cell
        for cell in block.body
        if cell.key not in inside
        and cell.page == record.page
        and min(cell.bottom, record.bottom) - max(cell.top, record.top)
        > 0.5 * min(cell.bottom - cell.top, record.bottom - record.top)
    ]


class _Page:
    """The body of a block on one page, and the records whose name cells stand on it."""

    def __init__(self, block: Block, heads: Sequence[Cell], page: int, rows: list[Record]) -> None:
        self.block = block
        self.heads = heads
        self.rows = rows
        self.body = [cell for cell in block.body if cell.page == page]
        self.top = min(cell.top for cell in self.body)
        self.bottom = max(cell.bottom for cell in self.body)

    def records(self) -> list[Record]:
        """Its printed records, from the top down, pieces without a name cell among them."""
        printed = [record for record in self.rows if record.is_printed]
        found = [*self._above(), *printed, *self._below()]
        if found:
            found[0].starts_page = found[0].top - self.top <= RAGGED
            last = found[-1]
            feet = [row.foot for row in self.rows if row.top >= last.top]
            last.ends_page = self.bottom - max(last.foot, *feet, 0.0) <= RAGGED
        return found

    def _above(self) -> list[Record]:
        """The piece at the head of the page, above all names: they stand on the page before."""
        if not self.rows:
            return self._piece(self._loose())
        first = self.rows[0]
        piece = self._piece([c for c in self._loose() if c.bottom <= first.top + RAGGED])
        is_next = all(abs(each.bottom - first.top) <= RAGGED for each in piece)
        return piece if is_next and not any(c.is_open_above for c in first.names) else []

    def _below(self) -> list[Record]:
        """The piece at the foot of the page, below all that is beside a name: it stands overleaf.

        Where a cell of the last record goes on beside it, the piece may be that record's.
        """
        if not self.rows:
            return []
        last = self.rows[-1]
        piece = self._piece([c for c in self._loose() if c.top >= last.bottom - RAGGED])
        is_next = all(abs(each.top - last.foot) <= RAGGED for each in piece)
        return piece if is_next and not any(c.is_open_below for c in last.names) else []

    def _loose(self) -> list[Cell]:
        """Printed cells in no record."""
        held = {cell.key for row in self.rows for cell in (*row.names, *row.cells)}
        return [cell for cell in self.body if not cell.is_blank and cell.key not in held]

    def _piece(self, cells: list[Cell]) -> list[Record]:
        """One record of these cells, if all are in columns of the list, none in that of names."""
        if not cells or not all(map(self._is_in_a_column, cells)):
            return []
        piece = Record([], cells)
        taken = {cell.key for cell in (*cells, *(c for row in self.rows for c in row.names))}
        piece.cells = [*cells, *(c for c in _beside(piece, self.block) if c.key not in taken)]
        return [piece]

    def _is_in_a_column(self, cell: Cell) -> bool:
        is_other_label = self.block.labels.get(cell.key) not in {None, HALF_A_LABEL, *GROUPS}
        over = [head for head in self.block.over(cell) if head not in self.heads]
        return (
            not is_other_label
            and not any(head.stands_over(cell) for head in self.heads)
            and any(head.x0 - RAGGED <= cell.x0 and cell.x1 <= head.x1 + RAGGED for head in over)
        )


def join_over_pages(
    found: Sequence[Record], are_halves: Callable[[Record, Record], bool]
) -> list[Record]:
    """Put the halves of a record together where a page's end cuts it.

    ``are_halves``: whether two neighbours on both sides of a page's end are halves of one, where
    the rulings do not say so. A lower one beside a blank name always is.
    """
    joined: list[Record] = []
    for record in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.ends_page
            and record.starts_page
            and record.page == last.last_page + 1
            and (
                (record.names and not record.has_name)
                or any(a.is_one_with(b) for a in last.names for b in record.names)
                or are_halves(last, record)
            )
        ):
            last.take(record)
        else:
            joined.append(record)
    return joined
