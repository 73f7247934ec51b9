"""The switches of a synthetic sheet: what may differ between two sheets that say the same.

In: a random source, or nothing. Out: a :class:`Variation`, one value per switch, and
``SWITCHES``, every switch with every value it may take (the first one is the plain one).
Refuses: ``Variation`` raises ``ValueError`` for a value that a switch does not have.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal, get_args, get_type_hints

if TYPE_CHECKING:
    import random


@dataclass(frozen=True, slots=True)
class Variation:
    """One choice for every switch; the defaults are the plainest sheet."""

    # How the sheet is made.
    family: Literal["mext", "common"] = "mext"
    producer: Literal["reportlab", "browser", "office"] = "reportlab"
    font: Literal["embedded", "cid_gothic", "cid_mincho"] = "embedded"

    # What is printed: years, labels, units.
    year_columns: Literal[5, 3, 4, 6, 7] = 5
    years: Literal["crossing", "heisei", "reiwa"] = "crossing"
    year_labels: Literal[
        "short",
        "short_full_width",
        "short_bare",
        "long",
        "long_full_width",
        "western",
        "bare",
        "broken",
        "double",
        "square",
    ] = "short"
    labels: Literal["plain", "broken", "spaced", "full_width", "half_width"] = "plain"
    policy_unit: Literal["千円", "百万円"] = "千円"
    program_unit: Literal["百万円", "千円"] = "百万円"
    unit_place: Literal["label", "header", "cell"] = "label"
    unit_brackets: Literal["round", "square", "said"] = "round"
    execution: Literal["under", "beside", "row", "column", "missing"] = "under"
    baseline: Literal["year", "dash"] = "year"
    wording: Literal["standard", "ministry"] = "standard"
    marks: Literal["circled", "full_stop", "brackets"] = "circled"
    target_year: Literal["printed", "in_label", "in_cell", "missing", "event"] = "printed"
    title: Literal["above", "tagged", "ruled"] = "above"
    start: Literal["below", "inline", "short", "open", "missing"] = "below"
    evaluation: Literal["year", "month"] = "year"

    # What is printed: figures and words.
    numbers: Literal["comma", "plain", "full_width"] = "comma"
    values: Literal["bare", "units", "mixed", "named", "provisional"] = "bare"
    dash: Literal["―", "－", "-", "—", "–", "─"] = "―"
    empty: Literal["dash", "blank", "diagonal"] = "dash"
    inclusion: Literal["none", "suffix", "both", "exclusive"] = "none"
    negative: Literal["none", "▲", "△", "-", "－"] = "none"

    # How much is printed.
    goals: Literal["one", "several"] = "one"
    indicators: Literal["several", "one"] = "several"
    programs: Literal["several", "one", "many"] = "several"
    qualitative: Literal["none", "one", "several"] = "none"
    remarks: Literal["each", "spanning", "dashes"] = "each"
    related: Literal["each", "spanning", "dashes"] = "each"

    # The common form only.
    header_layout: Literal["beside", "above"] = "beside"
    base_layout: Literal["columns", "stacked", "one_cell", "one_cell_plain"] = "columns"
    years_layout: Literal["labelled", "stacked_header", "bracketed"] = "labelled"
    requested: Literal["no", "yes"] = "no"
    list_numbers: Literal["none", "brackets", "dots", "half_brackets"] = "none"

    # Pages.
    paper: Literal["a4", "a4_landscape", "a3_landscape"] = "a4"
    rotate: Literal[0, 90, 180, 270] = 0
    row_break: Literal["whole", "cut"] = "whole"
    header: Literal["once", "repeated", "orphaned"] = "once"
    merged: Literal["centered", "first"] = "centered"
    furniture: Literal["none", "numbers", "lines", "titles"] = "none"
    goal_start: Literal["flow", "page"] = "flow"
    sections: Literal["joined", "captions"] = "joined"
    forms: Literal["one", "two"] = "one"
    boxes: Literal["plain", "cropped", "form"] = "plain"
    # "two": the later pages are a file of their own, and its sidecar says what it continues.
    files: Literal["one", "two"] = "one"

    # Ink.
    ruling: Literal["strokes", "filled", "backgrounds", "double", "gaps", "dashed", "mixed"] = (
        "strokes"
    )
    text_fit: Literal["plain", "overflow", "touching", "run"] = "plain"
    order: Literal["cells", "scrambled", "glyphs"] = "cells"
    bold: Literal["none", "exact", "offset"] = "none"
    vertical: Literal["no", "yes"] = "no"
    mapping: Literal["full", "partial"] = "full"
    characters: Literal["plain", "compatibility", "radicals"] = "plain"

    def __post_init__(self) -> None:
        for name, values in SWITCHES.items():
            if getattr(self, name) not in values:
                message = f"{name} is one of {values}, not {getattr(self, name)!r}"
                raise ValueError(message)

    def differences(self) -> dict[str, object]:
        """The switches that are not at their plain value."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }


SWITCHES: dict[str, tuple[object, ...]] = {}
SWITCHES.update(
    {
        name: get_args(hint)
        for name, hint in get_type_hints(Variation).items()
        if name != "return" and get_args(hint)
    }
)

COMMON_ONLY = ("header_layout", "base_layout", "years_layout", "requested", "list_numbers")
MEXT_ONLY = ("goals", "goal_start", "baseline")
# What a producer other than reportlab can do with the switches of pages and ink; the rest rests.
PRINTED = {
    "browser": {
        "ruling": ("strokes", "double", "dashed", "backgrounds"),
        "text_fit": ("plain", "touching"),
        "row_break": ("whole", "cut"),
        "header": ("once", "repeated"),
        "furniture": ("none", "lines"),
        "empty": ("dash", "blank"),
        "sections": ("joined", "captions"),
    },
    "office": {
        "ruling": ("strokes", "double", "dashed"),
        "text_fit": ("plain", "touching"),
        "row_break": ("whole",),
        "header": ("once",),
        "furniture": ("none", "numbers", "lines", "titles"),
        "empty": ("dash", "blank"),
        "sections": ("joined", "captions"),
    },
}
DRAWN_ONLY = ("rotate", "mapping", "font", "merged", "order", "boxes")


def sensible(variation: Variation) -> Variation:
    """The same variation with the switches that its family or producer does not have at rest."""
    plain = Variation()
    idle: tuple[str, ...] = MEXT_ONLY if variation.family == "common" else COMMON_ONLY
    if variation.producer != "reportlab":
        idle += DRAWN_ONLY
        idle += tuple(
            name
            for name, values in PRINTED[variation.producer].items()
            if getattr(variation, name) not in values
        )
    changes: dict[str, object] = {name: getattr(plain, name) for name in idle}
    if variation.family == "common":
        # 予算額計（執行額） is one column a year there, and the target's year has its own place.
        changes |= {"execution": "under"} if variation.execution in {"missing", "column"} else {}
        in_head = variation.target_year in {"in_label", "in_cell"}
        changes |= {"target_year": "printed"} if in_head else {}
    if variation.ruling == "backgrounds" and variation.text_fit == "overflow":
        changes["text_fit"] = "plain"
    if variation.year_labels == "square" or variation.characters == "radicals":
        # The fonts that are not embedded have no such glyphs.
        changes["font"] = "embedded"
    return replace(variation, **changes)  # type: ignore[arg-type]


def draw(random_source: random.Random, *, producer: str = "reportlab") -> Variation:
    """A variation by chance: a third plain but for a few switches, the rest freely mixed."""
    share = random_source.choice((0.08, 0.3, 0.6))
    chosen: dict[str, object] = {
        name: random_source.choice(values[1:])
        for name, values in SWITCHES.items()
        if name != "files" and len(values) > 1 and random_source.random() < share
    }
    # A glyph that no one can look up stands for a whole class of quarantine: kept rare.
    if "mapping" in chosen and random_source.random() < 0.6:
        del chosen["mapping"]
    chosen["family"] = random_source.choice(SWITCHES["family"])
    chosen["producer"] = producer
    # Drawn last: the other switches of a seed stay what they were without this one.
    if random_source.random() < share / 4:
        chosen["files"] = "two"
    return sensible(replace(Variation(), **chosen))  # type: ignore[arg-type]
