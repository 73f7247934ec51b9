"""施策の予算額・執行額: the policy's own money, in a row of heads or in a grid of stages and years.

In: the section that the label opens, without the fields beside it. Out: rows of
``Readings.budgets`` at the level of the policy. Refuses, by putting the cell aside: an amount
whose row or column says no stage or no year, figures of another stage under 要求額.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE
from pipelines.forms.money import Ledger, MoneyHead, join_cut_amounts, read_head, unit_within
from pipelines.forms.periods import YEAR_WITHIN, is_period, year_in

if TYPE_CHECKING:
    from pipelines.forms.blocks import Section
    from pipelines.forms.cells import Cell
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


def read_policy_budget(section: Section, policy: Row, out: Readings) -> None:
    """Read the block of the policy's own money into ``out``."""
    labels = {
        cell.key: label
        for cell in section.cells
        if (label := section.declaration.label_of(cell)) is not None
    }
    out.roles.mark("label", section.opening, *(c for c in section.cells if c.key in labels))
    reader = _Reader(section, labels, Ledger(policy, out))
    if any(label in _ROW_STAGES for label in labels.values()):
        reader.read_grid()
    else:
        reader.read_columns()


class _Reader:
    def __init__(self, section: Section, labels: dict[str, str], ledger: Ledger) -> None:
        self.section = section
        self.cells = section.cells
        self.labels = labels
        self.ledger = ledger
        self.roles = ledger.out.roles
        self.unit = unit_within(section.opening.text) or section.unit_around

    def read_columns(self) -> None:
        """Heads that name stage and year, the amounts below."""
        declaration = self.section.declaration
        unlabelled = [cell for cell in self.cells if cell.key not in self.labels]
        heads = [
            cell
            for cell in self.cells
            if declaration.budget_stage(cell.folded)
            or (cell.key not in self.labels and bool(YEAR_WITHIN.fullmatch(cell.folded)))
        ]
        self.roles.mark("label", *heads)
        body = join_cut_amounts(
            (cell for cell in unlabelled if cell not in heads), self.roles, pairs_share_cells=None
        )
        for cell in body:
            over = sorted(
                (head for head in heads if head.stands_over(cell) and head.top < cell.top),
                key=lambda head: head.top,
            )
            head = read_head(over, declaration)
            if head is not None:
                head.unit = head.unit or self.unit
                column = sorted((c for c in body if c.stands_over(cell)), key=lambda c: c.top)
                self.ledger.column(cell, head, column)

    def read_grid(self) -> None:
        """A stage a row, a year a column."""
        rows = [cell for cell in self.cells if self.labels.get(cell.key) in _ROW_STAGES]
        first_row = min(cell.top for cell in rows)
        columns_from = max(cell.x1 for cell in rows)
        heads = [
            cell
            for cell in self.cells
            if cell.top < first_row - EDGE
            and cell.key not in self.labels
            and not cell.is_blank
            and YEAR_WITHIN.search(cell.folded)
        ]
        self.roles.mark("label", *heads)
        body = [
            cell
            for cell in self.cells
            if cell.key not in self.labels
            and cell.x0 >= columns_from - EDGE
            and cell.top > first_row - EDGE
        ]
        for row in rows:
            for cell in body:
                if cell.page == row.page and row.top - EDGE <= cell.middle <= row.bottom + EDGE:
                    self._read_cell(cell, row, [head for head in heads if head.stands_over(cell)])

    def _read_cell(self, cell: Cell, row: Cell, over: list[Cell]) -> None:
        stage = _ROW_STAGES[self.labels[row.key]]
        if stage is None:
            self.roles.mark("value", cell)
            return
        if len(over) != 1:
            what = "several years" if over else "no year"
            self.roles.quarantine(f"an amount under {what}", cell)
            return
        head = over[0]
        if "要求" in head.folded and stage != "requested":
            if stage == "initial":
                stage = "requested"
            elif cell.is_blank or is_period(cell.folded):
                self.roles.mark("value", cell)
                return
            else:
                self.roles.quarantine("an amount under 要求額 in another stage's row", cell)
                return
        unit = unit_within(head.text) or unit_within(row.text) or self._unit_of_group(row)
        unit = unit or self._one_unit()
        money = MoneyHead([stage], year_in(head.folded), unit or self.unit)
        self.ledger.add(money, stage, cell)

    def _one_unit(self) -> str | None:
        """The unit that the block's labels name, if just one: 執行額 often bears none."""
        labels = (cell for cell in self.cells if cell.key in self.labels)
        units = {unit for cell in labels if (unit := unit_within(cell.text))}
        return units.pop() if len(units) == 1 else None

    def _unit_of_group(self, row: Cell) -> str | None:
        """The unit of 予算の状況（千円）, left of its rows.

        A page's end may part the label from some of them, the first or the last.
        """
        groups = [c for c in self.cells if self.labels.get(c.key) == "budget_situation"]
        here = [c for c in groups if c.page == row.page and c.top <= row.middle <= c.bottom]
        before = [c for c in groups if c.page < row.page]
        overleaf = [
            group
            for group in groups
            for blank in self.cells
            if blank.is_blank
            and blank.top <= row.middle <= blank.bottom
            and blank.is_continued_by(group)
        ]
        found = (unit_within(group.text) for group in (*here, *reversed(before), *overleaf))
        return next((unit for unit in found if unit), None)
