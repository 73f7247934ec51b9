"""施策の予算額・執行額: the policy's own money, in a row of heads or in a grid of stages and years.

In: the cells beside and below the label that opens the block. Out: rows of ``Readings.budgets``
at the level of the policy. Refuses, by putting the cell aside: an amount whose row or column says
no stage or no year, figures of another stage under 要求額.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.forms.blocks import YEAR_WITHIN, is_period
from pipelines.forms.cells import EDGE
from pipelines.forms.money import MoneyHead, add_amount, read_head, unit_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.cells import Cell
    from pipelines.forms.declaration import Declaration
    from pipelines.forms.readings import Readings, Row

#: Row labels of the grid and the stage they name; 執行率 is a share, not an amount.
_ROW_STAGES = {
    "budget_initial": "initial",
    "budget_supplementary": "supplementary",
    "budget_carryover": "carryover",
    "budget_total": "revised",
    "budget_executed": "executed",
    "budget_requested": "requested",
    "budget_rate": None,
}


def read_policy_budget(
    opening: Cell,
    cells: Sequence[Cell],
    policy: Row,
    declaration: Declaration,
    out: Readings,
    fallback_unit: str | None,
) -> None:
    """Read the block that ``opening`` labels; ``cells`` are those of its rows, without other labels'."""
    labels = {
        cell.key: label for cell in cells if (label := declaration.label_of(cell)) is not None
    }
    out.roles.mark("label", opening, *(cell for cell in cells if cell.key in labels))
    unit = unit_within(opening.text) or fallback_unit
    if any(label in _ROW_STAGES for label in labels.values()):
        _read_grid(cells, labels, policy, out, unit)
    else:
        _read_columns(cells, labels, policy, declaration, out, unit)


def _read_columns(  # noqa: PLR0913
    cells: Sequence[Cell],
    labels: dict[str, str],
    policy: Row,
    declaration: Declaration,
    out: Readings,
    unit: str | None,
) -> None:
    heads = [
        cell
        for cell in cells
        if declaration.budget_stage(cell.folded)
        or (cell.key not in labels and bool(YEAR_WITHIN.fullmatch(cell.folded)))
    ]
    out.roles.mark("label", *heads)
    head_keys = {cell.key for cell in heads}
    body = [cell for cell in cells if cell.key not in head_keys and cell.key not in labels]
    for cell in body:
        over = sorted(
            (head for head in heads if head.stands_over(cell) and head.top < cell.top),
            key=lambda head: head.top,
        )
        head = read_head(over, declaration)
        if head is None:
            continue
        head.unit = head.unit or unit
        column = sorted((c for c in body if c.stands_over(cell)), key=lambda c: c.top)
        printed = [c for c in column if not c.is_blank]
        if cell.is_blank and printed:
            out.roles.mark("empty", cell)
        elif head.stages == ["revised_and_executed"] and len(printed) == 2:  # noqa: PLR2004
            add_amount(out, policy, head, ("revised", "executed")[printed.index(cell)], cell)
        elif len(head.stages) == 2 and len(printed) == 2:  # noqa: PLR2004 - one row a stage
            add_amount(out, policy, head, head.stages[printed.index(cell)], cell)
        elif len(head.stages) == 2 and len(printed) == 1:  # noqa: PLR2004 - both in one cell
            add_amount(out, policy, head, "revised_and_executed", cell)
        elif len(printed) <= 1:
            add_amount(out, policy, head, head.stages[0], cell)
        else:
            out.roles.quarantine("more amounts than stages over them", cell)


def _read_grid(
    cells: Sequence[Cell],
    labels: dict[str, str],
    policy: Row,
    out: Readings,
    unit: str | None,
) -> None:
    rows = [cell for cell in cells if labels.get(cell.key) in _ROW_STAGES]
    first_row = min(cell.top for cell in rows)
    columns_from = max(cell.x1 for cell in rows)
    heads = [
        cell
        for cell in cells
        if cell.top < first_row - EDGE
        and cell.key not in labels
        and not cell.is_blank
        and YEAR_WITHIN.search(cell.folded)
    ]
    out.roles.mark("label", *heads)
    for row in rows:
        stage = _ROW_STAGES[labels[row.key]]
        # 予算の状況（千円） stands left of its rows; a page's end may cut it off from the last ones.
        group_unit = next(
            (
                found
                for cell in reversed(cells)
                if labels.get(cell.key) == "budget_situation"
                and cell.top <= row.middle
                and (cell.page < row.page or cell.bottom >= row.middle)
                and (found := unit_within(cell.text))
            ),
            None,
        )
        row_unit = unit_within(row.text) or group_unit or unit
        beside = [
            cell
            for cell in cells
            if cell.key not in labels
            and cell.x0 >= columns_from - EDGE
            and cell.top > first_row - EDGE
            and cell.page == row.page
            and row.top - EDGE <= cell.middle <= row.bottom + EDGE
        ]
        for cell in beside:
            over = [head for head in heads if head.stands_over(cell)]
            if stage is None:
                out.roles.mark("value", cell)
            elif len(over) != 1:
                what = "several years" if over else "no year"
                out.roles.quarantine(f"an amount under {what}", cell)
            else:
                _read_cell(cell, over[0], stage, row_unit, policy, out)


def _read_cell(  # noqa: PLR0913
    cell: Cell, head: Cell, stage: str, unit: str | None, policy: Row, out: Readings
) -> None:
    year = YEAR_WITHIN.search(head.folded)
    period = year.group() if year else None
    if "要求" in head.folded and stage != "requested":
        if stage == "initial":
            stage = "requested"
        elif cell.is_blank or is_period(cell.folded):
            out.roles.mark("value", cell)
            return
        else:
            out.roles.quarantine("an amount under 要求額 in another stage's row", cell)
            return
    add_amount(out, policy, MoneyHead([stage], period, unit_within(head.text) or unit), stage, cell)
