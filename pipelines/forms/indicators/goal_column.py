"""達成目標 in a column of its own, left of the 測定指標 that serve it.

In: a block of indicators under a head that has a column 達成目標. Out: the goal of each record,
opened with its text. Refuses, by putting cells aside: records beside a goal without a number
where the column holds several.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.forms.blocks import GOALS
from pipelines.forms.cells import EDGE, Cell, fold
from pipelines.forms.list_numbers import split_number
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from pipelines.forms.blocks import Block
    from pipelines.forms.declaration import Declaration
    from pipelines.forms.fields import Goal, Goals
    from pipelines.forms.records import Record


@dataclass(slots=True)
class _Entry:
    """One goal of the column, put together where a page's end cuts it."""

    number: int | None
    cells: list[Cell] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Its text is printed overleaf."""
        return all(cell.is_blank for cell in self.cells)


class GoalColumn:
    """Which goal each record of a block serves: the current one, where no column says another."""

    def __init__(self, block: Block, goals: Goals, declaration: Declaration) -> None:
        self.goals = goals
        self.declaration = declaration
        column = [cell for cell in block.body if set(block.labels_over(cell)[:1]) & GOALS]
        bottoms = {
            page: max(cell.bottom for cell in block.body if cell.page == page)
            for page in {cell.page for cell in block.body}
        }
        self.entries: list[_Entry] = []
        for cell in sorted(column, key=lambda cell: cell.top):
            number, _ = self._split(cell.text)
            last = self.entries[-1].cells[-1] if self.entries else None
            is_cut = (
                last is not None
                and last.is_continued_by(cell)
                and bottoms[last.page] - last.bottom <= EDGE
            )
            if is_cut and self.entries[-1].is_blank:
                self.entries[-1] = _Entry(number, [*self.entries[-1].cells, cell])
            elif is_cut and number is None:
                self.entries[-1].cells.append(cell)
            else:
                self.entries.append(_Entry(number, [cell]))

    def _split(self, text: str) -> tuple[int | None, str]:
        """The number that a goal begins with (達成目標１, １, ①), and its text."""
        return self.declaration.leading_number(text) or split_number(text)

    def of(self, record: Record) -> Goal | None:
        """The goal that a record serves; None where the column does not say which."""
        if not self.entries:
            return self.goals.current()
        beside = [
            entry for entry in self.entries if any(cell in record.cells for cell in entry.cells)
        ]
        if len(beside) != 1:
            return None
        entry = beside[0]
        if entry.number is None:
            return self.goals.current() if len(self.entries) == 1 else None
        goal = self.goals.open(entry.number)
        text = self._split(Printed(entry.cells).text or "")[1].strip()
        if goal.row["goal_text"] is None:
            goal.row["goal_text"] = text or None
        elif text and fold(text) != fold(goal.row["goal_text"]):
            reason = f"a second text for 達成目標 {entry.number}"
            self.goals.out.roles.quarantine(reason, *entry.cells)
        return goal

    def mark(self) -> None:
        """Give every cell of the column its role."""
        for entry in self.entries:
            self.goals.out.roles.mark("value", *entry.cells)
