"""Documents, their cells, policies and goals: the texts of a sheet and the role of each cell.

In: readings, ``RAW_DOCUMENTS`` and ``RAW_CELLS``. Out: one frame a table. Refuses nothing: what is
not printed is null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipelines.normalize import reference, text, years
from pipelines.normalize.tables import frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms import Readings


def policies(readings: Sequence[Readings]) -> pl.DataFrame:
    """Texts of each policy, and the year of its sheet, off its title or else its code."""
    texts = ("bureau", "responsible_official", "overview", "related_cabinet_policies")
    read = frames.frame(
        readings,
        "policies",
        (
            "policy_key",
            "document_key",
            "title",
            "sheet_code",
            "name_text",
            "evaluation_text",
            *texts,
        ),
    )
    title_year = years.parse_fiscal_year(
        text.fold(pl.col("title"))
        .str.replace_all(r"\s", "")
        .str.extract(
            r"((?:明治|大正|昭和|平成|令和|[MTSHR])(?:元|\d+)(?:\(\d{4}\))?年度?|\d{4}年度?)"
        )
    )
    code_year = years.parse_fiscal_year(
        text.fold(pl.col("sheet_code")).str.extract(r"((?:[MTSHR]|平成|令和)(?:元|\d{1,2}))[-ー]")
    )
    return read.with_columns(
        policy_name=text.join_lines(pl.col("name_text")),
        sheet_year=pl.coalesce(
            pl.when(year.struct.field("status") == "value").then(year.struct.field("value"))
            for year in (title_year, code_year)
        ),
        **{name: text.join_lines(pl.col(name)) for name in texts},
    ).with_columns(evaluation_fiscal_year=frames.year_near("evaluation_text", "sheet_year"))


def documents(
    readings: Sequence[Readings],
    documents: pl.DataFrame,
    policies: pl.DataFrame,
    cells: pl.DataFrame,
) -> pl.DataFrame:
    """What each file is, read or not; its publisher from the prefix of its code (文) if need be."""
    unmapped = (
        cells.filter(~frames.IS_LEGIBLE)
        .group_by("document_key")
        .agg(pl.format("{} cells hold {}", pl.len(), pl.lit(frames.ILLEGIBLE)).alias("unmapped"))
    )
    read = frames.frame(
        readings,
        "documents",
        ("document_key", "policy_key", "form", "title", "sheet_code", "status", "status_reason"),
    ).join(
        policies.select("policy_key", fiscal_year="sheet_year"),
        on="policy_key",
        how="left",
    )
    ministries = reference.mapping("ministries", "sheet_code_prefix", "ministry_name")
    prefix = text.fold(pl.col("sheet_code")).str.extract(r"^([^\dRHS]+?)(?:令和|平成|[RHS])?\d")
    return (
        documents.join(read, on="document_key", how="left", suffix="_read")
        .join(unmapped, on="document_key", how="left")
        .with_columns(
            title=text.in_kanji(pl.coalesce("title_read", "title")),
            sheet_code=text.in_kanji(pl.coalesce("sheet_code_read", "sheet_code")),
            status=pl.when(pl.col("status") == "failed")
            .then(pl.col("status"))
            .otherwise(pl.coalesce("status_read", "status")),
            status_reason=pl.coalesce("status_reason", "status_reason_read", "unmapped"),
        )
        .with_columns(
            publisher=pl.coalesce("publisher", prefix.replace_strict(ministries, default=None))
        )
    )


def cells(readings: Sequence[Readings], cells: pl.DataFrame, unread: pl.DataFrame) -> pl.DataFrame:
    """Every cell with its role; one whose text was not read is quarantined."""
    roles = pl.DataFrame(
        [
            (key, role, reason)
            for reading in readings
            for key, (role, reason) in reading.roles.by_key.items()
        ],
        schema={"cell_key": pl.String(), "role": pl.String(), "quarantine_reason": pl.String()},
        orient="row",
    )
    illegible = pl.when(~frames.IS_LEGIBLE).then(pl.lit(frames.ILLEGIBLE))
    return (
        cells.drop("is_open_above", "is_open_below", "line_ends", "is_doubtful")
        .join(roles, on="cell_key", how="left")
        .join(unread, on="cell_key", how="left")
        .with_columns(quarantine_reason=pl.coalesce("quarantine_reason", illegible, "why"))
        .with_columns(
            role=pl.when(pl.col("quarantine_reason").is_not_null())
            .then(pl.lit("quarantined"))
            .otherwise("role"),
        )
    )


def goals(readings: Sequence[Readings]) -> pl.DataFrame:
    """Texts of each goal."""
    texts = ("goal_text", "rationale", "changes_from_previous_year")
    return frames.frame(
        readings, "goals", ("goal_key", "policy_key", "document_key", *texts), ("goal_number",)
    ).with_columns(**{name: text.join_lines(pl.col(name)) for name in texts})
