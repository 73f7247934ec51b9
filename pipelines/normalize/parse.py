"""What the grammar makes of any strings, as the command ``shisaku parse`` prints it.

In: a kind of notation, strings and, for amounts, a unit. Out: a frame with ``input``,
``status``, ``value``, ``start``, ``end``, ``unit``, ``qualifier``, ``inclusion``, ``rule``, all
strings, null where there is none. ``value`` is an amount in whole yen, an indicator value as
its exact decimal (in full, also beyond what the tables can store), an ISO 8601 date (a month
where no day is printed), or a Western year. A period has ``status`` value, ``start`` and ``end``
and no ``value``: it is two years, not one. Refuses: a kind that does not exist (``ValueError``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipelines.normalize import amounts, dates, periods, values, years

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = ("fiscal_year", "period", "date", "amount", "value")
FIELDS = ("status", "value", "start", "end", "unit", "qualifier", "inclusion", "rule")
#: From this many strings on both halves of a column are read at once.
_MANY = 50_000


def reading(kind: str, text: pl.Expr, unit: str | None = None) -> pl.Expr:
    """The struct of one kind, as its own module describes it."""
    match kind:
        case "fiscal_year":
            return years.parse_fiscal_year(text)
        case "period":
            return periods.parse_period(text)
        case "date":
            return dates.parse_date(text)
        case "amount":
            return amounts.parse_amount(text, pl.lit(unit) if unit else None)
        case "value":
            return values.parse_value(text)
    message = f"There is no kind {kind!r}; the kinds are {', '.join(KINDS)}."
    raise ValueError(message)


def read_column(kind: str, texts: pl.Series, unit: str | None = None) -> pl.DataFrame:
    """The typed fields of a whole column, one row a string, in order."""
    frame = texts.alias("input").to_frame()
    read = reading(kind, pl.col("input"), unit).alias("read")
    if frame.height < _MANY:
        return frame.select(read).unnest("read")
    half = frame.height // 2
    parts = pl.collect_all(
        [part.lazy().select(read) for part in (frame.head(half), frame.tail(-half))]
    )
    return pl.concat(parts).unnest("read")


def parse_strings(kind: str, texts: Sequence[str], unit: str | None = None) -> pl.DataFrame:
    """``input`` and the fields above, one row a string of ``texts``, in order.

    ``unit``: the unit that the label of an amount names (千円). ValueError for an unknown kind.
    """
    column = pl.Series("input", texts, dtype=pl.String())
    read = read_column(kind, column, unit)
    if kind == "amount":
        read = read.with_columns(value=pl.col("value_yen"))
    elif kind == "value":
        read = read.with_columns(
            value=pl.col("exact"),
            status=pl.when(pl.col("exact").is_not_null())
            .then(pl.lit("value"))
            .otherwise(pl.col("status")),
            rule=pl.when(pl.col("exact").is_not_null() & (pl.col("status") != "value"))
            .then(pl.lit("value_beyond_the_table"))
            .otherwise(pl.col("rule")),
        )
    absent = [name for name in FIELDS if name not in read.columns]
    return read.with_columns(pl.lit(None).alias(name) for name in absent).select(
        column, *(pl.col(name).cast(pl.String()) for name in FIELDS)
    )
