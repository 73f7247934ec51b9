"""測定指標 in words: a block whose rows are labelled 実績 and 目標, a year and a text each.

In: the block. Out: one qualitative indicator. Refuses, by putting cells aside: words without a
測定指標 beside them, words without a year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, Cell, right_of
from pipelines.forms.indicators.indicator import Indicator
from pipelines.forms.list_numbers import read_name

if TYPE_CHECKING:
    from pipelines.forms.blocks import Block
    from pipelines.forms.fields import Goal
    from pipelines.forms.readings import Readings

#: Labels of the rows, and the kind of value that they announce.
_SIDES = {"actual_text": "actual", "target_text": "target", "indicator_rationale": None}


def read(block: Block, goal: Goal, out: Readings) -> None:
    """Read one indicator in words into ``out``."""
    names = [
        cell
        for cell in block.body
        if block.labels_over(cell)[:1] == ["indicator"] and cell.key not in block.labels
    ]
    first = names[0].x1 if names else 0.0
    named = read_name([cell for cell in names if abs(cell.x1 - first) <= EDGE], out.roles)
    if named is None:
        out.roles.quarantine("words without a 測定指標 beside them", *block.body)
        return
    indicator = Indicator(goal, named, out)
    indicator.row["indicator_type"] = "qualitative"
    _read_baseline(block, indicator)
    sides = [cell for cell in block.body if block.labels.get(cell.key) in _SIDES]
    for index, side in enumerate(sides):
        end = sides[index + 1].top if index + 1 < len(sides) else float("inf")
        beside = [
            cell
            for cell in block.body
            if side.top - EDGE <= cell.top < end - EDGE
            and abs(cell.x0 - side.x1) <= EDGE
            and cell.key not in block.labels
        ]
        kind = _SIDES[block.labels[side.key]]
        for cell in beside:
            if kind is None:
                out.roles.mark("value", cell)
                indicator.row["rationale"] = cell.text or None
            else:
                _read_year(kind, cell, block, indicator)


def _read_baseline(block: Block, indicator: Indicator) -> None:
    for head in block.head:
        if block.labels.get(head.key) == "baseline":
            value = right_of(head, block.head)
            if value is not None and value.key not in block.labels:
                indicator.add("baseline", None, value.text, value)


def _read_year(kind: str, year: Cell, block: Block, indicator: Indicator) -> None:
    text = right_of(year, block.body)
    if text is None or (year.is_blank and not text.is_blank):
        beside = (cell for cell in (year, text) if cell)
        indicator.put_aside("words without a year beside them", *beside)
        return
    indicator.out.roles.mark("label", year)
    if not year.is_blank:
        indicator.add(kind, year.text, text.text, text)
