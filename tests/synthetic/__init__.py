"""Synthetic policy sheets: PDFs with their right answers, by seed and switches.

In: a seed and, if wished, a :class:`Variation`. Out: :class:`SyntheticSheet`; ``make_corpus``
writes many of them into a folder, each PDF beside its answers as JSON. The answers come from
what the generator decided to print, never from reading the print. Every sheet's title says
合成 (synthetic). Refuses: a producer that this machine does not have (``LookupError``).
"""

from __future__ import annotations

import json
import random
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import common, mext
from .answers import Answers, answers
from .draw import draw_pdf
from .fonts import register
from .pages import Layout
from .spec import draw_spec
from .typeset import Style
from .variation import SWITCHES, Variation, draw, sensible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .truth import SheetSpec

__all__ = ["SWITCHES", "SyntheticSheet", "Variation", "make_corpus", "make_sheet"]


@dataclass(frozen=True, slots=True)
class SyntheticSheet:
    """One PDF with its right answers."""

    pdf: bytes
    answers: Answers
    variation: Variation
    family: str
    spec: SheetSpec


def make_sheet(seed: int, variation: Variation | None = None) -> SyntheticSheet:
    """One sheet; without a variation the seed draws that too. Same arguments, same bytes."""
    random_source = random.Random(seed)  # noqa: S311  (a reproducible draw, not a secret)
    chosen = draw(random_source) if variation is None else sensible(variation)
    spec = draw_spec(random_source, chosen)
    pdf = _print(spec, chosen, random_source)
    return SyntheticSheet(pdf, answers(spec, chosen, pdf), chosen, chosen.family, spec)


def _print(spec: SheetSpec, variation: Variation, random_source: random.Random) -> bytes:
    size = random_source.choice((6.5, 7.0, 7.5)) + (1.5 if "a3" in variation.paper else 0.0)
    style = Style(register(variation.font), size, size * 1.22, 2.0)
    layout = Layout(variation, style)
    family = mext if variation.family == "mext" else common
    for policy in spec.policies:
        layout.heading(spec.title, f"（{policy.sheet_code}）")
        for block in family.blocks(spec, policy, variation):
            layout.add(block)
    for note in spec.notes:
        layout.note(note)
    pages = layout.finish(spec.title, f"（{spec.policies[0].sheet_code}）")
    return draw_pdf(pages, variation, style.font, spec.title)


def _plain(value: Any) -> Any:
    """A value that JSON holds; decimals as strings, so that none turns into a float."""
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))


def make_corpus(
    n: int, seed: int, folder: Path, fixed: Mapping[str, object] | None = None
) -> list[SyntheticSheet]:
    """``n`` sheets in ``folder``: ``synthetic-<seed>.pdf`` and ``.answers.json`` beside it.

    ``fixed`` holds switches to that value on every sheet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sheets = []
    for number in range(seed, seed + n):
        variation = draw(random.Random(number))  # noqa: S311
        sheet = make_sheet(number, replace(variation, **(fixed or {})))  # type: ignore[arg-type]
        stem = f"synthetic-{number:06d}"
        (folder / f"{stem}.pdf").write_bytes(sheet.pdf)
        record = {
            "variation": asdict(sheet.variation),
            "differences": sheet.variation.differences(),
            "answers": sheet.answers,
        }
        text = json.dumps(record, ensure_ascii=False, indent=1, default=_plain)
        (folder / f"{stem}.answers.json").write_text(text, encoding="utf-8")
        sheets.append(sheet)
    return sheets
