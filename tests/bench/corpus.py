"""The sheets that everything is measured on: synthetic, seeded, six pages each on average.

In: how many. Out: a folder of PDFs, drawn by reportlab, since that is on every machine. Both
families and all variations of print are in it; only how much is printed is fixed, at the upper
end, as real sheets are.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.synthetic import make_sheet
from tests.synthetic.variation import Variation, draw

if TYPE_CHECKING:
    from pathlib import Path

MUCH = {"goals": "several", "programs": "many", "forms": "two", "qualitative": "several"}
# The switches that make a sheet hard for any tool, at rest.
HARD = ("ruling", "text_fit", "order", "bold", "vertical", "mapping", "characters", "rotate")
PLAIN = {name: getattr(Variation(), name) for name in (*HARD, "boxes", "font", "empty")}
FIRST_SEED = 1
# The first of the seeds past any corpus.
EXTRA_SEED = 1_000_001


def corpus(folder: Path, count: int) -> Path:
    """``count`` sheets in ``folder``; those that lie there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(FIRST_SEED, FIRST_SEED + count):
        path = folder / f"synthetic-{seed:06d}.pdf"
        if not path.exists():
            path.write_bytes(_sheet(seed))
    return folder


def plain_corpus(folder: Path, count: int) -> Path:
    """The same sheets with every glyph well within its own rulings, printed once and mapped."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(FIRST_SEED, FIRST_SEED + count):
        path = folder / f"plain-{seed:06d}.pdf"
        if not path.exists():
            path.write_bytes(_sheet(seed, **PLAIN))
    return folder


def extra_sheet(number: int) -> bytes:
    """A sheet that is in no corpus, another one for each ``number``."""
    return _sheet(EXTRA_SEED + number)


def _sheet(seed: int, **fixed: object) -> bytes:
    variation = draw(random.Random(seed))  # noqa: S311 - a reproducible draw, no secret
    return make_sheet(seed, replace(variation, **MUCH, **fixed)).pdf  # type: ignore[arg-type]
