"""Synthetic policy sheets: PDFs with their right answers, by seed and switches.

In: a seed and, if wished, a :class:`Variation`. Out: :class:`SyntheticSheet`; ``make_corpus``
writes many of them into a folder, each PDF beside its answers as JSON. The answers come from
what the generator decided to print, never from reading the print. Every sheet's title says
合成 (synthetic). Refuses: a producer that this machine does not have (``LookupError``).
"""

from __future__ import annotations

import contextlib
import json
import random
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from . import browser, common, mext, office
from .answers import Answers, answers
from .draw import draw_pdf
from .files import in_two, sidecar
from .fonts import register
from .pages import Layout, Page
from .spec import draw_spec
from .truth import Form
from .typeset import Style
from .variation import SWITCHES, Variation, draw, sensible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .truth import SheetSpec

__all__ = [
    "SWITCHES",
    "SyntheticSheet",
    "Variation",
    "lay_out",
    "make_corpus",
    "make_sheet",
    "producers",
]


@dataclass(frozen=True, slots=True)
class SyntheticSheet:
    """One PDF with its right answers, and the files (one or two) that it is handed over in."""

    pdf: bytes
    files: tuple[bytes, ...]
    answers: Answers
    variation: Variation
    family: str
    spec: SheetSpec
    seed: int


def make_sheet(seed: int, variation: Variation | None = None) -> SyntheticSheet:
    """One sheet; without a variation the seed draws that too. Same arguments, same bytes."""
    random_source = random.Random(seed)  # noqa: S311  (a reproducible draw, not a secret)
    chosen = draw(random_source) if variation is None else sensible(variation)
    spec = draw_spec(random_source, chosen)
    pdf = _print(spec, chosen, random_source)
    files = in_two(pdf) if chosen.files == "two" else (pdf,)
    found = answers(spec, chosen, files)
    return SyntheticSheet(pdf, files, found, chosen, chosen.family, spec, seed)


def _print(spec: SheetSpec, variation: Variation, random_source: random.Random) -> bytes:
    size = random_source.choice((6.5, 7.0, 7.5)) + (1.5 if "a3" in variation.paper else 0.0)
    if variation.producer == "browser":
        return browser.print_pdf(forms_of(spec, variation), spec.notes, variation, size)
    if variation.producer == "office":
        return office.print_pdf(forms_of(spec, variation), spec.notes, variation, size)
    pages = lay_out(spec, variation, size)
    return draw_pdf(pages, variation, register(variation.font), spec.title)


def forms_of(spec: SheetSpec, variation: Variation) -> list[Form]:
    """The sheet's forms as blocks of cells, on no page yet."""
    family = mext if variation.family == "mext" else common
    return [
        Form(spec.title, policy.sheet_code, family.blocks(spec, policy, variation))
        for policy in spec.policies
    ]


def lay_out(spec: SheetSpec, variation: Variation, size: float) -> list[Page]:
    """The sheet set on pages, text of ``size`` points, for reportlab to draw."""
    layout = Layout(variation, Style(register(variation.font), size, size * 1.22, 2.0))
    for form in forms_of(spec, variation):
        layout.heading(form.title, f"（{form.code}）")
        for block in form.blocks:
            layout.add(block)
    for note in spec.notes:
        layout.note(note)
    return layout.finish(spec.title, f"（{spec.policies[0].sheet_code}）")


def producers() -> tuple[str, ...]:
    """The producers that this machine has; reportlab always."""
    found = ["reportlab"]
    for name, module in (("browser", browser), ("office", office)):
        with contextlib.suppress(LookupError):
            module.program()
            found.append(name)
    return tuple(found)


def _plain(value: object) -> str:
    """A value that JSON holds; decimals as strings, so that none turns into a float."""
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))


def make_corpus(
    n: int,
    seed: int,
    folder: Path,
    fixed: Mapping[str, object] | None = None,
    printers: Sequence[str] = (),
) -> list[SyntheticSheet]:
    """``n`` sheets in ``folder``: ``synthetic-<seed>.pdf`` and ``.answers.json`` beside it.

    What a second file holds of a sheet is ``synthetic-<seed>-2.pdf``, with its sidecar.

    ``fixed`` holds switches to that value on every sheet. Each of ``printers`` (slow, and not
    on every machine) prints one sheet in ten, reportlab the others.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sheets = []
    for number in range(seed, seed + n):
        place = number % 10
        producer = printers[place] if place < len(printers) else "reportlab"
        variation = draw(random.Random(number), producer=producer)  # noqa: S311
        sheet = make_sheet(number, replace(variation, **(fixed or {})))  # type: ignore[arg-type]
        stem = f"synthetic-{number:06d}"
        (folder / f"{stem}.pdf").write_bytes(sheet.files[0])
        for rest in sheet.files[1:]:
            (folder / f"{stem}-2.pdf").write_bytes(rest)
            (folder / f"{stem}-2.yml").write_text(sidecar(f"{stem}.pdf"), encoding="utf-8")
        record = {
            "variation": asdict(sheet.variation),
            "differences": sheet.variation.differences(),
            "answers": sheet.answers,
        }
        text = json.dumps(record, ensure_ascii=False, indent=1, default=_plain)
        (folder / f"{stem}.answers.json").write_text(text, encoding="utf-8")
        sheets.append(sheet)
    return sheets
