"""Readings in stages: each stage adds named fields to the ones before it.

In: a struct expression and the fields to add, written with ``pl.field``. Out: the wider struct.
Stages keep an expression's size linear in the number of its steps, however often a step is used.
What only few strings need (:func:`sparse`) is done on those alone, as a column of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def stage(read: pl.Expr, /, **fields: pl.Expr) -> pl.Expr:
    """``read`` with ``fields`` added; they may use all fields of the stages before."""
    return read.struct.with_fields(**fields)


def groups(text: pl.Expr, pattern: str) -> pl.Expr:
    """The groups of ``pattern`` as a list-like struct of strings; all null where none fits."""
    return text.str.extract_groups(pattern)


def null_text() -> pl.Expr:
    """A null of the type of text."""
    return pl.lit(None, pl.String())


def text_where(condition: pl.Expr, text: pl.Expr) -> pl.Expr:
    """``text`` where ``condition`` holds, else null: what is null is not worked on."""
    return pl.when(condition).then(text)


def first_case(*cases: tuple[pl.Expr, str]) -> pl.Expr:
    """The word of the first condition that holds; null where none does."""
    chain = pl.when(cases[0][0]).then(pl.lit(cases[0][1]))
    for condition, word in cases[1:]:
        chain = chain.when(condition).then(pl.lit(word))  # type: ignore[assignment]
    return chain.otherwise(null_text())  # type: ignore[attr-defined]


def result(read: pl.Expr, /, **fields: pl.Expr) -> pl.Expr:
    """A struct of ``fields`` alone, written with ``pl.field``, out of all stages of ``read``."""
    made = pl.struct(**fields)  # type: ignore[call-overload]
    return read.struct.with_fields(made.alias("_result")).struct.field("_result")


def sparse(
    texts: pl.Expr, build: Callable[..., pl.Expr], dtype: pl.DataType, *beside: pl.Expr
) -> pl.Expr:
    """``build(text, *beside)`` where ``texts`` is not null; null of type ``dtype`` elsewhere.

    One call a column: the strings that are there are read as a column of their own and go back
    to their places. Where none is there, nothing is done.
    """

    def read(columns: Sequence[pl.Series]) -> pl.Series:
        text = columns[0]
        height = len(text)
        wanted = text.is_not_null()
        if not wanted.any():
            return pl.Series([None], dtype=dtype).new_from_index(0, height)
        names = [str(number) for number in range(len(columns))]
        frame = pl.DataFrame(
            [
                (column if len(column) == height else column.new_from_index(0, height)).alias(name)
                for name, column in zip(names, columns, strict=True)
            ]
        ).filter(wanted)
        made = frame.select(build(*(pl.col(name) for name in names)).alias("made")).to_series()
        place = pl.select(pl.when(wanted).then(wanted.cum_sum() - 1)).to_series()
        return made.cast(dtype).gather(place)

    return pl.map_batches(
        [texts, *beside], read, return_dtype=dtype, is_elementwise=not beside
    )
