"""A row that a page's end cuts, and whose rest is printed into the head that is printed again.

In: one form. Out: the same, the cells of such a row on both pages doubtful. Refuses nothing: a head
that says no more than it said before is a head.

Which line of what stands in the head is whose is not told for certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.forms.cells import lowest

if TYPE_CHECKING:
    from pipelines.forms.form import Form

REST_IN_HEAD = "the rest of a row that a page's end cuts stands in the head printed again overleaf"


def doubt_rows_in_heads(form: Form) -> None:
    """Give every cell of such a row, on both pages, its doubt."""
    for page, head in form.heads_again.items():
        if head.with_more:
            cut = lowest(cell for cell in form.ruled if cell.page == page - 1)
            for cell in (*cut, *head.with_more):
                cell.doubt = REST_IN_HEAD
