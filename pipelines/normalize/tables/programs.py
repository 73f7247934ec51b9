"""達成手段, and the indicators that each says it serves.

In: readings, and the year of each sheet. Out: one frame a table. Refuses nothing: a list of
indicators that is none gives no rows.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import polars as pl

from pipelines.normalize import lists, text
from pipelines.normalize.tables import frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms import Readings

#: The end of a program's name that is no name: when it began, in brackets.
_START = (
    r"[\s　]*[（(〔]((?:明治|大正|昭和|平成|令和|[MTSHRＭＴＳＨＲ]|\d|[０-９])"
    r"[^（）()〔〕]{0,14}?年[^（）()〔〕]{0,8})[)）〕][\s　]*$"
)


def programs(readings: Sequence[Readings], sheet_years: pl.DataFrame) -> pl.DataFrame:
    """One row a listing of a program under a goal; name and first year told apart."""
    name = pl.col("name_text")
    return (
        frames.frame(
            readings,
            "programs",
            (
                "program_listing_key",
                "goal_key",
                "policy_key",
                "document_key",
                "name_text",
                "related_text",
                "related_cell_key",
                "related_document_key",
                "review_number",
                "remarks",
                "cell_key",
            ),
            ("goal_number", "listing_order"),
        )
        .join(sheet_years, on="policy_key", how="left", maintain_order="left")
        .with_columns(
            start_text=name.str.extract(_START),
            program_name=text.join_lines(name.str.replace(_START, "")),
            review_number=text.join_lines(pl.col("review_number")),
            remarks=text.join_lines(pl.col("remarks")),
        )
        .with_columns(start_fiscal_year=frames.year_near("start_text", "sheet_year"))
        .with_columns(program_key=_program_key())
    )


def _program_key() -> pl.Expr:
    """The same name and first year is the same program, in whichever document it stands."""
    folded = text.fold(pl.col("program_name")).str.replace_all(r"\s", "")
    identity = pl.format(
        "{}|{}", folded, pl.coalesce(pl.col("start_fiscal_year").cast(pl.String), pl.lit(""))
    )
    return pl.format("p{}", identity.map_batches(_sha256, return_dtype=pl.String()).str.head(12))


def _sha256(texts: pl.Series) -> pl.Series:
    """Hex digests; polars' own hash is not the same from version to version, a key must be."""
    return pl.Series(
        [hashlib.sha256(entry.encode()).hexdigest() for entry in texts], dtype=pl.String()
    )


def program_indicators(programs: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """One row an indicator that a listing names; ranges spelled out, each number once."""
    listed = indicators.select("indicator_key", is_listed=pl.lit(value=True))
    return (
        programs.filter(pl.col("related_text").is_not_null())
        .with_columns(indicator_number=lists.parse_indicator_numbers(pl.col("related_text")))
        .explode("indicator_number")
        .filter(pl.col("indicator_number").is_not_null())
        .with_columns(indicator_key=pl.format("{}-i{}", "goal_key", "indicator_number"))
        .join(listed, on="indicator_key", how="left", maintain_order="left")
        .with_columns(
            document_key=pl.col("related_document_key"),
            is_listed=pl.col("is_listed").fill_null(value=False),
            raw_text=pl.col("related_text"),
            cell_key=pl.col("related_cell_key"),
        )
        .unique(["program_listing_key", "indicator_number"], keep="first", maintain_order=True)
    )
