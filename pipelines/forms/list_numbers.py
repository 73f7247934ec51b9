"""List numbers before names: ①, （１）, 1. and cells that hold nothing else.

In: printed name cells. Out: the number and the name without it. Refuses nothing: a text without a
number is all name. ``1.5倍…`` begins with a decimal, ``1.6次産業化…`` with the number 1 where other
names of the list are numbered so that this one is the first.
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
_BEFORE_A_DIGIT = re.compile(r"^\s*(?P<dotted>[0-9０-９]{1,2})[.．、](?=[0-9０-９])")
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


def places_before_digits(names: Sequence[str]) -> set[int]:
    """Places in a list of names (from 0) whose name is 1.6次…: a list number, then a digit.

    Some other name of the list has a number of the same kind before a word, and counting on from
    it gives this one.
    """
    starts = {
        int(fold(match["dotted"])) - place
        for place, name in enumerate(names)
        if (match := _NUMBER.match(name)) and match["dotted"]
    }
    return {
        place
        for place, name in enumerate(names)
        if (match := _BEFORE_A_DIGIT.match(name)) and int(fold(match["dotted"])) - place in starts
    }


def first_text(cells: Sequence[Cell]) -> str:
    """What the name that ``cells`` hold begins with; empty where nothing is printed."""
    return next((cell.text for cell in cells if not cell.is_blank), "")


def split_number(text: str, *, before_digit: bool = False) -> tuple[int | None, str]:
    """A leading list number (①, （１）, 1.) and the text after it."""
    match = _NUMBER.match(text) or (_BEFORE_A_DIGIT.match(text) if before_digit else None)
    if match is None:
        return None, text
    number = next(group for group in match.groups() if group)
    return int(fold(number)), text[match.end() :]


def read_name(cells: Sequence[Cell], roles: Roles, *, before_digit: bool = False) -> Named | None:
    """The name that ``cells`` hold, a number possibly in a cell of its own; None if none does.

    ``before_digit``: the place is one of :func:`places_before_digits`.
    """
    printed = [cell for cell in cells if not cell.is_blank]
    alone = [cell for cell in printed if is_number(cell)]
    texts = Printed([cell for cell in printed if cell not in alone])
    roles.mark("label", *alone)
    roles.mark("empty", *(cell for cell in cells if cell.is_blank))
    if not texts.cells:
        return None
    number, name = split_number(texts.text or "", before_digit=before_digit)
    if number is None and alone:
        number = int(re.sub(r"\D", "", alone[0].folded))
    return Named(texts, number, name)
