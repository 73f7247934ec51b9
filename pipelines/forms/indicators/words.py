"""測定指標 in words: a block whose rows are labelled 実績 and 目標, a year and a text each.

In: the block. Out: one indicator, qualitative where the labels are these; under 実績値 and 目標値,
the texts may be figures. Refuses, by putting cells aside: words without a
測定指標 beside them, words without a year.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, Cell, right_of
from pipelines.forms.indicators.indicator import Indicator
from pipelines.forms.list_numbers import read_name
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.blocks import Block
    from pipelines.forms.fields import Goal
    from pipelines.forms.readings import Readings

#: Labels of the rows, and the kind of value that they announce.
_SIDES = {
    "actual_text": "actual",
    "actual_beside_a_year": "actual",
    "target_text": "target",
    "target_beside_a_year": "target",
    "indicator_rationale": None,
}


@dataclass(slots=True)
class _Row:
    """A year and its words: a cell each, or their pieces where a page's end cuts them."""

    years: list[Cell]
    texts: list[Cell]

    def goes_on_in(self, other: _Row) -> bool:
        """Whether the other is the rest of this row, overleaf."""
        pieces = [*zip(self.years[-1:], other.years, strict=False)]
        pieces += zip(self.texts[-1:], other.texts, strict=False)
        have_one_year = Printed(self.years).is_blank or Printed(other.years).is_blank
        return any(upper.is_one_with(lower) for upper, lower in pieces) or (
            have_one_year and self.years[-1].is_continued_by(other.years[0])
        )


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
    if "actual_text" in block.labels.values():
        indicator.row["indicator_type"] = "qualitative"
    _read_baseline(block, indicator)
    sides = [cell for cell in block.body if block.labels.get(cell.key) in _SIDES]
    tops = [*(_top_of(side, block) for side in sides), float("inf")]
    for side, (top, end) in zip(sides, itertools.pairwise(tops), strict=True):
        beside = [
            cell
            for cell in block.body
            if top - EDGE <= cell.top < end - EDGE
            and abs(cell.x0 - side.x1) <= EDGE
            and cell.key not in block.labels
        ]
        kind = _SIDES[block.labels[side.key]]
        if kind is None:
            out.roles.mark("value", *beside)
            indicator.row["rationale"] = Printed(beside).clear_text
        else:
            for row in _rows(beside, block):
                _read_row(kind, row, indicator)


def _top_of(side: Cell, block: Block) -> float:
    """Where the rows of a label begin: on the page before, where its blank upper half stands."""
    above = [c for c in block.body if c.is_blank and c.is_continued_by(side)]
    upper = max(above, key=lambda cell: cell.top, default=None)
    first = min(cell.top for cell in block.body if cell.page == side.page)
    if upper is None or side.top - first > EDGE:
        return side.top
    foot = max(cell.bottom for cell in block.body if cell.page == upper.page)
    return upper.top if foot - upper.bottom <= EDGE else side.top


def _read_baseline(block: Block, indicator: Indicator) -> None:
    for head in block.head:
        if block.labels.get(head.key) == "baseline":
            value = right_of(head, block.head)
            if value is not None and value.key not in block.labels:
                indicator.add("baseline", None, value.text, value)


def _rows(years: Sequence[Cell], block: Block) -> list[_Row]:
    """One row a year, from the top down.

    What a page's end cuts is one row: where the rulings say so, or where one half has no year.
    """
    rows: list[_Row] = []
    for year in sorted(years, key=lambda cell: cell.top):
        text = right_of(year, block.body)
        row = _Row([year], [text] if text else [])
        if rows and rows[-1].goes_on_in(row):
            rows[-1].years += row.years
            rows[-1].texts += row.texts
        else:
            rows.append(row)
    return rows


def _read_row(kind: str, row: _Row, indicator: Indicator) -> None:
    year, text = Printed(row.years), Printed(row.texts)
    if not row.texts or (year.is_blank and not text.is_blank):
        indicator.put_aside("words without a year beside them", *row.years, *row.texts)
        return
    indicator.out.roles.mark("label", *row.years)
    if not year.is_blank:
        indicator.out.roles.mark("value", *row.texts)
        first = next((cell for cell in row.texts if not cell.is_blank), row.texts[0])
        indicator.add(kind, year.text, text.text or "", first)
