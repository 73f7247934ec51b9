"""Indicator values: 12.5%, 116万トン（26年度）, 約70,000ha, ▲0.63%, 7,000人以上.

In: printed strings. Out: a struct with ``status``, ``value`` (Decimal(18,4)), ``unit``,
``multiplier`` (10,000 for 万 before a counter: 153万トン is 1,530,000 トン), ``qualifier``
(約, 以上, 暫定値 …), ``inclusion``, ``rule``, ``reason`` and ``exact``, the decimal in full as
text, also where it has more decimals than the table holds. A year or a share in brackets
behind the figure does not change it. Words, changes (50％減), ranges and several figures are
``text``. Refuses, as ``unparsed``: malformed figures, figures that stand apart, a figure that is
only in brackets, a year or month without its era or year, what a spreadsheet did not show (###).
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipelines.normalize import figures, reference
from pipelines.normalize import text as printed
from pipelines.normalize.stages import (
    by_distinct,
    first_case,
    groups,
    result,
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
_NAMES = ("open", "before", "number", "decimals", "tail", "close")
_TAIL = pl.Struct(
    {
        "tail_read": pl.Boolean(),
        "exponent": pl.Int64(),
        "unit": pl.String(),
        "behind": pl.String(),
        "inclusion": pl.String(),
        "is_change": pl.Boolean(),
        "is_calendar": pl.Boolean(),
    }
)
#: A figure of so many digits before 年 is a year, not a number of years.
_YEAR_DIGITS = 4
#: One sign of a unit; a digit only right behind Latin letters (CO2, m2).
_UNIT_SIGN = (
    r"(?:[\p{Han}\p{Katakana}ー%‰°℃μµΩ/・²³㌀-㏿]|[A-Za-z]+(?:-?[A-Za-z]+)*[0-9]?"
    r"|か|つ|あたり|当たり)"
)


#: What may stand behind a figure, before it is looked at closer.
BEHIND = "[^0-9,.()].*"
#: Behind a figure, these make it a point in time: 30年度, 4月.
CALENDAR = "^年度|^月"
#: Words that bound a figure are no part of a unit: 30人以上/年.
BOUNDS = "以上|以下|以内|未満"
#: A second figure of the same unit in brackets: which of the two is meant?
SECOND_FIGURE = r"[0-9]([^0-9.,()]+)\([0-9][0-9.,]*([^0-9.,()]+)\)$"
#: Any note in brackets behind a unit that holds more than a bare figure: （39箇所）.
LAST_NOTE = r"([^0-9().,])\([^()]*[^0-9.,()][^()]*\)$"
ONLY_BRACKETED = r"^\([-▲+]?[0-9][0-9.,]*[^0-9()]*\)$"


@cache
def changes() -> str:
    """Words that make a figure a change or an achievement instead of a level."""
    return reference.alternation(reference.column("change_words", "word"))


@cache
def tail_pattern() -> str:
    """千 or 万, a unit, words that bound the figure, 内数 or 外数."""
    multipliers = reference.alternation(reference.column("number_multipliers", "multiplier"))
    after = figures.after()
    return (
        rf"^({multipliers})?({_UNIT_SIGN}{{1,15}}?)??({after})?({after})?({figures.inclusions()})?$"
    )


@cache
def kanji_tail() -> str:
    """What must stand behind a number in kanji: a listed counter (一部 is no number)."""
    counters = reference.alternation(reference.column("counters", "counter"))
    return rf"(?:{counters}|%)(?:{figures.after()})?(?:\([^()]*\))?$"


@cache
def rewritings() -> tuple[tuple[str, str], ...]:
    """A word in brackets in front of the figure, a unit in brackets behind it.

    A note that might be a unit, but is none that is listed, must not be left out: the figure
    before it could be one of thousands.
    """
    multipliers = reference.alternation(reference.column("number_multipliers", "multiplier"))
    counters = reference.alternation(reference.column("counters", "counter"))
    return (
        (rf"^\(({figures.before()})\)(.+)$", "${1}${2}"),
        (rf"^(.*[0-9])\((?:単位:)?((?:{multipliers})?(?:{counters}|%|円))\)$", "${1}${2}"),
        (rf"(.)\(((?:単位|{multipliers})[^()]*)\)$", "${1}<${2}>"),
    )


@cache
def apart() -> str:
    """Two figures with nothing but space between them, at most a unit and a note behind them."""
    return (
        rf"^(?:{figures.before()})?[-▲+]?[0-9.,\s]*[0-9.,]\s+[0-9][0-9.,\s]*"
        r"[^0-9年月日]{0,10}(?:\([^()]*\))?$"
    )


@cache
def malformed() -> str:
    """A figure whose commas or points do not fit, or several figures run together."""
    return (
        rf"^(?:{figures.before()})?[-▲+]?(?:[0-9][0-9.,]*[.,][0-9.,]*|0[0-9]+)[^0-9~→、:/-]*"
        r"(?:\([^()]*\))?$"
    )


def _tail(frame: pl.DataFrame) -> pl.Series:
    """What stands behind a figure, as structs of type ``_TAIL``."""
    pattern = tail_pattern()
    exponents = reference.exponents("number_multipliers", "multiplier")
    read = frame.select(fits=f("0").str.contains(pattern), g=groups(f("0"), pattern)).unnest("g")
    return result(
        read,
        tail_read=f("fits") & ~f("2").str.contains(BOUNDS).fill_null(value=False),
        exponent=f("1").replace_strict(exponents, default=0, return_dtype=pl.Int64()).fill_null(0),
        unit=f("2"),
        behind=figures.words_of(f("3"), f("4")),
        inclusion=figures.inclusion(f("5")),
        is_change=f("2").str.contains(changes()).fill_null(value=False),
        is_calendar=f("2").str.contains(CALENDAR).fill_null(value=False),
    )


def _rewritten(folded: pl.Expr) -> pl.Expr:
    rewritten = figures.spelled_out(figures.together(folded, loose=False), kanji_tail())
    for pattern, template in rewritings():
        rewritten = rewritten.str.replace(pattern, template)
    return sparse(_without_last_note, pl.String(), figures.without_notes(rewritten))


def _without_last_note(frame: pl.DataFrame) -> pl.Series:
    second = f("0").str.extract_groups(SECOND_FIGURE).struct
    return frame.select(
        pl.when(second[0] == second[1])
        .then(f("0"))
        .otherwise(f("0").str.replace(LAST_NOTE, "${1}"))
    ).to_series()


def parse_value(text: pl.Expr) -> pl.Expr:
    """One struct a string, as the module says."""
    return whole(_parse, RESULT, text)


def _parse(frame: pl.DataFrame) -> pl.Series:
    read = frame.select(folded=printed.fold(f("0").fill_null("")))
    read = _values(read.with_columns(t=f("folded")))
    rule = first_case(
        (f("exponent") > 0, "multiplied_value"),
        (f("unit").is_null(), "bare_value"),
        (pl.lit(value=True), "value_with_unit"),
    )
    return figures.chosen(read, rule, _made, lambda text: sparse(_other, RESULT, text))


def _values(read: pl.DataFrame) -> pl.DataFrame:
    """Stages that read the value in ``t``, if it is one in the plain form."""
    pattern = figures.figure_pattern(BEHIND)
    read = read.with_columns(groups(f("t"), pattern).struct.rename_fields(_NAMES).alias("g"))
    read = read.unnest("g")
    read = read.with_columns(
        clean=figures.cleaned(f("number")),
        well_formed=f("number").str.contains(figures.WELL_FORMED)
        & f("open").is_null()
        & f("close").is_null()
        & figures.is_before(f("before")),
        places=figures.places(f("decimals")),
        tail_struct=by_distinct(_tail, _TAIL, f("tail").fill_null("")),
    ).unnest("tail_struct")
    read = read.with_columns(
        is_year=f("is_calendar")
        | ((f("unit") == "年") & (f("clean").str.len_bytes() >= _YEAR_DIGITS)).fill_null(
            value=False
        ),
    )
    read = read.with_columns(
        read=(f("well_formed") & f("tail_read") & ~f("is_change") & ~f("is_year")).fill_null(
            value=False
        ),
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
        qualifier=text_where(found, figures.qualifier(f("before"), f("behind"))),
        inclusion=pl.when(found).then(f("inclusion")).otherwise(pl.lit("exact")),
        rule=rule,
        reason=reason,
        exact=f("exact"),
    )


def _exact() -> pl.Expr:
    """The decimal in full: the point moved by the multiplier's zeros, no needless zeros."""
    is_plain = f("decimals").is_null() & (f("exponent") == 0) & (f("clean") != "-0")
    other = sparse(
        _moved,
        pl.String(),
        text_where(~is_plain, f("clean")),
        f("decimals"),
        f("exponent"),
    )
    return pl.when(is_plain).then(f("clean")).otherwise(other)


def _moved(frame: pl.DataFrame) -> pl.Series:
    """Exact decimals of cleaned figures (0), their decimals (1), a power of ten (2)."""
    read = frame.select(
        sign=f("0").str.extract("^(-)").fill_null(""),
        whole=f("0").str.extract("([0-9]+)"),
        decimals=f("1").str.strip_chars_end("0").fill_null(""),
        power=f("2"),
    ).with_columns(filled=f("decimals").str.pad_end(f("power"), "0"))
    read = read.select(
        "sign",
        whole=(f("whole") + f("filled").str.slice(0, f("power"))).str.replace("^0+([0-9])", "${1}"),
        decimals=f("filled").str.slice(f("power")),
    )
    exact = f("whole") + pl.when(f("decimals") != "").then("." + f("decimals")).otherwise(
        pl.lit("")
    )
    is_zero = (f("whole") == "0") & (f("decimals") == "")
    return read.select(pl.when(is_zero).then(pl.lit("0")).otherwise(f("sign") + exact)).to_series()


def _other(frame: pl.DataFrame) -> pl.Series:
    """What is no plain value: rewritten to one, or words, or nothing readable."""
    read = frame.select(folded=f("0"))
    read = _values(read.with_columns(t=_rewritten(f("folded"))))
    read = read.with_columns(words=f("folded").str.replace_all(r"\s+", ""))
    read = read.with_columns(
        listed=printed.status_without_value(f("words")),
        malformed=f("words").str.contains(malformed()) & ~f("is_change"),
        bracketed=f("words").str.contains(ONLY_BRACKETED),
        apart=f("folded").str.contains(apart()),
        not_shown=f("words").str.contains(figures.NOT_SHOWN),
        bare_year=f("is_year")
        & figures.is_before(f("before"))
        & (f("clean").str.len_bytes() < _YEAR_DIGITS - 1),
    )
    reason = first_case(
        (f("read"), "more than four decimals, or too large"),
        (f("bare_year"), "a year without an era, or a month without a year"),
        (f("bracketed"), "a figure that is only in brackets"),
        (f("apart"), "figures stand apart"),
        (f("not_shown"), "a figure that the spreadsheet did not show"),
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
        pl.when(f("found") & (f("exponent") > 0))
        .then(pl.lit("multiplied_value"))
        .when(f("found"))
        .then(pl.lit("rewritten_value"))
        .when((f("status") == "text") & f("is_change"))
        .then(pl.lit("change_or_achievement"))
        .otherwise(f("status"))
    )
    made = _made(f("status"), rule, text_where(f("status") == "unparsed", f("reason")))
    return read.select(made).to_series()
