"""Texts of a table's row that stand at a page's end without ruling: put aside, with its other half.

In: the cells of one sheet, and what was read of them. Out: roles and readings, changed. Notes that
are no notes but the texts of a row that a page's end cuts, whose ruling was not seen there, are put
aside; so are the cells that they may be part of: across that end, and next to them where the two
would pass for one. No value, amount or text stays of these. Refuses nothing: captions, page numbers
and notes stay what they are.

Some programs draw the lines of a row that they cut in another way than all others. Its texts then
stand outside all cells, and what is left of it across the page's end must not pass for the whole.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, RAGGED, Cell, bands, fold, highest, lowest
from pipelines.forms.taking_back import take_back

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pipelines.forms.readings import Readings, Roles, Row

GOES_ON = "stands where a row of the table goes on, without ruling"
IN_PART = "a row without ruling at the page's end may hold a part of it"

_DIGITS = re.compile(r"\d+")
#: One text under or over a table may be a caption; several that line up with columns are a row.
_COLUMNS_OF_A_ROW = 2
#: How far the first line of a row stands from the ruling before it, in heights of a line.
_FARTHEST = 2.0


def put_aside_unruled_rows(cells: Sequence[Cell], out: Readings) -> None:
    """No fact comes of one half of a row whose other half stands outside all cells."""
    texts, halves, beside = _rows_without_ruling(cells, out.roles)
    if not texts:
        return
    _forget_shared(cells, beside, out)
    halves += [cell for half, cell in beside if _are_put_together(half, cell, out)]
    halves = [cell for cell in halves if out.roles.by_key[cell.key][0] != "label"]
    out.roles.quarantine(GOES_ON, *texts)
    take_back(halves, IN_PART, out, cells)


def _forget_shared(
    cells: Sequence[Cell], beside: Sequence[tuple[Cell, Cell]], out: Readings
) -> None:
    """A blank half whose text stands without ruling does not share that of the cell beside it."""
    by_key = {cell.key: cell for cell in cells}
    for row in out.programs:
        own = [cell for half, cell in beside if half.is_blank and _share_row(row, half, by_key)]
        if row["related_cell_key"] in {cell.key for cell in own}:
            row["related_text"] = None
        if row["remarks"] and any(cell.folded in fold(row["remarks"]) for cell in own):
            row["remarks"] = None


def _share_row(program: Row, cell: Cell, by_key: Mapping[str, Cell]) -> bool:
    name = by_key[program["cell_key"]]
    return name.page == cell.page and name.shares_row_with(cell)


def _are_put_together(half: Cell, other: Cell, out: Readings) -> bool:
    """Whether the texts of two cells, one over the other, were read as one."""
    upper, lower = sorted([half, other], key=lambda cell: cell.page)
    facts = {row["cell_key"] for row in (*out.values, *out.budgets)}
    if upper.key in facts and lower.key not in facts and out.roles.by_key[lower.key][0] == "value":
        return True
    whole = upper.folded + lower.folded
    rows = (*out.policies, *out.goals, *out.indicators, *out.values, *out.programs, *out.budgets)
    return not half.is_blank and any(
        whole in fold(text) or (len(fold(text)) > len(lower.folded) and whole.endswith(fold(text)))
        for row in rows
        for text in row.values()
        if isinstance(text, str)
    )


def _rows_without_ruling(
    cells: Sequence[Cell], roles: Roles
) -> tuple[list[Cell], list[Cell], list[tuple[Cell, Cell]]]:
    """The texts of rows whose ruling was not seen, and the cells that they may be part of.

    With these, each half across a page's end with the cell on the side of the texts that it could
    be put together with.
    """
    pages = {
        page: [cell for cell in own if not cell.is_sliver]
        for page, own in itertools.groupby(cells, key=lambda cell: cell.page)
    }
    texts: list[Cell] = []
    halves: list[Cell] = []
    beside: list[tuple[Cell, Cell]] = []
    running_heads = _running_heads(cells)
    for page, across in ((page, page + step) for page in sorted(pages) for step in (-1, 1)):
        rows = _rows(pages.get(across, []), roles, is_foot=across < page)
        row = lowest(rows, RAGGED) if across < page else highest(rows, RAGGED)
        end = _End(pages[page], roles, is_foot=across > page)
        found = [*end.beside_ruling(), *end.in_columns_of(row, running_heads)] if row else []
        beyond = [cell for cell in row if any(_may_hold(cell, text, row) for text in found)]
        texts += found
        halves += beyond
        beside += end.next_to(beyond)
    return texts, halves, beside


def _running_heads(cells: Sequence[Cell]) -> set[str]:
    """Texts outside the tables of more than one page; a page's number may change in them."""
    pages: dict[str, set[int]] = {}
    for cell in cells:
        if not cell.is_ruled and (text := _without_digits(cell)):
            pages.setdefault(text, set()).add(cell.page)
    return {text for text, numbers in pages.items() if len(numbers) > 1}


class _End:
    """The head or the foot of a page, and the notes there that no row parts from that end."""

    def __init__(self, page: Sequence[Cell], roles: Roles, *, is_foot: bool) -> None:
        self.is_foot = is_foot
        self.ruled = [cell for cell in page if cell.is_ruled]
        self.rows = _rows(page, roles, is_foot=is_foot)
        self.notes = [
            cell
            for cell in page
            if roles.by_key[cell.key][0] == "note"
            and not cell.is_ruled
            and not any(
                cell.shares_column_with(row) and self._is_outer(row, cell) for row in self.rows
            )
        ]

    def beside_ruling(self) -> list[Cell]:
        """Notes within the outline of a table, beside cells of it: where its lines are missing."""
        tables: dict[int, list[Cell]] = {}
        for cell in self.ruled:
            tables.setdefault(cell.table, []).append(cell)
        return [
            note
            for note in self.notes
            if any(
                min(cell.x0 for cell in table) - EDGE <= note.x0
                and note.x1 <= max(cell.x1 for cell in table) + EDGE
                and any(cell.shares_row_with(note) for cell in table)
                for table in tables.values()
            )
        ]

    def in_columns_of(self, row: Sequence[Cell], running_heads: Collection[str]) -> list[Cell]:
        """Notes next to the ruling that line up with columns of a row across the page's end."""
        found: list[Cell] = []
        lines = bands(note for note in self.notes if _without_digits(note) not in running_heads)
        for line in lines if self.is_foot else reversed(lines):
            columns = [[cell for cell in row if _holds(cell, note)] for note in line]
            # Texts that nearly touch are one note over several columns, beside notes in one each.
            is_of_row = all(columns) or len(list(filter(None, columns))) >= _COLUMNS_OF_A_ROW
            if not is_of_row or not self._is_next_to(line, found or self.ruled):
                break
            found += line
        held = {cell.key for cell in row for note in found if _holds(cell, note)}
        widest = max((len(line) for line in bands(found)), default=0)
        return found if min(len(held), widest) >= _COLUMNS_OF_A_ROW else []

    def next_to(self, beyond: Sequence[Cell]) -> list[tuple[Cell, Cell]]:
        """Each of the cells across this end, with the printed cell of its column next to it."""
        found = []
        for half in beyond:
            column = [
                cell
                for cell in self.rows
                if cell.is_continued_by(half) or half.is_continued_by(cell)
            ]
            column.sort(key=lambda cell: cell.middle, reverse=self.is_foot)
            found += [(half, cell) for cell in column[:1] if not cell.is_blank]
        return found

    def _is_outer(self, row: Cell, note: Cell) -> bool:
        return row.middle > note.middle if self.is_foot else row.middle < note.middle

    def _is_next_to(self, line: Sequence[Cell], others: Sequence[Cell]) -> bool:
        gap = min(
            (
                max(note.top - other.bottom, other.top - note.bottom)
                for note in line
                for other in others
            ),
            default=float("inf"),
        )
        return gap <= _FARTHEST * max(note.bottom - note.top for note in line)


def _rows(page: Sequence[Cell], roles: Roles, *, is_foot: bool) -> list[Cell]:
    """The ruled cells of a page that may part a row from its end.

    Labels at its head part nothing: they may be printed again over what goes on.
    """
    return [
        cell for cell in page if cell.is_ruled and (is_foot or roles.by_key[cell.key][0] != "label")
    ]


def _holds(column: Cell, text: Cell) -> bool:
    """Whether a text across the page's end stands between the edges of a cell's column."""
    return column.x0 - EDGE <= text.x0 and text.x1 <= column.x1 + EDGE


def _may_hold(column: Cell, text: Cell, row: Sequence[Cell]) -> bool:
    """Whether a text, or a part of one that no cell of the row holds, stands in a column."""
    if any(_holds(cell, text) for cell in row):
        return _holds(column, text)
    return column.shares_column_with(text)


def _without_digits(cell: Cell) -> str:
    return _DIGITS.sub("", cell.folded)
