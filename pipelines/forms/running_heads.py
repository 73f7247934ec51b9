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
    """The cells of the rows at the top of a page that are those of the form's beginning.

    All of these may be printed again, or some that follow each other.
    """
    texts, top = [_texts(row) for row in first], [_texts(row) for row in rows]
    begin = texts.index(top[0]) if top and top[0] in texts else len(texts)
    alike = itertools.takewhile(
        lambda pair: pair[0] == pair[1], zip(texts[begin:], top, strict=False)
    )
    again = [cell for row, _ in zip(rows, alike, strict=False) for cell in row]
    labels = {declaration.label_of(cell) for cell in again}
    rest = {declaration.label_of(cell) for cell in page if cell not in again}
    named = next((c for c in again if declaration.label_of(c) == "policy_name"), None)
    if named is None:
        is_head = "policy_name" not in rest and any(map(declaration.is_title, again))
    else:
        name = right_of(named, again)
        is_head = name is not None and not name.is_blank
    follows = next((label for label in _GOES_ON_WITH if label not in labels), None)
    return again if is_head and follows is not None and follows not in rest else []


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.folded for cell in row if not cell.is_blank]
