"""One form: its ruled cells, the labels among them, and what is printed around its tables.

In: the cells of one sheet, in reading order, and its family's declaration. Out: :class:`Form`,
one for each form that the sheet holds. Refuses nothing: what belongs to no form is left over.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.forms.blocks import LISTS
from pipelines.forms.cells import EDGE, Cell, bands, cut_in_two, fold
from pipelines.forms.heads_again import HeadAgain, heads_again
from pipelines.forms.money import unit_within
from pipelines.forms.periods import YEAR_ONLY, YEAR_WITHIN
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.forms.declaration import Declaration

#: Labels that may stand above 施策名.
_HEADER = {"parent_policy", "bureau", "responsible_official", "position", "evaluation"}
_DIGITS = re.compile(r"\d")
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
        cut = cut_in_two(self.ruled)
        self.shows_cuts = bool(cut)
        for cell in self.ruled:
            label = self.declaration.label_of(cell)
            if label is not None:
                self.labels[cell.key] = label
        self._join_open_heads(cut)
        self._join_cut_heads()
        self._join_heads_cut_within()
        self.heads_again = heads_again(self.ruled, self.labels, self.declaration)
        self._join_cut_labels()

    def _join_open_heads(self, cut: Sequence[tuple[Cell, Cell]]) -> None:
        """Cells of a list's head that a page's end cuts and leaves open stand on the upper page.

        Others of that head, the years under a group, may begin overleaf: they stay there.
        """
        whole = {upper.key: Printed([upper, lower]).text or "" for upper, lower in cut}
        label = {key: self.declaration.label_of_text(fold(text)) for key, text in whole.items()}
        openings = [upper for upper, _ in cut if label[upper.key] in LISTS]
        for upper, lower in cut:
            is_head = label[upper.key] or self.declaration.budget_stage(fold(whole[upper.key]))
            in_line = any(
                upper.page == opening.page and upper.shares_row_with(opening)
                for opening in openings
            )
            if is_head and in_line:
                self._move_up(upper, lower)

    def _move_up(self, upper: Cell, lower: Cell) -> None:
        """Give the upper half of a head's cell the text of both."""
        upper.print(Printed([upper, lower]).text or "")
        label = self.declaration.label_of(upper)
        if label is not None:
            self.labels[upper.key] = label
        self.labels.pop(lower.key, None)
        self.ruled.remove(lower)
        self.head_halves.append(lower)

    def _join_cut_heads(self) -> None:
        """A row of a head that a page's end cuts between its cells is one row, on the upper page.

        Each of its cells stands in one half and is blank in the other.
        """
        for page in sorted({cell.page for cell in self.ruled}):
            own = [cell for cell in self.ruled if cell.page == page]
            overleaf = [cell for cell in self.ruled if cell.page == page + 1]
            bottom = max(cell.bottom for cell in own)
            top = min((cell.top for cell in overleaf), default=0.0)
            upper = [cell for cell in own if bottom - cell.bottom <= EDGE]
            lower = [cell for cell in overleaf if cell.top - top <= EDGE]
            pairs = [(a, b) for a in upper for b in lower if a.is_continued_by(b)]
            moved = [(a, b) for a, b in pairs if not b.is_blank]
            if (
                len(pairs) == len(upper) == len(lower)
                and moved
                and len(moved) < len(pairs)
                and any(not a.is_blank for a in upper)
                and all(a.is_blank and b.key in self.labels for a, b in moved)
            ):
                for a, b in moved:
                    a.page, b.page = b.page, a.page
                    a.top, b.top = b.top, a.top
                    a.bottom, b.bottom = b.bottom, a.bottom
                    a.is_open_above, b.is_open_above = b.is_open_above, a.is_open_above
                    a.is_open_below, b.is_open_below = b.is_open_below, a.is_open_below
        self.ruled.sort(key=lambda cell: (cell.page, round(cell.top), cell.x0))

    def _join_heads_cut_within(self) -> None:
        """The head of a list that a page's end cuts through its cells stands on the upper page.

        Overleaf, its other half has the same edges, and in it is nothing but words of a head. Some
        of its cells may have no other half.
        """
        for page in sorted({cell.page for cell in self.ruled}):
            own = [cell for cell in self.ruled if cell.page == page]
            overleaf = [cell for cell in self.ruled if cell.page == page + 1]
            bottom = max((cell.bottom for cell in own), default=0.0)
            top = min((cell.top for cell in overleaf), default=0.0)
            upper = [cell for cell in own if bottom - cell.bottom <= EDGE]
            lower = [cell for cell in overleaf if cell.top - top <= EDGE]
            pairs = [(a, b) for a in upper for b in lower if a.is_continued_by(b)]
            opens = any(self.labels.get(cell.key) in LISTS for cell in upper)
            if (
                opens
                and len(pairs) == len(lower)
                and any(not b.is_blank for b in lower)
                and all(b.is_blank or self._is_rest_of_head(a, b) for a, b in pairs)
            ):
                for a, b in pairs:
                    self._move_up(a, b)

    def _is_rest_of_head(self, upper: Cell, lower: Cell) -> bool:
        """Whether both halves are one label, or one head of money, or a year."""
        whole = fold(Printed([upper, lower]).text or "")
        if self.declaration.label_of_text(whole) is not None or YEAR_ONLY.fullmatch(whole):
            return True
        rest = YEAR_WITHIN.sub("", lower.folded)
        is_money = self.declaration.budget_stage(whole) is not None
        return is_money and not _DIGITS.search(rest)

    def _join_cut_labels(self) -> None:
        """A label that a page's end cuts in two is one label; its lower half labels nothing."""
        for page in {cell.page for cell in self.ruled}:
            own = [cell for cell in self.ruled if cell.page == page]
            overleaf = [cell for cell in self.ruled if cell.page == page + 1]
            bottom = max(cell.bottom for cell in own)
            again = self.heads_again.get(page + 1)
            if again is not None:
                # What is printed again overleaf, whole, is whole here.
                own = [cell for cell in own if cell not in again.before]
                overleaf = [cell for cell in overleaf if cell not in again.cells]
            top = min((cell.top for cell in overleaf), default=0.0)
            foot = [c for c in own if not c.is_blank and bottom - c.bottom <= EDGE]
            head = [c for c in overleaf if not c.is_blank and c.top - top <= EDGE]
            for cell, other in itertools.product(foot, head):
                if cell.is_continued_by(other):
                    self._join_label(cell, other)

    def _join_label(self, cell: Cell, other: Cell) -> None:
        """Let the upper half of a label be all of it, if both make one up."""
        text = Printed([cell, other]).text or ""
        label = self.declaration.label_of_text(fold(text))
        stands_alone = (
            other.key in self.labels
            and label != "policy_budget"
            and not cell.folded.endswith("の")
            and not cell.is_one_with(other)
        )
        if not stands_alone and label is not None and self.labels.get(cell.key, label) == label:
            self.labels[cell.key] = label
            self.lower_halves[other.key] = cell
            cell.print(text)

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
        before = [cell for cell in self.ruled if cell.page == label.page - 1]
        foot = max((cell.bottom for cell in before), default=0.0)
        return next(
            (
                cell
                for cell in before
                if cell.is_blank and foot - cell.bottom <= EDGE and cell.is_continued_by(label)
            ),
            None,
        )

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
        forms.append(
            Form(
                declaration,
                [c for c in own if c.is_ruled and not c.is_sliver and c not in between],
                [cell for cell in own if not cell.is_ruled or cell in between],
                number,
            )
        )
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
