"""A row that a page's end cuts, and whose rest is printed into the head that is printed again.

In: the cells of a sheet. Out: the same, those of such a row on both pages doubtful. Refuses
nothing: a head that says no more than it said before is a head.

Some programs draw no ruling between a head that they print again overleaf and the rest of a row
under it. What stands in the head beyond its labels and years is that rest, and which line of it is
whose is not told for certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, Cell, fold
from pipelines.forms.periods import YEAR_ONLY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.declaration import Declaration

REST_IN_HEAD = "the rest of a row that a page's end cuts stands in the head printed again overleaf"

_OPENINGS = {"indicator", "program"}


def doubt_rows_in_heads(cells: Sequence[Cell], declaration: Declaration) -> None:
    """Give every cell of such a row, on both pages, its doubt."""
    pages: dict[int, list[Cell]] = {}
    for cell in cells:
        if cell.is_ruled:
            pages.setdefault(cell.page, []).append(cell)
    for page, own in pages.items():
        top = min(cell.top for cell in own)
        opening = next((c for c in own if c.top - top <= EDGE and _opens(c, declaration)), None)
        before = pages.get(page - 1)
        if opening is None or before is None:
            continue
        head = [cell for cell in own if cell.top < opening.bottom - EDGE and not cell.is_blank]
        heads = [c for c in before if declaration.label_of(c) or YEAR_ONLY.fullmatch(c.folded)]
        if any(_says_more(cell, heads) for cell in head):
            said = {cell.folded for cell in heads}
            foot = max(cell.bottom for cell in before)
            cut = [cell for cell in before if foot - cell.bottom <= EDGE]
            for cell in (*cut, *(cell for cell in head if cell.folded not in said)):
                cell.doubt = REST_IN_HEAD


def _opens(cell: Cell, declaration: Declaration) -> bool:
    """Whether a cell is the label of a list, or begins with it."""
    lines = cell.text.split("\n")
    labels = (
        declaration.label_of_text(fold("".join(lines[:end]))) for end in range(1, len(lines) + 1)
    )
    return any(label in _OPENINGS for label in labels)


def _says_more(cell: Cell, heads: Sequence[Cell]) -> bool:
    """Whether a cell says what a head of its column says, and goes on."""
    return any(
        cell.folded != head.folded
        and cell.folded.startswith(head.folded)
        and abs(cell.x0 - head.x0) <= EDGE
        and abs(cell.x1 - head.x1) <= EDGE
        for head in heads
    )
