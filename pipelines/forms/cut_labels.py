"""Heads and labels that a page's end cuts: what was one cell, or one row of a head, is one again.

In: one form, its labels as the cells say them. Out: the same; text of a lower half stands in the
upper one, and labels are those of whole texts. Refuses nothing: what may be two labels stays two.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from pipelines.forms.blocks import LISTS
from pipelines.forms.cells import Cell, cut_in_two, fold, highest, lowest
from pipelines.forms.periods import YEAR_ONLY, YEAR_WITHIN
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.forms.form import Form

_DIGITS = re.compile(r"\d")


def join_cut_heads(form: Form) -> None:
    """Heads of lists, and rows of heads, stand on the upper page of the two that they are on."""
    _join_open_heads(form)
    _join_heads_cut_between_cells(form)
    _join_heads_cut_within_cells(form)


def join_cut_labels(form: Form) -> None:
    """A label that a page's end cuts in two is one label; its lower half labels nothing."""
    for page, own, overleaf in _pages(form):
        foot, head = lowest(own), highest(overleaf)
        again = form.heads_again.get(page + 1)
        if again is not None:
            # What is printed again overleaf, whole, is whole here.
            foot = [cell for cell in foot if cell not in again.before]
            head = highest(cell for cell in overleaf if cell not in again.cells)
        for cell, other in itertools.product(foot, head):
            if not cell.is_blank and not other.is_blank and cell.is_continued_by(other):
                _join_label(form, cell, other)


def _pages(form: Form) -> Iterator[tuple[int, list[Cell], list[Cell]]]:
    """Each page, its cells and those of the next page."""
    for page in sorted({cell.page for cell in form.ruled}):
        own = [cell for cell in form.ruled if cell.page == page]
        yield page, own, [cell for cell in form.ruled if cell.page == page + 1]


def _join_open_heads(form: Form) -> None:
    """Cells of a list's head that a page's end cuts and leaves open stand on the upper page.

    Others of that head, the years under a group, may begin overleaf: they stay there.
    """
    cut = cut_in_two(form.ruled)
    whole = {upper.key: Printed([upper, lower]).text or "" for upper, lower in cut}
    label = {key: form.declaration.label_of_text(fold(text)) for key, text in whole.items()}
    openings = [upper for upper, _ in cut if label[upper.key] in LISTS]
    for upper, lower in cut:
        is_head = label[upper.key] or form.declaration.budget_stage(fold(whole[upper.key]))
        in_line = any(
            upper.page == opening.page and upper.shares_row_with(opening) for opening in openings
        )
        if is_head and in_line:
            _move_up(form, upper, lower)


def _join_heads_cut_between_cells(form: Form) -> None:
    """A row of a head that a page's end cuts between its cells is one row, on the upper page.

    Each of its cells stands in one half and is blank in the other.
    """
    for _, own, overleaf in _pages(form):
        upper, lower = lowest(own), highest(overleaf)
        pairs = [(a, b) for a in upper for b in lower if a.is_continued_by(b)]
        moved = [(a, b) for a, b in pairs if not b.is_blank]
        if (
            len(pairs) == len(upper) == len(lower)
            and moved
            and len(moved) < len(pairs)
            and any(not a.is_blank for a in upper)
            and all(a.is_blank and b.key in form.labels for a, b in moved)
        ):
            for a, b in moved:
                a.page, b.page = b.page, a.page
                a.top, b.top = b.top, a.top
                a.bottom, b.bottom = b.bottom, a.bottom
                a.is_open_above, b.is_open_above = b.is_open_above, a.is_open_above
                a.is_open_below, b.is_open_below = b.is_open_below, a.is_open_below
    form.ruled.sort(key=lambda cell: (cell.page, round(cell.top), cell.x0))


def _join_heads_cut_within_cells(form: Form) -> None:
    """The head of a list that a page's end cuts through its cells stands on the upper page.

    Overleaf, its other half has the same edges, and in it is nothing but words of a head. Some of
    its cells may have no other half.
    """
    for _, own, overleaf in _pages(form):
        upper, lower = lowest(own), highest(overleaf)
        pairs = [(a, b) for a in upper for b in lower if a.is_continued_by(b)]
        if (
            any(form.labels.get(cell.key) in LISTS for cell in upper)
            and len(pairs) == len(lower)
            and any(not b.is_blank for b in lower)
            and all(b.is_blank or _is_rest_of_head(form, a, b) for a, b in pairs)
        ):
            for a, b in pairs:
                _move_up(form, a, b)


def _move_up(form: Form, upper: Cell, lower: Cell) -> None:
    """Give the upper half of a head's cell the text of both."""
    upper.print(Printed([upper, lower]).text or "")
    label = form.declaration.label_of(upper)
    if label is not None:
        form.labels[upper.key] = label
    form.labels.pop(lower.key, None)
    form.ruled.remove(lower)
    form.head_halves.append(lower)


def _is_rest_of_head(form: Form, upper: Cell, lower: Cell) -> bool:
    """Whether both halves are one label, or one head of money, or a year."""
    whole = fold(Printed([upper, lower]).text or "")
    if form.declaration.label_of_text(whole) is not None or YEAR_ONLY.fullmatch(whole):
        return True
    rest = YEAR_WITHIN.sub("", lower.folded)
    is_money = form.declaration.budget_stage(whole) is not None
    return is_money and not _DIGITS.search(rest)


def _join_label(form: Form, cell: Cell, other: Cell) -> None:
    """Let the upper half of a label be all of it, if both make one up."""
    text = Printed([cell, other]).text or ""
    label = form.declaration.label_of_text(fold(text))
    stands_alone = (
        other.key in form.labels
        and label != "policy_budget"
        and not cell.folded.endswith("の")
        and not cell.is_one_with(other)
    )
    if not stands_alone and label is not None and form.labels.get(cell.key, label) == label:
        form.labels[cell.key] = label
        form.lower_halves[other.key] = cell
        cell.print(text)
