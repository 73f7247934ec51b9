"""Figures of one indicator under year columns: 年度ごとの目標値, 年度ごとの実績値, 実績値.

In: the cells of a record under these labels. Out: one value a kind and year. Which is which is
decided by the label at the left of a row, else by the labels over the column: where two stand
over each other in the head, the upper row of figures is the upper label's; where one announces
both, the actual stands in brackets. Refuses, by putting the cells aside: a figure under several
years or none, beside words that the form does not know, more figures than labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, RAGGED, Cell, fold
from pipelines.forms.indicators.rows import BOTH, ROW_LABELS, YEARLY
from pipelines.forms.periods import YEAR_ONLY, YEAR_WITHIN, in_brackets, is_period
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.indicators.indicator import Indicator
    from pipelines.forms.indicators.rows import Rows
    from pipelines.forms.records import Record

_FIGURE = re.compile(r"[約△▲-]?\d")
_BRACKETS = re.compile(r"[()（）]")
#: Words in brackets that speak of the figure before them, and are no figure of their own.
_REMARK = re.compile(r"暫定|速報|見込|予定|推計|概算|累計|単年度|参考")


def read(record: Record, rows: Rows, indicator: Indicator) -> None:
    """Read all figures under years of one indicator."""
    _Reader(record, rows, indicator).read()


@dataclass(slots=True)
class _Figure:
    """What stands in one place under a year: a cell, or its pieces where a page's end cuts it."""

    pieces: list[Cell]
    row_label: str | None

    @property
    def cell(self) -> Cell:
        """The piece to point at: the first that holds text, else the first."""
        return next((piece for piece in self.pieces if not piece.is_blank), self.pieces[0])

    @property
    def text(self) -> str:
        return Printed(self.pieces).text or ""

    @property
    def may_be_two(self) -> bool:
        """Whether a figure begins on both sides of a page's end."""
        printed = [piece.folded for piece in self.pieces if not piece.is_blank]
        return len(printed) > 1 and all(map(_FIGURE.match, printed))


class _Reader:
    def __init__(self, record: Record, rows: Rows, indicator: Indicator) -> None:
        self.record = record
        self.rows = rows
        self.block = rows.block
        self.indicator = indicator
        self.cells = rows.yearly(record)

    def read(self) -> None:
        figures: list[_Figure] = []
        for cell in self.cells:
            years = self.block.years_over(cell)
            if cell.is_blank and years and _is_wider(cell, years[0]):
                # The room under a row that goes on overleaf.
                self.indicator.out.roles.mark("empty", cell)
            elif len(years) != 1:
                what = "several years" if years else "no year"
                self.indicator.put_aside(f"one cell under {what}", cell)
            elif not is_period(years[0].folded) and not YEAR_WITHIN.search(years[0].folded):
                reason = f"a figure under {years[0].folded}, which is no year"
                self.indicator.put_aside(reason, cell)
            elif self._is_beside_unknown(cell):
                reason = "a figure beside a label that the form does not know"
                self.indicator.put_aside(reason, cell)
            else:
                figures.append(_Figure([cell], self.rows.label_left_of(cell, self.record)))
        for year, column in self._columns(figures).items():
            for label, group in self._by_label(column).items():
                self._read_group(label, year, group)

    def _columns(self, figures: Sequence[_Figure]) -> dict[Cell, list[_Figure]]:
        """Figures by the head cell of their year, from the top down."""
        columns: dict[Cell, list[_Figure]] = {}
        for figure in sorted(figures, key=lambda figure: figure.cell.top):
            columns.setdefault(self.block.years_over(figure.cell)[0], []).append(figure)
        return columns

    def _by_label(self, column: list[_Figure]) -> dict[str | None, list[_Figure]]:
        """Figures of one column by the label at the left of their row, pieces put together.

        Of a figure and the one that goes on with it overleaf, one without a label of its own is a
        piece of the other if there would be more figures without a label than the head announces.
        """
        labelled = {YEARLY.get(figure.row_label or "", figure.row_label) for figure in column}
        announced = [kind for kind in self._kinds_over(column[0]) if kind not in labelled]
        if labelled == {None} and not announced:
            announced = [BOTH] * (1 + self.rows.are_paired)
        surplus = sum(figure.row_label is None for figure in column) - len(announced)
        whole: list[_Figure] = []
        for figure in column:
            last = whole[-1] if whole else None
            if last is not None and (
                last.pieces[-1].is_one_with(figure.pieces[0])
                or (
                    surplus > 0
                    and not (last.row_label and figure.row_label)
                    and last.pieces[-1].is_continued_by(figure.pieces[0])
                )
            ):
                last.pieces += figure.pieces
                last.row_label = last.row_label or figure.row_label
                surplus -= 1
            else:
                whole.append(figure)
        by_label: dict[str | None, list[_Figure]] = {}
        for figure in whole:
            by_label.setdefault(figure.row_label, []).append(figure)
        return by_label

    def _kinds_over(self, figure: _Figure) -> tuple[str, ...]:
        """The kinds of figures that the labels over a column announce, from the top down."""
        heads = self.block.labels_over(figure.cell)
        return tuple(YEARLY[head] for head in heads if head in YEARLY)

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

    def _read_group(self, label: str | None, year: Cell, group: Sequence[_Figure]) -> None:
        """The figures under one year that one label at the left governs (None: those of none)."""
        heads = [head for head in self.block.labels_over(group[0].cell) if head in ROW_LABELS]
        announced = [label] if label else heads
        if BOTH in announced:
            kinds: tuple[str, ...] = ("annual_target", "actual")
            if self._has_a_row_each(group):
                texts = (group[0].text.strip(), _without_brackets(group[1].text))
                for kind, figure, text in zip(kinds, group, texts, strict=True):
                    self._add(kind, year, text, figure)
            elif len(group) == 1:
                self._add_pair(kinds, year, group[0], shows_brackets=True)
            else:
                self._put_aside("several texts in one place", group)
            return
        kinds = tuple(YEARLY[head] for head in announced)
        if len(kinds) == len(group):
            for kind, figure in zip(kinds, group, strict=True):
                self._add(kind, year, figure.text, figure)
        elif len(kinds) == 2 and len(group) == 1:  # noqa: PLR2004 - both in one cell
            self._add_pair(kinds, year, group[0], shows_brackets=False)
        else:
            self._put_aside("more or fewer figures than labels over them", group)

    def _has_a_row_each(self, group: Sequence[_Figure]) -> bool:
        """Whether target and actual, announced by one label, stand in two rows.

        The upper one bears no brackets: a pair in each of two rows is nothing a form announces.
        """
        return (
            len(group) == 2  # noqa: PLR2004 - target and actual
            and (self.rows.are_paired or group[0].cell.page == group[1].cell.page)
            and not _BRACKETS.search(group[0].text)
            and not _BRACKETS.search(_without_brackets(group[1].text))
        )

    def _add_pair(
        self, kinds: Sequence[str], year: Cell, figure: _Figure, *, shows_brackets: bool
    ) -> None:
        """Target and, in brackets behind it, actual; alone only where the head shows brackets."""
        text = figure.text
        pair = in_brackets(text)
        is_remark = pair is not None and _speaks_of_the_figure(pair[1])
        if is_remark:
            pair = None
        if not fold(text):
            self.indicator.out.roles.mark("empty", *figure.pieces)
        elif pair and pair[0]:
            self._add(kinds[0], year, pair[0], figure)
            self._add(kinds[1], year, pair[1], figure)
        elif shows_brackets and pair:
            self._add(kinds[1], year, pair[1], figure)
        elif shows_brackets and (is_remark or not (_BRACKETS.search(text) or figure.may_be_two)):
            self._add(kinds[0], year, text, figure)
        else:
            reason = "target and actual in one cell, and which is which is not said"
            self._put_aside(reason, [figure])

    def _add(self, kind: str, year: Cell, text: str, figure: _Figure) -> None:
        self.indicator.out.roles.mark("value", *figure.pieces)
        self.indicator.add(kind, year.text, text, figure.cell)

    def _put_aside(self, reason: str, group: Sequence[_Figure]) -> None:
        for figure in group:
            self.indicator.put_aside(reason, *figure.pieces)


def _is_wider(cell: Cell, year: Cell) -> bool:
    return cell.x0 < year.x0 - RAGGED or cell.x1 > year.x1 + RAGGED


def _speaks_of_the_figure(inner: str) -> bool:
    """Whether words in brackets say more of the figure before them: a year, 速報値.

    Words with brackets of their own, 12（速報値） or 集計中（9月公表予定）, are another figure or
    what stands for one, unless they say so before these brackets: 暫定値（9月時点）.
    """
    words = fold(inner)
    own = words.partition("(")[0]
    is_year = YEAR_ONLY.fullmatch(words) or YEAR_ONLY.fullmatch(own)
    return bool(is_year or _REMARK.search(own))


def _without_brackets(text: str) -> str:
    """A text that stands in brackets as a whole, without them."""
    pair = in_brackets(text.strip())
    return pair[1] if pair and not pair[0] else text
