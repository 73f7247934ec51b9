"""Cells that no reader took at a page's end: what they may be the other half of is put aside, too.

In: one form, and what was read of it. Out: roles and readings, changed. Where the
lower half of a text is put aside, the upper one must not pass for the whole, nor the reverse; nor
a text of which a line stands in a strip too low for it. Refuses nothing: two figures are two, and
where the print leaves open what a page's end cuts, what it rules off is whole.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, RAGGED, Cell, highest, lowest
from pipelines.forms.taking_back import take_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.forms.form import Form
    from pipelines.forms.readings import Readings

IN_PART = "its other half may be what is put aside across the page's end"
LACKS_A_LINE = "a line of it may be what stands in a strip beside it"

#: A figure, a dash or a mark in circles: never half a text.
_WHOLE = re.compile(r"[(]?[-△▲]?[\d,.]+[)]?%?|[-―ー—–]|[①-⑳、,~・]+")
#: No print of a form is as low, in points.
_LOWEST_TEXT = 5.0


def put_aside_other_halves(form: Form, out: Readings) -> None:
    """No fact comes of one half of a text whose other half is put aside."""
    printed = [cell for cell in form.ruled if not cell.is_blank]
    pages = [list(page) for _, page in itertools.groupby(printed, key=lambda cell: cell.page)]
    is_unread = _Unread(out)
    take_back(
        [
            read
            for upper, lower in itertools.pairwise(pages)
            for pair in _across(upper, _highest(lower, form), form)
            for read, other in (pair, pair[::-1])
            if is_unread.beside(read, other)
        ],
        IN_PART,
        out,
        form.ruled,
    )
    take_back(
        [
            read
            for page in pages
            for strip in page
            if strip.bottom - strip.top < _LOWEST_TEXT
            for read in page
            if _touch(read, strip) and is_unread.beside(read, strip)
        ],
        LACKS_A_LINE,
        out,
        form.ruled,
    )


class _Unread:
    """Whether a cell is put aside, and nothing was read of it all the same."""

    def __init__(self, out: Readings) -> None:
        self.roles = out.roles.by_key
        self.named = {row["cell_key"] for row in out.programs}

    def beside(self, read: Cell, other: Cell) -> bool:
        """Whether the other cell is put aside, and this one is not."""
        return (
            self.roles[read.key][0] == "value"
            and self.roles[other.key][0] == "quarantined"
            and other.key not in self.named
        )


def _across(
    upper: Sequence[Cell], lower: Sequence[Cell], form: Form
) -> Iterator[tuple[Cell, Cell]]:
    """Cells on both sides of a page's end that may be halves of one."""
    for a, b in itertools.product(lowest(upper, RAGGED), lower):
        are_near = a.page + 1 == b.page and a.shares_column_with(b)
        are_ruled_off = form.shows_cuts and not a.is_open_below and not b.is_open_above
        are_whole = _WHOLE.fullmatch(a.folded) and _WHOLE.fullmatch(b.folded)
        if are_near and not are_ruled_off and not are_whole:
            yield a, b


def _highest(page: Sequence[Cell], form: Form) -> list[Cell]:
    """The highest cells of a page, below a head that is printed there again."""
    head = form.heads_again.get(page[0].page)
    return highest((c for c in page if head is None or c not in head.cells), RAGGED)


def _touch(one: Cell, other: Cell) -> bool:
    """Whether one of the cells stands right over the other."""
    gap = max(one.top - other.bottom, other.top - one.bottom)
    return abs(gap) <= EDGE and one.shares_column_with(other)
