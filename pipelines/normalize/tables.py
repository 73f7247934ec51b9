"""Readings become the ``NORMALIZED_*`` tables: every printed string typed, in whole columns.

In: the :class:`~pipelines.forms.Readings` of many sheets, their cells, and the ``RAW_DOCUMENTS``
rows of all documents (those that could not be read included). Out: one frame a normalized table,
by name. Refuses: a frame that is not of its declared schema (``ValueError``). A text that the
grammar does not read leaves its row with status ``unparsed`` and its cell quarantined.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from pipelines import schemas
from pipelines.normalize import amounts, lists, text, values, years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms import Readings

Row = dict[str, Any]

#: What a glyph without a Unicode mapping is kept as: its number in the font.
_UNMAPPED = r"\(cid:\d+\)"
_ILLEGIBLE = "glyphs without a Unicode mapping"
_IS_LEGIBLE = ~pl.col("raw_text").str.contains(_UNMAPPED)

_REFERENCE = Path(__file__).parents[2] / "seeds" / "reference"

#: How far from the sheet's own year a bare year (31年度) may lie; eras differ by 30 and more.
_NEAR = 14
_BARE_YEAR = r"^(元|\d{1,2})年度?(?:末|まで|中|頃)?$"
#: The end of a program's name that is no name: when it began, in brackets.
_START = r"[\s　]*[（(〔]((?:明治|大正|昭和|平成|令和|[MTSHRＭＴＳＨＲ]|\d|[０-９])[^（）()〔〕]{0,14}?年[^（）()〔〕]{0,8})[)）〕][\s　]*$"


def normalize(
    readings: Sequence[Readings], documents: pl.DataFrame, cells: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Typed tables by name.

    ``documents``: ``RAW_DOCUMENTS``, one row a file, read or not. ``cells``: ``RAW_CELLS`` of the
    files in ``readings``.
    """
    policies = _policies(readings)
    sheet_years = policies.select("policy_key", "sheet_year")
    values_typed = _values(readings, sheet_years)
    programs = _programs(readings, sheet_years)
    indicators = _indicators(readings, values_typed)
    budgets = _budgets(readings, sheet_years, programs)
    unread = pl.concat(
        frame.filter(pl.col("value_status") == "unparsed").select(
            "cell_key", pl.format("{}: {}", pl.lit(what), "reason").alias("why")
        )
        for frame, what in ((values_typed, "a value not read"), (budgets, "an amount not read"))
    ).unique("cell_key", keep="first", maintain_order=True)
    tables = {
        "documents": _documents(readings, documents, policies, cells),
        "cells": _cells(readings, cells, unread),
        "policies": policies,
        "goals": _goals(readings),
        "indicators": indicators,
        "indicator_values": values_typed,
        "programs": programs,
        "program_indicators": _program_indicators(readings, programs, indicators),
        "budget_amounts": budgets,
    }
    return {
        table.name: table.check(tables[table.name].select(table.schema.names()).cast(table.schema))
        for table in schemas.NORMALIZED_TABLES
    }


def _frame(
    readings: Sequence[Readings], kind: str, columns: Sequence[str], integers: Sequence[str] = ()
) -> pl.DataFrame:
    rows = [row for reading in readings for row in getattr(reading, kind)]
    schema = {name: pl.String() for name in columns} | {name: pl.Int32() for name in integers}
    return pl.DataFrame(
        [[row.get(name) for name in schema] for row in rows], schema=schema, orient="row"
    )


def _year_near(period: str, near: str) -> pl.Expr:
    """The fiscal year a printed period is, a bare one (31年度) read in the era next to ``near``."""
    folded = text.fold(pl.col(period)).str.replace_all(r"\s", "")
    count = (
        folded.str.extract(_BARE_YEAR)
        .str.replace("元", "1", literal=True)
        .cast(pl.Int32, strict=False)
    )
    eras = [first - 1 + count for first in (1926, 1989, 2019)]
    bare = pl.coalesce(pl.when((era - pl.col(near)).abs() <= _NEAR).then(era) for era in eras)
    read = years.parse_fiscal_year(pl.col(period))
    exact = pl.when(read.struct.field("status") == "value").then(read.struct.field("value"))
    return pl.coalesce(exact, bare)


def _policies(readings: Sequence[Readings]) -> pl.DataFrame:
    texts = ("bureau", "responsible_official", "overview", "related_cabinet_policies")
    frame = _frame(
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
    return frame.with_columns(
        policy_name=text.join_lines(pl.col("name_text")),
        sheet_year=pl.coalesce(
            pl.when(year.struct.field("status") == "value").then(year.struct.field("value"))
            for year in (title_year, code_year)
        ),
        **{name: text.join_lines(pl.col(name)) for name in texts},
    ).with_columns(evaluation_fiscal_year=_year_near("evaluation_text", "sheet_year"))


def _documents(
    readings: Sequence[Readings],
    documents: pl.DataFrame,
    policies: pl.DataFrame,
    cells: pl.DataFrame,
) -> pl.DataFrame:
    unmapped = (
        cells.filter(~_IS_LEGIBLE)
        .group_by("document_key")
        .agg(pl.format("{} cells hold {}", pl.len(), pl.lit(_ILLEGIBLE)).alias("unmapped"))
    )
    read = _frame(
        readings,
        "documents",
        ("document_key", "form", "title", "sheet_code", "status", "status_reason"),
    ).join(
        policies.group_by("document_key", maintain_order=True).agg(
            pl.col("sheet_year").first().alias("fiscal_year")
        ),
        on="document_key",
        how="left",
    )
    prefix = text.fold(pl.col("sheet_code")).str.extract(r"^([^\dRHS]+?)(?:令和|平成|[RHS])?\d")
    return (
        documents.join(read, on="document_key", how="left", suffix="_read")
        .join(unmapped, on="document_key", how="left")
        .with_columns(
            title=pl.coalesce("title_read", "title"),
            sheet_code=pl.coalesce("sheet_code_read", "sheet_code"),
            status=pl.when(pl.col("status") == "failed")
            .then(pl.col("status"))
            .otherwise(pl.coalesce("status_read", "status")),
            status_reason=pl.coalesce("status_reason", "status_reason_read", "unmapped"),
        )
        .with_columns(code_prefix=prefix)
        .join(_ministries(), on="code_prefix", how="left")
        .with_columns(publisher=pl.coalesce("publisher", "ministry_name"))
    )


def _ministries() -> pl.DataFrame:
    """Names of ministries by the prefix of their sheet codes (文 in 文R2－9－1)."""
    return pl.read_csv(_REFERENCE / "ministries.csv").select(
        pl.col("sheet_code_prefix").alias("code_prefix"), "ministry_name"
    )


def _cells(readings: Sequence[Readings], cells: pl.DataFrame, unread: pl.DataFrame) -> pl.DataFrame:
    roles = pl.DataFrame(
        [
            (key, role, reason)
            for reading in readings
            for key, (role, reason) in reading.roles.by_key.items()
        ],
        schema={"cell_key": pl.String(), "role": pl.String(), "quarantine_reason": pl.String()},
        orient="row",
    )
    illegible = pl.when(~_IS_LEGIBLE).then(pl.lit(_ILLEGIBLE))
    return (
        cells.join(roles, on="cell_key", how="left")
        .join(unread, on="cell_key", how="left")
        .with_columns(quarantine_reason=pl.coalesce("quarantine_reason", illegible, "why"))
        .with_columns(
            role=pl.when(pl.col("quarantine_reason").is_not_null())
            .then(pl.lit("quarantined"))
            .otherwise("role"),
        )
    )


def _goals(readings: Sequence[Readings]) -> pl.DataFrame:
    texts = ("goal_text", "rationale", "changes_from_previous_year")
    return _frame(
        readings, "goals", ("goal_key", "policy_key", "document_key", *texts), ("goal_number",)
    ).with_columns(**{name: text.join_lines(pl.col(name)) for name in texts})


_INDICATOR_KEYS = ("indicator_key", "goal_key", "policy_key", "document_key")


def _values(readings: Sequence[Readings], sheet_years: pl.DataFrame) -> pl.DataFrame:
    parsed = values.parse_value(pl.col("raw_text"))
    field = pl.col("parsed").struct.field
    return (
        _frame(
            readings,
            "values",
            (*_INDICATOR_KEYS, "value_kind", "period_text", "raw_text", "cell_key"),
            ("goal_number", "indicator_number"),
        )
        .join(sheet_years, on="policy_key", how="left", maintain_order="left")
        .with_columns(parsed=parsed, fiscal_year=_year_near("period_text", "sheet_year"))
        .with_columns(
            pl.format(
                "{}-{}-{}",
                "indicator_key",
                "value_kind",
                pl.coalesce(pl.col("fiscal_year").cast(pl.String), pl.lit("none")),
            ).alias("indicator_value_key"),
            value_numeric=pl.when(_IS_LEGIBLE).then(field("value")),
            value_unit=pl.when(_IS_LEGIBLE).then(field("unit")),
            value_qualifier=pl.when(_IS_LEGIBLE).then(field("qualifier")),
            value_status=pl.when(_IS_LEGIBLE).then(field("status")).otherwise(pl.lit("unparsed")),
            rule=field("rule"),
            reason=pl.when(_IS_LEGIBLE).then(field("reason")).otherwise(pl.lit(_ILLEGIBLE)),
        )
        .with_columns(_numbered_key("indicator_value_key"))
    )


def _numbered_key(key: str) -> pl.Expr:
    """A key that several rows would share gets their order behind it."""
    order = pl.int_range(pl.len()).over(key)
    return pl.when(order == 0).then(pl.col(key)).otherwise(pl.format("{}-{}", key, order + 1))


def _indicators(readings: Sequence[Readings], typed: pl.DataFrame) -> pl.DataFrame:
    """Quantitative, unless the form's block is one of words or nothing but words is printed."""
    statuses = typed.group_by("indicator_key").agg(
        has_number=(pl.col("value_status") == "value").any(),
        has_words=(pl.col("value_status") == "text").any(),
    )
    return (
        _frame(
            readings,
            "indicators",
            (*_INDICATOR_KEYS, "name_text", "indicator_type", "rationale"),
            ("goal_number", "indicator_number"),
        )
        .join(statuses, on="indicator_key", how="left", maintain_order="left")
        .with_columns(
            indicator_name=text.join_lines(pl.col("name_text")),
            indicator_type=pl.when(pl.col("indicator_type").is_not_null())
            .then("indicator_type")
            .when(pl.col("has_words") & ~pl.col("has_number"))
            .then(pl.lit("qualitative"))
            .otherwise(pl.lit("quantitative")),
            aggregation=lists.aggregation(text.join_lines(pl.col("name_text"))),
            rationale=text.join_lines(pl.col("rationale")),
        )
    )


def _programs(readings: Sequence[Readings], sheet_years: pl.DataFrame) -> pl.DataFrame:
    name = pl.col("name_text")
    return (
        _frame(
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
        .with_columns(start_fiscal_year=_year_near("start_text", "sheet_year"))
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


def _program_indicators(
    readings: Sequence[Readings], programs: pl.DataFrame, indicators: pl.DataFrame
) -> pl.DataFrame:
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


def _budgets(
    readings: Sequence[Readings], sheet_years: pl.DataFrame, programs: pl.DataFrame
) -> pl.DataFrame:
    """One row an amount; a cell of budget and execution gives two, and its 内数 holds for both."""
    rows = (
        _frame(
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
        .with_columns(parts=amounts.split_budget_and_execution(pl.col("raw_text")))
    )
    is_pair = pl.col("stage") == "revised_and_executed"
    budget = pl.col("parts").struct.field("budget")
    executed = pl.col("parts").struct.field("executed")
    single = rows.filter(~is_pair).with_columns(budget_stage=pl.col("stage"), half=pl.lit(0))
    upper = rows.filter(is_pair & (budget.is_not_null() | executed.is_null())).with_columns(
        raw_text=pl.coalesce(budget, "raw_text"), budget_stage=pl.lit("revised"), half=pl.lit(0)
    )
    lower = rows.filter(is_pair & executed.is_not_null()).with_columns(
        raw_text=executed, budget_stage=pl.lit("executed"), half=pl.lit(1)
    )
    parsed = amounts.parse_amount(pl.col("raw_text"), pl.col("unit_label"))
    field = pl.col("parsed").struct.field
    above = field("inclusion").shift(1).over("position", order_by="half")
    typed = (
        pl.concat((single, upper, lower))
        .sort("position", "half")
        .with_columns(parsed=parsed)
        .with_columns(
            amount_yen=pl.when(_IS_LEGIBLE).then(field("value_yen")),
            amount_printed=pl.when(_IS_LEGIBLE).then(field("amount_printed")),
            unit_printed=pl.coalesce(field("unit"), "unit_label"),
            value_qualifier=field("qualifier"),
            value_status=pl.when(_IS_LEGIBLE).then(field("status")).otherwise(pl.lit("unparsed")),
            rule=field("rule"),
            reason=pl.when(_IS_LEGIBLE).then(field("reason")).otherwise(pl.lit(_ILLEGIBLE)),
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
        .with_columns(fiscal_year=_year_near("period_text", "sheet_year"))
        .with_columns(
            pl.format(
                "{}-{}-{}",
                pl.coalesce("program_listing_key", "policy_key"),
                "budget_stage",
                pl.coalesce(pl.col("fiscal_year").cast(pl.String), pl.lit("none")),
            ).alias("budget_key"),
        )
        .with_columns(_numbered_key("budget_key"))
    )
