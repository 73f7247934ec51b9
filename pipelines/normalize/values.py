"""Indicator values: 12.5%, 116万トン（26年度）, 約70,000ha, ▲0.63%, 7,000人以上.

In: printed strings. Out: a struct with ``status``, ``value`` (Decimal(18,4)), ``unit``,
``multiplier`` (10,000 for 万 before a counter: 153万トン is 1,530,000 トン), ``qualifier``
(約, 以上, 暫定値 …), ``inclusion``, ``rule``, ``reason`` and ``exact``, the decimal in full as
text, also where it has more decimals than the table holds. A year or a share in brackets
behind the figure does not change it. Words, changes (50％減), ranges and several figures are
``text``. Refuses, as ``unparsed``: malformed figures, figures that stand apart, a figure that is
only in brackets, a year or month without its era or year.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipelines.normalize import figures, reference
from pipelines.normalize import text as printed
from pipelines.normalize.stages import first_case, result, stage, text_where

f = pl.field

_NAMES = ("none", "before", "number", "decimals", "tail")
#: One sign of a unit; a digit only right behind Latin letters (CO2, m2).
_UNIT_SIGN = (
    r"(?:[\p{Han}\p{Katakana}ー%‰°℃μµΩ/²³㌀-㏿]|[A-Za-z]+(?:-?[A-Za-z]+)*[0-9]?"
    r"|か|つ|あたり|当たり)"
)


@cache
def _plain() -> str:
    return rf"^(\()?({figures.before()})?({figures.NUMBER})([^0-9,.].*)?$"


@cache
def _tail() -> str:
    multipliers = reference.alternation(reference.column("number_multipliers", "multiplier"))
    return (
        rf"^({multipliers})?({_UNIT_SIGN}{{1,15}}?)?({figures.after()})?({figures.after()})?"
        rf"({figures.inclusions()})?$"
    )


def _rewritten(folded: pl.Expr) -> pl.Expr:
    counters = reference.alternation(reference.column("counters", "counter"))
    ends = rf"(?:{counters}|%)(?:{figures.after()})?(?:\([^()]*\))?$"
    spelled = figures.spelled_out(figures.together(folded, loose=False), ends)
    named = spelled.str.replace(rf"^\(({figures.before()})\)(.+)$", "${1}${2}")
    noted = figures.without_notes(named)
    return noted.str.replace(r"([^0-9().,])\([^()]*[^0-9.,()][^()]*\)$", "${1}")


def parse_value(text: pl.Expr) -> pl.Expr:
    """One struct a string, as the module says."""
    read = figures.read_twice(printed.fold(text), _plain(), _rewritten(f("other")))
    read = stage(read, tail0=f("g").struct[4])
    tail = _tail()
    read = stage(
        read,
        plain=f("g").struct[2].is_not_null()
        & f("g").struct[0].is_null()
        & (f("tail0").is_null() | f("tail0").str.contains(tail)),
    )
    read = stage(
        read, other=text_where(~f("plain"), f("folded"))
    )
    read = stage(read, rewritten=_rewritten(f("other")))
    read = stage(read, h=f("rewritten").str.extract_groups(_plain()))
    read = stage(read, **figures.picked(f("plain"), _NAMES))
    read = stage(
        read,
        clean=figures.cleaned(f("number")),
        well_formed=f("number").str.contains(figures.WELL_FORMED).fill_null(value=False),
        places=figures.places(f("decimals")),
        t=f("tail").str.extract_groups(tail),
    )
    t = f("t").struct
    read = stage(
        read,
        multiplied=t[0],
        unit=t[1],
        after=t[2],
        later=t[3],
        included=t[4],
        tail_read=f("tail").is_null() | f("tail").str.contains(tail),
    )
    changes = reference.alternation(reference.column("change_words", "word"))
    four_digits = f("clean").str.len_bytes() >= 4  # noqa: PLR2004
    read = stage(
        read,
        is_change=f("unit").str.contains(changes).fill_null(value=False),
        is_year=f("unit").str.contains("^年度|^月").fill_null(value=False)
        | ((f("unit") == "年") & four_digits).fill_null(value=False),
    )
    read = stage(
        read,
        exponent=f("multiplied").replace_strict(
            reference.exponents("number_multipliers", "multiplier"),
            default=0,
            return_dtype=pl.Int64(),
        ).fill_null(0),
        read=f("well_formed") & f("none").is_null() & f("tail_read") & ~f("is_change") & ~f("is_year"),
    )
    read = stage(read, exact=text_where(f("read"), _exact()))
    return _typed(read)


def _exact() -> pl.Expr:
    """The decimal in full: the point moved by the multiplier's zeros, no needless zeros."""
    whole = f("clean").str.extract(r"^(-?[0-9]+)")
    decimals = f("decimals").str.strip_chars_end("0").fill_null("")
    is_moved = f("exponent") > 0
    filled = text_where(is_moved, decimals).str.pad_end(f("exponent"), "0")
    moved = (
        text_where(is_moved, whole) + filled.str.slice(0, f("exponent"))
        + pl.when(filled.str.len_bytes() > f("exponent"))
        .then(pl.lit(".") + filled.str.slice(f("exponent")))
        .otherwise(pl.lit(""))
    ).str.replace(r"^(-?)0+([0-9])", "${1}${2}")
    plain = (
        pl.when(f("decimals").is_null())
        .then(f("clean"))
        .when(decimals == "")
        .then(whole)
        .otherwise(whole + "." + decimals)
    )
    chosen = pl.when(is_moved).then(moved).otherwise(plain)
    return pl.when(chosen == "-0").then(pl.lit("0")).otherwise(chosen)


def _typed(read: pl.Expr) -> pl.Expr:
    decimals_left = f("places").cast(pl.Int64) - f("exponent")
    read = stage(
        read,
        decimal=pl.when(decimals_left <= figures.PLACES).then(
            f("exact").cast(pl.Decimal(18, figures.PLACES), strict=False)
        ),
        words=text_where(
            ~f("read"), f("folded").fill_null("").str.replace_all(r"\s+", "")
        ),
    )
    read = stage(
        read,
        found=f("read") & f("decimal").is_not_null(),
        words=pl.when(f("folded").is_null()).then(pl.lit("")).otherwise(f("words")),
    )
    malformed = f("words").str.contains(
        rf"^(?:{figures.before()})?[-▲+]?[0-9][0-9.,]*[.,][0-9.,]*(?:[^0-9~→、:/-]*)(?:\([^()]*\))?$"
    )
    only_bracketed = f("words").str.contains(r"^\([-▲+]?[0-9][0-9.,]*[^0-9()]*\)$")
    apart = f("folded").str.contains(r"^[0-9.,\s]*[0-9.,]\s+[0-9][0-9.,\s]*$")
    read = stage(
        read,
        listed=printed.status_without_value(f("words")),
        malformed=(malformed & ~f("is_change")).fill_null(value=False),
        bracketed=only_bracketed.fill_null(value=False),
        apart=apart.fill_null(value=False),
        bare_year=(f("is_year") & (f("clean").str.len_bytes() <= 2)).fill_null(value=False),  # noqa: PLR2004
    )
    bad = f("read") | f("malformed") | f("bracketed") | f("apart") | f("bare_year")
    status = (
        pl.when(f("found"))
        .then(pl.lit("value"))
        .when(~f("read") & f("listed").is_not_null())
        .then(f("listed"))
        .when(bad)
        .then(pl.lit("unparsed"))
        .otherwise(pl.lit("text"))
    )
    read = stage(read, status=status)
    reason = first_case(
        (f("read"), "more than four decimals, or too large"),
        (f("bare_year"), "a year without an era, or a month without a year"),
        (f("bracketed"), "a figure that is only in brackets"),
        (f("apart"), "figures stand apart"),
        (pl.lit(value=True), "a malformed figure, or several run together"),
    )
    rule = (
        pl.when(f("found"))
        .then(
            first_case(
                (f("multiplied").is_not_null(), "multiplied_value"),
                (f("rewritten").is_not_null(), "rewritten_value"),
                (f("unit").is_null(), "bare_value"),
                (pl.lit(value=True), "value_with_unit"),
            )
        )
        .when((f("status") == "text") & f("is_change"))
        .then(pl.lit("change_or_achievement"))
        .otherwise(f("status"))
    )
    found = f("found")
    return result(
        read,
        status=f("status"),
        value=pl.when(found).then(f("decimal")),
        unit=pl.when(found).then(f("unit")),
        multiplier=pl.when(found).then(pl.lit(10, pl.Int64()).pow(f("exponent")).cast(pl.Int64())),
        qualifier=pl.when(found).then(figures.qualifier("before", "after", "later")),
        inclusion=figures.inclusion(text_where(found, f("included"))),
        rule=rule,
        reason=text_where(f("status") == "unparsed", reason),
        exact=f("exact"),
    )
