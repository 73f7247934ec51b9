"""Amounts of money, typed: one row an amount.

In: readings, the year of each sheet, and the programs' keys. Out: one frame. Refuses nothing: a
text that is no amount keeps its row, with status ``unparsed`` and a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipelines.normalize import amounts, figures, text
from pipelines.normalize.tables import frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms import Readings


def budgets(
    readings: Sequence[Readings], sheet_years: pl.DataFrame, programs: pl.DataFrame
) -> pl.DataFrame:
    """One row an amount; a cell of budget and execution gives two, and its 内数 holds for both.

    So does a unit that it prints behind the budget alone, 85百万円（83）. If a label names another,
    it is not known which of them the execution is in.
    """
    rows = (
        frames.frame(
            readings,
            "budgets",
            (
                "document_key",
                "policy_key",
                "goal_key",
                "program_listing_key",
                "review_number",
                "budget_level",
                "stage",
                "period_text",
                "unit_label",
                "raw_text",
                "cell_key",
            ),
            ("goal_number",),
        )
        .with_row_index("position")
        .with_columns(review_number=text.join_numbers(pl.col("review_number")))
        .with_columns(parts=amounts.split_budget_and_execution(pl.col("raw_text")))
    )
    is_pair = pl.col("stage") == "revised_and_executed"
    budget = pl.col("parts").struct.field("budget")
    executed = pl.col("parts").struct.field("executed")
    own_unit = amounts.unit_of_figure(budget)
    single = rows.filter(~is_pair).with_columns(budget_stage=pl.col("stage"), half=pl.lit(0))
    upper = rows.filter(is_pair & (budget.is_not_null() | executed.is_null())).with_columns(
        raw_text=pl.coalesce(budget, "raw_text"), budget_stage=pl.lit("revised"), half=pl.lit(0)
    )
    lower = rows.filter(is_pair & executed.is_not_null()).with_columns(
        raw_text=executed,
        unit_label=pl.when(own_unit.is_null())
        .then("unit_label")
        .when(pl.coalesce("unit_label", own_unit) == own_unit)
        .then(own_unit),
        budget_stage=pl.lit("executed"),
        half=pl.lit(1),
    )
    parsed = amounts.parse_amount(pl.col("raw_text"), pl.col("unit_label"))
    field = pl.col("parsed").struct.field
    word = text.squeeze(pl.col("raw_text")).str.extract(f"({figures.inclusions()})")
    # An amount that cannot be read still says that it is a larger pot.
    printed_inclusion = (
        pl.when(field("status") == "unparsed")
        .then(figures.inclusion(word))
        .otherwise(field("inclusion"))
    )
    above = printed_inclusion.shift(1).over("position", order_by="half")
    typed = (
        pl.concat((single, upper, lower))
        .sort("position", "half")
        .with_columns(parsed=parsed)
        .with_columns(
            *frames.STATUS_AND_REASON,
            amount_yen=pl.when(frames.IS_TYPED).then(field("value_yen")),
            amount_printed=pl.when(frames.IS_TYPED).then(field("amount_printed")),
            unit_printed=pl.coalesce(field("unit"), "unit_label"),
            value_qualifier=field("qualifier"),
            rule=field("rule"),
            above=above,
            inherits=above.is_in(("inclusive", "exclusive"))
            & (field("inclusion") == "exact")
            & (field("status") == "value"),
        )
        .with_columns(
            inclusion=pl.when("inherits").then("above").otherwise(field("inclusion")),
            inclusion_source=pl.when("inherits")
            .then(pl.lit("inherited"))
            .otherwise(pl.lit("printed")),
        )
    )
    keys = programs.select("program_listing_key", "program_key")
    return (
        typed.join(keys, on="program_listing_key", how="left", maintain_order="left")
        .join(sheet_years, on="policy_key", how="left", maintain_order="left")
        .with_columns(fiscal_year=frames.year_near("period_text", "sheet_year"))
        .with_columns(
            pl.format(
                "{}-{}-{}",
                pl.coalesce("program_listing_key", "policy_key"),
                "budget_stage",
                pl.coalesce(pl.col("fiscal_year").cast(pl.String), pl.lit("none")),
            ).alias("budget_key"),
        )
        .with_columns(frames.numbered_key("budget_key"))
    )
