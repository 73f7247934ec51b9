"""The title of a form and the code of its sheet (文R2－9－1), wherever above the header they stand.

In: a form. Out: the two as printed, None for what is not there. Refuses: a bracket that holds no
code (資料, 別紙) is no code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.forms.cells import EDGE, Cell, fold

if TYPE_CHECKING:
    from pipelines.forms.form import Form
    from pipelines.forms.readings import Readings, Row


def read_title(form: Form, out: Readings) -> Row:
    """The title and the sheet's code, wherever above the header they stand."""
    title: str | None = None
    code: str | None = None
    name = next(cell for cell in form.ruled if form.labels.get(cell.key) == "policy_name")
    above = [cell for cell in form.ruled if cell.top < name.top - EDGE]
    for cell in (*form.around, *above):
        match = form.declaration.code_in(cell)
        is_title = form.declaration.is_title(cell)
        if is_title and title is None:
            text = cell.text if match is None else cell.text.replace(match.group(), "")
            title = "".join(text.split("\n")).strip()
            out.roles.mark("title", cell)
        if match is not None and code is None and (is_title or _is_alone(cell, match.group())):
            code = re.sub(r"\s+", "", match.group(1))
            out.roles.mark("title", cell)
    return {"title": title, "sheet_code": code}


def _is_alone(cell: Cell, code: str) -> bool:
    return fold(cell.text).strip("()") == fold(code).strip("()")
