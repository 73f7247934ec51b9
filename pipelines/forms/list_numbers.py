"""List numbers before names: ①, （１）, 1. and cells that hold nothing else.

In: printed name cells. Out: the number and the name without it. Refuses nothing: a text without
a number is all name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.forms.cells import fold
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.cells import Cell
    from pipelines.forms.readings import Roles

_NUMBER = re.compile(
    r"^\s*(?:(?P<circled>[①-⑳])|[（(](?P<bracketed>[0-9０-９]{1,2})[)）]"
    r"|(?P<dotted>[0-9０-９]{1,2})(?:[.．、](?![0-9０-９])|[\s　]))[\s　]*"
)
_ALONE = re.compile(r"[(]?\d{1,2}[)]?[.、]?")


@dataclass(slots=True)
class Named:
    """A printed name: the cells of its text, the number before it (None: none), the text."""

    printed: Printed
    number: int | None
    name: str


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a list number and nothing else."""
    return bool(_ALONE.fullmatch(cell.folded))


def split_number(text: str) -> tuple[int | None, str]:
    """A leading list number (①, （１）, 1.) and the text after it."""
    match = _NUMBER.match(text)
    if match is None:
        return None, text
    return int(fold(match["circled"] or match["bracketed"] or match["dotted"])), text[match.end() :]


def read_name(cells: Sequence[Cell], roles: Roles) -> Named | None:
    """The name that ``cells`` hold, a number possibly in a cell of its own; None if none does."""
    printed = [cell for cell in cells if not cell.is_blank]
    alone = [cell for cell in printed if is_number(cell)]
    texts = Printed([cell for cell in printed if cell not in alone])
    roles.mark("label", *alone)
    roles.mark("empty", *(cell for cell in cells if cell.is_blank))
    if not texts.cells:
        return None
    number, name = split_number(texts.text or "")
    if number is None and alone:
        number = int(re.sub(r"\D", "", alone[0].folded))
    return Named(texts, number, name)
