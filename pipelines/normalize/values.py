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
from pipelines.normalize.stages import (
    first_case,
    groups,
    null_text,
    sparse,
    text_where,
    whole,
)

f = pl.col

RESULT = pl.Struct(
    {
        "status": pl.String(),
        "value": pl.Decimal(18, 4),
        "unit": pl.String(),
        "multiplier": pl.Int64(),
        "qualifier": pl.String(),
        "inclusion": pl.String(),
        "rule": pl.String(),
        "reason": pl.String(),
        "exact": pl.String(),
    }
)
_NAMES = ("open", "before", "number", "decimals", "tail")
#: A figure of so many digits before 年 is a year, not a number of years.
_YEAR_DIGITS = 4
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
    return whole(_parse, RESULT, text)


def _parse(frame: pl.DataFrame) -> pl.Series:
    read = frame.select(folded=printed.fold(f("0").fill_null("")))
    read = _values(read.with_columns(t=f("folded")))
    read = read.with_columns(
        dash=printed.is_dash(f("folded")),
        rule=first_case(
            (f("multiplied").is_not_null(), "multiplied_value"),
            (f("unit").is_null(), "bare_value"),
            (pl.lit(value=True), "value_with_unit"),
        ),
    )
    unread = (~f("found") & ~f("dash")).fill_null(value=True)
    others = sparse(_other, RESULT, text_where(unread, f("folded")))
    read = read.with_columns(others=others)
    status = pl.when(f("dash")).then(pl.lit("dash")).otherwise(pl.lit("value"))
    made = _made(status, pl.when(f("dash")).then(pl.lit("dash")).otherwise(f("rule")), null_text())
    chosen = pl.when(f("found") | f("dash")).then(made).otherwise(f("others"))
    return read.select(chosen).to_series()


def _values(read: pl.DataFrame) -> pl.DataFrame:
    """Stages that read the value in ``t``, if it is one in the plain form."""
    read = read.with_columns(g=groups(f("t"), _plain()))
    read = read.with_columns(**{name: f("g").struct[index] for index, name in enumerate(_NAMES)})
    read = read.with_columns(
        clean=figures.cleaned(f("number")),
        well_formed=f("number").str.contains(figures.WELL_FORMED) & f("open").is_null(),
        places=figures.places(f("decimals")),
        tail_read=f("tail").is_null() | f("tail").str.contains(_tail()),
        tail_groups=groups(f("tail"), _tail()),
    )
    t = f("tail_groups").struct
    read = read.with_columns(multiplied=t[0], unit=t[1], after=t[2], later=t[3], included=t[4])
    changes = reference.alternation(reference.column("change_words", "word"))
    read = read.with_columns(
        is_change=f("unit").str.contains(changes).fill_null(value=False),
        is_year=(
            f("unit").str.contains("^年度|^月")
            | ((f("unit") == "年") & (f("clean").str.len_bytes() >= _YEAR_DIGITS))
        ).fill_null(value=False),
        exponent=f("multiplied")
        .replace_strict(
            reference.exponents("number_multipliers", "multiplier"),
            default=0,
            return_dtype=pl.Int64(),
        )
        .fill_null(0),
    )
    read = read.with_columns(
        read=(f("well_formed") & f("tail_read")).fill_null(value=False)
        & ~f("is_change")
        & ~f("is_year"),
    )
    read = read.with_columns(exact=text_where(f("read"), _exact()))
    read = read.with_columns(
        decimal=pl.when(f("places").cast(pl.Int64) - f("exponent") <= figures.PLACES).then(
            f("exact").cast(pl.Decimal(18, figures.PLACES), strict=False)
        ),
    )
    return read.with_columns(found=f("decimal").is_not_null())


def _made(status: pl.Expr, rule: pl.Expr, reason: pl.Expr) -> pl.Expr:
    """The result, of the stages of :func:`_values`; a value only where one was found."""
    found = f("found")
    return pl.struct(
        status=status,
        value=f("decimal"),
        unit=text_where(found, f("unit")),
        multiplier=pl.when(found).then(
            f("exponent").replace_strict(
                {power: 10**power for power in range(13)}, return_dtype=pl.Int64()
            )
        ),
        qualifier=text_where(found, figures.qualifier("before", "after", "later")),
        inclusion=figures.inclusion(text_where(found, f("included"))),
        rule=rule,
        reason=reason,
        exact=f("exact"),
    )


def _exact() -> pl.Expr:
    """The decimal in full: the point moved by the multiplier's zeros, no needless zeros."""
    whole = f("clean").str.extract(r"^(-?[0-9]+)")
    decimals = f("decimals").str.strip_chars_end("0").fill_null("")
    is_moved = f("exponent") > 0
    filled = text_where(is_moved, decimals).str.pad_end(f("exponent"), "0")
    moved = (
        text_where(is_moved, whole)
        + filled.str.slice(0, f("exponent"))
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


def _other(frame: pl.DataFrame) -> pl.Series:
    """What is no plain value: rewritten to one, or words, or nothing readable."""
    read = frame.select(folded=f("0"))
    read = _values(read.with_columns(t=_rewritten(f("folded"))))
    read = read.with_columns(words=f("folded").str.replace_all(r"\s+", ""))
    malformed = (
        rf"^(?:{figures.before()})?[-▲+]?[0-9][0-9.,]*[.,][0-9.,]*[^0-9~→、:/-]*(?:\([^()]*\))?$"
    )
    read = read.with_columns(
        listed=printed.status_without_value(f("words")),
        malformed=f("words").str.contains(malformed) & ~f("is_change"),
        bracketed=f("words").str.contains(r"^\([-▲+]?[0-9][0-9.,]*[^0-9()]*\)$"),
        apart=f("folded").str.contains(r"^[0-9.,\s]*[0-9.,]\s+[0-9][0-9.,\s]*$"),
        bare_year=f("is_year") & (f("clean").str.len_bytes() < _YEAR_DIGITS - 1),
    )
    reason = first_case(
        (f("read"), "more than four decimals, or too large"),
        (f("bare_year"), "a year without an era, or a month without a year"),
        (f("bracketed"), "a figure that is only in brackets"),
        (f("apart"), "figures stand apart"),
        (f("malformed"), "a malformed figure, or several run together"),
    )
    read = read.with_columns(reason=reason)
    read = read.with_columns(
        status=pl.when(f("found"))
        .then(pl.lit("value"))
        .when(~f("read") & f("listed").is_not_null())
        .then(f("listed"))
        .when(f("reason").is_not_null())
        .then(pl.lit("unparsed"))
        .otherwise(pl.lit("text")),
    )
    rule = (
        pl.when(f("found") & f("multiplied").is_not_null())
        .then(pl.lit("multiplied_value"))
        .when(f("found"))
        .then(pl.lit("rewritten_value"))
        .when((f("status") == "text") & f("is_change"))
        .then(pl.lit("change_or_achievement"))
        .otherwise(f("status"))
    )
    made = _made(f("status"), rule, text_where(f("status") == "unparsed", f("reason")))
    return read.select(made).to_series()
