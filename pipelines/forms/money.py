"""Cells of money: which stage, which year and which unit the labels over them say.

In: a body cell, the head cells over it, the cells of its column. Out: rows of
``Readings.budgets``. Refuses, by putting the cell aside: an amount without a year over it, more
amounts than stages, both of two amounts for one place, an amount that a page's end cuts and no
reader has put together.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.forms.cells import fold
from pipelines.forms.periods import in_brackets, year_in
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.forms.cells import Cell
    from pipelines.forms.declaration import Declaration
    from pipelines.forms.readings import Readings, Roles, Row

#: Who owns an amount, its stage, its year.
Place = tuple[str, str, str]
#: The two amounts of 予算額計（執行額）.
_PAIR = ["revised", "executed"]
UNIT = re.compile(r"(?:千|百万|億|兆|万)?円")
#: How the rest of an amount begins that a page's end cuts off: ,199 の内数 百万円 ）
_REST = re.compile(rf"[,.)]|の?[内外]数(?!\d)|{UNIT.pattern}")

#: Words that hold for every amount of a cell.
_MARKED = re.compile("[内外]数")


def unit_within(text: str) -> str | None:
    """The unit of money that a label names, if it names just one."""
    found = {match.group() for match in UNIT.finditer(fold(text))}
    return found.pop() if len(found) == 1 else None


@dataclass(slots=True)
class MoneyHead:
    """What stands over a column of money: one stage, or two rows of stages."""

    stages: list[str]
    period: str | None
    unit: str | None


def read_head(over: Sequence[Cell], declaration: Declaration) -> MoneyHead | None:
    """Stage, year and unit from the head cells over a column, the lowest first; None if no money.

    Two head cells that stand over each other and name different stages (予算額 over 執行額) say
    that the column's rows are these two.
    """
    named = [(cell, stage) for cell in over if (stage := declaration.budget_stage(cell.folded))]
    if not named:
        return None
    stages = [stage for _, stage in named]
    if stages[-1] == "executed" and "revised" in stages[:-1] and _follows(named):
        wanted = _PAIR
    else:
        wanted = [stages[-1]]
    period = next((year for cell in reversed(over) if (year := year_in(cell.folded))), None)
    unit = next((unit for cell in reversed(over) if (unit := unit_within(cell.text))), None)
    return MoneyHead(wanted, period, unit)


def _follows(named: Sequence[tuple[Cell, str]]) -> bool:
    """Whether 執行額 in brackets stands right under 予算額 over the very same column."""
    return named[-2][0].has_edges_of(named[-1][0])


def is_cut(upper: Cell, lower: Cell) -> bool:
    """Whether a page's end cuts one amount, or a budget and its execution, into these two cells."""
    is_open = upper.folded.count("(") > upper.folded.count(")") or upper.folded.endswith((",", "."))
    is_one = upper.is_one_with(lower) and not upper.is_blank and not lower.is_blank
    return is_one or (upper.is_continued_by(lower) and (is_open or bool(_REST.match(lower.folded))))


def share_cells(cells: Iterable[Cell]) -> bool | None:
    """Whether a budget and its execution in brackets stand in one cell; None if none shows it."""
    found: set[bool] = set()
    for cell in cells:
        pair = in_brackets(cell.text)
        if pair is not None:
            found.add(bool(pair[0]))
    return found.pop() if len(found) == 1 else None


def join_cut_amounts(
    cells: Iterable[Cell], roles: Roles, *, pairs_share_cells: bool | None
) -> list[Cell]:
    """Cells of money; one that a page's end cuts is its upper half, with the whole text.

    A budget at the foot of a page and its execution overleaf are one cell where the list has them
    in one (``pairs_share_cells``). Where nothing shows that, and the budget is marked 内数, which
    holds for all of its cell, both are put aside.
    """
    whole: list[Cell] = []
    for cell in sorted(cells, key=lambda cell: cell.top):
        upper = next((other for other in whole if is_cut(other, cell)), None)
        budget = next((other for other in whole if _is_executed_in(other, cell)), None)
        if upper is None and budget is not None and pairs_share_cells:
            upper = budget
        if upper is not None and not cell.is_blank:
            upper.print(Printed([upper, cell]).text or "")
            roles.mark("value", cell)
        elif budget is not None and pairs_share_cells is None and _MARKED.search(budget.folded):
            reason = "an amount marked 内数 that may share its cell with the one overleaf"
            roles.quarantine(reason, budget, cell)
            whole.remove(budget)
        else:
            whole.append(cell)
    return whole


def _is_executed_in(budget: Cell, cell: Cell) -> bool:
    """Whether a cell holds nothing but an amount in brackets, right overleaf from another."""
    pair = in_brackets(cell.text)
    is_alone = pair is not None and not pair[0]
    return (
        is_alone
        and budget.is_continued_by(cell)
        and not budget.is_blank
        and in_brackets(budget.text) is None
    )


@dataclass(slots=True)
class Ledger:
    """Takes down the amounts of one owner: a policy, or a program under a goal."""

    owner: Row
    out: Readings

    def column(self, cell: Cell, head: MoneyHead, column: Sequence[Cell]) -> None:
        """One cell of a column: alone in it, or one of the rows that the head names.

        ``column``: the owner's cells under the same head, from the top down, ``cell`` among them.
        """
        printed = [other for other in column if not other.is_blank]
        rows = _PAIR if head.stages == ["revised_and_executed"] else head.stages
        if cell is not (printed or column)[0] and cell.is_blank:
            self.out.roles.mark("empty", cell)
        elif any(is_cut(upper, lower) for upper, lower in itertools.pairwise(printed)):
            self.out.roles.quarantine("an amount that the page's end cuts", cell)
        elif len(printed) == len(rows):
            self.add(head, rows[printed.index(cell)], cell)
        elif len(printed) > 1:
            self.out.roles.quarantine("more amounts than stages over them", cell)
        else:
            self.add(head, "revised_and_executed" if rows == _PAIR else rows[0], cell)

    def add(self, head: MoneyHead, stage: str, cell: Cell) -> None:
        """One amount, or budget and execution in one cell (``revised_and_executed``)."""
        key = self.owner.get("program_listing_key") or self.owner["policy_key"]
        stages = _PAIR if stage == "revised_and_executed" else [stage]
        places = {(key, each, fold(head.period or "")) for each in stages}
        taken = [row for row in self.out.budgets if row["places"] & places]
        if not cell.is_blank:
            for row in [row for row in taken if not fold(row["raw_text"])]:
                self.out.budgets.remove(row)
                taken.remove(row)
        if head.period is None:
            self.out.roles.quarantine("an amount without a year over it", cell)
        elif taken and cell.is_blank:
            self.out.roles.mark("empty", cell)
        elif taken or places & self.out.contested:
            self._contest(places, taken, f"two {stage} amounts for {fold(head.period)}", cell)
        else:
            self.out.roles.mark("value", cell)
            self.out.budgets.append({"places": places, **self._row(head, stage, cell)})

    def _contest(self, places: set[Place], taken: Sequence[Row], reason: str, cell: Cell) -> None:
        """Which of the two is right is not known: neither becomes a fact, nor does a third."""
        self.out.contested |= places
        self.out.roles.quarantine(reason, cell)
        for row in taken:
            self.out.budgets.remove(row)
            self.out.roles.take_back(reason, row["cell_key"])

    def _row(self, head: MoneyHead, stage: str, cell: Cell) -> Row:
        owner = self.owner
        return {
            "document_key": cell.document_key,
            "policy_key": owner["policy_key"],
            **{
                name: owner.get(name)
                for name in ("goal_key", "goal_number", "program_listing_key", "review_number")
            },
            "budget_level": "program" if "program_listing_key" in owner else "policy",
            "stage": stage,
            "period_text": head.period,
            "unit_label": head.unit,
            "raw_text": cell.text,
            "cell_key": cell.key,
        }
