"""What a sheet shall say: a seeded draw of policies, goals, indicators, programs and amounts.

In: a random source and a :class:`Variation`. Out: a :class:`SheetSpec`. Every figure is a
number before it is a string; every string that carries an answer comes from ``notation``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from . import notation, words
from .truth import Budget, Dated, Goal, Indicator, Policy, Program, SheetSpec, Value, Year

if TYPE_CHECKING:
    import random

    from .variation import Variation

SHEET_YEARS = {"heisei": (2013, 2018), "crossing": (2020, 2022), "reiwa": (2024, 2027)}
MINISTRIES = {"mext": ("文",), "common": ("総務省", "法務省", "厚労", "経産省", "国交省")}


def draw_spec(random_source: random.Random, variation: Variation) -> SheetSpec:
    """A sheet: one form, or two in one PDF."""
    year = random_source.randint(*SHEET_YEARS[variation.years])
    count = int(variation.year_columns)
    first = year - count if variation.family == "mext" else year - count // 2
    columns = notation.year_columns(first, count, variation)
    sheet = notation.long_year(year, variation)
    ministry = random_source.choice(MINISTRIES[variation.family])
    short = notation.era_year(year, latest_heisei=variation.years == "heisei")
    serial = random_source.randint(1, 20)
    if variation.family == "mext":
        code = f"{ministry}{short[1]}{short[2]}－{serial}－{random_source.randint(1, 5)}"
        title = f"{sheet.text}実施施策に係る事前分析表（合成）"
    else:
        code = f"{ministry}{short[1]}{short[2]}－{notation.CIRCLED[serial - 1]}"
        title = f"{sheet.text}実施施策に係る政策評価の事前分析表（合成）"
    names: set[str] = set()
    policies = tuple(
        _policy(random_source, variation, year, columns, names)
        for _ in range(2 if variation.forms == "two" else 1)
    )
    return SheetSpec(title, code, year, policies, columns, (), ())


def _policy(
    random_source: random.Random,
    variation: Variation,
    year: int,
    columns: tuple[Year, ...],
    names: set[str],
) -> Policy:
    goal_count = random_source.randint(2, 4) if variation.goals == "several" else 1
    budgets = (
        _mext_policy_budgets(random_source, variation, year)
        if variation.family == "mext"
        else _common_policy_budgets(random_source, variation, year)
    )
    return Policy(
        name=words.topic_and_act(random_source),
        bureau=words.bureau(random_source),
        official=words.official(random_source),
        overview=words.paragraph(random_source, 1, 3),
        evaluation=notation.long_year(year + random_source.randint(1, 3), variation),
        cabinet=words.plan(random_source),
        budgets=budgets,
        goals=tuple(
            _goal(random_source, variation, number, year, columns, names)
            for number in range(1, goal_count + 1)
        ),
    )


def _goal(  # noqa: PLR0913
    random_source: random.Random,
    variation: Variation,
    number: int,
    year: int,
    columns: tuple[Year, ...],
    names: set[str],
) -> Goal:
    count = 1 if variation.indicators == "one" else random_source.randint(2, 4)
    kinds = ["quantitative"] * count
    if variation.qualitative != "none" and number == 1:
        kinds += ["qualitative"] * (1 if variation.qualitative == "one" else 2)
    indicators = tuple(
        (_quantitative if kind == "quantitative" else _qualitative)(
            random_source, variation, index, year, columns
        )
        for index, kind in enumerate(kinds, start=1)
    )
    programs = _programs(random_source, variation, year, len(kinds), names)
    return Goal(
        number=number,
        text=words.paragraph(random_source, 1, 2),
        rationale=words.paragraph(random_source, 1, 2),
        changes=variation.dash if random_source.random() < 0.5 else words.sentence(random_source),
        indicators=indicators,
        programs=programs,
    )


def _quantitative(
    random_source: random.Random,
    variation: Variation,
    number: int,
    year: int,
    columns: tuple[Year, ...],
) -> Indicator:
    numbers, unit = notation.series(random_source, 2 * len(columns) + 2, variation)
    aggregation = random_source.choice(("single_year", "cumulative", None))
    tail = {"single_year": "（単年度）", "cumulative": "（累計）", None: ""}[aggregation]

    def value(index: int) -> Value:
        return notation.print_value(numbers[index], unit, variation, random_source)

    count = len(columns)
    past = [column.year is not None and column.year < year for column in columns]
    future = (
        Value("", "blank", optional=True)
        if variation.future == "blank"
        else notation.dash_value(variation)
    )
    actuals = [
        Dated(column, value(index) if past[index] else future)
        for index, column in enumerate(columns)
    ]
    targets = [Dated(column, value(count + index)) for index, column in enumerate(columns)]
    # Sheets leave the first years of a new indicator to dashes, actuals and targets alike.
    for dated in (actuals, targets):
        for index in range(random_source.choice((0, 0, 1, 2))):
            dated[index] = Dated(columns[index], notation.dash_value(variation))
    first = columns[0].year or year
    base_year = notation.year_label(first - random_source.randint(0, 3), variation)
    baseline = Dated(base_year, value(2 * count))
    if variation.baseline == "dash" and random_source.random() < 0.6:
        baseline = Dated(Year(None, variation.dash), notation.dash_value(variation))
    return Indicator(
        number=number,
        name=f"{words.indicator(random_source)}{tail}",
        kind="quantitative",
        aggregation=aggregation,
        baseline=baseline,
        actuals=tuple(actuals),
        targets=tuple(targets),
        target=Dated(_target_year(random_source, variation, year), value(2 * count + 1)),
        rationale=words.paragraph(random_source, 1, 3),
    )


def _target_year(random_source: random.Random, variation: Variation, year: int) -> Year:
    if variation.target_year == "missing":
        return Year(None, None)
    if variation.target_year == "event" and random_source.random() < 0.6:
        return Year(None, random_source.choice(("事業終了時", "毎年度")))
    return notation.year_label(year + random_source.randint(0, 5), variation)


def _qualitative(
    random_source: random.Random,
    variation: Variation,
    number: int,
    year: int,
    columns: tuple[Year, ...],
) -> Indicator:
    def said() -> Value:
        return Value(words.sentence(random_source, words.QUALITATIVE), "text")

    past = [column for column in columns if column.year is not None and column.year < year]
    shown = past[-4:] if variation.family == "mext" else list(columns)
    actuals = [
        Dated(column, said() if column in past else notation.dash_value(variation))
        for column in shown
    ]
    targets = [
        Dated(column, notation.dash_value(variation) if column in past else said())
        for column in (shown if variation.family == "common" else ())
    ]
    return Indicator(
        number=number,
        name=f"{random_source.choice(words.TOPICS)}に関する取組の進捗状況",
        kind="qualitative",
        aggregation=None,
        baseline=Dated(Year(None, None), notation.dash_value(variation)),
        actuals=tuple(actuals),
        targets=tuple(targets),
        target=Dated(notation.year_label(year + random_source.randint(0, 5), variation), said()),
        rationale=words.paragraph(random_source, 1, 2),
    )


def _programs(
    random_source: random.Random,
    variation: Variation,
    year: int,
    indicator_count: int,
    names: set[str],
) -> tuple[Program, ...]:
    many = {"one": (1, 1), "several": (2, 5), "many": (9, 16)}[variation.programs]
    count = random_source.randint(*many)
    spans = _remark_spans(random_source, variation, count)
    programs = []
    remark = ""
    for order in range(1, count + 1):
        name = words.program(random_source)
        while name in names:
            name = words.program(random_source) + random_source.choice(("（第二期）", "Ⅱ", "・改"))
        names.add(name)
        if variation.characters == "compatibility" and random_source.random() < 0.3:
            name = f"㈱{name}"
        first = random_source.randint(1, indicator_count)
        last = random_source.randint(first, indicator_count)
        numbers = tuple(range(first, last + 1))
        span = spans[order - 1]
        if span:
            remark = (
                variation.dash
                if variation.remarks == "dashes" or random_source.random() < 0.2
                else words.paragraph(random_source, 1, 2)
            )
        programs.append(
            Program(
                order=order,
                name=name,
                printed_number=_list_number(variation, order),
                start_year=notation.long_year(random_source.randint(1987, year - 1), variation),
                budgets=_program_budgets(random_source, variation, year),
                indicator_numbers=numbers,
                indicator_text=notation.related(numbers, random_source),
                review_number=_review_number(random_source, variation, year),
                remarks=remark,
                remarks_span=span,
            )
        )
    return tuple(programs)


def _remark_spans(random_source: random.Random, variation: Variation, count: int) -> list[int]:
    """Rows that each program's remark covers; 0 where the remark above reaches down."""
    spans: list[int] = []
    while len(spans) < count:
        longest = count - len(spans)
        span = 1
        if variation.remarks == "spanning" and longest > 1:
            span = random_source.randint(1, min(3, longest))
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


def _review_number(random_source: random.Random, variation: Variation, year: int) -> str:
    serial = random_source.randint(1, 480)
    if variation.family == "mext" or random_source.random() < 0.6:
        return f"{serial:04d}"
    long = f"{year}-合成-{year % 100 - 1}-{serial:04d}"
    return random_source.choice((long, f"新02-{serial:04d}"))


def _money(random_source: random.Random, unit: str) -> Decimal:
    """A number of ``unit`` that a program could get; tenths only where the unit is large."""
    if unit == "百万円":
        whole = random_source.choice((9, 80, 900, 9_000, 120_000))
        number = Decimal(random_source.randint(1, whole))
        return number + Decimal(random_source.randint(0, 9)) / 10 if whole < 9_000 else number
    return Decimal(random_source.randint(100, random_source.choice((9_999, 900_000, 90_000_000))))


def _spent(random_source: random.Random, budget: Decimal) -> Decimal:
    """What was spent of a budget, in the same unit and with as many decimals."""
    share = Decimal(random_source.choice((100, 100, 99, 97, 91, 64))) / 100
    return (budget * share).quantize(Decimal(1).scaleb(budget.as_tuple().exponent))  # type: ignore[arg-type]


def _revised_and_executed(
    random_source: random.Random, variation: Variation, year: Year, unit: str
) -> tuple[Budget, ...]:
    """One year's 予算額（執行額）, as the switches for 執行額, 内数 and dashes say."""
    chance = random_source.random()
    shown = variation.execution != "missing"
    if chance < 0.1:
        own = variation.execution == "column" or random_source.random() < 0.5
        pair = [Budget("revised", year, notation.dash_amount(variation))]
        if shown:
            pair.append(Budget("executed", year, notation.dash_amount(variation, optional=not own)))
        return tuple(pair)
    number = _money(random_source, unit)
    spent = _spent(random_source, number)
    inclusion, source = "exact", "printed"
    if variation.inclusion != "none" and random_source.random() < 0.5:
        inclusion = "exclusive" if variation.inclusion == "exclusive" else "inclusive"
        both = variation.inclusion == "both" or variation.execution == "column"
        source = "printed" if both else "inherited"
    pair = [
        Budget(
            "revised",
            year,
            notation.print_amount(number, unit, variation, inclusion=inclusion),
        )
    ]
    if shown:
        executed = notation.print_amount(spent, unit, variation, inclusion=inclusion, source=source)
        pair.append(Budget("executed", year, executed))
    return tuple(pair)


def _initial(random_source: random.Random, variation: Variation, year: Year, unit: str) -> Budget:
    if random_source.random() < 0.1:
        return Budget("initial", year, notation.dash_amount(variation))
    inclusion = "exact"
    if variation.inclusion != "none" and random_source.random() < 0.5:
        inclusion = "exclusive" if variation.inclusion == "exclusive" else "inclusive"
    number = _money(random_source, unit)
    return Budget(
        "initial", year, notation.print_amount(number, unit, variation, inclusion=inclusion)
    )


def _program_budgets(
    random_source: random.Random, variation: Variation, year: int
) -> tuple[Budget, ...]:
    unit = variation.program_unit
    past = 1 if variation.family == "mext" else 2 + int(variation.year_columns) % 2
    budgets: list[Budget] = []
    for label in notation.year_columns(year - past, past, variation):
        budgets += _revised_and_executed(random_source, variation, label, unit)
    current = notation.year_label(year, variation)
    return (*budgets, _initial(random_source, variation, current, unit))


def _mext_policy_budgets(
    random_source: random.Random, variation: Variation, year: int
) -> tuple[Budget, ...]:
    unit = variation.policy_unit
    number = _money(random_source, unit) * 10
    before = notation.year_label(year - 1, variation)
    current = notation.year_label(year, variation)
    budgets = [Budget("revised", before, notation.print_amount(number, unit, variation))]
    if variation.execution != "missing":
        spent = notation.print_amount(_spent(random_source, number), unit, variation)
        budgets.append(Budget("executed", before, spent))
    initial = notation.print_amount(_money(random_source, unit) * 10, unit, variation)
    return (*budgets, Budget("initial", current, initial))


def _common_policy_budgets(
    random_source: random.Random, variation: Variation, year: int
) -> tuple[Budget, ...]:
    """The block 施策の予算額・執行額等: five rows under the years, and a request if switched."""
    unit = variation.policy_unit
    past = 2 + int(variation.year_columns) % 2
    mark = random_source.choice(("▲", "△", "-"))
    budgets: list[Budget] = []
    for label in notation.year_columns(year - past, past + 1, variation):
        initial = _money(random_source, unit).to_integral_value() + 10
        stages = {"initial": notation.print_amount(initial, unit, variation)}
        if label.year == year:
            empty = (
                notation.blank_amount()
                if variation.future == "blank"
                else notation.dash_amount(variation)
            )
            stages |= dict.fromkeys(("supplementary", "carryover", "revised", "executed"), empty)
        else:
            extra = (initial / 7).to_integral_value() * random_source.choice((0, 1, 2))
            moved = -(initial / 9).to_integral_value() * random_source.choice((0, 1))
            total = initial + extra + moved
            stages["supplementary"] = (
                notation.print_amount(extra, unit, variation)
                if extra
                else random_source.choice(
                    (notation.dash_amount(variation), notation.print_amount(extra, unit, variation))
                )
            )
            stages["carryover"] = notation.print_amount(moved, unit, variation, mark=mark)
            stages["revised"] = notation.print_amount(total, unit, variation)
            spent = _spent(random_source, total)
            stages["executed"] = notation.print_amount(spent, unit, variation)
        budgets += [Budget(stage, label, amount) for stage, amount in stages.items()]
    if variation.requested == "yes":
        asked = _money(random_source, unit).to_integral_value() + 10
        label = notation.year_label(year + 1, variation)
        budgets.append(Budget("requested", label, notation.print_amount(asked, unit, variation)))
    return tuple(budgets)
