"""One form: its ruled cells, the labels among them, and what is printed around its tables.

In: the cells of one sheet, in reading order, and its family's declaration. Out: :class:`Form`,
one for each form that the sheet holds. Refuses nothing: what belongs to no form is left over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, Cell, bands, cut_in_two, lowest
from pipelines.forms.cut_labels import join_cut_heads, join_cut_labels
from pipelines.forms.heads_again import HeadAgain, heads_again
from pipelines.forms.money import unit_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.forms.declaration import Declaration

#: Labels that may stand above 施策名.
_HEADER = {"parent_policy", "bureau", "responsible_official", "position", "evaluation"}
#: The unit of a table, by itself.
_CAPTION = re.compile(r"[(\[【]?単位:?[^()]{0,4}円[)\]】]?")


@dataclass(slots=True)
class Form:
    """One form: its ruled cells, what is printed around them, and the code of its sheet."""

    declaration: Declaration
    ruled: list[Cell]
    around: list[Cell]
    policy_number: int = 1
    labels: dict[str, str] = field(default_factory=dict)
    lower_halves: dict[str, Cell] = field(default_factory=dict)
    #: Whether the print leaves cells open where a page's end cuts them; else it rules all alike.
    shows_cuts: bool = False
    #: Lower halves of head rows that a page's end cuts; their text went to the upper ones.
    head_halves: list[Cell] = field(default_factory=list)
    #: Heads of lists that pages begin with as they were before, by page.
    heads_again: dict[int, HeadAgain] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shows_cuts = bool(cut_in_two(self.ruled))
        for cell in self.ruled:
            label = self.declaration.label_of(cell)
            if label is not None:
                self.labels[cell.key] = label

    @property
    def goal_numbers(self) -> set[int]:
        """The numbers of goals that labels bear: 達成目標１, alone or before a goal's text."""
        found = (self.declaration.leading_number(cell.text) for cell in self.ruled)
        return {each[0] for each in found if each}

    def upper_half(self, label: Cell) -> Cell | None:
        """The blank cell at the foot of the page before that a label at the head of its page ends.

        A label in the middle of a merged cell that a page's end cuts is printed on one side only.
        """
        if label.top - min(c.top for c in self.ruled if c.page == label.page) > EDGE:
            return None
        foot = lowest(cell for cell in self.ruled if cell.page == label.page - 1)
        return next((c for c in foot if c.is_blank and c.is_continued_by(label)), None)

    def begins_a_row(self, cell: Cell) -> bool:
        """Whether a cell is a label, and not one of which a half stands on the page before."""
        is_label = cell.key in self.labels and cell.key not in self.lower_halves
        return is_label and self.upper_half(cell) is None

    def unit_around(self, opening: Cell) -> str | None:
        """A unit outside the tables, （単位：千円）, that holds for the block of ``opening``.

        Above the form's first table or below its last it holds for all; between two tables, for the
        lower one; below the last of a page, for the first overleaf. It may lie over a table's edge.
        """
        first, last = self.ruled[0].top, max(cell.bottom for cell in self.ruled)
        lines = [cell for cell in self.around if "単位" in cell.folded and unit_within(cell.text)]
        everywhere, here = set(), set()
        for line in lines:
            below = [
                cell
                for cell in self.ruled
                if cell.page <= line.page + 1 and cell.top >= line.middle - EDGE
            ]
            table = min(below, key=lambda cell: cell.top, default=None)
            if line.middle <= first + EDGE or line.middle >= last - EDGE:
                everywhere.add(unit_within(line.text))
            if table and (table.page, table.table) == (opening.page, opening.table):
                here.add(unit_within(line.text))
        found = here or everywhere
        return found.pop() if len(found) == 1 else None


def divide(cells: Iterable[Cell], declaration: Declaration) -> list[Form]:
    """The forms that follow each other in one sheet: each begins where 施策名 is labelled anew."""
    everything = list(cells)
    ruled = [cell for cell in everything if cell.is_ruled]
    names = [cell for cell in ruled if declaration.label_of(cell) == "policy_name"]
    starts: list[float] = []
    for name in names:
        start = _start_of_form(name, everything, declaration)
        if not starts or start > starts[-1] + EDGE:
            starts.append(start)
    forms = []
    for number, start in enumerate(starts, start=1):
        begin = float("-inf") if number == 1 else start
        end = starts[number] if number < len(starts) else float("inf")
        own = [cell for cell in everything if begin <= cell.top < end]
        between = _between_tables(own)
        form = Form(
            declaration,
            [c for c in own if c.is_ruled and not c.is_sliver and c not in between],
            [cell for cell in own if not cell.is_ruled or cell in between],
            number,
        )
        join_cut_heads(form)
        form.heads_again = heads_again(form.ruled, form.labels, declaration)
        join_cut_labels(form)
        forms.append(form)
    return forms


def _between_tables(cells: Sequence[Cell]) -> list[Cell]:
    """Ruled rows that hold a unit and nothing else: a spreadsheet printed with all its gridlines.

    They are what stands between two tables, and no row of the upper one.
    """
    ruled = [cell for cell in cells if cell.is_ruled]
    found: list[Cell] = []
    for caption in ruled:
        if _CAPTION.fullmatch(caption.folded):
            row = [c for c in ruled if c.page == caption.page and c.shares_row_with(caption)]
            if all(
                cell is caption or (cell.is_blank and abs(cell.bottom - caption.bottom) <= EDGE)
                for cell in row
            ):
                found += row
    return found


def _start_of_form(name: Cell, cells: Sequence[Cell], declaration: Declaration) -> float:
    """Where on its page the form of a 施策名 begins.

    Up from the name to the highest line that holds its title, its code or another label of its
    header; what stands between a form above and that line belongs to the form above.
    """
    start = name.top
    above = bands(c for c in cells if c.page == name.page and c.bottom <= name.top + EDGE)
    for band in reversed(above):
        if _is_of_header(band, declaration):
            start = min(cell.top for cell in band)
        elif any(cell.is_ruled and not cell.is_blank for cell in band):
            break
    else:
        start = min((cell.top for cell in cells if cell.page == name.page), default=start)
        if not any(_is_titled(band, declaration) for band in above):
            start = _title_before(name.page, cells, declaration) or start
    return start - EDGE


def _title_before(page: int, cells: Sequence[Cell], declaration: Declaration) -> float | None:
    """Where a title stands that a page's end parts from its form: below all tables of the page."""
    before = [cell for cell in cells if cell.page == page - 1]
    foot = max((cell.bottom for cell in before if cell.is_ruled), default=float("inf"))
    titles = [
        cell
        for cell in before
        if cell.top >= foot - EDGE and not cell.is_ruled and _is_titled([cell], declaration)
    ]
    return min((cell.top for cell in titles), default=None)


def _is_titled(band: Sequence[Cell], declaration: Declaration) -> bool:
    return any(declaration.is_title(cell) or declaration.code_in(cell) for cell in band)


def _is_of_header(band: Sequence[Cell], declaration: Declaration) -> bool:
    labels = {declaration.label_of(cell) for cell in band} - {None}
    if labels:
        return labels <= _HEADER
    return _is_titled(band, declaration)
