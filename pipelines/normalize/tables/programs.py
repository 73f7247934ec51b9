"""達成手段, and the indicators that each says it serves.

In: readings, and the year of each sheet. Out: one frame a table. Refuses nothing: a list of
indicators that is none gives no rows.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import polars as pl

from pipelines.normalize import lists, text, years
from pipelines.normalize.tables import frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms import Readings

#: An era; the narrow first column breaks its name over two lines.
_ERA = r"明\s*治|大\s*正|昭\s*和|平\s*成|令\s*和|[MTSHRＭＴＳＨＲ]"
_OPEN, _CLOSE, _NO_BRACKET = "[（(〔［\\[【]", "[)）〕］\\]】]", "[^（()）〔〕［］\\[\\]【】]"
#: The end of a program's name that is no name: when it began, in brackets or on its own line.
#: Words in brackets may stand behind it, （再掲）.
_START = (
    rf"[\s　]*{_OPEN}[\s　]*((?:{_ERA}|[0-9０-９])"
    rf"(?:{_NO_BRACKET}|[（(]{_NO_BRACKET}{{1,8}}[)）]){{0,20}}){_CLOSE}"
    rf"((?:[\s　]*{_OPEN}[^0-9０-９（()）]*{_CLOSE})*)[\s　]*$"
)
_START_ALONE = rf"\n[\s　]*((?:{_ERA})(?:元|[0-9０-９]{{1,2}})年度?[～〜~]?)()[\s　]*$"


def programs(readings: Sequence[Readings], sheet_years: pl.DataFrame) -> pl.DataFrame:
    """One row a listing of a program under a goal; name and first year told apart."""
    name = pl.col("name_text")
    start = years.parse_fiscal_year(text.squeeze(pl.col("start_text"))).struct
    is_bound = start["start"].is_null() & start["end"].is_not_null()
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
            start_text=pl.coalesce(name.str.extract(_START), name.str.extract(_START_ALONE)),
            review_number=text.join_numbers(pl.col("review_number")),
            remarks=text.join_lines(pl.col("remarks")),
        )
        .with_columns(
            start_fiscal_year=pl.when(~is_bound).then(
                pl.coalesce(frames.year_near("start_text", "sheet_year"), start["start"])
            ),
        )
        .with_columns(
            program_name=text.join_lines(
                pl.when(pl.col("start_fiscal_year").is_not_null() | is_bound)
                .then(name.str.replace(_START, "${2}").str.replace(_START_ALONE, ""))
                .otherwise(name)
            ),
        )
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
    """One row an indicator that a listing names; ranges spelled out, each number once.

    A number is one of the listing's goal, or, where the numbers of a policy run on from goal to
    goal, of any.
    """
    listed = indicators.select("indicator_key", is_listed=pl.lit(value=True))
    own = pl.format("{}-i{}", "goal_key", "indicator_number")
    return (
        _listed(programs)
        .explode("indicator_number")
        .filter(pl.col("indicator_number").is_not_null())
        .join(
            _numbered_on(indicators),
            on=["policy_key", "indicator_number"],
            how="left",
            maintain_order="left",
        )
        .with_columns(indicator_key=pl.coalesce("numbered_on_key", own))
        .join(listed, on="indicator_key", how="left", maintain_order="left")
        .with_columns(
            document_key=pl.col("related_document_key"),
            is_listed=pl.col("is_listed").fill_null(value=False),
            raw_text=pl.col("related_text"),
            cell_key=pl.col("related_cell_key"),
        )
        .unique(["program_listing_key", "indicator_number"], keep="first", maintain_order=True)
    )


def _numbered_on(indicators: pl.DataFrame) -> pl.DataFrame:
    """Indicators of policies with several goals, none of whose numbers is printed twice."""
    several = pl.col("goal_number").n_unique().over("policy_key") > 1
    alone = ~pl.struct("policy_key", "indicator_number").is_duplicated()
    return indicators.filter(several & alone.all().over("policy_key")).select(
        "policy_key", "indicator_number", numbered_on_key="indicator_key"
    )


def lists_not_read(programs: pl.DataFrame) -> pl.DataFrame:
    """Cells of 関連する指標 that hold more than a dash and yet no list of numbers (全て, 1-2)."""
    status = text.status_without_value(text.squeeze(pl.col("related_text")))
    return (
        _listed(programs)
        .filter(
            pl.col("indicator_number").is_null()
            & ~status.is_in(("dash", "blank")).fill_null(value=False)
        )
        .select(cell_key="related_cell_key", why=pl.lit("no list of the numbers of indicators"))
    )


def _listed(programs: pl.DataFrame) -> pl.DataFrame:
    return programs.filter(pl.col("related_text").is_not_null()).with_columns(
        indicator_number=lists.parse_indicator_numbers(pl.col("related_text"))
    )
