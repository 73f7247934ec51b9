"""達成手段: the list of programs that serve a goal becomes rows of programs and amounts.

In: the section of one list and the goal it serves. Out: rows of ``Readings.programs`` and
``Readings.budgets``; roles of the cells. Refuses, by putting the cell aside: a row without a
name, a row of sums, one amount for several programs, a column of money without stage or year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, fold
from pipelines.forms.list_numbers import (
    first_text,
    is_number,
    places_before_digits,
    read_name,
    split_number,
)
from pipelines.forms.merged import halves
from pipelines.forms.money import (
    Ledger,
    MoneyHead,
    is_cut,
    join_cut_amounts,
    read_head,
    share_cells,
    unit_within,
)
from pipelines.forms.periods import YEAR_WITHIN, is_period, year_in
from pipelines.forms.readings import Printed
from pipelines.forms.records import join_over_pages, records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.blocks import Section
    from pipelines.forms.cells import Cell
    from pipelines.forms.fields import Goal
    from pipelines.forms.list_numbers import Named
    from pipelines.forms.merged import Kind
    from pipelines.forms.readings import Readings, Row
    from pipelines.forms.records import Record

#: Columns whose text belongs to every program that the cell spans.
_TEXT_FIELDS = ("related_indicators", "review_number", "remarks", "program_overview")
_PROSE = ("remarks", "program_overview")
_MONEY = "money"
#: With more fields than this in both, of those that a program has once, two rows are two programs.
_TWO_OF_A_KIND = 2
#: A cell that says what the amounts at its right are.
_ROW_LABEL = re.compile(r"[(]?(当初予算|予算現|予算|執行)額?計?[)]?([(【\[][^)】\]]*円[)】\]])?")
#: The year that a program began, in brackets that end its name.
_START_YEAR = re.compile(r"\([^()]*(?:年度?|[RHS]\d+)[^()]*\)$")
#: The mark of an indicator, ① to ⑳ and ㉑ to ㊿.
_MARK = re.compile(r"[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]")
#: A text that stands in brackets as a whole.
_IN_BRACKETS = re.compile(r"[(\[〔【](?:[^()]|\([^()]*\))*[)\]〕】]")


def read_programs(section: Section, goal: Goal, out: Readings, *, is_shared: bool) -> None:
    """Read one list of programs into ``out``.

    ``is_shared``: whether it may be a list of several goals, of which ``goal`` is the last.
    """
    out.roles.mark("label", *section.block.head)
    _Reader(section, goal, out, is_shared=is_shared).read()


@dataclass(slots=True)
class _RowStage:
    """A cell in a program's rows that names the stage of the amounts at its right."""

    label: Cell
    stage: str

    def is_beside(self, cell: Cell) -> bool:
        return (
            self.label.page == cell.page
            and self.label.x1 <= cell.x0 + EDGE
            and self.label.top - EDGE <= cell.middle <= self.label.bottom + EDGE
        )

    def is_spanned_by(self, cell: Cell) -> bool:
        return (
            self.label.page == cell.page
            and self.label.top < cell.bottom - EDGE
            and cell.top < self.label.bottom - EDGE
        )


def _has_start_year(record: Record) -> bool:
    return bool(_START_YEAR.search("".join(cell.folded for cell in record.names)))


def _has_number(record: Record) -> bool:
    """Whether a list number, (1), begins a record's name, or stands in a cell of its own."""
    first = next((cell for cell in record.names if not cell.is_blank), None)
    return first is not None and (is_number(first) or split_number(first.text)[0] is not None)


class _Reader:
    def __init__(self, section: Section, goal: Goal, out: Readings, *, is_shared: bool) -> None:
        self.declaration = section.declaration
        self.block = section.block
        self.goal = goal
        self.out = out
        self.unit = unit_within(section.opening.text) or section.unit_around
        self.shows_cuts = section.shows_cuts
        self.are_numbered = False
        self.pairs_share_cells: bool | None = None
        self.is_shared = is_shared
        self.text_of: dict[str, list[Cell]] = {}
        self.unclear: set[str] = set()
        self.heads: dict[str, MoneyHead] = {}
        self.field: dict[str, str] = {}
        for cell in self.block.body:
            labels = self.block.labels_over(cell)
            is_text = labels[:1] and labels[0] in (*_TEXT_FIELDS, "program")
            head = None if is_text else read_head(self.block.over(cell), self.declaration)
            if head is not None:
                head.unit = head.unit or self.unit
                self.heads[cell.key] = head
                self.field[cell.key] = _MONEY
            elif labels:
                self.field[cell.key] = labels[0]

    def read(self) -> None:
        """Every record of the list, halves over a page's end put together."""
        found = records(self.block, "program")
        self.are_numbered = sum(_has_number(record) for record in found) > len(found) / 2
        whole = join_over_pages(found, self._are_halves)
        self.pairs_share_cells = share_cells(
            cell
            for record in whole
            if record.page == record.last_page
            for cell in self._money(record)
        )
        spans = {
            cell.key: sum(cell in record.cells for record in whole) for cell in self.block.body
        }
        self._put_halves_together(whole)
        numbered = places_before_digits([first_text(record.names) for record in whole])
        for place, record in enumerate(whole):
            named = read_name(record.names, self.out.roles, before_digit=place in numbered)
            if named is None:
                reason = "a row without a 達成手段 beside it"
                self.out.roles.quarantine(reason, *record.cells)
            elif not fold(named.name) or _IN_BRACKETS.fullmatch(fold(named.name)):
                reason = "no more than what stands behind a name, in brackets"
                self.out.roles.quarantine(reason, *named.printed.cells, *record.cells)
            elif self.declaration.totals.fullmatch(named.printed.cells[0].folded):
                reason = "a row of sums, not a program"
                self.out.roles.quarantine(reason, *named.printed.cells, *record.cells)
            else:
                self._read_record(record, self._open(record, named), spans)

    def _put_halves_together(self, whole: Sequence[Record]) -> None:
        """Texts of cells merged over several programs that a page's end cuts."""
        for wanted in _TEXT_FIELDS:
            column = [cell for cell in self.block.body if self.field.get(cell.key) == wanted]
            kind: Kind = "marks" if wanted == "related_indicators" else "own prose"
            kind = "prose" if wanted in _PROSE else kind
            found = halves(column, whole, kind, shows_cuts=self.shows_cuts)
            self.text_of.update(found.text_of)
            self.unclear.update(cell.key for cell in found.unclear)
            reason = "this text and the one across the page's end may be one"
            self.out.roles.quarantine(reason, *found.unclear)
            reason = "the blank cell across the page's end may be the other half of this one"
            self.out.roles.quarantine(reason, *found.shared)

    def _are_halves(self, upper: Record, lower: Record) -> bool:
        """Whether the lower record goes on with the upper one, though something is in its name.

        It does not if both names end with the year that a program began. It does if an amount
        breaks off on the upper page and ends on the lower one. In a list with numbers it does if
        it has none, and is not as full as the upper one. In others it does not if both have a
        review number, an amount without brackets or related indicators; it does if none of this is
        so, if no more than related indicators are in both and the upper one has no name, or if its
        name is no more than the year in brackets that ends a name.
        """
        above, below = self._full_fields(upper), self._full_fields(lower)
        name = "".join(cell.folded for cell in lower.names)
        is_year = bool(_IN_BRACKETS.fullmatch(name))
        if _START_YEAR.search(name) and not is_year and _has_start_year(upper):
            return False
        is_another = self.are_numbered and _has_number(lower)
        if not is_another and any(is_cut(a, b) for a in self._money(upper) for b in lower.cells):
            return len(above & below) <= _TWO_OF_A_KIND
        if not upper.has_name:
            # Its related indicators may stand in several lines, on both pages.
            return all(each.startswith("related_indicators") for each in above & below)
        if self.are_numbered and not (above == below and len(below) > _TWO_OF_A_KIND):
            return not _has_number(lower)
        return is_year or not above & below

    def _full_fields(self, record: Record) -> set[str]:
        """What a program has once: its review number, its related indicators, its amounts."""
        return {
            "".join([self.field[cell.key], *(head.key for head in self.block.over(cell))])
            for cell in record.cells
            if not cell.is_blank
            and self.field.get(cell.key) in {_MONEY, "related_indicators", "review_number"}
            and not (self.field[cell.key] == _MONEY and _IN_BRACKETS.fullmatch(cell.folded))
        }

    def _open(self, record: Record, named: Named) -> Row:
        self.goal.programs += 1
        parent = self.goal.row
        texts: dict[str, Printed] = {}
        for wanted in _TEXT_FIELDS:
            cells = [cell for cell in record.cells if self.field.get(cell.key) == wanted]
            self.out.roles.mark("value", *cells)
            texts[wanted] = Printed(
                list(
                    dict.fromkeys(
                        part
                        for cell in cells
                        if cell.key not in self.unclear
                        for part in self.text_of.get(cell.key, [cell])
                    )
                )
            )
        self._put_aside_strange_marks(texts)
        self.out.roles.mark("value", *named.printed.cells)
        if self.is_shared:
            reason = "in one list behind several goals: it is counted under the last"
            self.out.roles.quarantine(reason, *named.printed.cells)
        related = texts["related_indicators"]
        row: Row = {
            "program_listing_key": f"{parent['goal_key']}-p{self.goal.programs}",
            **{key: parent[key] for key in ("goal_key", "policy_key", "goal_number")},
            "document_key": named.printed.cells[0].document_key,
            "listing_order": self.goal.programs,
            "name_text": named.name,
            "related_text": related.clear_text,
            "related_cell_key": related.key,
            "related_document_key": related.cells[0].document_key if related.cells else None,
            "review_number": texts["review_number"].clear_text,
            "remarks": texts["remarks"].clear_text,
            "cell_key": named.printed.key,
        }
        self.out.programs.append(row)
        return row

    def _put_aside_strange_marks(self, texts: dict[str, Printed]) -> None:
        """Marks of indicators that run over into the next column, on top of a review number.

        What is left in their own column is not all of them.
        """
        if _MARK.search(texts["review_number"].text or ""):
            reason = "the mark of an indicator in a review number"
            for field in ("related_indicators", "review_number"):
                self.out.roles.quarantine(reason, *texts[field].cells)
                texts[field] = Printed([])

    def _read_record(self, record: Record, row: Row, spans: dict[str, int]) -> None:
        ledger = Ledger(row, self.out)
        row_stages = self._row_stages(record)
        money = join_cut_amounts(
            self._money(record), self.out.roles, pairs_share_cells=self.pairs_share_cells
        )
        for cell in money:
            if spans[cell.key] > 1:
                self.out.roles.quarantine("one amount for several programs", cell)
            elif not row_stages:
                column = [c for c in money if self.block.over(c) == self.block.over(cell)]
                column.sort(key=lambda other: other.top)
                ledger.column(cell, self.heads[cell.key], column)
        if row_stages:
            self.out.roles.mark("label", *(each.label for each in row_stages))
            labels = {each.label.key for each in row_stages}
            for cell in record.cells:
                if cell.key not in labels:
                    self._read_beside(cell, row_stages, ledger)

    def _money(self, record: Record) -> list[Cell]:
        """The cells of money in a record."""
        return [cell for cell in record.cells if cell.key in self.heads]

    def _row_stages(self, record: Record) -> list[_RowStage]:
        """Cells of a program's rows that name a stage (予算額, 執行額), where rows are labelled."""
        return [
            _RowStage(cell, stage)
            for cell in record.cells
            if self.field.get(cell.key) in {None, "budget_division"}
            and _ROW_LABEL.fullmatch(cell.folded)
            and (stage := self.declaration.budget_stage(cell.folded))
            in {"revised", "executed", "initial"}
        ]

    def _read_beside(self, cell: Cell, row_stages: list[_RowStage], ledger: Ledger) -> None:
        """One amount of a row that is labelled with its stage, under a head that names a year."""
        head = self.heads.get(cell.key)
        years = [year for year in self.block.years_over(cell) if YEAR_WITHIN.search(year.folded)]
        if head is None and (self.block.labels_over(cell) or not years):
            return
        beside = [each for each in row_stages if each.is_beside(cell)]
        spans = sum(each.is_spanned_by(cell) for each in row_stages)
        if len(beside) != 1 or len(years) > 1 or (spans > 1 and head is None):
            reason = "an amount beside several stages or under several years"
            self.out.roles.quarantine(reason, cell)
            return
        label, stage = beside[0].label, beside[0].stage
        if head is not None and head.stages[-1] not in {stage, "revised_and_executed"}:
            if spans > 1 or (head.stages == ["initial"] and stage == "revised"):
                stage = head.stages[-1]
            elif cell.is_blank or is_period(cell.folded):
                self.out.roles.mark("value", cell)
                return
            else:
                reason = "an amount whose row and column name different stages"
                self.out.roles.quarantine(reason, cell)
                return
        if head is None:
            unit = unit_within(years[0].text) or self.unit
            head = MoneyHead([stage], year_in(years[0].folded), unit)
        unit = unit_within(label.text) or head.unit
        ledger.add(MoneyHead([stage], head.period, unit), stage, cell)
