"""What amounts and indicator values share: the figure itself, exactly, and the marks around it.

In: folded strings and the fields of a reading in stages. Out: expressions. No float anywhere: a
figure is text, then a scaled integer. A figure is well formed if its commas part groups of three
digits, all of them, and it has no needless zero in front.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import polars as pl

from pipelines.normalize import eras, numerals, reference
from pipelines.normalize.stages import sparse, text_where

f = pl.col

NUMBER = r"[-▲+]?[0-9][0-9,]*(?:\.([0-9]+))?"
WELL_FORMED = r"^[-▲+]?(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?$"
PLACES = 4
#: DECIMAL(18,4): so many digits may stand before the point.
WHOLE_DIGITS = 14


@cache
def before() -> str:
    """Words in front of a figure that leave it what it is."""
    return reference.alternation(reference.column("qualifiers", "word", place="before"))


@cache
def after() -> str:
    """Words behind a figure (and its unit) that leave it what it is."""
    return reference.alternation(reference.column("qualifiers", "word", place="after"))


@cache
def inclusions() -> str:
    """Words that say that the figure is a larger pot, or stands outside one."""
    return reference.alternation(reference.column("inclusion_words", "word"))


def inclusion(word: pl.Expr) -> pl.Expr:
    """exact, inclusive or exclusive."""
    return word.replace_strict(
        reference.mapping("inclusion_words", "word", "inclusion"),
        default="exact",
        return_dtype=pl.String(),
    ).fill_null("exact")


def cleaned(number: pl.Expr) -> pl.Expr:
    """A figure without commas, a triangle as a minus sign."""
    return number.str.replace_many([",", "▲", "+"], ["", "-", ""])


def places(decimals: pl.Expr) -> pl.Expr:
    """How many decimals are printed, zeros at the end left out; 0 without a point."""
    return decimals.str.strip_chars_end("0").str.len_bytes().fill_null(0)


def together(folded: pl.Expr, *, loose: bool) -> pl.Expr:
    """One line; null where figures stand apart that no comma holds together.

    1,2 and 34 on the next line are 1,234: the comma asks for three digits. 12 and 34 are two
    figures, or one: nobody can tell. ``loose`` also joins behind a comma (1, 234), which in a
    list of figures would be wrong.
    """
    gap = r"(,[0-9]{0,2})\s+([0-9])" if loose else r"(,[0-9]{1,2})\s+([0-9])"
    joined = folded.str.replace_all(gap, "${1}${2}").str.replace_all(
        r"(,[0-9]{3}\.)\s+([0-9])", "${1}${2}"
    )
    apart = joined.str.contains(r"[0-9.,]\s+[0-9]")
    return text_where(~apart, joined.str.replace_all(r"\s+", ""))


def spelled_out(text: pl.Expr, tail: str) -> pl.Expr:
    """Kanji numbers before ``tail`` and sums of 兆, 億, 万 as digits."""
    digits = pl.coalesce(numerals.kanji_number(text, tail), text)
    return pl.coalesce(numerals.summed(digits), digits)


def without_notes(text: pl.Expr) -> pl.Expr:
    """Marks in brackets set behind the figure, notes in brackets left out.

    A year or a share in brackets does not change the figure before it; nor do words.
    """
    marks = f"(?:{after()}|{inclusions()})"
    year = rf"(?:{eras.era_pattern()})?(?:{eras.NUMBER})(?:年度?|月)"
    note = rf"(.)\((?:[^()0-9]*|[^()0-9]*(?:{year}|[0-9.]+%)[^()0-9]*)\)$"
    return (
        text.str.replace(rf"^\(({marks})\)(.+)$", "${2}${1}")
        .str.replace(r"(.)※[0-9]*$", "${1}")
        .str.replace(rf"^(.+)\(({marks})\)$", "${1}${2}")
        .str.replace(note, "${1}")
        .str.replace(rf"^(.+)\(({marks})\)$", "${1}${2}")
    )


def qualifier(*words: str) -> pl.Expr:
    """The fields that are there, in the printed order, with a space between two."""
    *earlier, last = words
    several = f(last).is_not_null() & pl.any_horizontal([f(word).is_not_null() for word in earlier])
    for first, second in pairwise(earlier):
        several = several | (f(first).is_not_null() & f(second).is_not_null())
    joined = sparse(
        lambda frame: frame.select(
            pl.concat_str(
                [pl.when(pl.col(name) != "").then(pl.col(name)) for name in frame.columns],
                separator=" ",
                ignore_nulls=True,
            )
        ).to_series(),
        pl.String(),
        pl.when(several).then(f(words[0]).fill_null("")),
        *(f(word) for word in words[1:]),
    )
    return pl.coalesce(joined, *(f(word) for word in words))
