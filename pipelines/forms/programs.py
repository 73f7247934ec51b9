"""達成手段: the list of programs that serve a goal becomes rows of programs and amounts.

In: the cells of one block and the goal it serves. Out: rows of ``Readings.programs`` and
``Readings.budgets``; roles of the cells. Refuses, by putting the cell aside: a row without a
name, a row of sums, one amount for several programs, a column of money without stage or year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.forms.blocks import Record, join_over_pages, open_block, records
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
        head = None if labels[:1] and labels[0] in (*_TEXT_FIELDS, "program") else read_head(over, declaration)
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
            if not cell.is_blank and field.get(cell.key) in {_MONEY, "related_indicators", "review_number"}
        }

    found = records(block, "program")
    whole = join_over_pages(found, printed_fields)
    spans = {
        cell.key: sum(cell in record.cells for record in whole) for cell in block.body
    }
    for record in whole:
        name = _name(record, out)
        if name is None or declaration.totals.fullmatch(name.cells[0].folded):
            reason = "a row of sums, not a program" if name else "a row without a 達成手段 beside it"
            out.roles.quarantine(reason, *(name.cells if name else ()), *record.cells)
            continue
        row = _open(record, name, goal, field, out)
        money = [cell for cell in record.cells if field.get(cell.key) == _MONEY]
        for cell in money:
            head = heads[cell.key]
            column = sorted(
                (c for c in money if block.over(c) == block.over(cell)), key=lambda c: c.top
            )
            if spans[cell.key] > 1:
                out.roles.quarantine("one amount for several programs", cell)
            elif head is not None:
                _read_money(cell, head, column, row, out)


def _name(record: Record, out: Readings) -> Printed | None:
    printed = [cell for cell in record.names if not cell.is_blank]
    alone = [cell for cell in printed if _NUMBER_ALONE.fullmatch(cell.folded)]
    texts = [cell for cell in printed if cell not in alone]
    out.roles.mark("label", *alone)
    out.roles.mark("empty", *(cell for cell in record.names if cell.is_blank))
    return Printed(texts) if texts else None


def _open(
    record: Record, name: Printed, goal: Goal, field: dict[str, str], out: Readings
) -> Row:
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
