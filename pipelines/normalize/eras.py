"""Era names, letters and numbers as Western years.

In: expressions of an era's name (明治 to 令和, M to R, or the first kanji) and of the year in it
(元 or digits). Out: Western years (Int32), null where there is no such year. An era may run past
its end, as printed before anyone knew its end (平成32年度 is 2020), up to the reference table's
``last_accepted_year``; Western years are accepted from 1868 to 2100.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipelines.normalize import reference
from pipelines.normalize.stages import groups, sparse

WESTERN_FIRST, WESTERN_LAST = 1868, 2100
#: A bare year is read in the era that brings it this near to the year beside it; eras differ by
#: 30 years and more, so one era at most can.
NEAR = 14

NUMBER = "[0-9]{1,4}|元"
WESTERN = ("西暦", "FY")


@cache
def zero_years() -> dict[str, int]:
    """The Western year before year 1, by every spelling of an era."""
    table: dict[str, int] = {}
    for row in reference.rows("eras"):
        zero = int(row["first_year"]) - 1
        for spelling in (
            row["era_name"],
            row["era_kanji"],
            row["era_letter"],
            row["era_letter"].lower(),
        ):
            table[spelling] = zero
    return table


@cache
def last_years() -> dict[int, int]:
    """The last accepted Western year of each era, by the year before its year 1."""
    return {
        int(row["first_year"]) - 1: int(row["first_year"]) - 1 + int(row["last_accepted_year"])
        for row in reference.rows("eras")
    }


@cache
def era_pattern() -> str:
    """One era, or what says that the year is Western."""
    return reference.alternation([*zero_years(), *WESTERN])


@cache
def year_item() -> str:
    """A year in four groups: era, number, what stands in brackets behind it, 年 or 年度."""
    return rf"({era_pattern()})?({NUMBER})(?:\(([^()]*)\))?(年度|年)?"


def counted(number: pl.Expr) -> pl.Expr:
    """元 or digits as an integer."""
    return pl.when(number == "元").then(1).otherwise(number.cast(pl.Int32, strict=False))


def zero_year(era: pl.Expr) -> pl.Expr:
    """The Western year before an era's year 1; null without an era."""
    return era.replace_strict(zero_years(), default=None, return_dtype=pl.Int32)


def western(zero: pl.Expr, count: pl.Expr) -> pl.Expr:
    """The Western year of a count in an era, or of a count that is one; null if there is none."""
    year = zero + count
    fits = pl.lit(value=False)
    for known, last in last_years().items():
        fits = fits | ((zero == known) & (year <= last))
    return (
        pl.when(fits & (count >= 1))
        .then(year)
        .when(zero.is_null() & count.is_between(WESTERN_FIRST, WESTERN_LAST))
        .then(count)
    )


def bracketed_year(text: pl.Expr) -> pl.Expr:
    """The year that stands in brackets behind another; null where it is no whole year."""
    return sparse(_bracketed_year, pl.Int32(), text)


def _bracketed_year(frame: pl.DataFrame) -> pl.Series:
    pattern = rf"^({era_pattern()})?({NUMBER})(?:年度|年)?$"
    found = frame.select(g=groups(pl.col("0"), pattern)).unnest("g")
    return found.select(western(zero_year(pl.col("1")), counted(pl.col("2")))).to_series()


def one_of_eras(year: pl.Expr, count: pl.Expr) -> pl.Expr:
    """Whether ``year`` is the ``count``-th of some era."""
    return (year - count).is_in(list(last_years()))


def nearest(count: pl.Expr, near: pl.Expr) -> pl.Expr:
    """The year of a bare count in the era that brings it near to ``near``; else null."""
    candidates = [
        pl.when((count >= 1) & (zero + count <= last) & ((zero + count - near).abs() <= NEAR)).then(
            zero + count
        )
        for zero, last in last_years().items()
    ]
    return pl.coalesce(candidates)


@cache
def bare_date_eras() -> tuple[tuple[int, int, int], ...]:
    """Eras of two-digit dates without one (27.04.30): zero year, first and last count."""
    return tuple(
        (int(row["first_year"]) - 1, int(row["bare_date_from_year"]), int(row["bare_date_to_year"]))
        for row in reference.rows("eras")
        if row["bare_date_from_year"]
    )
