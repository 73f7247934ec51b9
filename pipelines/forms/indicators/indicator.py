"""One indicator as its values are found: its number, its name, its rows.

In: a printed name and the values that readers find. Out: rows of ``Readings.indicators`` and
``Readings.values``. Refuses, by putting both cells aside: two figures for one kind and year; by
putting its name aside: an indicator whose printed number another one bears.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.forms.cells import Cell, fold

if TYPE_CHECKING:
    from pipelines.forms.fields import Goal
    from pipelines.forms.list_numbers import Named
    from pipelines.forms.readings import Readings, Row


class Indicator:
    """One indicator of a goal, numbered as printed or else by its order."""

    def __init__(self, goal: Goal, named: Named, out: Readings) -> None:
        self.out = out
        self.taken: dict[tuple[str, str | None], Row] = {}
        goal.indicators += 1
        parent = goal.row
        taken = {
            row["indicator_number"]
            for row in out.indicators
            if row["goal_key"] == parent["goal_key"]
        }
        number = named.number
        if number is None or number in taken:
            number = goal.indicators if goal.indicators not in taken else max(taken) + 1
        self.row: Row = {
            "indicator_key": f"{parent['goal_key']}-i{number}",
            **{name: parent[name] for name in ("goal_key", "policy_key", "goal_number")},
            "document_key": named.printed.cells[0].document_key,
            "indicator_number": number,
            "name_text": named.name,
            "indicator_type": None,
            "rationale": None,
        }
        out.roles.mark("value", *named.printed.cells)
        if named.number in taken:
            reason = f"a second indicator numbered {named.number}: it is counted as {number}"
            out.roles.quarantine(reason, *named.printed.cells)
        out.indicators.append(self.row)

    def add(self, kind: str, period: str | None, text: str, cell: Cell) -> None:
        """Take down one value; a second one for the same kind and year puts both aside."""
        self.out.roles.mark("value", cell)
        place = (kind, fold(period) if period else None)
        if place in self.taken and kind in {"actual", "annual_target"}:
            reason = f"two figures as {kind} of {period}"
            self.out.roles.quarantine(reason, cell)
            self._take_back(self.taken[place], reason)
            return
        row = {
            **{
                name: self.row[name]
                for name in (
                    "indicator_key",
                    "goal_key",
                    "policy_key",
                    "goal_number",
                    "indicator_number",
                )
            },
            "document_key": cell.document_key,
            "value_kind": kind,
            "period_text": period,
            "raw_text": text,
            "cell_key": cell.key,
        }
        self.taken[place] = row
        self.out.values.append(row)

    def put_aside(self, reason: str, *cells: Cell) -> None:
        """Quarantine ``cells``."""
        self.out.roles.quarantine(reason, *cells)

    def _take_back(self, row: Row, reason: str) -> None:
        """A value that turned out to have a rival: which of the two is right is not known."""
        if row in self.out.values:
            self.out.values.remove(row)
            self.out.roles.take_back(reason, row["cell_key"])
