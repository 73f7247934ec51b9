"""Every fact's cell, read again from the PDF with another library (pypdfium2)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

SHEET = Path(__file__).parents[2] / "seeds" / "documents" / "mext-r2-9-1.facsimile.pdf"

FACTS = """
    select
        fact_key, period_text, budget_stage, fact.raw_text, fact.cell_key,
        page_number, x0::double, y0::double, x1::double, y1::double, role
    from (
        select
            indicator_value_key as fact_key,
            period_text,
            null as budget_stage,
            raw_text,
            cell_key
        from fact_indicator_values
        union all
        select budget_key, null, budget_stage, raw_text, cell_key
        from fact_budget
    ) as fact
    left join cells using (cell_key)
    order by fact_key
"""


class Fact(NamedTuple):
    key: str
    period_text: str | None
    budget_stage: str | None
    raw_text: str
    cell_key: str
    page_number: int
    x0: float
    y0: float
    x1: float
    y1: float
    role: str


@pytest.fixture(scope="module")
def pages() -> Iterator[list[pypdfium2.PdfPage]]:
    with pypdfium2.PdfDocument(SHEET) as document:
        yield [document[number] for number in range(len(document))]


@pytest.fixture
def facts(warehouse: duckdb.DuckDBPyConnection) -> list[Fact]:
    found = [Fact(*row) for row in warehouse.execute(FACTS).fetchall()]
    assert len(found) == 102 + 48
    return found


def without_whitespace(text: str) -> str:
    return "".join(text.split())


def printed_in(pages: list[pypdfium2.PdfPage], fact: Fact) -> str:
    """The text that pypdfium2 finds in the fact's cell, whitespace aside.

    The cell's y runs down from the top of the page, a PDF's y up from its bottom.
    """
    page = pages[fact.page_number - 1]
    height = page.get_height()
    text = page.get_textpage().get_text_bounded(
        left=fact.x0, bottom=height - fact.y1, right=fact.x1, top=height - fact.y0
    )
    return without_whitespace(text)


def test_every_raw_text_is_printed_in_the_cell_of_its_fact(
    facts: list[Fact], pages: list[pypdfium2.PdfPage]
) -> None:
    astray = [
        (fact.cell_key, fact.raw_text, printed_in(pages, fact))
        for fact in facts
        if without_whitespace(fact.raw_text) not in printed_in(pages, fact)
    ]
    assert astray == []


def test_the_facts_of_a_cell_are_all_that_is_printed_there(
    facts: list[Fact], pages: list[pypdfium2.PdfPage]
) -> None:
    order = {None: 0, "initial": 0, "revised": 1, "executed": 2}
    by_cell: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: order[fact.budget_stage]):
        by_cell.setdefault(fact.cell_key, []).append(fact)
    astray = [
        (cell_key, [fact.raw_text for fact in held], printed_in(pages, held[0]))
        for cell_key, held in by_cell.items()
        if "".join(without_whitespace(fact.raw_text) for fact in held) != printed_in(pages, held[0])
    ]
    assert astray == []


def test_only_a_budget_and_its_execution_share_a_cell(facts: list[Fact]) -> None:
    stages: dict[str, list[str | None]] = {}
    for fact in facts:
        stages.setdefault(fact.cell_key, []).append(fact.budget_stage)
    shared = [sorted(map(str, held)) for held in stages.values() if len(held) > 1]
    assert shared == [["executed", "revised"]] * 16
    assert len(stages) == 102 + 48 - 16


def test_the_cell_of_every_fact_is_a_value_cell(facts: list[Fact]) -> None:
    assert {fact.role for fact in facts} == {"value"}


def test_the_year_of_a_value_is_printed_above_or_left_of_it(
    facts: list[Fact], pages: list[pypdfium2.PdfPage]
) -> None:
    """A strip as narrow as the value's own middle, up the page, or left along its row."""
    astray = []
    for fact in facts:
        if fact.period_text is None:
            continue
        across, down = (fact.x0 + fact.x1) / 2, (fact.y0 + fact.y1) / 2
        above = fact._replace(x0=across - 25, x1=across + 25, y0=max(0, fact.y0 - 150), y1=fact.y0)
        left = fact._replace(x0=0, x1=fact.x0, y0=down - 8, y1=down + 8)
        nearby = printed_in(pages, above) + printed_in(pages, left)
        if without_whitespace(fact.period_text) not in nearby:
            astray.append((fact.cell_key, fact.period_text, nearby))
    assert astray == []
