"""What a sheet shall say: a seeded draw of policies, goals and indicators.

In: a random source and a :class:`Variation`. Out: a :class:`SheetSpec`. Every figure is a
number before it is a string; every string that carries an answer comes from ``notation``.
Budgets and 達成手段 are drawn in ``money``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import money, notation, words
from .truth import Dated, Draft, Goal, Indicator, Policy, SheetSpec, Value, Year

if TYPE_CHECKING:
    import random

    from .variation import Variation

SHEET_YEARS = {"heisei": (2013, 2018), "crossing": (2020, 2022), "reiwa": (2024, 2027)}
MINISTRIES = {"mext": ("文",), "common": ("総務省", "法務省", "厚労", "経産省", "国交省")}
KIND_OF_TITLE = {"mext": "実施施策に係る事前分析表", "common": "実施施策に係る政策評価の事前分析表"}
NOTES = (
    "※１　「年度ごとの目標値」欄は、目標年度までの各年度の水準を参考として記載したもの。",
    "※２　予算額及び執行額は、単位未満を四捨五入しているため、合計と一致しないことがある。",
    "（注）この表は合成したものであり、実在の施策とは関係がない。令和２年９月１日現在。",
)
# Few characters have a code in the font that names none of them; these are among them.
_LOOKED_UP_NOWHERE = set("0123456789,.▲△-－%")


def draw_spec(random_source: random.Random, variation: Variation) -> SheetSpec:
    """A sheet: one form, or two in one PDF."""
    year = random_source.randint(*SHEET_YEARS[variation.years])
    count = int(variation.year_columns)
    first = year - count if variation.family == "mext" else year - count // 2
    columns = notation.year_columns(first, count, variation)
    draft = Draft(random_source, variation, year, columns, set())
    title = f"{notation.long_year(year, variation).text}{KIND_OF_TITLE[variation.family]}"
    title = f"【合成】{title}" if variation.title == "tagged" else f"{title}（合成）"
    ministry = random_source.choice(MINISTRIES[variation.family])
    serial = random_source.randint(1, 18)
    forms = range(2 if variation.forms == "two" else 1)
    policies = tuple(_policy(draft, _code(draft, ministry, serial + index)) for index in forms)
    notes = tuple(random_source.sample(NOTES, random_source.randint(0, 2)))
    return SheetSpec(title, year, policies, columns, notes)


def _code(draft: Draft, ministry: str, serial: int) -> str:
    latest_heisei = draft.variation.years == "heisei"
    _, letter, number = notation.era_year(draft.year, latest_heisei=latest_heisei)
    if draft.variation.family == "mext":
        return f"{ministry}{letter}{number}－{serial}－{draft.random.randint(1, 5)}"
    return f"{ministry}{letter}{number}－{notation.CIRCLED[serial - 1]}"


def _policy(draft: Draft, code: str) -> Policy:
    source, variation = draft.random, draft.variation
    goals = source.randint(2, 4) if variation.goals == "several" else 1
    budgets = (
        money.mext_policy_budgets(draft)
        if variation.family == "mext"
        else money.common_policy_budgets(draft)
    )
    return Policy(
        sheet_code=code,
        name=words.topic_and_act(source),
        bureau=words.bureau(source),
        official=words.official(source),
        overview=words.paragraph(source, 1, 4),
        evaluation=notation.evaluation_time(draft.year + source.randint(1, 3), variation, source),
        cabinet=words.plan(source),
        budgets=budgets,
        goals=tuple(_goal(draft, number) for number in range(1, goals + 1)),
    )


def _goal(draft: Draft, number: int) -> Goal:
    source, variation = draft.random, draft.variation
    count = 1 if variation.indicators == "one" else source.randint(2, 4)
    makers = [_quantitative] * count
    if variation.qualitative != "none" and number == 1:
        makers += [_qualitative] * (1 if variation.qualitative == "one" else 2)
    unchanged = source.random() < 0.5
    return Goal(
        number=number,
        text=words.paragraph(source, 1, 3),
        rationale=words.paragraph(source, 1, 4),
        changes=variation.dash if unchanged else words.sentence(source),
        indicators=tuple(make(draft, index) for index, make in enumerate(makers, start=1)),
        programs=money.programs(draft, len(makers)),
    )


def _quantitative(draft: Draft, number: int) -> Indicator:
    source, variation, columns = draft.random, draft.variation, draft.columns
    count = len(columns)
    numbers, unit = notation.series(source, 2 * count + 2, variation)
    aggregation = source.choice(("single_year", "cumulative", None))
    tail = {"single_year": "（単年度）", "cumulative": "（累計）", None: ""}[aggregation]
    values = [notation.print_value(each, unit, variation, source) for each in numbers]
    nothing = notation.no_value(variation)
    past = [(column.year or 0) < draft.year for column in columns]
    actuals = [values[index] if past[index] else nothing for index in range(count)]
    targets = values[count : 2 * count]
    # Sheets leave the first years of a new indicator empty, actuals and targets alike.
    for row in (actuals, targets):
        for index in range(source.choice((0, 0, 1, 2))):
            row[index] = nothing
    named = variation.values == "named" and unit is not None
    if variation.mapping == "partial":
        _hide(draft, actuals, targets)
    base_year = notation.year_label((columns[0].year or 0) - source.randint(0, 3), variation)
    baseline = Dated(base_year, values[2 * count])
    if variation.baseline == "dash" and source.random() < 0.6:
        baseline = Dated(Year(None, variation.dash), notation.dash_value(variation))
    return Indicator(
        number=number,
        name=f"{words.indicator(source)}{f'（{unit}）' if named else ''}{tail}",
        unit_in_name=unit if named else None,
        kind="quantitative",
        aggregation=aggregation,
        baseline=baseline,
        actuals=tuple(map(Dated, columns, actuals)),
        targets=tuple(map(Dated, columns, targets)),
        target=Dated(_target_year(draft), values[2 * count + 1]),
        rationale=words.paragraph(source, 1, 4),
    )


def _hide(draft: Draft, actuals: list[Value], targets: list[Value]) -> None:
    """Let some figures be printed with glyphs that no one can look up.

    Where one cell holds the target and the actual, both or neither.
    """
    together = draft.variation.years_layout == "bracketed"
    for index in range(len(actuals)):
        pairs = [[actuals, targets]] if together else [[actuals], [targets]]
        for rows in pairs:
            plain = all(
                row[index].text and set(row[index].text) <= _LOOKED_UP_NOWHERE for row in rows
            )
            if plain and draft.random.random() < 0.2:
                for row in rows:
                    row[index] = replace(row[index], unmapped=True)


def _target_year(draft: Draft) -> Year:
    if draft.variation.target_year == "missing":
        return Year(None, None)
    if draft.variation.target_year == "event" and draft.random.random() < 0.6:
        return Year(None, draft.random.choice(("事業終了時", "毎年度")))
    return notation.year_label(draft.year + draft.random.randint(0, 5), draft.variation)


def _qualitative(draft: Draft, number: int) -> Indicator:
    source, variation, columns = draft.random, draft.variation, draft.columns
    dash = notation.dash_value(variation)

    def said() -> Value:
        return Value(words.sentence(source, words.QUALITATIVE), "text")

    past = [column for column in columns if (column.year or 0) < draft.year]
    common = variation.family == "common"
    shown = list(columns) if common else past[-4:]
    actuals = [Dated(column, said() if column in past else dash) for column in shown]
    targets = [Dated(column, dash if column in past else said()) for column in shown]
    target_year = notation.year_label(draft.year + source.randint(0, 5), variation)
    return Indicator(
        number=number,
        name=f"{source.choice(words.TOPICS)}に関する取組の進捗状況",
        unit_in_name=None,
        kind="qualitative",
        aggregation=None,
        baseline=Dated(Year(None, None), dash),
        actuals=tuple(actuals),
        targets=tuple(targets) if common else (),
        target=Dated(target_year, said()),
        rationale=words.paragraph(source, 1, 3),
    )
