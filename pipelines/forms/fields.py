"""Labels with their value at the right: what a form says of its policy and of each goal.

In: the cells of a form above its first section, and of sections that are no tables. Out: columns
of ``Readings.policies`` and ``Readings.goals``. Refuses, by putting the cells aside: a second,
different text for one field, several texts beside one label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, Cell, all_right_of, bands, below, highest, lowest, right_of
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.form import Form
    from pipelines.forms.readings import Readings, Row

#: Labels whose value stands at their right, and the column it goes to.
POLICY_FIELDS = {
    "policy_name": "name_text",
    "bureau": "bureau",
    "responsible_official": "responsible_official",
    "overview": "overview",
    "evaluation": "evaluation_text",
    "related_cabinet_policies": "related_cabinet_policies",
    "position": "position",
    "parent_policy": "parent_policy",
}
_GOAL_FIELDS = {
    "goal_text": "goal_text",
    "numbered_goal": "goal_text",
    "goal_rationale": "rationale",
    "changes": "changes_from_previous_year",
}
#: Heads of the list that may stand beside 施策に関係する内閣の重要政策.
_HEADS_OF_A_LIST = {"cabinet_policy_name", "cabinet_policy_date", "cabinet_policy_excerpt"}
_PAGE_NUMBER = re.compile(r"[-(]?\d{1,3}(/\d{1,3})?[-)]?|")


@dataclass(slots=True)
class Goal:
    """Where the indicators and programs of one goal are counted."""

    row: Row
    indicators: int = 0
    programs: int = 0


@dataclass(slots=True)
class Goals:
    """The goals of one policy, opened as their labels are met; one without a number is 1."""

    policy: Row
    out: Readings
    open_goals: dict[int, Goal] = field(default_factory=dict)
    number: int = 1

    def open(self, number: int) -> Goal:
        """The goal of that number, made when first met."""
        self.number = number
        if number not in self.open_goals:
            row: Row = {
                "goal_key": f"{self.policy['policy_key']}-g{number}",
                "policy_key": self.policy["policy_key"],
                "document_key": self.policy["document_key"],
                "goal_number": number,
                **dict.fromkeys(_GOAL_FIELDS.values()),
            }
            self.out.goals.append(row)
            self.open_goals[number] = Goal(row)
        return self.open_goals[number]

    def current(self) -> Goal:
        """The goal that the section now read serves."""
        return self.open(self.number)


def read_fields(cells: Sequence[Cell], form: Form, goals: Goals, out: Readings) -> set[str]:
    """Labels with their value beside or below: policy and goal fields. Returns the keys read."""
    read: set[str] = set()
    for cell in cells:
        label = form.labels.get(cell.key)
        if label not in POLICY_FIELDS and label not in _GOAL_FIELDS:
            continue
        out.roles.mark("label", cell)
        listed = _listed_beside(cell, form, out)
        value = listed[0] if listed else _value_of(cell, form)
        printed, others = _whole(cell, value, form) if value else (Printed([]), [])
        if listed:
            printed = Printed(listed, between="　")
        read.update((cell.key, *(part.key for part in printed.cells)))
        if _is_of_all_goals(label, form, goals):
            reason = f"{label} of the whole policy, whose goals have numbers of their own"
            out.roles.quarantine(reason, *printed.cells, *others)
            continue
        row, column = _place(label, cell, printed, form, goals)
        rivals = [] if listed else _texts_beside(cell, form)
        if len(rivals) > 1:
            read.update(other.key for other in rivals)
            out.roles.quarantine(f"several texts beside {label}, one above the other", *rivals)
            continue
        if others:
            reason = f"the text of {label} may go on overleaf in a cell with other edges"
            out.roles.quarantine(reason, *printed.cells, *others)
            continue
        out.roles.mark("value", *printed.cells)
        if row[column] is None:
            is_name = label == "policy_name"
            row[column] = (printed.text or None) if is_name else printed.clear_text
        elif (printed.text or None) not in {row[column], None}:
            out.roles.quarantine(f"a second text for {label}", *printed.cells)
    return read


def _is_of_all_goals(label: str, form: Form, goals: Goals) -> bool:
    """Whether 達成すべき目標 stands above several 達成目標１, ２ and is none of them."""
    return (
        label in {"goal_text", "goal_rationale"}
        and not goals.open_goals
        and len(form.goal_numbers) > 1
    )


def _place(label: str, cell: Cell, printed: Printed, form: Form, goals: Goals) -> tuple[Row, str]:
    """The row and column that the text of a label goes to."""
    if label in POLICY_FIELDS:
        return goals.policy, POLICY_FIELDS[label]
    column = _GOAL_FIELDS[label]
    found = form.declaration.match(cell.folded)
    number = found[1].groupdict().get("number") if found else None
    row = (goals.open(int(number)) if number else goals.current()).row
    if label == "numbered_goal" and not number and row[column] not in {None, printed.text}:
        row = goals.open(goals.number + 1).row
    return row, column


def _listed_beside(label: Cell, form: Form, out: Readings) -> list[Cell]:
    """The cells of a list beside a label that has heads of its own: name, date, excerpt."""
    beside = [
        cell
        for cell in form.ruled
        if cell.page == label.page
        and cell.x0 >= label.x1 - EDGE
        and label.top - EDGE <= cell.middle <= label.bottom + EDGE
    ]
    heads = [cell for cell in beside if form.labels.get(cell.key) in _HEADS_OF_A_LIST]
    out.roles.mark("label", *heads)
    under = [
        cell
        for cell in beside
        if cell.key not in form.labels and any(head.stands_over(cell) for head in heads)
    ]
    return [cell for band in bands(under) for cell in band if not cell.is_blank]


def _texts_beside(label: Cell, form: Form) -> list[Cell]:
    """Printed cells at a label's right; several in a cell that holds a table of its own."""
    beside = all_right_of(label, form.ruled)
    return [cell for cell in beside if not cell.is_blank and cell.key not in form.labels]


def _value_of(label: Cell, form: Form) -> Cell | None:
    """The cell at a label's right; where only labels stand there, the one under it."""
    beside = right_of(label, form.ruled)
    if beside is not None and beside.key not in form.labels:
        return beside
    under = below(label, form.ruled)
    if under is not None and under.key not in form.labels and label.has_edges_of(under):
        return under
    return None


def _whole(label: Cell, value: Cell, form: Form) -> tuple[Printed, list[Cell]]:
    """A value with all its parts, as :func:`_with_overleaf`; the first may be above its label."""
    printed, others = _with_overleaf(value, form)
    upper = form.upper_half(label)
    above = right_of(upper, form.ruled) if upper else None
    # A row that begins overleaf leaves its lines on the page before, and a page number in them.
    is_text = above is not None and not _PAGE_NUMBER.fullmatch(above.folded)
    if above is not None and is_text and above.is_continued_by(value):
        printed = Printed([above, *printed.cells])
    return printed, others


def _with_overleaf(value: Cell, form: Form) -> tuple[Printed, list[Cell]]:
    """A value with its other parts where page ends cut it; and cells that may be parts, too.

    A row at the top of a page that has no label in it is the lower half of the last row of the
    page before.
    """
    parts = [value]
    while True:
        page = parts[-1].page
        foot = lowest(cell for cell in form.ruled if cell.page == page)
        overleaf = [cell for cell in form.ruled if cell.page == page + 1]
        other_half = next((cell for cell in overleaf if parts[-1].is_one_with(cell)), None)
        if other_half is not None:
            parts.append(other_half)
            continue
        first_row = highest(overleaf)
        if parts[-1] not in foot or any(map(form.begins_a_row, first_row)):
            return Printed(parts), []
        under = [cell for cell in first_row if not cell.is_blank and cell.stands_over(value)]
        if not under or under[0].key in form.lower_halves:
            return Printed(parts), []
        if not value.has_edges_of(under[0]):
            return Printed(parts), under
        parts.append(under[0])
