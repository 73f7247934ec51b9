"""Figures of one indicator under year columns: 年度ごとの目標値, 年度ごとの実績値, 実績値.

In: the cells of a record under these labels. Out: one value a kind and year. Which is which is
decided by the label at the left of a row, else by the labels over the column: where two stand
over each other in the head, the upper row of figures is the upper label's; where one announces
both, the actual stands in brackets. Refuses, by putting the cells aside: a figure under several
years or none, beside words that the form does not know, more figures than labels.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, Cell, fold
from pipelines.forms.indicators.rows import ROW_LABELS, YEARLY
from pipelines.forms.periods import YEAR_ONLY, YEAR_WITHIN, in_brackets, is_period
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.blocks import Record
    from pipelines.forms.indicators.indicator import Indicator
    from pipelines.forms.indicators.rows import Rows

_BRACKETS = re.compile(r"[()（）]")
#: Words in brackets that speak of the figure before them, and are no figure of their own.
_REMARK = re.compile(r"暫定|速報|見込|予定|推計|概算|累計|単年度|参考")
_BOTH = "annual_target_and_actual"
_KINDS_OF_BOTH = ("annual_target", "actual")


def read(record: Record, rows: Rows, indicator: Indicator) -> None:
    """Read all figures under years of one indicator."""
    _Reader(record, rows, indicator).read()


class _Reader:
    def __init__(self, record: Record, rows: Rows, indicator: Indicator) -> None:
        self.record = record
        self.rows = rows
        self.block = rows.block
        self.indicator = indicator
        self.cells = rows.yearly(record)

    def read(self) -> None:
        for cell in self.cells:
            years = self.block.years_over(cell)
            if len(years) != 1:
                what = "several years" if years else "no year"
                self.indicator.put_aside(f"one cell under {what}", cell)
            elif not is_period(years[0].folded) and not YEAR_WITHIN.search(years[0].folded):
                reason = f"a figure under {years[0].folded}, which is no year"
                self.indicator.put_aside(reason, cell)
            elif self._is_beside_unknown(cell):
                reason = "a figure beside a label that the form does not know"
                self.indicator.put_aside(reason, cell)
            else:
                self._read_cell(cell, years[0].text)

    def _is_beside_unknown(self, cell: Cell) -> bool:
        """Whether words at the left of its row, under no year, say that it is something else."""
        return any(
            not other.is_blank
            and other.x1 <= cell.x0 + EDGE
            and other.page == cell.page
            and other.top - EDGE <= cell.middle <= other.bottom + EDGE
            and not self.block.years_over(other)
            for other in self.cells
        )

    def _column_of(self, cell: Cell) -> list[Cell]:
        """The figures of its column whose rows no label at the left governs, from the top."""
        column = (
            other
            for other in self.cells
            if other.x0 - EDGE <= cell.centre <= other.x1 + EDGE
            and self.rows.label_left_of(other, self.record) is None
            and not self._is_beside_unknown(other)
        )
        return sorted(column, key=lambda other: other.top)

    def _read_cell(self, cell: Cell, period: str) -> None:
        """One figure (or two, target and actual) under one year."""
        row_label = self.rows.label_left_of(cell, self.record)
        heads = [head for head in self.block.labels_over(cell) if head in ROW_LABELS]
        announced = [row_label] if row_label else heads
        column = self._column_of(cell)
        if _BOTH in announced:
            if _has_a_row_each(column):
                text = cell.text.strip() if cell is column[0] else _without_brackets(cell.text)
                self.indicator.add(_KINDS_OF_BOTH[column.index(cell)], period, text, cell)
            elif cell is column[0]:
                self._add_pair(_KINDS_OF_BOTH, period, column, shows_brackets=True)
            return
        kinds = tuple(YEARLY[label] for label in announced)
        if len(kinds) == 1 and len(column) <= 1:
            self.indicator.add(kinds[0], period, cell.text, cell)
        elif len(kinds) == 2 and len(column) == 2:  # noqa: PLR2004 - one row a label
            self.indicator.add(kinds[column.index(cell)], period, cell.text, cell)
        elif len(kinds) == 2 and len(column) == 1:  # noqa: PLR2004 - both in one cell
            self._add_pair(kinds, period, column, shows_brackets=False)
        else:
            self.indicator.put_aside("more or fewer figures than labels over them", cell)

    def _add_pair(
        self,
        kinds: Sequence[str],
        period: str,
        pieces: Sequence[Cell],
        *,
        shows_brackets: bool,
    ) -> None:
        """Target and, in brackets behind it, actual; alone only where the head shows brackets.

        ``pieces``: the cell, or its halves where a page's end cuts it.
        """
        if any(not a.is_continued_by(b) for a, b in itertools.pairwise(pieces)):
            self.indicator.put_aside("several texts in one place", *pieces)
            return
        self.indicator.out.roles.mark("value", *pieces)
        whole = Printed(list(pieces))
        if whole.is_blank:
            return
        text = whole.text or ""
        cell = next(piece for piece in pieces if not piece.is_blank)
        pair = in_brackets(text)
        if pair and _speaks_of_the_figure(pair[1]):
            pair = None
        if pair and pair[0]:
            self.indicator.add(kinds[0], period, pair[0], cell)
            self.indicator.add(kinds[1], period, pair[1], cell)
        elif shows_brackets and pair:
            self.indicator.add(kinds[1], period, pair[1], cell)
        elif shows_brackets and not _BRACKETS.search(text):
            self.indicator.add(kinds[0], period, text, cell)
        else:
            reason = "target and actual in one cell, and which is which is not said"
            self.indicator.put_aside(reason, *pieces)


def _speaks_of_the_figure(inner: str) -> bool:
    """Whether words in brackets say more of the figure before them: a year, 速報値."""
    return bool(YEAR_ONLY.fullmatch(fold(inner)) or _REMARK.search(fold(inner)))


def _has_a_row_each(column: Sequence[Cell]) -> bool:
    """Whether target and actual, announced by one label, stand in two rows on one page.

    The upper one bears no brackets: a pair in each of two rows is nothing a form announces.
    """
    return (
        len(column) == 2  # noqa: PLR2004 - target and actual
        and column[0].page == column[1].page
        and not _BRACKETS.search(column[0].text)
        and not _BRACKETS.search(_without_brackets(column[1].text))
    )


def _without_brackets(text: str) -> str:
    """A text that stands in brackets as a whole, without them."""
    pair = in_brackets(text.strip())
    return pair[1] if pair and not pair[0] else text
