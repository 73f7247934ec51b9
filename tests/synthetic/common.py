"""The common form (様式): a policy laid out as most ministries fill it in.

In: a policy, the sheet's year columns and the variation. Out: blocks of cells. Labels and
their order follow the standard form of the 政策評価各府省連絡会議 (header, budget block with
当初予算（a） to 執行額, indicators with two rows by year, 達成手段 with past years'
予算額計（執行額）).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import notation
from .grid import Block, split_evenly
from .labels import label, unit_text, with_unit
from .listing import budget_texts, name_text, put_amounts, rows_of

if TYPE_CHECKING:
    from .truth import Dated, Goal, Indicator, Policy, Program, SheetSpec
    from .variation import Variation

LEFT, NAME, WHY, RIGHT = 0.0, 0.15, 0.8, 1.0
STAGES = (
    ("initial", "当初予算（a）"),
    ("supplementary", "補正予算（b）"),
    ("carryover", "繰越し等（c）"),
    ("revised", "合計（a＋b＋c）"),
    ("executed", "執行額"),
)


def blocks(spec: SheetSpec, policy: Policy, variation: Variation) -> list[Block]:
    """All blocks of one form, top to bottom."""
    goal = policy.goals[0]
    return [
        _header(policy, goal, variation),
        _budget(policy, variation),
        *_indicators(spec, goal, variation),
        _programs(spec, goal.programs, variation),
    ]


def _header(policy: Policy, goal: Goal, variation: Variation) -> Block:
    block = Block()
    names = (
        ("施策名", policy.name, 0.0, 0.12, 0.45),
        ("担当部局名", policy.bureau, 0.45, 0.54, 0.75),
        ("作成責任者名", policy.official, 0.75, 0.85, 1.0),
    )
    if variation.header_layout == "above":
        for name, text, x0, _, x1 in names:
            block.label(label(name, variation), x0, x1, 0)
            block.text(text, x0, x1, 1)
        row = 2
    else:
        for name, text, x0, x1, x2 in names:
            block.label(label(name, variation), x0, x1, 0)
            block.text(text, x1, x2, 0)
        row = 1
    block.label(label("施策の概要", variation), LEFT, 0.12, row)
    block.text(policy.overview, 0.12, 0.75, row)
    block.label(label("政策体系上の\n位置付け", variation), 0.75, 0.85, row)
    block.text(policy.cabinet, 0.85, RIGHT, row)
    row += 1
    block.label(label("達成すべき目標", variation), LEFT, 0.12, row)
    block.text(goal.text, 0.12, 0.45, row)
    block.label(label("目標設定の\n考え方・根拠", variation), 0.45, 0.54, row)
    block.text(goal.rationale, 0.54, 0.75, row)
    block.label(label("政策評価\n実施予定時期", variation), 0.75, 0.85, row)
    block.value(policy.evaluation.text or "", 0.85, RIGHT, row)
    return block


def _budget(policy: Policy, variation: Variation) -> Block:
    block = Block()
    unit = variation.policy_unit
    years = list(dict.fromkeys(budget.year for budget in policy.budgets))
    columns = split_evenly(0.42, RIGHT, len(years))
    amounts = {(budget.stage, budget.year): budget.amount for budget in policy.budgets}
    main = label("施策の予算額・\n執行額等", variation)
    status = label("予算の状況", variation)
    spent = label("執行額", variation)
    if variation.unit_place == "header":
        main = with_unit("施策の予算額・\n執行額等", unit, variation)
    elif variation.unit_place == "label":
        status = with_unit("予算の状況", unit, variation)
        spent = f"{spent}{unit_text(unit, variation)}"
    upright = variation.vertical == "yes"
    block.label(main, LEFT, 0.12, 0, 6, vertical=upright)
    block.label(label("区分", variation), 0.12, 0.42, 0)
    block.label(status, 0.12, 0.24, 1, 4, vertical=upright)
    block.label(spent, 0.12, 0.42, 5)
    for row, (_, name) in enumerate(STAGES[:4], start=1):
        block.label(label(name, variation), 0.24, 0.42, row)
    for year, (x0, x1) in zip(years, columns, strict=True):
        if ("requested", year) in amounts:
            block.label(f"{year.text}\n{label('要求額', variation)}", x0, x1, 0)
            block.value(amounts["requested", year].text, x0, x1, 1)
            block.value("", x0, x1, 2, 4)
            continue
        block.label(year.text or "", x0, x1, 0)
        for row, (stage, _) in enumerate(STAGES, start=1):
            block.value(amounts[stage, year].text, x0, x1, row)
    return block


def _base_edges(variation: Variation) -> tuple[float, ...]:
    """Edges of the columns for 基準値/基準年度 and 目標値/目標年度."""
    if variation.base_layout == "columns":
        return (NAME, 0.205, 0.26, 0.315, 0.37)
    return (NAME, 0.23, 0.31)


def _indicators(spec: SheetSpec, goal: Goal, variation: Variation) -> list[Block]:
    head = _indicator_header(spec, variation)
    first = head.rows
    block = head
    block.header_rows = first
    block.caption = "１　測定指標"
    for index, indicator in enumerate(goal.indicators):
        _indicator(spec, indicator, first + 2 * index, block, variation)
    return [block]


def _year_edges(spec: SheetSpec, variation: Variation) -> tuple[float, list[tuple[float, float]]]:
    start = _base_edges(variation)[-1]
    first = start + 0.08 if variation.years_layout == "labelled" else start
    return start, split_evenly(first, WHY, len(spec.year_columns))


def _indicator_header(spec: SheetSpec, variation: Variation) -> Block:
    block = Block()
    stacked_years = variation.years_layout == "stacked_header"
    rows = 3 if stacked_years else 2
    block.label(label("測定指標", variation), LEFT, NAME, 0, rows)
    edges = _base_edges(variation)
    if variation.base_layout == "columns":
        for name, x0, x1 in zip(
            ("基準値", "基準年度", "目標値", "目標年度"), edges, edges[1:], strict=False
        ):
            block.label(label(name, variation), x0, x1, 0, rows)
    elif variation.base_layout == "stacked":
        for (value, year), x0, x1 in zip(
            (("基準値", "基準年度"), ("目標値", "目標年度")), edges, edges[1:], strict=False
        ):
            block.label(label(value, variation), x0, x1, 0, rows - 1)
            block.label(label(year, variation), x0, x1, rows - 1)
    else:
        plain = variation.base_layout == "one_cell_plain"
        names = ("基準値\n基準年度", "目標値\n目標年度")
        for name, x0, x1 in zip(names, edges, edges[1:], strict=False):
            text = name if plain else name.replace("\n", "\n（") + "）"
            block.label(label(text, variation), x0, x1, 0, rows)
    start, years = _year_edges(spec, variation)
    if stacked_years:
        block.label(label("年度ごとの目標値", variation), start, WHY, 0)
        block.label(label("年度ごとの実績値", variation), start, WHY, 1)
    elif variation.years_layout == "bracketed":
        block.label(label("年度ごとの目標値\n（年度ごとの実績値）", variation), start, WHY, 0)
    else:
        block.label(label("年度ごとの目標値\n年度ごとの実績値", variation), start, WHY, 0)
        block.label("", start, years[0][0], 1)
    for year, (x0, x1) in zip(spec.year_columns, years, strict=True):
        block.label(year.text or "", x0, x1, rows - 1)
    why = "測定指標の選定理由及び目標値（水準・目標年度）の設定の根拠"
    block.label(label(why, variation), WHY, RIGHT, 0, rows)
    return block


def dated_text(dated: Dated, variation: Variation) -> str:
    """A value and, in brackets under it, its year, where one cell holds both."""
    if not dated.year.text:
        return dated.value.text
    plain = variation.base_layout == "one_cell_plain"
    year = dated.year.text if plain else f"（{dated.year.text}）"
    return f"{dated.value.text}\n{year}"


def _indicator(
    spec: SheetSpec, indicator: Indicator, row: int, block: Block, variation: Variation
) -> None:
    mark = notation.mark(indicator.number, variation)
    block.text(f"{mark}{indicator.name}", LEFT, NAME, row, 2)
    edges = _base_edges(variation)
    pairs = (indicator.baseline, indicator.target)
    for index, dated in enumerate(pairs):
        year = dated.year.text or variation.dash
        if variation.base_layout == "columns":
            block.value(dated.value.text, edges[2 * index], edges[2 * index + 1], row, 2)
            block.value(year, edges[2 * index + 1], edges[2 * index + 2], row, 2)
        elif variation.base_layout == "stacked":
            block.value(dated.value.text, edges[index], edges[index + 1], row)
            block.value(year, edges[index], edges[index + 1], row + 1)
        else:
            text = dated_text(dated, variation)
            block.value(text, edges[index], edges[index + 1], row, 2)
    start, years = _year_edges(spec, variation)
    if variation.years_layout == "labelled":
        block.label(label("年度ごとの\n目標値", variation), start, years[0][0], row)
        block.label(label("年度ごとの\n実績値", variation), start, years[0][0], row + 1)
    for target, actual, (x0, x1) in zip(indicator.targets, indicator.actuals, years, strict=True):
        if variation.years_layout == "bracketed":
            shown = notation.bracketed(actual.value.text, wide=True) if actual.value.text else ""
            text = f"{target.value.text}\n{shown}".strip()
            block.value(text, x0, x1, row, 2, unmapped=target.value.unmapped)
        else:
            for line, value in enumerate((target.value, actual.value), start=row):
                block.value(value.text, x0, x1, line, unmapped=value.unmapped)
    block.text(indicator.rationale, WHY, RIGHT, row, 2)


def _programs(spec: SheetSpec, programs: tuple[Program, ...], variation: Variation) -> Block:
    block = Block(header_rows=2, caption="２　達成手段")
    unit = variation.program_unit
    past = [budget for budget in programs[0].budgets if budget.stage == "revised"]
    initial = programs[0].budgets[-1]
    columns = split_evenly(0.24, 0.44, len(past))
    shown = variation.unit_place != "cell"
    total = "予算額計" if variation.execution == "missing" else "予算額計（執行額）"
    current = f"{(initial.year.text or '').replace(chr(10), '')}\n当初予算額"
    block.label(label("達成手段\n（開始年度）", variation), LEFT, 0.24, 0, 2)
    block.label(
        with_unit(total, unit, variation) if shown else label(total, variation), 0.24, 0.44, 0
    )
    for budget, (x0, x1) in zip(past, columns, strict=True):
        block.label(budget.year.text or "", x0, x1, 1)
    block.label(
        with_unit(current, unit, variation) if shown else label(current, variation),
        0.44,
        0.54,
        0,
        2,
    )
    block.label(label("関連する\n指標", variation), 0.54, 0.61, 0, 2)
    block.label(label("達成手段の概要等", variation), 0.61, 0.88, 0, 2)
    sheet_year = notation.long_year(spec.fiscal_year, variation).text
    review = f"{sheet_year}\n行政事業レビュー\n事業番号"
    block.label(label(review, variation), 0.88, RIGHT, 0, 2)
    for index, program in enumerate(programs):
        _program(program, 2 + rows_of(variation) * index, block, columns, variation)
    return block


def _program(
    program: Program,
    row: int,
    block: Block,
    columns: list[tuple[float, float]],
    variation: Variation,
) -> None:
    high = rows_of(variation)
    block.text(name_text(program, variation), LEFT, 0.24, row, high)
    years = list(dict.fromkeys(budget.year for budget in program.budgets))
    for year, (x0, x1) in zip(years, columns, strict=False):
        pair = [budget for budget in program.budgets if budget.year == year]
        put_amounts(block, budget_texts(pair, variation), x0, x1, row, variation=variation)
    block.value(program.budgets[-1].amount.text, 0.44, 0.54, row, high)
    if span := program.indicator_span:
        block.value(program.indicator_text, 0.54, 0.61, row, high * span)
    if span := program.remarks_span:
        block.text(program.remarks, 0.61, 0.88, row, high * span)
    block.value(program.review_number, 0.88, RIGHT, row, high)
