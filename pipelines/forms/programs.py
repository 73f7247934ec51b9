"""達成手段: the list of programs that serve a goal becomes rows of programs and amounts.

In: the cells of one block and the goal it serves. Out: rows of ``Readings.programs`` and
``Readings.budgets``; roles of the cells. Refuses, by putting the cell aside: a row without a
name, a row of sums, one amount for several programs, a column of money without stage or year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.forms.blocks import (
    YEAR_WITHIN,
    Block,
    Record,
    is_period,
    join_over_pages,
    open_block,
    records,
)
from pipelines.forms.cells import EDGE
from pipelines.forms.indicators import split_number
from pipelines.forms.money import MoneyHead, add_amount, read_head, unit_within
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.cells import Cell
    from pipelines.forms.declaration import Declaration
    from pipelines.forms.indicators import Goal
    from pipelines.forms.readings import Readings, Row

_NUMBER_ALONE = re.compile(r"[(]?\d{1,2}[)]?[.、]?")
#: Columns whose text belongs to every program that the cell spans.
_TEXT_FIELDS = ("related_indicators", "review_number", "remarks", "program_overview")
_MONEY = "money"
#: A cell that says what the amounts at its right are.
_ROW_LABEL = re.compile(r"[(]?(当初予算|予算現|予算|執行)額?計?[)]?([(【\[][^)】\]]*円[)】\]])?")


def read_programs(
    opening: Cell,
    cells: Sequence[Cell],
    goal: Goal,
    declaration: Declaration,
    out: Readings,
    fallback_unit: str | None,
) -> None:
    """Read one block of programs into ``out``; ``fallback_unit`` holds where no head names one."""
    block = open_block(opening, cells, declaration)
    out.roles.mark("label", *block.head)
    heads: dict[str, MoneyHead | None] = {}
    field: dict[str, str] = {}
    for cell in block.body:
        labels = block.labels_over(cell)
        over = block.over(cell)
        head = (
            None
            if labels[:1] and labels[0] in (*_TEXT_FIELDS, "program")
            else read_head(over, declaration)
        )
        heads[cell.key] = head
        if head is not None:
            head.unit = head.unit or unit_within(opening.text) or fallback_unit
            field[cell.key] = _MONEY
        elif labels:
            field[cell.key] = labels[0]

    def printed_fields(record: Record) -> set[str]:
        return {
            field[cell.key]
            for cell in record.cells
            if not cell.is_blank
            and field.get(cell.key) in {_MONEY, "related_indicators", "review_number"}
        }

    fallback = unit_within(opening.text) or fallback_unit
    found = records(block, "program")
    whole = join_over_pages(found, printed_fields)
    spans = {cell.key: sum(cell in record.cells for record in whole) for cell in block.body}
    for record in whole:
        name = _name(record, out)
        if name is None or declaration.totals.fullmatch(name.cells[0].folded):
            reason = (
                "a row of sums, not a program" if name else "a row without a 達成手段 beside it"
            )
            out.roles.quarantine(reason, *(name.cells if name else ()), *record.cells)
            continue
        row = _open(record, name, goal, field, out)
        row_stages = _row_stages(record, field, declaration)
        money = [cell for cell in record.cells if field.get(cell.key) == _MONEY]
        for cell in money:
            head = heads[cell.key]
            column = sorted(
                (c for c in money if block.over(c) == block.over(cell)), key=lambda c: c.top
            )
            if spans[cell.key] > 1:
                out.roles.quarantine("one amount for several programs", cell)
            elif head is not None and not row_stages:
                _read_money(cell, head, column, row, out)
        for cell in record.cells:
            if row_stages and cell.key not in row_stages:
                _read_row(cell, row_stages, block, heads, fallback, row, out)


def _name(record: Record, out: Readings) -> Printed | None:
    printed = [cell for cell in record.names if not cell.is_blank]
    alone = [cell for cell in printed if _NUMBER_ALONE.fullmatch(cell.folded)]
    texts = [cell for cell in printed if cell not in alone]
    out.roles.mark("label", *alone)
    out.roles.mark("empty", *(cell for cell in record.names if cell.is_blank))
    return Printed(texts) if texts else None


def _open(record: Record, name: Printed, goal: Goal, field: dict[str, str], out: Readings) -> Row:
    goal.programs += 1
    parent = goal.row
    texts: dict[str, Printed] = {}
    for wanted in _TEXT_FIELDS:
        cells = [cell for cell in record.cells if field.get(cell.key) == wanted]
        out.roles.mark("value", *cells)
        texts[wanted] = Printed(cells)
    out.roles.mark("value", *name.cells)
    related = texts["related_indicators"]
    row: Row = {
        "program_listing_key": f"{parent['goal_key']}-p{goal.programs}",
        **{key: parent[key] for key in ("goal_key", "policy_key", "goal_number")},
        "document_key": name.cells[0].document_key,
        "listing_order": goal.programs,
        "name_text": split_number(name.text or "")[1],
        "related_text": related.text or None,
        "related_cell_key": related.key,
        "related_document_key": related.cells[0].document_key if related.cells else None,
        "review_number": texts["review_number"].text or None,
        "remarks": texts["remarks"].text or None,
        "cell_key": name.key,
    }
    out.programs.append(row)
    return row


def _row_stages(
    record: Record, field: dict[str, str], declaration: Declaration
) -> dict[str, tuple[Cell, str]]:
    """Cells of a program's rows that name a stage (予算額, 執行額), where rows are labelled."""
    found = {
        cell.key: (cell, stage)
        for cell in record.cells
        if field.get(cell.key) in {None, "budget_division"}
        and _ROW_LABEL.fullmatch(cell.folded)
        and (stage := declaration.budget_stage(cell.folded)) in {"revised", "executed", "initial"}
    }
    return {key: (cell, stage) for key, (cell, stage) in found.items() if stage}


def _read_row(  # noqa: PLR0913, PLR0917
    cell: Cell,
    row_stages: dict[str, tuple[Cell, str]],
    block: Block,
    heads: dict[str, MoneyHead | None],
    fallback_unit: str | None,
    row: Row,
    out: Readings,
) -> None:
    """One money cell of a row that is labelled with its stage, under a head that names a year."""
    beside = [
        (label, stage)
        for label, stage in row_stages.values()
        if label.page == cell.page
        and label.x1 <= cell.x0 + EDGE
        and label.top - EDGE <= cell.middle <= label.bottom + EDGE
    ]
    head = heads.get(cell.key)
    years = [over for over in block.years_over(cell) if YEAR_WITHIN.search(over.folded)]
    if head is None and (block.labels_over(cell) or not years):
        return
    out.roles.mark("label", *(label for label, _ in row_stages.values()))
    spans = sum(
        label.page == cell.page
        and label.top < cell.bottom - EDGE
        and cell.top < label.bottom - EDGE
        for label, _ in row_stages.values()
    )
    if len(beside) != 1 or len(years) > 1 or (spans > 1 and head is None):
        out.roles.quarantine("an amount beside several stages or under several years", cell)
        return
    label, stage = beside[0]
    if head is not None and head.stages[-1] not in {stage, "revised_and_executed"}:
        if spans > 1 or (head.stages == ["initial"] and stage == "revised"):
            stage = head.stages[-1]
        elif cell.is_blank or is_period(cell.folded):
            out.roles.mark("value", cell)
            return
        else:
            out.roles.quarantine("an amount whose row and column name different stages", cell)
            return
    if head is None:
        year = YEAR_WITHIN.search(years[0].folded)
        unit = unit_within(years[0].text) or fallback_unit
        head = MoneyHead([stage], year.group() if year else None, unit)
    unit = unit_within(label.text) or head.unit
    add_amount(out, row, MoneyHead([stage], head.period, unit), stage, cell)


def _read_money(
    cell: Cell, head: MoneyHead, column: Sequence[Cell], row: Row, out: Readings
) -> None:
    """One money cell of one program: alone in its column, or one of the rows the head names."""
    printed = [other for other in column if not other.is_blank]
    if cell.is_blank and printed:
        out.roles.mark("empty", cell)
    elif len(head.stages) == 1 and len(printed) <= 1:
        if cell is (printed or column)[0]:
            add_amount(out, row, head, head.stages[0], cell)
        else:
            out.roles.mark("empty", cell)
    elif head.stages == ["revised_and_executed"] and len(printed) == 2:  # noqa: PLR2004
        add_amount(out, row, head, ("revised", "executed")[printed.index(cell)], cell)
    elif len(head.stages) == 2 and len(printed) == 2:  # noqa: PLR2004 - one row a stage
        add_amount(out, row, head, head.stages[printed.index(cell)], cell)
    elif len(head.stages) == 2 and len(printed) == 1:  # noqa: PLR2004 - both in one cell
        add_amount(out, row, head, "revised_and_executed", cell)
    else:
        out.roles.quarantine("more amounts than stages over them", cell)
