"""Fiscal years: 令和元年度, R1年度, H31(R1)年度, 平成30(2018)年度, 2019年度, FY2019.

In: printed strings. Out: a struct with ``status``, ``value`` (the Western year in which the year
starts), ``start`` and ``end`` (for what runs: 令和2年度まで, 平成29～令和4年度), ``qualifier``,
``rule`` and ``reason``. A calendar year (平成30年, 2019) is itself, by its own rule; a calendar
date becomes the fiscal year it falls in; a period has no single year: it is ``text`` with its
start and end. Words where a year would stand (毎年度, 事業終了時) are ``text``. Refuses, as
``unparsed``: a year without an era where nothing beside it fixes one, a duration, a month alone,
years that cannot be, and two years in one string that differ.
"""

from __future__ import annotations

import polars as pl

from pipelines.normalize import dates, eras, periods, reference
from pipelines.normalize import text as printed
from pipelines.normalize.stages import (
    first_case,
    groups,
    null_text,
    result,
    sparse,
    text_where,
    whole,
)

f = pl.col

RESULT = pl.Struct(
    {
        "status": pl.String(),
        "value": pl.Int32(),
        "start": pl.Int32(),
        "end": pl.Int32(),
        "qualifier": pl.String(),
        "rule": pl.String(),
        "reason": pl.String(),
    }
)
_BARE_BELOW = 100


def parse_fiscal_year(text: pl.Expr, era_hint: pl.Expr | None = None) -> pl.Expr:
    """One struct a string, as the module says; years are Int32.

    ``era_hint``: a year printed nearby (平成30年度, or an integer as text) that fixes the era
    of a bare one: 31年度 beside it is 2019.
    """
    near = (
        pl.lit(None, pl.Int32())
        if era_hint is None
        else parse_fiscal_year(era_hint).struct.field("value")
    )
    return whole(_parse, RESULT, text, near)


def _parse(frame: pl.DataFrame) -> pl.Series:
    read = frame.select(folded=printed.fold(f("0").fill_null("")), near=f("1"))
    read = read.with_columns(one=printed.one_line(f("folded")))
    read = read.with_columns(g=groups(f("one"), rf"^{eras.year_item()}(.*)$"))
    read = read.with_columns(behind=f("g").struct[4])
    read = read.with_columns(
        has_words=f("behind") != "",
        known=(f("behind") == "") | f("behind").str.contains(rf"^{periods.words_behind()}$"),
    )
    read = _years(read, "g")
    read = read.with_columns(
        simple=(f("known") & f("year").is_not_null()).fill_null(value=False),
        dash=printed.is_dash(f("one")).fill_null(value=False),
    )
    others = sparse(_other, RESULT, text_where(~f("simple") & ~f("dash"), f("folded")), f("near"))
    read = read.with_columns(others=others)
    words = text_where(f("has_words"), f("behind"))
    qualifier, since, until = _effects(words)
    made = pl.struct(
        status=pl.when(f("dash")).then(pl.lit("dash")).otherwise(pl.lit("value")),
        value=f("year"),
        start=pl.when(since).then(f("year")),
        end=pl.when(until).then(f("year")),
        qualifier=qualifier,
        rule=pl.when(f("dash")).then(pl.lit("dash")).otherwise(_rule()),
        reason=null_text(),
    )
    chosen = pl.when(f("simple") | f("dash")).then(made).otherwise(f("others"))
    return read.select(chosen).to_series()


def _years(read: pl.DataFrame, name: str) -> pl.DataFrame:
    """The year that the groups ``name`` say: ``year``, null where there is none."""
    g = f(name).struct
    read = read.with_columns(
        zero=eras.zero_year(g[0]),
        count=eras.counted(g[1]),
        kind=g[3],
        bracket=text_where(g[2].str.contains("[0-9元]"), g[2]),
    )
    read = read.with_columns(
        plain_year=eras.western(f("zero"), f("count")),
        bracket_year=eras.bracketed_year(f("bracket")),
    )
    is_bare = f("zero").is_null() & (f("count") < _BARE_BELOW)
    by_bracket = is_bare & eras.one_of_eras(f("bracket_year"), f("count"))
    beside = sparse(
        lambda frame: frame.select(eras.nearest(f("0"), f("1"))).to_series(),
        pl.Int32(),
        pl.when(is_bare & f("near").is_not_null()).then(f("count")),
        f("near"),
    )
    return read.with_columns(
        year=pl.when(f("bracket").is_null())
        .then(pl.coalesce(f("plain_year"), beside))
        .when((f("bracket_year") == f("plain_year")) | by_bracket)
        .then(f("bracket_year")),
    )


def _rule() -> pl.Expr:
    """Which form of year it was; any form of era year is one rule, 年 (no 度) another."""
    return first_case(
        (f("bracket").is_not_null(), "two_years_that_agree"),
        (f("zero").is_not_null() & (f("kind") == "年"), "era_calendar_year"),
        (f("zero").is_not_null(), "era_fiscal_year"),
        (f("plain_year").is_null(), "bare_year_in_the_era_beside"),
        (f("kind") == "年度", "western_fiscal_year"),
        (pl.lit(value=True), "western_year"),
    )


def _effects(words: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """The word behind a year that bounds or loosens it; whether it opens, whether it closes."""
    of = {
        effect: reference.column("year_words", "word", effect=effect)
        for effect in ("since", "until", "about")
    }
    word = words.str.extract(
        f"({reference.alternation([*of['since'], *of['until'], *of['about']])})"
    )
    return word, word.is_in(of["since"]), word.is_in(of["until"])


def _prepared(folded: pl.Expr) -> pl.Expr:
    """Towards the plain form: one line, digits, notes and second spellings in brackets."""
    year = rf"(?:{eras.era_pattern()})?(?:{eras.NUMBER})"
    return (
        periods.without_notes(dates.prepared(folded))
        .str.replace(rf"^({year})(年度|年)\(({year}(?:年度|年)?)\)", "${1}(${3})${2}")
        .str.replace(rf"^({year})(?:年度|年)?[/・=]({year})(年度|年)?", "${1}(${2})${3}")
    )


def _other(frame: pl.DataFrame) -> pl.Series:
    """What is no plain year: rewritten, or a date, a period, a word, or nothing readable."""
    read = frame.select(folded=f("0"), near=f("1"))
    read = read.with_columns(t=_prepared(f("folded")))
    read = read.with_columns(h=groups(f("t"), rf"^{eras.year_item()}({periods.words_behind()})$"))
    read = _years(read, "h").with_columns(behind=f("h").struct[4], number=f("h").struct[1])
    read = read.with_columns(rest=text_where(f("year").is_null() & f("number").is_null(), f("t")))
    read = read.with_columns(
        d=sparse(dates.read_date, dates.READ, f("rest")),
        p=sparse(periods.read_period, periods.READ, f("rest"), f("near")),
        listed=printed.status_without_value(f("folded").str.replace_all(r"\s+", "")),
    )
    d, p = f("d").struct.field, f("p").struct.field
    has_year, is_date = f("year").is_not_null(), d("is_date").fill_null(value=False)
    is_period = ~has_year & ~is_date & p("found").fill_null(value=False)
    is_period = is_period & (p("kind") != "single_year")
    qualifier, since, until = _effects(f("behind"))
    figure = f("folded").str.contains("[0-9元]") | f("number").is_not_null()
    read = read.with_columns(
        is_period=is_period,
        status=pl.when(has_year | is_date)
        .then(pl.lit("value"))
        .when(is_period)
        .then(pl.lit("text"))
        .when(f("listed").is_not_null())
        .then(f("listed"))
        .when(figure)
        .then(pl.lit("unparsed"))
        .otherwise(pl.lit("text")),
    )
    rule = (
        pl.when(has_year)
        .then(_rule())
        .when(is_date)
        .then(dates.date_rule(d))
        .when(f("is_period"))
        .then(p("kind"))
        .otherwise(f("status"))
    )
    reason = first_case(
        (f("bracket").is_not_null(), "two years that differ"),
        (
            f("number").is_not_null() & f("zero").is_null() & (f("count") < _BARE_BELOW),
            "a year without an era",
        ),
        (f("number").is_not_null(), "there is no such year"),
        (f("folded").str.contains(r"[0-9]\s+[0-9]"), "figures stand apart"),
        (f("folded").str.contains("年間|か年|カ年|ヵ年|ヶ年|箇年"), "a duration"),
        (f("folded").str.contains(r"^[0-9]{1,2}月"), "a month without its year"),
        (pl.lit(value=True), "not a year"),
    )
    return result(
        read,
        status=f("status"),
        value=pl.coalesce(f("year"), pl.when(is_date).then(d("fiscal"))),
        start=pl.when(f("is_period")).then(p("start")).when(has_year & since).then(f("year")),
        end=pl.when(f("is_period")).then(p("end")).when(has_year & until).then(f("year")),
        qualifier=text_where(has_year, qualifier),
        rule=rule,
        reason=text_where(f("status") == "unparsed", reason),
    )
