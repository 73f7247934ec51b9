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
    above = [cell for cell in form.ruled if cell.top < _name_label(form).top - EDGE]
    for cell in (*form.around, *above):
        match = form.declaration.sheet_code.search(cell.text) or _bare_code(form, cell.text)
        is_title = bool(form.declaration.title.fullmatch(cell.folded))
        if is_title and title is None:
            text = cell.text if match is None else cell.text.replace(match.group(), "")
            title = "".join(text.split("\n")).strip()
            out.roles.mark("title", cell)
        is_alone = match is not None and fold(cell.text).strip("()") == fold(match.group()).strip(
            "()"
        )
        if match is not None and code is None and (is_title or is_alone):
            code = re.sub(r"\s+", "", match.group(1))
            out.roles.mark("title", cell)
    return {"title": title, "sheet_code": code}


def _bare_code(form: Form, text: str) -> re.Match[str] | None:
    """A code that fills its cell without brackets, if it names an era."""
    match = form.declaration.sheet_code.fullmatch(f"（{text.strip()}）")
    return match if match and re.search(r"[RHSＲＨＳ]|令和|平成", match.group(1)) else None


def _name_label(form: Form) -> Cell:
    return next(cell for cell in form.ruled if form.labels.get(cell.key) == "policy_name")
