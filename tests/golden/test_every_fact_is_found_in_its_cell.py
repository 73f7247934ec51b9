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
        fact_key, value_kind, period_text, budget_stage, review_number, fact.raw_text,
        fact.cell_key, page_number, x0::double, y0::double, x1::double, y1::double, role
    from (
        select
            indicator_value_key as fact_key,
            value_kind,
            period_text,
            null as budget_stage,
            null as review_number,
            raw_text,
            cell_key
        from fact_indicator_values
        union all
        select budget_key, null, null, budget_stage, review_number, raw_text, cell_key
        from fact_budget
    ) as fact
    left join cells using (cell_key)
    order by fact_key
"""


class Fact(NamedTuple):
    key: str
    value_kind: str | None
    period_text: str | None
    budget_stage: str | None
    review_number: str | None
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


def above(fact: Fact) -> Fact:
    """A strip 50 points wide over the middle of the fact's cell, up to two rows of heads."""
    across = (fact.x0 + fact.x1) / 2
    return fact._replace(x0=across - 25, x1=across + 25, y0=max(0, fact.y0 - 150), y1=fact.y0)


def left_of(fact: Fact) -> Fact:
    """A strip along the middle of the fact's row, from the page's left edge to its cell."""
    down = (fact.y0 + fact.y1) / 2
    return fact._replace(x0=0, x1=fact.x0, y0=down - 10, y1=down + 10)


def right_of(fact: Fact) -> Fact:
    """A strip along the middle of the fact's row, from its cell to the page's right edge."""
    down = (fact.y0 + fact.y1) / 2
    return fact._replace(x0=fact.x1, x1=590, y0=down - 5, y1=down + 5)


def test_the_year_of_a_value_is_printed_above_or_left_of_it(
    facts: list[Fact], pages: list[pypdfium2.PdfPage]
) -> None:
    astray = []
    for fact in facts:
        nearby = printed_in(pages, above(fact)) + printed_in(pages, left_of(fact))
        if fact.period_text is not None and fact.period_text not in nearby:
            astray.append((fact.cell_key, fact.period_text, nearby))
    assert astray == []


def test_the_kind_of_a_value_is_printed_beside_it(
    facts: list[Fact], pages: list[pypdfium2.PdfPage]
) -> None:
    # 実績値 and 実績 stand in the middle of five columns or four rows: an actual value is known
    # by what is not beside it.
    astray = []
    for fact in facts:
        up, left = printed_in(pages, above(fact)), printed_in(pages, left_of(fact))
        seen = {
            "annual_target": left.endswith("年度ごとの目標値"),
            "baseline": "基準値" in up or left.endswith("基準値"),
            "target": "目標値" in up.replace("年度ごとの目標値", "") or "目標R7年度" in left,
        }
        expected = {kind: kind == fact.value_kind for kind in seen}
        if fact.value_kind is not None and seen != expected:
            astray.append((fact.key, fact.cell_key, up, left))
    assert astray == []


def test_the_review_number_of_a_program_stands_in_the_row_of_its_amounts(
    facts: list[Fact], pages: list[pypdfium2.PdfPage]
) -> None:
    numbered = [fact for fact in facts if fact.review_number is not None]
    assert len(numbered) == 45
    astray = [
        (fact.key, fact.review_number, printed_in(pages, right_of(fact)))
        for fact in numbered
        if fact.review_number not in printed_in(pages, right_of(fact))
    ]
    assert astray == []


def test_the_stage_and_the_year_of_an_amount_are_printed_over_its_column(
    facts: list[Fact], pages: list[pypdfium2.PdfPage]
) -> None:
    heads = {
        "revised": "令和元年度予算額（執行額）",
        "executed": "令和元年度予算額（執行額）",
        "initial": "令和2年度当初予算額",
    }
    astray = []
    for fact in facts:
        if fact.budget_stage is not None:
            over = printed_in(pages, fact._replace(y0=0, y1=fact.y0))
            if {head for head in heads.values() if head in over} != {heads[fact.budget_stage]}:
                astray.append((fact.key, fact.cell_key, over))
    assert astray == []
