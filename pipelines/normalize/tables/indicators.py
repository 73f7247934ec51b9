"""測定指標 and their printed values, typed.

In: readings, and the year of each sheet. Out: one frame a table. Refuses nothing: a text that is
no value keeps its row, with status ``unparsed`` and a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipelines.normalize import lists, text
from pipelines.normalize.tables import frames
from pipelines.normalize.values import parse_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms import Readings

_INDICATOR_KEYS = ("indicator_key", "goal_key", "policy_key", "document_key")


def values(readings: Sequence[Readings], sheet_years: pl.DataFrame) -> pl.DataFrame:
    """One row a printed value: ``parse_value`` of its text, the year that its period names."""
    parsed = parse_value(pl.col("raw_text"))
    field = pl.col("parsed").struct.field
    return (
        frames.frame(
            readings,
            "values",
            (*_INDICATOR_KEYS, "value_kind", "period_text", "raw_text", "cell_key"),
            ("goal_number", "indicator_number"),
        )
        .join(sheet_years, on="policy_key", how="left", maintain_order="left")
        .with_columns(parsed=parsed, fiscal_year=frames.year_near("period_text", "sheet_year"))
        .with_columns(
            pl.format(
                "{}-{}-{}",
                "indicator_key",
                "value_kind",
                pl.coalesce(pl.col("fiscal_year").cast(pl.String), pl.lit("none")),
            ).alias("indicator_value_key"),
            *frames.STATUS_AND_REASON,
            value_numeric=pl.when(frames.IS_TYPED).then(field("value")),
            value_unit=pl.when(frames.IS_TYPED).then(field("unit")),
            value_qualifier=pl.when(frames.IS_TYPED).then(field("qualifier")),
            rule=field("rule"),
        )
        .with_columns(frames.numbered_key("indicator_value_key"))
    )


def indicators(readings: Sequence[Readings], typed: pl.DataFrame) -> pl.DataFrame:
    """Quantitative, unless the form's block is one of words or nothing but words is printed.

    Of one that is read in part, without a figure, neither is known.
    """
    statuses = typed.group_by("indicator_key").agg(
        has_number=(pl.col("value_status") == "value").any(),
        has_words=(pl.col("value_status") == "text").any(),
    )
    has_number = pl.col("has_number").fill_null(value=False)
    return (
        frames.frame(
            readings,
            "indicators",
            (*_INDICATOR_KEYS, "name_text", "indicator_type", "rationale", "is_read_in_part"),
            ("goal_number", "indicator_number"),
        )
        .join(statuses, on="indicator_key", how="left", maintain_order="left")
        .with_columns(
            indicator_name=text.join_lines(pl.col("name_text")),
            indicator_type=pl.when(pl.col("indicator_type").is_not_null())
            .then("indicator_type")
            .when(pl.col("is_read_in_part").is_not_null() & ~has_number)
            .then(None)
            .when(pl.col("has_words") & ~has_number)
            .then(pl.lit("qualitative"))
            .otherwise(pl.lit("quantitative")),
            aggregation=lists.aggregation(text.join_lines(pl.col("name_text"))),
            rationale=text.join_lines(pl.col("rationale")),
        )
    )
