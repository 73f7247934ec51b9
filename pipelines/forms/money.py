"""Cells of money: which stage, which year and which unit the labels over them say.

In: a body cell and the head cells over it. Out: rows of ``Readings.budgets``. Refuses, by putting
the cell aside: a column whose head names no stage or no year, both of two amounts for one
place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.forms.blocks import YEAR_WITHIN
from pipelines.forms.cells import EDGE, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.cells import Cell
    from pipelines.forms.declaration import Declaration
    from pipelines.forms.readings import Readings, Row

UNIT = re.compile(r"(?:千|百万|億|兆|万)?円")


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
        wanted = ["revised", "executed"]
    else:
        wanted = [stages[-1]]
    period = next(
        (match.group() for cell in reversed(over) if (match := YEAR_WITHIN.search(cell.folded))),
        None,
    )
    unit = next((unit for cell in reversed(over) if (unit := unit_within(cell.text))), None)
    return MoneyHead(wanted, period, unit)


def _follows(named: Sequence[tuple[Cell, str]]) -> bool:
    """Whether 執行額 in brackets stands right under 予算額 over the very same column."""
    upper, lower = named[-2][0], named[-1][0]
    return abs(upper.x0 - lower.x0) <= EDGE and abs(upper.x1 - lower.x1) <= EDGE


def add_amount(out: Readings, owner: Row, head: MoneyHead, stage: str, cell: Cell) -> None:
    """One cell of money: one amount, or budget and execution (``revised_and_executed``)."""
    key = owner.get("program_listing_key") or owner["policy_key"]
    places = {
        (key, each, fold(head.period or ""))
        for each in (("revised", "executed") if stage == "revised_and_executed" else (stage,))
    }
    taken = [row for row in out.budgets if row["places"] & places]
    if not cell.is_blank:
        for row in [row for row in taken if not fold(row["raw_text"])]:
            out.budgets.remove(row)
            taken.remove(row)
    if head.period is None:
        out.roles.quarantine("an amount without a year over it", cell)
    elif taken and cell.is_blank:
        out.roles.mark("empty", cell)
    elif taken or places & out.contested:
        # Which of the two is right is not known: neither becomes a fact, nor does a third.
        reason = f"two {stage} amounts for {fold(head.period)}"
        out.contested |= places
        out.roles.quarantine(reason, cell)
        for row in taken:
            out.budgets.remove(row)
            out.roles.by_key[row["cell_key"]] = ("quarantined", reason)
    else:
        out.roles.mark("value", cell)
        out.budgets.append(
            {
                "places": places,
                "document_key": cell.document_key,
                "policy_key": owner["policy_key"],
                "goal_key": owner.get("goal_key"),
                "goal_number": owner.get("goal_number"),
                "program_listing_key": owner.get("program_listing_key"),
                "review_number": owner.get("review_number"),
                "budget_level": "program" if "program_listing_key" in owner else "policy",
                "stage": stage,
                "period_text": head.period,
                "unit_label": head.unit,
                "raw_text": cell.text,
                "cell_key": cell.key,
            }
        )
