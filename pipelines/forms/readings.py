"""What a form says, still as printed: the rows that normalisation turns into typed tables.

In: nothing. Out: :class:`Readings`, lists of rows (one kind a list) with keys, printed texts and
the keys of the cells they were printed in, and one role for every cell. Refuses: a role outside
the contract's vocabulary.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pipelines.forms.cells import fold

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from pipelines.forms.cells import Cell

Row = dict[str, Any]
#: Shorter lines may well stand twice, one after the other, where a page's end need not cut a cell.
_SHORTEST_LINE = 4
#: What closes brackets and begins no text.
_CLOSES = re.compile(r"[)」』】〕]+")
Role = Literal["label", "value", "title", "note", "empty", "quarantined"]


@dataclass(slots=True)
class Roles:
    """One role a cell. A quarantined cell stays so, whatever else is found in it."""

    by_key: dict[str, tuple[Role, str | None]] = field(default_factory=dict)

    def mark(self, role: Role, *cells: Cell | None) -> None:
        """Give ``cells`` a role; a blank cell is ``empty`` whatever it was meant to hold."""
        for cell in cells:
            if cell is not None and self.by_key.get(cell.key, ("", None))[0] != "quarantined":
                self.by_key[cell.key] = ("empty" if cell.is_blank else role, None)

    def quarantine(self, reason: str, *cells: Cell) -> None:
        """Put ``cells`` aside with a reason; blank ones hold nothing to put aside."""
        for cell in cells:
            self.by_key[cell.key] = ("empty", None) if cell.is_blank else ("quarantined", reason)

    def take_back(self, reason: str, key: str) -> None:
        """Put the cell of a row that does not hold aside; a blank one stays ``empty``."""
        if self.by_key.get(key) != ("empty", None):
            self.by_key[key] = ("quarantined", reason)

    def is_read(self, cell: Cell) -> bool:
        """Whether a reader has taken a cell for something; a blank one needs none."""
        return cell.is_blank or self.by_key.get(cell.key, ("quarantined", None))[0] != "quarantined"

    def put_aside_the_rest(self, cells: Iterable[Cell], reason: str) -> None:
        """Every cell that no rule has spoken for: notes outside tables, else quarantine."""
        for cell in cells:
            if cell.key not in self.by_key:
                if cell.is_ruled:
                    self.quarantine(reason, cell)
                else:
                    self.mark("note", cell)


@dataclass(slots=True)
class Readings:
    """All rows of one sheet (one or more forms), as printed.

    ``documents``: form, title, sheet_code, year_text by document. ``indicators`` and ``programs``
    carry the text of their name cell; ``values`` and ``budgets`` the text of one value, the
    period and unit labels that govern it, and ``sheet_year_text``, which fixes a bare year's era.
    """

    documents: list[Row] = field(default_factory=list)
    policies: list[Row] = field(default_factory=list)
    goals: list[Row] = field(default_factory=list)
    indicators: list[Row] = field(default_factory=list)
    values: list[Row] = field(default_factory=list)
    programs: list[Row] = field(default_factory=list)
    budgets: list[Row] = field(default_factory=list)
    roles: Roles = field(default_factory=Roles)
    #: Places (owner, stage, year) for which more than one amount is printed.
    contested: set[tuple[str, str, str]] = field(default_factory=set)

    def drop_facts(self, keys: Container[str]) -> None:
        """Leave out the values and amounts of cells that are put aside after all."""
        for facts in (self.values, self.budgets):
            facts[:] = [row for row in facts if row["cell_key"] not in keys]


@dataclass(slots=True)
class Printed:
    """The text of one field: the cells it was printed in (two where a page's end cuts it)."""

    cells: list[Cell] = field(default_factory=list)
    #: What parts the texts of the cells: a line's end, within one text.
    between: str = "\n"

    @property
    def text(self) -> str | None:
        """The printed text, or None if there is no cell.

        Spreadsheets print the text of a merged cell on both pages that it is on, on the first as
        far as there is room: then the second has it all. Some print but the line that the page's
        end cuts on both.
        """
        if not self.cells:
            return None
        printed = [cell for cell in self.cells if not cell.is_blank]
        upper = [_not_printed_again(*pair) for pair in itertools.pairwise(printed)]
        texts = [*upper, *(cell.text for cell in printed[-1:])]
        return self.between.join(text for text in texts if text)

    @property
    def clear_text(self) -> str | None:
        """The printed text; None if it is blank, or if part of it may be another cell's."""
        return None if any(cell.is_doubtful for cell in self.cells) else self.text or None

    @property
    def is_blank(self) -> bool:
        """Nothing is printed, or there is no cell."""
        return all(cell.is_blank for cell in self.cells)

    @property
    def key(self) -> str | None:
        """The cell to point at: the first that holds text, else the first."""
        first = next((cell for cell in self.cells if not cell.is_blank), None)
        return (first or self.cells[0]).key if self.cells else None


def _not_printed_again(cell: Cell, after: Cell) -> str:
    """The text of a cell without what the next page prints again at the head of ``after``."""
    if cell.page == after.page:
        return cell.text
    if after.folded.startswith(cell.folded):
        return ""
    lines, below = cell.printed.split("\n"), after.printed.split("\n")
    is_balanced = cell.folded.count("(") == cell.folded.count(")")
    if (
        is_balanced
        and lines[-1].strip() == after.printed.strip()
        and _CLOSES.fullmatch(after.folded)
    ):
        return "\n".join(lines[:-1])
    shortest = 1 if cell.is_one_with(after) else _SHORTEST_LINE
    for count in range(min(len(lines), len(below)), 0, -1):
        again = fold("".join(lines[-count:]))
        if len(again) >= shortest and again == fold("".join(below[:count])):
            return "\n".join(lines[:-count])
    return cell.text
