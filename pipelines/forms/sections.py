"""The form from top to bottom: header, policy budget, goals, indicators, programs, changes.

In: the cells of one form and its declaration. Out: everything the form says, as rows of
:class:`Readings`, and a role for every cell. Refuses, by putting cells aside: whatever no label
of the form governs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.forms.blocks import open_block
from pipelines.forms.cells import EDGE, Cell, fold, right_of
from pipelines.forms.indicators import Goal, read_indicators
from pipelines.forms.money import unit_within
from pipelines.forms.policy_budget import read_policy_budget
from pipelines.forms.programs import read_programs
from pipelines.forms.readings import Printed, Readings, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.forms.declaration import Declaration

#: Labels whose value stands at their right, and the column it goes to.
_POLICY_FIELDS = {
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
#: Labels that begin a section which reaches down to the next of them.
_OPENINGS = ("policy_budget", "indicator", "program", "numbered_goal", "changes")


@dataclass(slots=True)
class Form:
    """One form: its ruled cells, what is printed around them, and the code of its sheet."""

    declaration: Declaration
    ruled: list[Cell]
    around: list[Cell]
    policy_number: int = 1
    labels: dict[str, str] = field(default_factory=dict)
    lower_halves: dict[str, Cell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for cell in self.ruled:
            label = self.declaration.label_of(cell)
            if label is not None:
                self.labels[cell.key] = label
        self._join_cut_labels()

    def _join_cut_labels(self) -> None:
        """A label that a page's end cuts in two is one label; its lower half labels nothing."""
        pages = {cell.page for cell in self.ruled}
        for page in pages:
            own = [cell for cell in self.ruled if cell.page == page]
            overleaf = [cell for cell in self.ruled if cell.page == page + 1]
            if not overleaf:
                continue
            bottom = max(cell.bottom for cell in own)
            top = min(cell.top for cell in overleaf)
            for cell in own:
                if cell.is_blank or bottom - cell.bottom > EDGE:
                    continue
                for other in overleaf:
                    if other.top - top > EDGE or not cell.is_continued_by(other):
                        continue
                    label = self.declaration.label_of_text(cell.folded + other.folded)
                    stands_alone = other.key in self.labels and label != "policy_budget"
                    if other.is_blank or stands_alone:
                        continue
                    if label is not None and self.labels.get(cell.key, label) == label:
                        self.labels[cell.key] = label
                        self.lower_halves[other.key] = cell
                        cell.text, cell.folded = (
                            f"{cell.text}\n{other.text}",
                            cell.folded + other.folded,
                        )


def read_form(form: Form, sheet_key: str, out: Readings) -> None:
    """Read one form into ``out``; ``sheet_key`` is the key of its first file."""
    title = _read_title(form, out)
    policy: Row = {
        "policy_key": f"{sheet_key}-{form.policy_number}",
        "document_key": form.ruled[0].document_key,
        "form": form.declaration.form,
        **title,
        **dict.fromkeys(_POLICY_FIELDS.values()),
    }
    out.policies.append(policy)
    openings = _openings(form)
    first = openings[0].top if openings else float("inf")
    goals = _Goals(policy, out)
    header = [cell for cell in form.ruled if cell.top < first - EDGE]
    _read_fields(header, form, policy, goals, out)
    for opening, section, repeated in _sections(form, openings):
        label = form.labels[opening.key]
        out.roles.mark("label", *repeated)
        if label == "policy_budget":
            others = _read_fields(section, form, policy, goals, out)
            edge = min(
                (c.x0 for c in section if form.labels.get(c.key) == "related_cabinet_policies"),
                default=float("inf"),
            )
            inside = [
                c
                for c in section
                if c is not opening
                and c.key not in others
                and opening.x1 - EDGE <= c.x0 < edge - EDGE
            ]
            read_policy_budget(
                opening, inside, policy, form.declaration, out, _unit_around(form, opening)
            )
        elif label == "indicator":
            read_indicators(opening, section, goals.current(), form.declaration, out)
        elif label == "program":
            read_programs(
                opening,
                section,
                goals.current(),
                form.declaration,
                out,
                _unit_around(form, opening),
            )
        else:
            _read_fields(section, form, policy, goals, out)
    out.roles.put_aside_the_rest(form.ruled, "no label of the form governs this cell")
    out.roles.put_aside_the_rest(form.around, "")


@dataclass(slots=True)
class _Goals:
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


def _openings(form: Form) -> list[Cell]:
    """Section openings from the top down; in one row only the leftmost opens."""
    found: list[Cell] = []
    for cell in form.ruled:
        if form.labels.get(cell.key) not in _OPENINGS:
            continue
        same_row = found and found[-1].page == cell.page and found[-1].shares_row_with(cell)
        if not same_row:
            found.append(cell)
    return found


def _sections(form: Form, openings: Sequence[Cell]) -> list[tuple[Cell, list[Cell], list[Cell]]]:
    """Each section: the label that opens it, its cells, and the heads printed again overleaf.

    A block that opens a page with the very head of the block that ends the page before goes on
    with it: what the page's end cut in two can be put together again.
    """
    found: list[tuple[Cell, list[Cell], list[Cell]]] = []
    heads: list[list[str]] = []
    for index, opening in enumerate(openings):
        end = openings[index + 1].top if index + 1 < len(openings) else float("inf")
        cells = [cell for cell in form.ruled if opening.top - EDGE <= cell.top < end - EDGE]
        block = open_block(opening, cells, form.declaration)
        head = [cell.folded for cell in block.head]
        first_on_page = min(c.top for c in form.ruled if c.page == opening.page)
        goes_on = (
            found
            and form.labels[opening.key] in {"indicator", "program"}
            and form.labels[opening.key] == form.labels[found[-1][0].key]
            and head == heads[-1]
            and abs(opening.top - first_on_page) <= EDGE
            and found[-1][1][-1].page == opening.page - 1
        )
        if goes_on:
            found[-1][1].extend(block.body)
            found[-1][2].extend(block.head)
        else:
            found.append((opening, cells, []))
            heads.append(head)
    return found


def _read_fields(
    cells: Sequence[Cell], form: Form, policy: Row, goals: _Goals, out: Readings
) -> set[str]:
    """Labels with their value at the right: policy and goal fields. Returns the keys read."""
    read: set[str] = set()
    for cell in cells:
        label = form.labels.get(cell.key)
        if label not in _POLICY_FIELDS and label not in _GOAL_FIELDS:
            continue
        out.roles.mark("label", cell)
        printed = _value_of(cell, form)
        read.update((cell.key, *(part.key for part in printed.cells)))
        out.roles.mark("value", *printed.cells)
        if label in _POLICY_FIELDS:
            column, row = _POLICY_FIELDS[label], policy
        else:
            column = _GOAL_FIELDS[label]
            match = form.declaration.labels[label].fullmatch(cell.folded)
            number = match.groupdict().get("number") if match else None
            row = (goals.open(int(number)) if number else goals.current()).row
            if label == "numbered_goal" and not number and row[column] not in {None, printed.text}:
                row = goals.open(goals.number + 1).row
        if row[column] is None:
            row[column] = printed.text or None
        elif (printed.text or None) not in {row[column], None}:
            out.roles.quarantine(f"a second text for {label}", *printed.cells)
    return read


def _value_of(label: Cell, form: Form) -> Printed:
    """The cell at a label's right, and its other half overleaf where the page's end cuts it."""
    value = right_of(label, form.ruled)
    if value is None or value.key in form.labels:
        return Printed([])
    parts = [value]
    page_bottom = max(cell.bottom for cell in form.ruled if cell.page == label.page)
    if abs(value.bottom - page_bottom) <= EDGE:
        overleaf = [cell for cell in form.ruled if cell.page == label.page + 1]
        top = min((cell.top for cell in overleaf), default=0.0)
        first_row = [cell for cell in overleaf if abs(cell.top - top) <= EDGE]
        under_label = [c for c in first_row if abs(c.x0 - label.x0) <= EDGE and c.is_blank]
        under_value = [
            c
            for c in first_row
            if abs(c.x0 - value.x0) <= EDGE and abs(c.x1 - value.x1) <= EDGE and not c.is_blank
        ]
        if under_label and under_value and under_value[0].key not in form.labels:
            parts.append(under_value[0])
    return Printed(parts)


def _unit_around(form: Form, opening: Cell) -> str | None:
    """A unit printed outside the tables, （単位：千円）, that holds for the block of ``opening``.

    Above the form's first table or below its last it holds for all; between two tables, for the
    lower one.
    """
    first, last = form.ruled[0].top, max(cell.bottom for cell in form.ruled)
    lines = [cell for cell in form.around if "単位" in cell.folded and unit_within(cell.text)]
    everywhere, here = set(), set()
    for line in lines:
        below = [c for c in form.ruled if c.page == line.page and c.top >= line.middle]
        table = min(below, key=lambda cell: cell.top).table if below else None
        if line.middle <= first or line.middle >= last:
            everywhere.add(unit_within(line.text))
        if (line.page, table) == (opening.page, opening.table):
            here.add(unit_within(line.text))
    found = here or everywhere
    return found.pop() if len(found) == 1 else None


def _read_title(form: Form, out: Readings) -> Row:
    """The title and the sheet's code, wherever above the header they stand."""
    title: str | None = None
    code: str | None = None
    above = [cell for cell in form.ruled if cell.top < _name_label(form).top - EDGE]
    for cell in (*form.around, *above):
        match = form.declaration.sheet_code.search(cell.text) or _bare_code(form, cell.text)
        is_title = bool(form.declaration.title.fullmatch(cell.folded))
        if is_title and title is None:
            text = cell.text if match is None else cell.text.replace(match.group(), "")
            title = "".join(text.split("\n")).strip()
            out.roles.mark("title", cell)
        is_alone = match is not None and fold(cell.text).strip("()") == fold(match.group()).strip(
            "()"
        )
        if match is not None and code is None and (is_title or is_alone):
            code = re.sub(r"\s+", "", match.group(1))
            out.roles.mark("title", cell)
    return {"title": title, "sheet_code": code}


def _bare_code(form: Form, text: str) -> re.Match[str] | None:
    """A code that fills its cell without brackets, if it names an era."""
    match = form.declaration.sheet_code.fullmatch(f"（{text.strip()}）")
    return match if match and re.search(r"[RHSＲＨＳ]|令和|平成", match.group(1)) else None


def _name_label(form: Form) -> Cell:
    return next(cell for cell in form.ruled if form.labels.get(cell.key) == "policy_name")


def _is_running_head(name: Cell, ruled: Sequence[Cell], declaration: Declaration) -> bool:
    """Whether 施策名 stands at the top of a page with no 施策の概要 below it: a head printed again."""
    page = [cell for cell in ruled if cell.page == name.page]
    return name.top <= min(cell.top for cell in page) + EDGE and not any(
        declaration.label_of(cell) == "overview" for cell in page if cell.top > name.top
    )


def divide(cells: Iterable[Cell], declaration: Declaration) -> list[Form]:
    """The forms that follow each other in one sheet: each begins where 施策名 is labelled anew.

    A header that is printed again on a later page, with the same name, is no new form.
    """
    everything = list(cells)
    ruled = [cell for cell in everything if cell.is_ruled]
    names = [cell for cell in ruled if declaration.label_of(cell) == "policy_name"]
    starts: list[float] = []
    told: list[str] = []
    for name in names:
        value = right_of(name, ruled)
        text = value.folded if value else ""
        if told and told[-1] == text and _is_running_head(name, ruled, declaration):
            continue
        told.append(text)
        above = [
            c.bottom
            for c in ruled
            if c.bottom <= name.top + EDGE and c.page == name.page and c.table != name.table
        ]
        page_top = min(c.top for c in everything if c.page == name.page)
        start = max(above, default=page_top) - EDGE
        if not starts or start > starts[-1] + EDGE:
            starts.append(start)
    forms = []
    for number, start in enumerate(starts, start=1):
        begin = float("-inf") if number == 1 else start
        end = starts[number] if number < len(starts) else float("inf")
        own = [cell for cell in everything if begin <= cell.top < end]
        forms.append(
            Form(
                declaration,
                [cell for cell in own if cell.is_ruled and not cell.is_sliver],
                [cell for cell in own if not cell.is_ruled],
                number,
            )
        )
    return forms
