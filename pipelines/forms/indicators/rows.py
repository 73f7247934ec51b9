"""Which cells are one indicator's, and which label at the left governs a row of figures.

In: the block. Out: records, halves put together where a page's end or an unmerged name cell
parts them. Refuses nothing: a row that cannot be told to belong to the one above stays alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, Cell, bands
from pipelines.forms.list_numbers import first_text, is_number, split_number
from pipelines.forms.periods import YEAR_ONLY, in_brackets
from pipelines.forms.records import Record, join_over_pages, records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.blocks import Block

#: Labels over a column, or left of a row, and the kind of value they announce.
YEARLY = {"actual": "actual", "annual_actual": "actual", "annual_target": "annual_target"}
#: One label that announces both.
BOTH = "annual_target_and_actual"
ROW_LABELS = {*YEARLY, BOTH}
#: Labels over a column of years that a baseline or a target has to itself.
_YEARS = {"baseline_year", "target_year"}


class Rows:
    """The rows of a block of indicators."""

    def __init__(self, block: Block) -> None:
        self.block = block
        #: Whether target and actual, announced by one label, have a row each.
        self.are_paired = not any(
            "(" in head.folded for head in block.head if block.labels.get(head.key) == BOTH
        )

    def records(self) -> list[Record]:
        """One record an indicator."""
        found = self._with_rows_below(records(self.block, "indicator"))
        joined = join_over_pages(found, self._are_halves)
        whole = [self._rows_in(record) for record in joined if record.page == record.last_page]
        if any(whole):
            self.are_paired = max(whole) > 1
        return joined

    def numbers_of(self, record: Record) -> list[Cell]:
        """Cells of a column of list numbers."""
        return [c for c in record.cells if self.block.labels_over(c)[:1] == ["list_number"]]

    def label_left_of(self, cell: Cell, record: Record) -> str | None:
        """The label at the left of a body cell's row, if one is printed there."""
        left = [
            (other.x1, self.block.labels[other.key])
            for other in record.cells
            if other.x1 <= cell.x0 + EDGE
            and self.block.labels.get(other.key) in ROW_LABELS
            and other.page == cell.page
            and other.top - EDGE <= cell.middle <= other.bottom + EDGE
        ]
        return max(left)[1] if left else None

    def yearly(self, record: Record) -> list[Cell]:
        """Cells of figures by year, blank ones among them."""
        return [
            cell
            for cell in record.cells
            if cell.key not in self.block.labels and self._is_yearly(cell, record)
        ]

    def _is_yearly(self, cell: Cell, record: Record) -> bool:
        """Whether the head says that a cell is a figure by year, or a year and the row's label."""
        heads = self.block.labels_over(cell)
        if heads or not self.block.years_over(cell):
            return bool(set(heads) & ROW_LABELS)
        return self.label_left_of(cell, record) is not None

    def _with_rows_below(self, found: Sequence[Record]) -> list[Record]:
        """Records, with the labelled row right under each whose name cell was never merged."""
        joined: list[Record] = []
        for record in found:
            if joined and self._is_row_of(joined[-1], record):
                joined[-1].take(record)
            else:
                joined.append(record)
        return joined

    def _is_row_of(self, last: Record, record: Record) -> bool:
        """Whether ``record`` is a row of one kind, by its left label, that ``last`` lacks.

        Any other row beside an empty name stays what it is.
        """
        if not last.has_name or not record.names or record.has_name:
            return False
        if last.last_page != record.page or abs(record.top - last.bottom) > EDGE:
            return False
        labelled = {
            self.label_left_of(cell, record)
            for cell in record.cells
            if not cell.is_blank and cell.key not in self.block.labels
        }
        kinds = self._kinds_in(record)
        return (
            len(labelled) == 1
            and None not in labelled
            and bool(kinds)
            and not kinds & self._kinds_in(last)
        )

    def _are_halves(self, upper: Record, lower: Record) -> bool:
        """Whether no row of figures, or else no other kind of figure, is in both.

        Two names with different list numbers, (3) and (4), and two that have each a year beside
        their target, are two. Spreadsheets print one name, and its number, on both pages.
        """
        numbers = self._list_number(upper), self._list_number(lower)
        if None not in numbers and numbers[0] != numbers[1]:
            return False
        kinds = self._kinds_in(upper), self._kinds_in(lower)
        if kinds[0] & kinds[1] & _YEARS:
            return False
        rows = [{kind for kind in each if kind.startswith("row")} for each in kinds]
        if all(rows):
            return not rows[0] & rows[1]
        return not kinds[0] & kinds[1]

    def _list_number(self, record: Record) -> int | None:
        """The list number that begins its name, or stands in a cell of its own."""
        printed = [cell for cell in (*record.names, *self.numbers_of(record)) if not cell.is_blank]
        alone = next((cell.folded for cell in printed if is_number(cell)), None)
        return int(alone.strip("().、")) if alone else split_number(first_text(printed))[0]

    def _kinds_in(self, record: Record) -> set[str]:
        """Kinds of figures that a piece of a record holds, to tell a half from a whole."""
        return {
            kind
            for cell in record.cells
            if not cell.is_blank
            and cell.key not in self.block.labels
            and (kind := self._kind_of(cell, record)) is not None
        }

    def _kind_of(self, cell: Cell, record: Record) -> str | None:
        heads = set(self.block.labels_over(cell))
        if self._is_yearly(cell, record):
            label = self.label_left_of(cell, record)
            has_two = len(heads & ROW_LABELS) > 1 or BOTH in heads
            pair = in_brackets(cell.text)
            is_pair = pair is not None and bool(pair[0])
            if label is None and has_two and not is_pair and self._rows_in(record) == 1:
                # One of the two rows that the head announces: the other is in another piece.
                return f"row at {record.top}"
            return f"row {label or 'actual'}"
        if YEAR_ONLY.fullmatch(cell.folded) and heads & _YEARS:
            return min(heads & _YEARS)
        if heads & {"baseline", "baseline_and_year"}:
            return "baseline"
        return "target" if heads & {"target", "target_and_year"} else None

    def _rows_in(self, record: Record) -> int:
        """How many rows of figures under years a piece of a record has."""
        return len(bands(cell for cell in self.yearly(record) if not cell.is_blank))
