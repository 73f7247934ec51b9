"""Second room: which cell is what on the form, decided from labels and geometry.

In: the extractions of one sheet, in reading order (several files only where a sidecar says that
one continues another). Out: :class:`Readings`, all texts still as printed, and one role for every
cell. Refuses nothing: a sheet of no known family has its cells put aside as ``unrecognized_form``.

A family of forms is a file in ``declarations/``; the readers know blocks with heads, rows and
labels, never row or column numbers.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from pipelines.forms.cells import cut_in_two, lay_end_to_end
from pipelines.forms.declaration import Declaration, declarations
from pipelines.forms.form import divide
from pipelines.forms.other_halves import put_aside_other_halves
from pipelines.forms.readings import Readings
from pipelines.forms.rows_in_heads import doubt_rows_in_heads
from pipelines.forms.running_heads import running_heads
from pipelines.forms.sections import read_form
from pipelines.forms.unruled_rows import put_aside_unruled_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract import Extraction
    from pipelines.forms.cells import Cell

__all__ = ["Readings", "put_aside", "read_forms"]

_LABELS_OF_A_TABLE = 2
UNRULED = "labels of the form stand on a page on which no ruling was seen"
UNRECOGNIZED = "the labels of no known form are on it"


def read_forms(extractions: Sequence[Extraction]) -> Readings:
    """Everything one sheet says, as printed; see :class:`Readings`."""
    cells = lay_end_to_end(extractions)
    out = Readings()
    worded = (family.worded_as(cells) for family in declarations())
    family = next((family for family in worded if family.recognizes(cells)), None)
    keys = [
        extraction.cells["document_key"][0] for extraction in extractions if len(extraction.cells)
    ]
    if family is None:
        out.roles.put_aside_the_rest(cells, UNRECOGNIZED)
    else:
        again = running_heads(cells, family)
        _mark_again(again, family, out)
        once = [cell for cell in cells if cell not in again]
        for form in divide(once, family):
            doubt_rows_in_heads(form)
            read_form(form, keys[0], out)
            put_aside_other_halves(form, out)
        out.roles.put_aside_the_rest(cells, "it stands before the first form")
        out.roles.quarantine(UNRULED, *_on_unruled_pages(cells, family))
        put_aside_unruled_rows(once, out)
    _put_aside_doubtful(cells, out)
    _describe(family, keys, out)
    return out


def _mark_again(again: Sequence[Cell], family: Declaration, out: Readings) -> None:
    """Cells of a running head say nothing new: labels, a title, notes."""
    for cell in again:
        is_title = family.is_title(cell) or family.code_in(cell)
        label = family.label_of(cell)
        out.roles.mark("label" if label else "title" if is_title else "note", cell)


def _on_unruled_pages(cells: Sequence[Cell], family: Declaration) -> list[Cell]:
    """Cells of pages with tables of a form whose ruling was not seen, and of those they run on to.

    A page of notes holds no two labels of a form, each in a place of its own.
    """
    found: list[Cell] = []
    runs_on = False
    for _, page in itertools.groupby(cells, key=lambda cell: cell.page):
        own = list(page)
        labels = {family.label_of(cell) for cell in own} - {None}
        is_ruled = any(cell.is_ruled for cell in own)
        runs_on = not is_ruled and (runs_on or len(labels) >= _LABELS_OF_A_TABLE)
        found += own if runs_on else []
    return found


def _put_aside_doubtful(cells: Sequence[Cell], out: Readings) -> None:
    """No fact comes of a cell of text that may be another's, nor of its half over a page's end."""
    doubts = {cell.key: (cell, cell.doubt) for cell in cells if cell.doubt}
    for halves in cut_in_two(cells):
        doubt = next((half.doubt for half in halves if half.doubt), None)
        if doubt is not None:
            doubts.update((half.key, (half, doubt)) for half in halves)
    for cell, doubt in doubts.values():
        out.roles.quarantine(doubt, cell)
    out.drop_facts(doubts)


def put_aside(extractions: Sequence[Extraction], reason: str) -> Readings:
    """Nothing of a sheet but its cells, all of them quarantined: its form broke the reader."""
    out = Readings()
    for extraction in extractions:
        for key, text in extraction.cells.select("cell_key", "raw_text").iter_rows():
            is_blank = not text.strip()
            out.roles.by_key[key] = ("empty", None) if is_blank else ("quarantined", reason)
    return out


def _describe(family: Declaration | None, keys: Sequence[str], out: Readings) -> None:
    """What each file was read as; title, code and year are those of the first form."""
    first = out.policies[0] if out.policies else {}
    out.documents = [
        {
            "document_key": key,
            "policy_key": first.get("policy_key"),
            "form": family.form if family else None,
            "title": first.get("title"),
            "sheet_code": first.get("sheet_code"),
            "status": "read" if family else "unrecognized_form",
            "status_reason": None if family else UNRECOGNIZED,
        }
        for key in keys
    ]
