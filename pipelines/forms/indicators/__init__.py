"""測定指標: a block of indicators becomes rows of printed values.

In: the section of one block and the goal it serves. Out: rows of ``Readings.indicators`` and
``Readings.values``; roles of the cells. Refuses, by putting the cell aside with a reason: a value
under several years, two values for one place, a value without a name, a text that holds target
and actual in a way the head does not say, a rationale that may go on overleaf.

``rows`` says which cells are one indicator's and which row label governs them; ``goal_column``
which goal it serves; ``ends`` reads its 基準値 and 目標値, ``yearly`` its figures by year;
``words`` reads the block that is all words; ``indicator`` takes down what they find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.forms.indicators import ends, words, yearly
from pipelines.forms.indicators.goal_column import GoalColumn
from pipelines.forms.indicators.indicator import Indicator
from pipelines.forms.indicators.rows import Rows
from pipelines.forms.list_numbers import first_text, places_before_digits, read_name
from pipelines.forms.merged import halves
from pipelines.forms.readings import Printed

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from pipelines.forms.blocks import Section
    from pipelines.forms.cells import Cell
    from pipelines.forms.fields import Goals
    from pipelines.forms.readings import Readings
    from pipelines.forms.records import Record

__all__ = ["read_indicators"]


def read_indicators(section: Section, goals: Goals, out: Readings) -> None:
    """Read one block of indicators into ``out``."""
    block = section.block
    out.roles.mark("label", *block.head)
    out.roles.mark("label", *(cell for cell in block.body if cell.key in block.labels))
    if block.has_years_beside:
        words.read(block, goals.current(), out)
        return
    rows = Rows(block)
    column = GoalColumn(block, goals, section.declaration)
    column.mark()
    records = rows.records()
    unclear = _unclear_rationales(rows, records, section, out)
    numbered = places_before_digits([first_text(record.names) for record in records])
    for place, record in enumerate(records):
        goal = column.of(record)
        names = [*record.names, *rows.numbers_of(record)]
        named = read_name(names, out.roles, before_digit=place in numbered)
        if named is None:
            reason = "a row of figures without a 測定指標 beside it"
            out.roles.quarantine(reason, *record.cells)
        elif goal is None:
            reason = "beside a 達成目標 without a number, one of several"
            out.roles.quarantine(reason, *record.names, *record.cells)
        else:
            _read_record(record, rows, Indicator(goal, named, out), unclear)


def _unclear_rationales(
    rows: Rows, records: Sequence[Record], section: Section, out: Readings
) -> set[str]:
    """Rationales that break off at a page's end, and those that may hold the rest of them.

    Where a browser leaves no room for the rest of a row, it prints that over the next row's text.
    """
    column = [cell for record in records for cell in _rationale_of(record, rows)]
    unclear = halves(column, records, "own prose", shows_cuts=section.shows_cuts).unclear
    reason = "this text and the one across the page's end may be one"
    out.roles.quarantine(reason, *unclear)
    return {cell.key for cell in unclear}


def _rationale_of(record: Record, rows: Rows) -> list[Cell]:
    return [
        cell
        for cell in record.cells
        if cell.key not in rows.block.labels
        and rows.block.labels_over(cell)[:1] == ["indicator_rationale"]
    ]


def _read_record(record: Record, rows: Rows, indicator: Indicator, unclear: Container[str]) -> None:
    """Read one indicator; what no reader takes of it is put aside in the end."""
    ends.read(record, rows.block, indicator)
    yearly.read(record, rows, indicator)
    rationale = [cell for cell in _rationale_of(record, rows) if cell.key not in unclear]
    indicator.out.roles.mark("value", *rationale)
    indicator.row["rationale"] = Printed(rationale).clear_text
    if not all(indicator.out.roles.is_read(cell) for cell in record.cells):
        indicator.row["is_read_in_part"] = "yes"
