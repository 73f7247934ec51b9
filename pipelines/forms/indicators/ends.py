"""基準値 and 目標値 of one indicator, each with the year that governs it.

In: the cells of a record under these labels. Out: at most one value of each kind. The year stands
in the head, in a cell beside or below, or in the value's own cell. Refuses, by putting the cells
aside: several texts, a year where a value should be, a year that contradicts another.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.forms.cells import Cell, fold
from pipelines.forms.indicators.rows import ROW_LABELS
from pipelines.forms.periods import is_a_year, is_every_year, is_period, split_year, year_in
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from pipelines.forms.blocks import Block
    from pipelines.forms.indicators.indicator import Indicator
    from pipelines.forms.records import Record

_KINDS = ("baseline", "target")


@dataclass(slots=True)
class _End:
    """The cells of one value, and the cells of its year, where that has a column of its own."""

    kind: str
    block: Block
    cells: list[Cell] = field(default_factory=list)
    year_cells: list[Cell] = field(default_factory=list)

    @property
    def printed(self) -> list[Printed]:
        """Its texts from the top down; what a page's end cuts in two is one text.

        But a year that stands alone overleaf, where the head has it under the value, is its own.
        """
        texts: list[Printed] = []
        for cell in sorted((c for c in self.cells if not c.is_blank), key=lambda cell: cell.top):
            is_year = self.has_year_in_head() and is_period(cell.folded)
            last = texts[-1].cells[-1] if texts else None
            if last and (last.is_one_with(cell) or (last.is_continued_by(cell) and not is_year)):
                texts[-1].cells.append(cell)
            else:
                texts.append(Printed([cell]))
        return texts

    @property
    def printed_years(self) -> list[Cell]:
        """Cells of its year that are not blank."""
        return [cell for cell in self.year_cells if not cell.is_blank]

    def period(self) -> str | None:
        """The year beside the value, over it, or in the label over it."""
        if self.printed_years:
            return Printed(self.printed_years).text
        cell = self.cells[0]
        years = self.block.years_over(cell)
        if len(years) == 1:
            return years[0].text
        within = [
            year
            for head in self.block.over(cell)
            if head.key in self.block.labels and (year := year_in(head.folded))
        ]
        return within[-1] if within and not years else None

    def has_year_in_head(self) -> bool:
        """Whether the head announces value and year in one column."""
        heads = {label for cell in self.cells for label in self.block.labels_over(cell)}
        return not self.year_cells and bool(heads & {f"{self.kind}_year", f"{self.kind}_and_year"})

    def has_one_year_cell(self) -> bool:
        """Whether its year has at most one text beside it."""
        pairs = itertools.pairwise(self.printed_years)
        return all(upper.is_continued_by(lower) for upper, lower in pairs)


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
    if len(printed) > 1 + end.has_year_in_head() or not end.has_one_year_cell():
        cells = (cell for text in printed for cell in text.cells)
        reason = f"several texts under one {end.kind}"
        indicator.put_aside(reason, *cells, *end.printed_years)
        return
    roles.mark("value", *end.printed_years)
    if not printed:
        indicator.add(end.kind, end.period(), "", end.cells[0])
    elif len(printed) > 1:
        _read_over_year(end, printed[0], printed[1], indicator)
    else:
        _read_text(end, printed[0], indicator)


def _read_over_year(end: _End, value: Printed, year: Printed, indicator: Indicator) -> None:
    """A value in one cell, its year in the one below."""
    if is_period(fold(year.text or "")):
        indicator.out.roles.mark("value", *value.cells, *year.cells)
        indicator.add(end.kind, year.text, value.text or "", value.cells[0])
    else:
        reason = f"{end.kind} and its year cannot be told apart"
        indicator.put_aside(reason, *value.cells, *year.cells)


def _read_text(end: _End, printed: Printed, indicator: Indicator) -> None:
    """One text: a value, perhaps with a year behind it, unless head or cell beside say another."""
    value, year = split_year(printed.text or "")
    said = end.period()
    if end.block.lacks_its_years and said is None and year is None:
        reason = f"a {end.kind} whose year may be named in a part of the head that is not known"
        indicator.put_aside(reason, *printed.cells)
        return
    if said is not None and year is not None and is_every_year(fold(year)):
        value, year = printed.text or "", None
    if end.has_year_in_head() and is_a_year(fold(value)):
        indicator.put_aside(f"a year where a {end.kind} should be", *printed.cells)
    elif said is not None and year is not None and fold(said) != fold(year):
        reason = f"{end.kind} of {fold(said)} with another year in its cell"
        indicator.put_aside(reason, *printed.cells)
    else:
        indicator.out.roles.mark("value", *printed.cells)
        indicator.add(end.kind, year or said, value, printed.cells[0])
