"""The form from top to bottom: header, policy budget, goals, indicators, programs, changes.

In: one form. Out: everything it says, as rows of :class:`Readings`, and a role for every cell.
Refuses, by putting cells aside: whatever no label of the form governs.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from pipelines.forms.blocks import GOALS, LISTS, Block, Section, open_block
from pipelines.forms.cells import EDGE, RAGGED, Cell
from pipelines.forms.fields import POLICY_FIELDS, Goals, read_fields
from pipelines.forms.indicators import read_indicators
from pipelines.forms.periods import YEAR_WITHIN
from pipelines.forms.policy_budget import read_policy_budget
from pipelines.forms.programs import read_programs
from pipelines.forms.title import read_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.form import Form
    from pipelines.forms.readings import Readings, Row

#: Labels that begin a section which reaches down to the next of them.
_OPENINGS = ("policy_budget", "indicator", "program", "numbered_goal", "changes")


def read_form(form: Form, sheet_key: str, out: Readings) -> None:
    """Read one form into ``out``; ``sheet_key`` is the key of its first file."""
    title = read_title(form, out)
    policy: Row = {
        "policy_key": f"{sheet_key}-{form.policy_number}",
        "document_key": form.ruled[0].document_key,
        "form": form.declaration.form,
        **title,
        **dict.fromkeys(POLICY_FIELDS.values()),
    }
    out.policies.append(policy)
    openings = _openings(form)
    first = _top_of(form, openings[0]) if openings else float("inf")
    goals = Goals(policy, out)
    header = [cell for cell in form.ruled if cell.top < first - EDGE]
    read_fields(header, form, goals, out)
    for section in _sections(form, openings):
        out.roles.mark("label", *section.repeated)
        match form.labels[section.opening.key]:
            case "policy_budget":
                _without_fields(section, form, goals, out)
                read_policy_budget(section, policy, out)
            case "indicator":
                read_indicators(section, goals, out)
            case "program":
                # One list behind several goals is that of all of them.
                is_shared = len(goals.open_goals) > 1 and not any(
                    goal.programs for goal in goals.open_goals.values()
                )
                read_programs(section, goals.current(), out, is_shared=is_shared)
            case _:
                read_fields(section.cells, form, goals, out)
    out.roles.mark("label", *(c for c in form.ruled if c.key in form.lower_halves))
    out.roles.mark("label", *form.head_halves)
    out.roles.put_aside_the_rest(form.ruled, "no label of the form governs this cell")
    out.roles.mark("note", *(cell for cell in form.around if cell.is_ruled))
    out.roles.put_aside_the_rest(form.around, "")


def _openings(form: Form) -> list[Cell]:
    """Section openings from the top down; in one row only the leftmost opens."""
    found: list[Cell] = []
    for cell in form.ruled:
        if form.labels.get(cell.key) not in _OPENINGS or _stands_in_a_column_of_goals(cell, form):
            continue
        same_row = found and found[-1].page == cell.page and found[-1].shares_row_with(cell)
        if not same_row:
            found.append(cell)
    return found


def _stands_in_a_column_of_goals(cell: Cell, form: Form) -> bool:
    """Whether a 達成目標１ is no row of its own, but stands under 達成目標 beside 測定指標."""
    return form.labels[cell.key] == "numbered_goal" and any(
        form.labels[head.key] in GOALS
        and head.has_edges_of(cell)
        and head.top < cell.top - EDGE
        and any(
            form.labels.get(other.key) == "indicator"
            and other.page == head.page
            and other.shares_row_with(head)
            for other in form.ruled
        )
        for head in form.ruled
        if head.key in form.labels and head is not cell
    )


def _sections(form: Form, openings: Sequence[Cell]) -> list[Section]:
    """The sections in order.

    A block that opens a page with the very head of the block that ends the page before goes on
    with it: what the page's end cut in two can be put together again.
    """
    found: list[Section] = []
    outlines = _outlines(form)
    tops = [*(_top_of(form, opening) for opening in openings), float("inf")]
    labels = [form.labels[opening.key] for opening in openings]
    for index, (opening, (top, end)) in enumerate(
        zip(openings, itertools.pairwise(tops), strict=True)
    ):
        widths = _widths(opening, form, outlines)
        cells = [
            cell
            for cell in form.ruled
            if top - EDGE <= cell.top < end - EDGE
            and _is_as_wide(outlines[cell.page, cell.table], widths)
        ]
        section = Section(
            opening,
            cells,
            open_block(opening, cells, form.declaration, form.lower_halves),
            form.declaration,
            form.unit_around(opening),
            form.shows_cuts,
        )
        if found and _goes_on(form, found[-1], section):
            found[-1].go_on_with(section)
        else:
            found.append(section)
            found.extend(_list_under_a_goal(form, found, labels[index + 1 :]))
    return found


def _list_under_a_goal(form: Form, found: Sequence[Section], after: Sequence[str]) -> list[Section]:
    """The indicators under a row 達成目標１ that stands in their list; the head is printed once.

    ``after``: the labels that open the next sections. Where the first is a head of indicators, it
    is that head printed again overleaf, or the goal has a list of its own; then what stands under
    its row on a later page is the rest of its text.
    """
    goal = found[-1]
    if form.labels[goal.opening.key] != "numbered_goal":
        return []
    lists = [each for each in found if form.labels[each.opening.key] in LISTS]
    rest = [cell for cell in goal.cells if not cell.shares_row_with(goal.opening)]
    if after[:1] == ["indicator"] and any(cell.page != goal.opening.page for cell in rest):
        return []
    if not rest or not lists or form.labels[lists[-1].opening.key] != "indicator":
        return []
    parent = lists[-1]
    goal.cells = [cell for cell in goal.cells if cell.shares_row_with(goal.opening)]
    block = Block(parent.block.head, list(rest), {**parent.block.labels, **goal.block.labels})
    return [Section(parent.opening, rest, block, parent.declaration, parent.unit_around)]


def _outlines(form: Form) -> dict[tuple[int, int], tuple[float, float]]:
    """The left and right edge of each table, by page and number."""
    tables: dict[tuple[int, int], list[Cell]] = {}
    for cell in form.ruled:
        tables.setdefault((cell.page, cell.table), []).append(cell)
    return {table: _outline(cells) for table, cells in tables.items()}


def _outline(cells: Sequence[Cell]) -> tuple[float, float]:
    return min(cell.x0 for cell in cells), max(cell.x1 for cell in cells)


def _widths(
    opening: Cell, form: Form, outlines: dict[tuple[int, int], tuple[float, float]]
) -> list[tuple[float, float]]:
    """How wide a table may be that a list goes on in: as the one it begins in, or as its head.

    Another table below a list of indicators or programs is no part of it. A box at the page's
    margin, joined to the form, makes one page's table wider than the next one's.
    """
    if form.labels[opening.key] not in LISTS:
        return []
    head = [c for c in form.ruled if c.page == opening.page and c.shares_row_with(opening)]
    return [outlines[opening.page, opening.table], _outline(head)]


def _is_as_wide(its: tuple[float, float], widths: Sequence[tuple[float, float]]) -> bool:
    return not widths or any(
        all(abs(one - other) <= RAGGED for one, other in zip(ours, its, strict=True))
        for ours in widths
    )


def _top_of(form: Form, opening: Cell) -> float:
    """Where a section begins: with its label, or with the rest of its head on the page before it.

    There, the blank upper half of the label stands beside years, or beside labels alone.
    """
    label = form.labels[opening.key]
    upper = form.upper_half(opening) if label in {"policy_budget", *LISTS} else None
    if upper is None:
        return opening.top
    head = [cell for cell in form.ruled if cell.page == upper.page and cell.top >= upper.top - EDGE]
    if label in LISTS:
        printed = [cell for cell in head if not cell.is_blank]
        is_head = bool(printed) and all(
            cell.key in form.labels or form.declaration.budget_stage(cell.folded)
            for cell in printed
        )
    else:
        is_head = any(YEAR_WITHIN.fullmatch(cell.folded) for cell in head)
    return upper.top if is_head else opening.top


def _goes_on(form: Form, last: Section, section: Section) -> bool:
    """Whether a section that begins with the head of the one before goes on with its list."""
    label = form.labels[section.opening.key]
    head = form.heads_again.get(section.opening.page)
    return (
        head is not None
        and section.opening in head.cells
        and label == form.labels[last.opening.key]
        and not (
            label == "indicator"
            and section.block.has_years_beside
            and _is_named(section)
            and not _lacks_its_name(last)
        )
    )


def _lacks_its_name(section: Section) -> bool:
    """Whether a block holds text, and beside all of it blank cells: their text is overleaf."""
    body = section.block.body
    first = min((cell.x0 for cell in body), default=0.0)
    names = [cell for cell in body if cell.x0 - first <= EDGE]
    return any(not cell.is_blank for cell in body) and all(cell.is_blank for cell in names)


def _is_named(section: Section) -> bool:
    """Whether a name begins at the top of a block's body."""
    first = next((c for c in section.block.body if c.key not in section.block.labels), None)
    return first is not None and not first.is_blank


def _without_fields(section: Section, form: Form, goals: Goals, out: Readings) -> None:
    """Read the fields that stand beside the policy's budget, and leave the budget alone."""
    others = read_fields(section.cells, form, goals, out)
    edge = min(
        (
            cell.x0
            for cell in section.cells
            if form.labels.get(cell.key) == "related_cabinet_policies"
            and cell.x0 >= section.opening.x1 - EDGE
        ),
        default=float("inf"),
    )
    section.cells = [
        cell
        for cell in section.cells
        if cell is not section.opening
        and cell.key not in others
        and section.opening.x1 - EDGE <= cell.x0 < edge - EDGE
    ]
