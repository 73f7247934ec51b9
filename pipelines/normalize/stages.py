"""Readings in stages: each stage adds named fields to the ones before it.

In: a struct expression and the fields to add, written with ``pl.field``. Out: the wider struct.
Stages keep an expression's size linear in the number of its steps, however often a step is used.
"""

from __future__ import annotations

import polars as pl


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
