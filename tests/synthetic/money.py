"""Programs and amounts of a sheet: a seeded draw of budgets, executions and what is 内数.

In: a :class:`Draft`. Out: :class:`Program` and :class:`Budget` objects. Amounts are chosen as
numbers in the sheet's unit, then printed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from . import notation, words
from .truth import Amount, Budget, Draft, Program, Year

if TYPE_CHECKING:
    import random

    from .variation import Variation

HOW_MANY = {"one": (1, 1), "several": (2, 5), "many": (9, 16)}


def programs(draft: Draft, indicator_count: int) -> tuple[Program, ...]:
    """The 達成手段 of one goal, as listed."""
    source, variation = draft.random, draft.variation
    count = source.randint(*HOW_MANY[variation.programs])
    spans = _spans(draft, count, spanning=variation.remarks == "spanning")
    related_spans = _spans(draft, count, spanning=variation.related == "spanning")
    listed = []
    remark = related = ""
    numbers: tuple[int, ...] = ()
    for order in range(1, count + 1):
        if related_spans[order - 1]:
            first = source.randint(1, indicator_count)
            numbers = tuple(range(first, source.randint(first, indicator_count) + 1))
            if variation.related == "dashes" and source.random() < 0.5:
                numbers = ()
            related = notation.related(numbers, variation, source)
        span = spans[order - 1]
        if span:
            silent = variation.remarks == "dashes" or source.random() < 0.2
            remark = variation.dash if silent else words.paragraph(source, 1, 3)
        year, start = notation.start_of_program(source.randint(1987, draft.year - 1), variation)
        listed.append(
            Program(
                order=order,
                name=_name(draft),
                printed_number=_list_number(variation, order),
                start_year=year,
                start_text=start,
                budgets=_program_budgets(draft),
                indicator_numbers=numbers,
                indicator_text=related,
                indicator_span=related_spans[order - 1],
                review_number=_review_number(draft),
                remarks=remark,
                remarks_span=span,
            )
        )
    return tuple(listed)


def _name(draft: Draft) -> str:
    """A name that no other program of the sheet has."""
    name = words.program(draft.random)
    while name in draft.names:
        name = words.program(draft.random) + draft.random.choice(("（第二期）", "Ⅱ", "・改"))
    draft.names.add(name)
    stock_company = draft.variation.characters == "compatibility" and draft.random.random() < 0.3
    return f"㈱{name}" if stock_company else name


def _spans(draft: Draft, count: int, *, spanning: bool) -> list[int]:
    """Rows that each program's cell covers; 0 where the cell above reaches down."""
    spans: list[int] = []
    while len(spans) < count:
        left = count - len(spans)
        span = draft.random.randint(1, min(3, left)) if spanning else 1
        spans += [span] + [0] * (span - 1)
    return spans


def _list_number(variation: Variation, order: int) -> str:
    wide = str(order).translate(notation.FULL_WIDTH)
    return {
        "none": "",
        "brackets": f"（{wide}）",
        "half_brackets": f"({order})",
        "dots": f"{order}. ",
    }[variation.list_numbers]


def _review_number(draft: Draft) -> str:
    serial = draft.random.randint(1, 480)
    if draft.variation.family == "mext" or draft.random.random() < 0.6:
        return f"{serial:04d}"
    long = f"{draft.year}-合成-{draft.year % 100 - 1}-{serial:04d}"
    return draft.random.choice((long, f"新02-{serial:04d}"))


def _money(draft: Draft, unit: str) -> Decimal:
    """A number of ``unit`` that a program could get; tenths only where the unit is large.

    Full-width figures stay short, as on sheets that are set in them.
    """
    source, wide = draft.random, draft.variation.numbers == "full_width"
    if unit == "百万円":
        top = source.choice((9, 80, 900, 9_000, 9_999 if wide else 120_000))
        number = Decimal(source.randint(1, top))
        return number + Decimal(source.randint(0, 9)) / 10 if top < 9_000 else number
    return Decimal(
        source.randint(100, source.choice((9_999, 900_000, 900_000 if wide else 90_000_000)))
    )


def _spent(source: random.Random, budget: Decimal) -> Decimal:
    """What was spent of a budget, in the same unit and with as many decimals."""
    share = Decimal(source.choice((100, 100, 99, 97, 91, 64))) / 100
    tenth = Decimal(1).scaleb(int(budget.as_tuple().exponent))
    return (budget * share).quantize(tenth)


def _drawn_inclusion(draft: Draft) -> str:
    if draft.variation.inclusion == "none" or draft.random.random() < 0.5:
        return "exact"
    return "exclusive" if draft.variation.inclusion == "exclusive" else "inclusive"


def _revised_and_executed(draft: Draft, year: Year, unit: str) -> tuple[Budget, ...]:
    """One year's 予算額（執行額）, as the switches for 執行額, 内数 and dashes say."""
    source, variation = draft.random, draft.variation
    own_cell = variation.execution in {"column", "row"}
    if source.random() < 0.1:
        # One dash may stand for both amounts: then a row for the second is as right as none.
        one_dash = not own_cell and source.random() < 0.5
        revised = notation.dash_amount(variation)
        executed = notation.dash_amount(variation, optional=one_dash)
    else:
        number = _money(draft, unit)
        inclusion = _drawn_inclusion(draft)
        printed = variation.inclusion == "both" or own_cell or inclusion == "exact"
        revised = notation.print_amount(number, unit, variation, inclusion=inclusion)
        executed = notation.print_amount(
            _spent(source, number),
            unit,
            variation,
            inclusion=inclusion,
            source="printed" if printed else "inherited",
        )
    pair = (Budget("revised", year, revised), Budget("executed", year, executed))
    return pair[:1] if variation.execution == "missing" else pair


def _program_budgets(draft: Draft) -> tuple[Budget, ...]:
    variation, unit = draft.variation, draft.variation.program_unit
    past = 1 if variation.family == "mext" else 2 + int(variation.year_columns) % 2
    budgets: list[Budget] = []
    for label in notation.year_columns(draft.year - past, past, variation):
        budgets += _revised_and_executed(draft, label, unit)
    if draft.random.random() < 0.1:
        initial = notation.dash_amount(variation)
    else:
        number, inclusion = _money(draft, unit), _drawn_inclusion(draft)
        initial = notation.print_amount(number, unit, variation, inclusion=inclusion)
    return (*budgets, Budget("initial", notation.year_label(draft.year, variation), initial))


def mext_policy_budgets(draft: Draft) -> tuple[Budget, ...]:
    """The 施策's own three amounts: last year's budget and execution, this year's budget."""
    source, variation, unit = draft.random, draft.variation, draft.variation.policy_unit
    number = _money(draft, unit) * 10
    before = notation.year_label(draft.year - 1, variation)
    budgets = [Budget("revised", before, notation.print_amount(number, unit, variation))]
    if variation.execution != "missing":
        spent = notation.print_amount(_spent(source, number), unit, variation)
        budgets.append(Budget("executed", before, spent))
    initial = notation.print_amount(_money(draft, unit) * 10, unit, variation)
    current = notation.year_label(draft.year, variation)
    return (*budgets, Budget("initial", current, initial))


def common_policy_budgets(draft: Draft) -> tuple[Budget, ...]:
    """The block 施策の予算額・執行額等: five rows under the years, and a request if switched."""
    variation, unit = draft.variation, draft.variation.policy_unit
    past = 2 + int(variation.year_columns) % 2
    mark = draft.random.choice(("▲", "△", "-"))
    budgets: list[Budget] = []
    for label in notation.year_columns(draft.year - past, past + 1, variation):
        stages = _five_stages(draft, mark, is_current=label.year == draft.year)
        budgets += [Budget(stage, label, amount) for stage, amount in stages.items()]
    if variation.requested == "yes":
        asked = _money(draft, unit).to_integral_value() + 10
        label = notation.year_label(draft.year + 1, variation)
        budgets.append(Budget("requested", label, notation.print_amount(asked, unit, variation)))
    return tuple(budgets)


def _five_stages(draft: Draft, mark: str, *, is_current: bool) -> dict[str, Amount]:
    """One year's amounts that add up; of the running year only the first is known."""
    source, variation, unit = draft.random, draft.variation, draft.variation.policy_unit
    initial = _money(draft, unit).to_integral_value() + 10
    stages = {"initial": notation.print_amount(initial, unit, variation)}
    if is_current:
        nothing = notation.no_amount(variation)
        return stages | dict.fromkeys(
            ("supplementary", "carryover", "revised", "executed"), nothing
        )
    extra = (initial / 7).to_integral_value() * source.choice((0, 1, 2))
    moved = -(initial / 9).to_integral_value() * source.choice((0, 1))
    total = initial + extra + moved
    dash_for_zero = source.random() < 0.5
    amounts = {"supplementary": extra, "carryover": moved, "revised": total}
    for stage, number in (amounts | {"executed": _spent(source, total)}).items():
        stages[stage] = (
            notation.dash_amount(variation)
            if not number and dash_for_zero
            else notation.print_amount(number, unit, variation, mark=mark)
        )
    return stages
