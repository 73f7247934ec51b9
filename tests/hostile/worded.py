"""Sheets in which every text is SQL, or HTML: read like any other, word for word.

In: nothing. Out: :class:`~.parts.Bad` files. The sheets come from the generator of synthetic
sheets; figures, years and labels are its own, every other text is replaced.
"""

from __future__ import annotations

import dataclasses
import random
from typing import TYPE_CHECKING, Any

from synthetic import Variation, lay_out
from synthetic.draw import draw_pdf
from synthetic.fonts import register
from synthetic.spec import draw_spec
from synthetic.truth import Goal, Indicator, Policy, Program

from .named import HTML, SQL
from .parts import SHEET, Bad

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS: dict[type, tuple[str, ...]] = {
    Policy: ("name", "bureau", "official", "overview", "cabinet"),
    Goal: ("text", "rationale", "changes"),
    Indicator: ("name", "rationale"),
    Program: ("name", "remarks"),
}


def files() -> Iterator[Bad]:
    """A sheet in SQL and one in HTML."""
    yield Bad("sql-in-every-text.pdf", sheet_that_says(SQL), SHEET)
    yield Bad("html-in-every-text.pdf", sheet_that_says(HTML), SHEET)


def sheet_that_says(words: str) -> bytes:
    """A sheet whose texts are all ``words``; names end in a number of their own."""
    variation = Variation()
    spec = _said(draw_spec(random.Random(7), variation), words, iter(range(1_000)))  # noqa: S311
    return draw_pdf(lay_out(spec, variation, 7.0), variation, register(variation.font), words)


def _said(part: Any, words: str, count: Iterator[int]) -> Any:  # noqa: ANN401 - any part of a sheet
    """``part`` with its texts replaced, and those of every part of it."""
    if isinstance(part, tuple):
        return tuple(_said(each, words, count) for each in part)
    if not dataclasses.is_dataclass(part) or isinstance(part, type):
        return part
    changed = {
        field.name: _said(getattr(part, field.name), words, count)
        for field in dataclasses.fields(part)
    }
    for name in TEXTS.get(type(part), ()):
        changed[name] = f"{words} no {next(count)}" if name == "name" else words
    return dataclasses.replace(part, **changed)
