"""The MEXT form: a policy of a :class:`SheetSpec` laid out as the ministry's sheet is.

In: a policy, the sheet's year columns and the variation. Out: blocks of cells. The columns
and their widths follow the facsimile of 文R2－9－1 in ``seeds/documents``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import notation
from .grid import Block, split_evenly
from .labels import label, unit_text, with_unit
from .listing import budget_columns, name_text, put_amounts, rows_of

if TYPE_CHECKING:
    from .truth import Goal, Indicator, Policy, Program, SheetSpec
    from .variation import Variation

LEFT, BASE, YEARS, TARGET, WHY, RIGHT = 0.0, 0.137, 0.222, 0.59, 0.685, 1.0
NAME_END, OFFICE, BUREAU_END, OFFICIAL = 0.44, 0.517, 0.757, 0.84


def blocks(spec: SheetSpec, policy: Policy, variation: Variation) -> list[Block]:
    """All blocks of one form, top to bottom."""
    result = [_header(policy, variation), _policy_budget(policy, variation)]
    for goal in policy.goals:
        first = _goal(goal, variation)
        first.new_page = variation.goal_start == "page" and goal.number > 1
        first.caption = f"達成目標{goal.number}に関する事項"
        result.append(first)
        result += [
            (_quantitative if indicator.kind == "quantitative" else _qualitative)(
                spec, indicator, variation
            )
            for indicator in goal.indicators
        ]
        programs = _programs(goal.programs, variation)
        programs.caption = "達成手段の一覧"
        result += [programs, _changes(goal, variation)]
    return result


def _header(policy: Policy, variation: Variation) -> Block:
    block = Block()
    block.label(label("施策名", variation), LEFT, BASE, 0)
    block.text(policy.name, BASE, NAME_END, 0)
    block.label(label("部局名", variation), NAME_END, OFFICE, 0)
    block.text(policy.bureau, OFFICE, BUREAU_END, 0)
    block.label(label("作成責任者", variation), BUREAU_END, OFFICIAL, 0)
    block.text(policy.official, OFFICIAL, RIGHT, 0)
    block.label(label("施策の概要", variation), LEFT, BASE, 1)
    block.text(policy.overview, BASE, BUREAU_END, 1)
    block.label(label("政策評価\n実施予定時期", variation), BUREAU_END, 0.9, 1)
    block.value(policy.evaluation.text or "", 0.9, RIGHT, 1)
    return block


def _policy_budget(policy: Policy, variation: Variation) -> Block:
    block = Block()
    name = "施策の予算額" if variation.execution == "missing" else "施策の予算額・執行額"
    main = (
        with_unit(name, variation.policy_unit, variation)
        if variation.unit_place == "label"
        else label(name, variation)
    )
    rows = 1 + rows_of(variation)
    block.label(main, LEFT, BASE, 0, rows, vertical=variation.vertical == "yes")
    heads = budget_columns(policy.budgets, variation.policy_unit, variation)
    for (head, texts), (x0, x1) in zip(heads, split_evenly(BASE, 0.655, len(heads)), strict=True):
        block.label(head, x0, x1, 0)
        put_amounts(block, texts, x0, x1, 1, variation=variation)
    cabinet = label("施策に関係する内閣の\n重要施策（主なもの）", variation)
    block.label(cabinet, 0.655, OFFICIAL, 0, rows)
    block.text(policy.cabinet, OFFICIAL, RIGHT, 0, rows)
    return block


def _goal(goal: Goal, variation: Variation) -> Block:
    block = Block()
    number = str(goal.number)
    if variation.labels == "full_width":
        number = number.translate(notation.FULL_WIDTH)
    block.label(label(f"達成目標{number}", variation), LEFT, BASE, 0)
    block.text(goal.text, BASE, TARGET, 0)
    block.label(label("目標設定の\n考え方・根拠", variation), TARGET, WHY, 0)
    block.text(goal.rationale, WHY, RIGHT, 0)
    return block


def _quantitative(spec: SheetSpec, indicator: Indicator, variation: Variation) -> Block:
    block = Block(header_rows=2)
    years = split_evenly(YEARS, TARGET, len(spec.year_columns))
    target = indicator.target.year.text or ""
    block.label(label("測定指標", variation), LEFT, BASE, 0, 2)
    block.label(label("基準値", variation), BASE, YEARS, 0)
    block.label(indicator.baseline.year.text or "", BASE, YEARS, 1)
    block.label(label("実績値", variation), YEARS, TARGET, 0)
    for year, (x0, x1) in zip(spec.year_columns, years, strict=True):
        block.label(year.text or "", x0, x1, 1)
    if variation.target_year == "in_label":
        block.label(f"{label('目標値', variation)}\n（{target}）", TARGET, WHY, 0, 2)
    elif variation.target_year in {"missing", "in_cell"}:
        block.label(label("目標値", variation), TARGET, WHY, 0, 2)
    else:
        block.label(label("目標値", variation), TARGET, WHY, 0)
        block.label(target, TARGET, WHY, 1)
    why = "測定指標の選定理由及び目標値（水準・目標年度）の設定の根拠"
    block.label(label(why, variation), WHY, RIGHT, 0, 2)
    mark = notation.mark(indicator.number, variation)
    block.text(f"{mark}{indicator.name}", LEFT, BASE, 2, 2)
    block.value(indicator.baseline.value.text, BASE, YEARS, 2)
    block.label(label("年度ごとの\n目標値", variation), BASE, YEARS, 3)
    for dated, below, (x0, x1) in zip(indicator.actuals, indicator.targets, years, strict=True):
        block.value(dated.value.text, x0, x1, 2, unmapped=dated.value.unmapped)
        block.value(below.value.text, x0, x1, 3, unmapped=below.value.unmapped)
    in_cell = f"\n（{target}）" if variation.target_year == "in_cell" else ""
    block.value(f"{indicator.target.value.text}{in_cell}", TARGET, WHY, 2, 2)
    block.text(indicator.rationale, WHY, RIGHT, 2, 2)
    return block


def _qualitative(_spec: SheetSpec, indicator: Indicator, variation: Variation) -> Block:
    block = Block(header_rows=1)
    kind, year = 0.222, 0.296
    block.label(label("測定指標", variation), LEFT, BASE, 0)
    block.label(label("基準値", variation), BASE, kind, 0)
    block.value(indicator.baseline.value.text, kind, RIGHT, 0)
    count = len(indicator.actuals)
    mark = notation.mark(indicator.number, variation)
    block.text(f"{mark}{indicator.name}", LEFT, BASE, 1, count + 2)
    upright = variation.vertical == "yes"
    block.label(label("実績", variation), BASE, kind, 1, count, vertical=upright)
    for row, dated in enumerate(indicator.actuals, start=1):
        block.label(dated.year.text or "", kind, year, row)
        block.text(dated.value.text, year, RIGHT, row)
    block.label(label("目標", variation), BASE, kind, count + 1, vertical=upright)
    block.label(indicator.target.year.text or "", kind, year, count + 1)
    block.text(indicator.target.value.text, year, RIGHT, count + 1)
    why = "測定指標の選定理由及び\n目標値（水準・目標年度）の設定の根拠"
    block.label(label(why, variation), BASE, year, count + 2)
    block.text(indicator.rationale, year, RIGHT, count + 2)
    return block


def _programs(programs: tuple[Program, ...], variation: Variation) -> Block:
    block = Block(header_rows=1)
    heads = budget_columns(programs[0].budgets, variation.program_unit, variation)
    budget_end = 0.59 if len(heads) < 3 else 0.62
    budgets = split_evenly(0.296, budget_end, len(heads))
    review, remarks = 0.685, 0.757
    unit = variation.program_unit
    block.label(label("達成手段\n（開始年度）", variation), LEFT, 0.296, 0)
    for (head, _), (x0, x1) in zip(heads, budgets, strict=True):
        shown = variation.unit_place == "label"
        block.label(f"{head}\n{unit_text(unit, variation)}" if shown else head, x0, x1, 0)
    block.label(label("関連する\n指標", variation), budget_end, review, 0)
    block.label(label("行政事業\nレビュー\n番号", variation), review, remarks, 0)
    block.label(label("備考", variation), remarks, RIGHT, 0, vertical=variation.vertical == "yes")
    high = rows_of(variation)
    for index, program in enumerate(programs):
        row = 1 + high * index
        block.text(name_text(program, variation), LEFT, 0.296, row, high)
        columns = budget_columns(program.budgets, unit, variation)
        for (_, texts), (x0, x1) in zip(columns, budgets, strict=True):
            put_amounts(block, texts, x0, x1, row, variation=variation)
        if span := program.indicator_span:
            block.value(program.indicator_text, budget_end, review, row, high * span)
        block.value(program.review_number, review, remarks, row, high)
        if span := program.remarks_span:
            block.text(program.remarks, remarks, RIGHT, row, high * span)
    return block


def _changes(goal: Goal, variation: Variation) -> Block:
    block = Block()
    block.label(label("昨年度事前分析表からの変更点", variation), LEFT, 0.296, 0)
    block.text(goal.changes, 0.296, RIGHT, 0)
    return block
