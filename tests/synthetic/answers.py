"""The right answers of a sheet, as rows of the warehouse's marts.

In: a :class:`SheetSpec`, its variation and the bytes of its files. Out: ``{table: rows}`` in the
contract's column names, with keys as the pipeline builds them from the file's hash. A row may
hold ``accept`` (other readings of a column that are as right) and ``optional`` (nothing, or
one dash for two figures, is printed: no row is as right). Nothing here reads the PDF.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from .notation import PROVISIONAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .truth import Budget, Dated, Goal, Indicator, Policy, Program, SheetSpec
    from .variation import Variation

SINGLE = {"baseline", "target"}
Row = dict[str, Any]
Answers = dict[str, list[Row]]


def answers(spec: SheetSpec, variation: Variation, files: Sequence[bytes]) -> Answers:
    """Every row that the warehouse should hold of this sheet; its keys are the first file's."""
    documents = [hashlib.sha256(file).hexdigest()[:16] for file in files]
    tables: Answers = {
        "dim_document": [
            {
                "document_key": document,
                "form": variation.family,
                "title": spec.title,
                "sheet_code": spec.policies[0].sheet_code,
                "fiscal_year": spec.fiscal_year,
                "status": "read",
                "accept": {"sheet_code": [policy.sheet_code for policy in spec.policies]},
            }
            for document in documents
        ],
        "dim_policy": [],
        "dim_goal": [],
        "dim_indicator": [],
        "fact_indicator_values": [],
        "bridge_program_goal": [],
        "bridge_program_indicator": [],
        "fact_budget": [],
    }
    for number, policy in enumerate(spec.policies, start=1):
        _policy(tables, policy, {"policy_key": f"{documents[0]}-{number}"}, variation)
    return tables


def _policy(tables: Answers, policy: Policy, key: Row, variation: Variation) -> None:
    row: Row = {
        **key,
        "policy_name": policy.name,
        "bureau": policy.bureau,
        "responsible_official": policy.official,
        "overview": policy.overview,
        "evaluation_fiscal_year": policy.evaluation.year,
    }
    if variation.family == "mext":
        row["related_cabinet_policies"] = policy.cabinet
    tables["dim_policy"].append(row)
    tables["fact_budget"] += [
        {**key, "goal_number": None, "listing_order": None, "budget_level": "policy", **amount}
        for amount in _budgets(policy.budgets)
    ]
    for goal in policy.goals:
        _goal(tables, goal, key, variation)


def _goal(tables: Answers, goal: Goal, key: Row, variation: Variation) -> None:
    goal_key = {**key, "goal_number": goal.number}
    row: Row = {**goal_key, "goal_text": goal.text, "rationale": goal.rationale}
    if variation.family == "mext":
        row |= {"changes_from_previous_year": goal.changes}
        if goal.changes == variation.dash:
            row["accept"] = {"changes_from_previous_year": [None]}
    tables["dim_goal"].append(row)
    for indicator in goal.indicators:
        _indicator(tables, indicator, goal_key, variation)
    for program in goal.programs:
        _program(tables, program, goal_key, variation)


def _indicator(tables: Answers, indicator: Indicator, key: Row, variation: Variation) -> None:
    own = {**key, "indicator_number": indicator.number}
    tables["dim_indicator"].append(
        {
            **own,
            "indicator_name": indicator.name,
            "indicator_type": indicator.kind,
            "aggregation": indicator.aggregation,
            "rationale": indicator.rationale,
        }
    )
    printed = [("baseline", indicator.baseline), ("target", indicator.target)]
    printed += [("actual", dated) for dated in indicator.actuals]
    printed += [("annual_target", dated) for dated in indicator.targets]
    tables["fact_indicator_values"] += [
        _value(kind, dated, own, variation, indicator.unit_in_name) for kind, dated in printed
    ]


def _value(
    kind: str, dated: Dated, key: Row, variation: Variation, unit_in_name: str | None
) -> Row:
    value, year = dated.value, dated.year
    accept: dict[str, list[Any]] = {}
    if year.year is None:
        # A dash or no year at all: whether the dash is kept as text is the reader's choice.
        accept["period_text"] = [None, "", variation.dash]
    elif year.text:
        accept["period_text"] = [f"（{year.text}）"]
    if unit_in_name:
        # Where the unit stands in the indicator's name, it is a choice to carry it down.
        accept["value_unit"] = [unit_in_name]
    if value.qualifier in PROVISIONAL:
        accept["value_qualifier"] = [None, (value.qualifier or "").removesuffix("値")]
    in_cell = variation.target_year == "in_cell" and kind == "target"
    if year.text and (in_cell or ("one_cell" in variation.base_layout and kind in SINGLE)):
        accept["raw_text"] = [f"{value.text}（{year.text}）", f"{value.text}{year.text}"]
    if variation.years_layout == "bracketed" and kind == "actual" and value.text:
        accept["raw_text"] = [f"（{value.text}）"]
    return {
        **key,
        "value_kind": kind,
        "fiscal_year": year.year,
        "period_text": year.text,
        "value_numeric": value.number,
        "value_unit": value.unit,
        "value_qualifier": value.qualifier,
        "value_status": value.status,
        "raw_text": value.text,
        "optional": value.optional,
        "unreadable": value.unmapped,
        "accept": accept,
    }


def _program(tables: Answers, program: Program, key: Row, variation: Variation) -> None:
    own = {**key, "listing_order": program.order}
    row: Row = {
        **own,
        "program_name": program.name,
        "start_fiscal_year": program.start_year.year,
        "review_number": program.review_number,
    }
    if variation.family == "mext":
        row["remarks"] = program.remarks
        if program.remarks == variation.dash:
            row["accept"] = {"remarks": [None]}
    tables["bridge_program_goal"].append(row)
    tables["bridge_program_indicator"] += [
        {**own, "indicator_number": number} for number in program.indicator_numbers
    ]
    tables["fact_budget"] += [
        {**own, "budget_level": "program", "review_number": program.review_number, **amount}
        for amount in _budgets(program.budgets)
    ]


def _budgets(budgets: tuple[Budget, ...]) -> list[Row]:
    rows = []
    for budget in budgets:
        amount = budget.amount
        accept: dict[str, list[Any]] = {"raw_text": [f"（{amount.text}）"]}
        if amount.number is None:
            # A dash has no number; its label's unit may stand beside it all the same.
            accept |= {"unit_printed": [None, "千円", "百万円"], "inclusion": ["exact"]}
        rows.append(
            {
                "budget_stage": budget.stage,
                "fiscal_year": budget.year.year,
                "amount_yen": amount.yen,
                "amount_printed": amount.number,
                "unit_printed": amount.unit,
                "inclusion": amount.inclusion,
                "inclusion_source": amount.source,
                "value_status": amount.status,
                "raw_text": amount.text,
                "optional": amount.optional,
                "accept": accept,
            }
        )
    return rows
