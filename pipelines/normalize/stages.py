"""Readings in stages: a frame gains named columns until the result stands in it.

In: expressions of strings. Out: one expression whose value is read, as whole columns, by a
function from frame to series. What only few strings need (:func:`sparse`) is done on those
alone, as a column of their own. No function here or behind it sees a single row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Build = Callable[[pl.DataFrame], pl.Series]


def null_text() -> pl.Expr:
    """A null of the type of text."""
    return pl.lit(None, pl.String())


def groups(text: pl.Expr, pattern: str) -> pl.Expr:
    """The groups of ``pattern`` as a struct of strings; all null where it does not fit."""
    return text.str.extract_groups(pattern)


def text_where(condition: pl.Expr, text: pl.Expr) -> pl.Expr:
    """``text`` where ``condition`` holds, else null: what is null is not worked on."""
    return pl.when(condition).then(text)


def first_case(*cases: tuple[pl.Expr, str]) -> pl.Expr:
    """The word of the first condition that holds; null where none does."""
    word = null_text()
    for condition, then in reversed(cases):
        word = pl.when(condition).then(pl.lit(then)).otherwise(word)
    return word


def result(read: pl.DataFrame, **fields: pl.Expr) -> pl.Series:
    """A series of structs of ``fields``, made of the columns of ``read``."""
    return read.select(**fields).to_struct("result")


def _frame(columns: Sequence[pl.Series]) -> pl.DataFrame:
    """Columns named 0, 1, …; one of length 1 beside longer ones holds for every row."""
    height = len(columns[0])
    return pl.DataFrame(
        [
            (column if len(column) == height else column.new_from_index(0, height)).alias(
                str(place)
            )
            for place, column in enumerate(columns)
        ]
    )


def whole(build: Build, dtype: pl.DataType, *columns: pl.Expr) -> pl.Expr:
    """``build`` of a frame of ``columns`` (named 0, 1, …), a series of type ``dtype``."""
    return pl.map_batches(
        list(columns),
        lambda series: build(_frame(series)).cast(dtype),
        return_dtype=dtype,
        is_elementwise=True,
    )


def sparse(build: Build, dtype: pl.DataType, text: pl.Expr, *beside: pl.Expr) -> pl.Expr:
    """``build`` as in :func:`whole` for the rows where ``text`` is not null; null elsewhere."""

    def read(series: Sequence[pl.Series]) -> pl.Series:
        wanted = series[0].is_not_null()
        if not wanted.any():
            return pl.Series([None], dtype=dtype).new_from_index(0, len(wanted))
        made = build(_frame(series).filter(wanted)).cast(dtype)
        return made if wanted.all() else made.gather((wanted.cum_sum() - 1).set(~wanted, None))

    return pl.map_batches([text, *beside], read, return_dtype=dtype, is_elementwise=True)


def by_distinct(build: Build, dtype: pl.DataType, text: pl.Expr) -> pl.Expr:
    """``build`` as in :func:`whole`, of each different string once.

    For the few ways to go on behind a figure (千円, %以上), however many the figures are.
    """

    def read(series: Sequence[pl.Series]) -> pl.Series:
        distinct = series[0].drop_nulls().unique()
        if distinct.is_empty():
            return pl.Series([None], dtype=dtype).new_from_index(0, len(series[0]))
        made = build(distinct.alias("0").to_frame()).cast(dtype)
        return made.gather(series[0].cast(pl.Enum(distinct)).to_physical())

    return pl.map_batches([text], read, return_dtype=dtype, is_elementwise=True)
