"""基準値 and 目標値 of one indicator, each with the year that governs it.

In: the cells of a record under these labels. Out: at most one value of each kind. The year stands
in the head, in a cell beside or below, or in the value's own cell. Refuses, by putting the cells
aside: several texts, a year where a value should be, a year that contradicts another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.forms.cells import Cell, fold
from pipelines.forms.indicators.rows import ROW_LABELS
from pipelines.forms.periods import YEAR_WITHIN, is_a_year, is_period, split_year
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from pipelines.forms.blocks import Block, Record
    from pipelines.forms.indicators.indicator import Indicator

_KINDS = ("baseline", "target")


@dataclass(slots=True)
class _End:
    """The cells of one value, and the cells of its year, where that has a column of its own."""

    kind: str
    block: Block
    cells: list[Cell] = field(default_factory=list)
    year_cells: list[Cell] = field(default_factory=list)

    @property
    def printed(self) -> list[Cell]:
        return sorted((c for c in self.cells if not c.is_blank), key=lambda cell: cell.top)

    @property
    def printed_years(self) -> list[Cell]:
        return [cell for cell in self.year_cells if not cell.is_blank]

    def period(self) -> str | None:
        """The year beside the value, over it, or in the label over it."""
        if self.printed_years:
            return self.printed_years[0].text
        cell = (self.printed or self.cells)[0]
        years = self.block.years_over(cell)
        if len(years) == 1:
            return years[0].text
        within = [
            match.group()
            for head in self.block.over(cell)
            if head.key in self.block.labels and (match := YEAR_WITHIN.search(head.folded))
        ]
        return within[-1] if within and not years else None

    def has_year_in_head(self) -> bool:
        """Whether the head announces value and year in one column."""
        heads = {label for cell in self.cells for label in self.block.labels_over(cell)}
        return bool(heads & {f"{self.kind}_year", f"{self.kind}_and_year"})


def read(record: Record, block: Block, indicator: Indicator) -> None:
    """Read both ends of one indicator."""
    ends = {kind: _End(kind, block) for kind in _KINDS}
    for cell in record.cells:
        heads = block.labels_over(cell)
        if cell.key in block.labels or not heads or set(heads) & ROW_LABELS:
            continue
        kind = heads[0].removesuffix("_and_year")
        if kind in ends:
            ends[kind].cells.append(cell)
        elif kind.removesuffix("_year") in ends:
            ends[kind.removesuffix("_year")].year_cells.append(cell)
    for end in ends.values():
        if end.cells:
            _read_end(end, indicator)
        else:
            indicator.put_aside(f"a year without a {end.kind} beside it", *end.year_cells)


def _read_end(end: _End, indicator: Indicator) -> None:
    roles, printed = indicator.out.roles, end.printed
    roles.mark("empty", *(cell for cell in (*end.cells, *end.year_cells) if cell.is_blank))
    is_cut = len(printed) == 2 and printed[0].is_continued_by(printed[1])  # noqa: PLR2004
    if is_cut and not is_period(printed[1].folded):
        roles.mark("value", *end.printed_years, printed[1])
        indicator.add(end.kind, end.period(), Printed(printed).text or "", printed[0])
    elif not printed:
        roles.mark("value", *end.printed_years)
        indicator.add(end.kind, end.period(), "", end.cells[0])
    elif end.has_year_in_head() and not end.year_cells:
        _read_stacked(end, indicator)
    elif len(printed) == 1 and split_year(printed[0].text)[1] is not None:
        _read_with_year(end, indicator)
    elif len(printed) == 1 and len(end.printed_years) <= 1:
        roles.mark("value", *end.printed_years)
        indicator.add(end.kind, end.period(), printed[0].text, printed[0])
    else:
        reason = f"several texts under one {end.kind}"
        indicator.put_aside(reason, *printed, *end.printed_years)


def _read_with_year(end: _End, indicator: Indicator) -> None:
    """A value with a year behind it, unless the head or the cell beside says another."""
    cell = end.printed[0]
    value, year = split_year(cell.text)
    said = end.period()
    indicator.out.roles.mark("value", *end.printed_years)
    if said is None or fold(said) == fold(year or ""):
        indicator.add(end.kind, year, value, cell)
    else:
        reason = f"{end.kind} of {fold(said)} with another year in its cell"
        indicator.put_aside(reason, cell)


def _read_stacked(end: _End, indicator: Indicator) -> None:
    """A value over its year, in two cells or one."""
    printed = end.printed
    if len(printed) == 2 and is_period(printed[1].folded):  # noqa: PLR2004 - value over year
        indicator.out.roles.mark("value", printed[1])
        indicator.add(end.kind, printed[1].text, printed[0].text, printed[0])
    elif len(printed) == 1 and is_a_year(printed[0].folded):
        indicator.put_aside(f"a year where a {end.kind} should be", *printed)
    elif len(printed) == 1:
        value, year = split_year(printed[0].text)
        indicator.add(end.kind, year or end.period(), value, printed[0])
    else:
        indicator.put_aside(f"{end.kind} and its year cannot be told apart", *printed)
