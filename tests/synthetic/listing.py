"""達成手段 and their amounts as cells: what both families of forms print alike.

In: budgets, programs and the variation. Out: the texts of header and body cells, and the
cells of one program's row. An 執行額 stands under its budget, beside it, in a row or column of
its own, or nowhere, as the sheet's switch says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import notation
from .labels import label, with_unit

if TYPE_CHECKING:
    from .grid import Block
    from .truth import Budget, Program
    from .variation import Variation


class BudgetColumn(NamedTuple):
    """One column of amounts: its header, and its cells from top to bottom (one or two)."""

    head: str
    texts: tuple[str, ...]


def budget_texts(budgets: list[Budget], variation: Variation) -> tuple[str, ...]:
    """予算額 and, where the sheet shows it, 執行額 as their cell or cells print them."""
    texts = [budget.amount.text for budget in budgets]
    if len(texts) == 1 or budgets[1].amount.optional:
        return (texts[0],)
    wide = variation.numbers == "full_width" or variation.execution == "beside"
    second = notation.bracketed(texts[1], wide=wide)
    if variation.execution == "row":
        return (texts[0], second)
    joint = "\n" if variation.execution == "under" else ""
    return (f"{texts[0]}{joint}{second}",)


def budget_columns(
    budgets: tuple[Budget, ...], unit: str, variation: Variation
) -> list[BudgetColumn]:
    """The MEXT form's budget columns, left to right; the unit in the header if switched."""
    result = []
    for year in dict.fromkeys(budget.year for budget in budgets):
        of_year = [budget for budget in budgets if budget.year == year]
        era = (year.text or "").replace("\n", "")
        if of_year[0].stage == "initial":
            heads = [(f"{era}\n当初予算額", of_year)]
        elif variation.execution == "column":
            heads = [(f"{era}\n予算額", of_year[:1]), (f"{era}\n執行額", of_year[1:])]
        elif variation.execution == "missing":
            heads = [(f"{era}\n予算額", of_year)]
        else:
            heads = [(f"{era}\n予算額（執行額）", of_year)]
        for head, group in heads:
            shown = (
                with_unit(head, unit, variation)
                if variation.unit_place == "header"
                else label(head, variation)
            )
            result.append(BudgetColumn(shown, budget_texts(group, variation)))
    return result


def rows_of(variation: Variation) -> int:
    """Grid rows that one program's row has."""
    return 2 if variation.execution == "row" else 1


def put_texts(block: Block, texts: tuple[str, ...], x0: float, x1: float, row: int) -> None:
    """The cells of one column of a row; one cell where the other columns have one, too."""
    for index, text in enumerate(texts):
        block.value(text, x0, x1, row + index)


def put_amounts(  # noqa: PLR0913  (a place has four sides)
    block: Block, texts: tuple[str, ...], x0: float, x1: float, row: int, *, variation: Variation
) -> None:
    """A column's amounts in a row: two cells, or one that is as high as the row."""
    rows = rows_of(variation)
    if len(texts) == rows:
        put_texts(block, texts, x0, x1, row)
    else:
        block.value(texts[0], x0, x1, row, rows)


def name_text(program: Program, variation: Variation) -> str:
    """The list number, the name and the year that it began, as the first cell prints them."""
    joint = "" if variation.start == "inline" or not program.start_text else "\n"
    return f"{program.printed_number}{program.name}{joint}{program.start_text}"
