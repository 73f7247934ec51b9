"""Rows that a spreadsheet prints again at the top of every page: 施策名 and what stands over it.

In: the cells of a sheet. Out: those of its rows that are printed again. Refuses nothing.

A form begins where 施策名 is labelled; at the top of a page it does not where the rows there are
word for word the first rows of the form that runs on, and what its header goes on with is neither
among them nor below. Without those rows, what the page's end parts meets again.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from pipelines.forms.cells import Cell, bands, right_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.declaration import Declaration

#: What follows 施策名 where a form begins, in the order of the header.
_GOES_ON_WITH = ("overview", "policy_budget")


def running_heads(cells: Sequence[Cell], declaration: Declaration) -> list[Cell]:
    """The ruled cells, on later pages, of a form's first rows."""
    ruled = [cell for cell in cells if cell.is_ruled]
    found: list[Cell] = []
    first: list[list[Cell]] = []
    for _, page in itertools.groupby(ruled, key=lambda cell: cell.page):
        own = list(page)
        rows = bands(own)
        again = _printed_again(first, rows, own, declaration)
        found += again
        names = [cell for cell in own if declaration.label_of(cell) == "policy_name"]
        if names and not again:
            first = rows
    return found


def _printed_again(
    first: Sequence[list[Cell]],
    rows: Sequence[list[Cell]],
    page: Sequence[Cell],
    declaration: Declaration,
) -> list[Cell]:
    """The cells of the rows at the top of a page that are those of the form's beginning."""
    alike = list(
        itertools.takewhile(
            lambda pair: _texts(pair[0]) == _texts(pair[1]), zip(first, rows, strict=False)
        )
    )
    again = [cell for _, row in alike for cell in row]
    named = next((c for c in again if declaration.label_of(c) == "policy_name"), None)
    name = right_of(named, again) if named else None
    if name is None or name.is_blank:
        return []
    labels = {declaration.label_of(cell) for cell in again}
    rest = {declaration.label_of(cell) for cell in page if cell not in again}
    follows = next((label for label in _GOES_ON_WITH if label not in labels), None)
    return [] if follows is None or follows in rest else again


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.folded for cell in row if not cell.is_blank]
