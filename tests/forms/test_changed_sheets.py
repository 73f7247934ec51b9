"""Whatever is printed, and wherever: every cell has one role, and no fact says what no cell does.

A few hundred sheets changed at random; ``make fuzz`` follows the reader's own branches for as many
as one likes. What it has found is listed here, by the bytes that chose the changes.
"""

from __future__ import annotations

import pytest

from pipelines import forms
from pipelines.forms.blocks import open_block
from pipelines.forms.cells import Cell
from pipelines.forms.declaration import declarations
from tests.fuzz import invariants, sheets
from tests.fuzz.draws import FromBytes, FromSeed
from tests.fuzz.forms import Read, typed

FOUND = {
    "a blank cell was put aside with its rival": (
        "464646464646460100000100010000000000006446010b46444646d80b44464646d8"
    ),
}


def test_what_holds_of_every_reading_holds_of_sheets_changed_at_random() -> None:
    reads = []
    for seed in range(300):
        key = f"{seed:016d}"
        extraction = sheets.changed_sheet(FromSeed(seed), key)
        readings = forms.read_forms([extraction])
        assert list(invariants.broken_by_reading(extraction, readings)) == [], f"seed {seed}"
        reads.append(Read(b"", key, extraction, readings))
    for start in range(0, len(reads), 100):
        assert typed(reads[start : start + 100]) == []


@pytest.mark.parametrize("data", FOUND.values(), ids=FOUND)
def test_what_the_fuzzer_found_holds(data: str) -> None:
    extraction = sheets.changed_sheet(FromBytes(bytes.fromhex(data)), "0" * 16)
    readings = forms.read_forms([extraction])
    assert list(invariants.broken_by_reading(extraction, readings)) == []
    assert typed([Read(b"", "0" * 16, extraction, readings)]) == []


def test_a_row_without_height_ends_the_head_of_a_block() -> None:
    def cell(key: str, top: float, bottom: float, text: str) -> Cell:
        return Cell(key, "a", 1, 1, 0.0, 50.0, top, bottom, text, is_ruled=True)

    opening, year = cell("1", 0.0, 20.0, "測定指標"), cell("2", 20.0, 20.0, "令和２年度")
    block = open_block(opening, [opening, year], declarations()[0])
    assert block.body == [year]
