"""A block of the form with a head: labels on top, rows below, one record a name cell.

In: the ruled cells of one section and the label that opens it. Out: :class:`Block` (its head, its
body, which head cells stand over a body cell) and :class:`Section`. Refuses nothing; what a reader
does not take from a block is put aside by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, Cell, highest, right_of
from pipelines.forms.periods import YEAR_ONLY, YEAR_WITHIN, is_period

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from pipelines.forms.declaration import Declaration

#: Labels that begin a list with a head.
LISTS = {"indicator", "program"}
#: Labels of a goal, with its number or without.
GOALS = {"goal_text", "numbered_goal"}
#: Labels that head a group of year columns.
GROUPS = {"actual", "annual_actual", "annual_target", "annual_target_and_actual"}
#: Labels of rows that name a year each: 実績, and 実績値 with a year at its right.
_BESIDE_A_YEAR = {"actual": "actual_beside_a_year", "target": "target_beside_a_year"}
ACTUALS_BESIDE_YEARS = {"actual_text", _BESIDE_A_YEAR["actual"]}
#: What ends a label that a page's end cuts: it governs nothing, and is no value.
HALF_A_LABEL = "half_a_label"
#: A head that is no label: 予算額計（執行額） over its years.
GROUP_OF_AMOUNTS = "amounts"


def _same_row(one: Cell, other: Cell) -> bool:
    """Whether two cells have the same upper and lower edge on one page."""
    return (
        one.page == other.page
        and abs(one.top - other.top) <= EDGE
        and abs(one.bottom - other.bottom) <= EDGE
    )


@dataclass(slots=True)
class Block:
    """A head of labels (and years) over a body of rows."""

    head: list[Cell]
    body: list[Cell]
    labels: dict[str, str]  # cell key -> label

    @property
    def has_years_beside(self) -> bool:
        """Whether it is one indicator with a row a year, as one in words is printed."""
        return any(self.labels.get(cell.key) in ACTUALS_BESIDE_YEARS for cell in self.body)

    @property
    def lacks_its_years(self) -> bool:
        """Whether its head announces figures by year and names no year: a part of it is missing."""
        return any(self.labels.get(cell.key) in GROUPS for cell in self.head) and not any(
            YEAR_WITHIN.search(cell.folded) for cell in self.head
        )

    def over(self, cell: Cell) -> list[Cell]:
        """Head cells whose columns hold ``cell``, from the top down."""
        found = (self._group_of(head) for head in self.head if head.stands_over(cell))
        return sorted(found, key=lambda head: head.top)

    def labels_over(self, cell: Cell) -> list[str]:
        """The labels among them, from the top down."""
        return [self.labels[head.key] for head in self.over(cell) if head.key in self.labels]

    def _group_of(self, head: Cell) -> Cell:
        """The cell itself, or the one that it goes on with.

        Word processors leave the cells at the right of a group's head blank instead of merging
        them, and the years stand below.
        """
        if not head.is_blank or not self._is_over_a_year(head):
            return head
        row = [other for other in self.head if _same_row(head, other) and other.x0 < head.x0]
        left = max((c for c in row if not c.is_blank), key=lambda cell: cell.x0, default=head)
        is_group = self.labels.get(left.key, GROUP_OF_AMOUNTS) in {*GROUPS, GROUP_OF_AMOUNTS}
        return left if is_group and self._is_over_a_year(left) else head

    def _is_over_a_year(self, head: Cell) -> bool:
        return any(
            abs(year.top - head.bottom) <= EDGE
            and year.stands_over(head)
            and YEAR_ONLY.fullmatch(year.folded)
            for year in self.head
        )

    def years_over(self, cell: Cell) -> list[Cell]:
        """Head cells over ``cell`` that are no labels and not blank: its years, left to right."""
        years = [
            head for head in self.over(cell) if head.key not in self.labels and not head.is_blank
        ]
        lowest = max((head.top for head in years), default=0.0)
        return sorted((head for head in years if lowest - head.top < EDGE), key=lambda h: h.x0)


@dataclass(slots=True)
class Section:
    """What stands under one opening label, down to the next one."""

    opening: Cell
    cells: list[Cell]
    block: Block
    declaration: Declaration
    #: The unit of money that is printed around the tables, （単位：千円）, for this one.
    unit_around: str | None = None
    #: Whether the print leaves open what a page's end cuts: what it rules there is whole.
    shows_cuts: bool = False
    #: Its heads, printed again overleaf.
    repeated: list[Cell] = field(default_factory=list)

    def go_on_with(self, overleaf: Section) -> None:
        """Take in the body of the same table on the next page."""
        self.cells.extend(overleaf.block.body)
        self.repeated.extend(overleaf.block.head)
        self.block.body.extend(overleaf.block.body)
        self.block.labels.update(overleaf.block.labels)


def open_block(
    opening: Cell,
    cells: Sequence[Cell],
    declaration: Declaration,
    lower_halves: Container[str] = frozenset(),
) -> Block:
    """Divide a section's cells into head and body.

    The head is as high as the label that opens it, and goes on while a row below holds nothing
    but labels and years. A year under the opening label is no head of figures: it ends a name that
    began on the page before. ``lower_halves``: keys of cells that end a label begun there.
    """
    labels = {
        cell.key: label for cell in cells if (label := declaration.label_of(cell)) is not None
    }
    labels.update(_short_heads(opening, cells, labels, declaration))
    labels.update({cell.key: HALF_A_LABEL for cell in cells if cell.key in lower_halves})
    labels.update(_beside_years(opening, cells, labels))
    head_bottom = opening.bottom
    while True:
        row = _row_under(head_bottom, cells)
        printed = [cell for cell in row if not cell.is_blank and cell.key not in lower_halves]
        others = [cell for cell in printed if cell.key not in labels]
        if any(labels.get(cell.key) in ACTUALS_BESIDE_YEARS for cell in printed):
            break  # 実績, a year and a dash: the first row of an indicator in words
        if not printed or not all(is_period(cell.folded) for cell in others):
            break
        if others and not any(YEAR_ONLY.fullmatch(cell.folded) for cell in others):
            break
        if any(abs(cell.x0 - opening.x0) <= EDGE for cell in others):
            break
        bottom = max(cell.bottom for cell in row)
        if bottom <= head_bottom:  # a row without height leads no further down
            break
        head_bottom = bottom
    head = [cell for cell in cells if cell.top < head_bottom - EDGE]
    body = [cell for cell in cells if cell.top >= head_bottom - EDGE]
    return Block(head, body, labels)


def _short_heads(
    opening: Cell, cells: Sequence[Cell], labels: dict[str, str], declaration: Declaration
) -> dict[str, str]:
    """Short labels beside the opening one: 目標 for 目標値, where its head has no other for that.

    A sheet can hold both, one over figures and one over words.
    """
    head = [
        cell
        for cell in cells
        if cell.page == opening.page and opening.top - EDGE <= cell.top < opening.bottom - EDGE
    ]
    seen = {labels.get(cell.key) for cell in head}
    return {
        cell.key: label
        for label, short in declaration.short_forms.items()
        if not {label, f"{label}_and_year"} & seen
        for cell in head
        if cell.key not in labels and short.fullmatch(cell.folded)
    }


def _beside_years(opening: Cell, cells: Sequence[Cell], labels: dict[str, str]) -> dict[str, str]:
    """What 実績値 and 目標値 mean beside the names, where a year and a text stand at the right."""
    found: dict[str, str] = {}
    for cell in cells:
        label = _BESIDE_A_YEAR.get(labels.get(cell.key, ""))
        if label is None or abs(cell.x0 - opening.x1) > EDGE or cell.top < opening.bottom - EDGE:
            continue
        year = right_of(cell, cells)
        if year is not None and YEAR_ONLY.fullmatch(year.folded) and right_of(year, cells):
            found[cell.key] = label
    has_actuals = {*labels.values(), *found.values()} & ACTUALS_BESIDE_YEARS
    return found if has_actuals else {}


def _row_under(bottom: float, cells: Sequence[Cell]) -> list[Cell]:
    """The row that begins at ``bottom``; overleaf where the page ends there.

    There, blank halves of what the page's end cuts may stand over it, or beside it.
    """
    row = [cell for cell in cells if abs(cell.top - bottom) <= EDGE]
    if row:
        return row
    ended = {cell.page for cell in cells if abs(cell.bottom - bottom) <= EDGE}
    overleaf = [cell for cell in cells if cell.page - 1 in ended]
    row = highest(overleaf)
    if all(cell.is_blank for cell in row):
        foot = max((cell.bottom for cell in row), default=bottom)
        return [cell for cell in overleaf if cell.top < foot - EDGE]
    return row
