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
from pipelines.normalize.stages import first_case, groups, result, stage, text_where

f = pl.field


def parse_fiscal_year(text: pl.Expr, era_hint: pl.Expr | None = None) -> pl.Expr:
    """One struct a string, as the module says; years are Int32.

    ``era_hint``: a year printed nearby (平成30年度, or an integer as text) that fixes the era
    of a bare one: 31年度 beside it is 2019.
    """
    hint = (
        pl.lit(None, pl.Int32())
        if era_hint is None
        else parse_fiscal_year(era_hint).struct.field("value")
    )
    words = periods.words_behind()
    plain = rf"^{eras.year_item()}(.*)$"
    read = pl.struct(printed.fold(text).alias("folded"), hint.alias("near"))
    read = stage(read, g=groups(f("folded"), plain))
    simple = f("g").struct[4].str.contains(rf"^{words}$").fill_null(value=False)
    read = stage(read, simple=simple)
    read = stage(read, other=_prepared(text_where(~f("simple"), f("folded"))))
    read = stage(read, h=groups(f("other"), rf"^{eras.year_item()}({words})$"))
    g, h = f("g").struct, f("h").struct
    picked = {
        name: pl.when(f("simple")).then(g[index]).otherwise(h[index])
        for index, name in enumerate(("era", "number", "bracket", "kind", "behind"))
    }
    read = stage(read, **picked)
    read = stage(
        read,
        zero=eras.zero_year(f("era")),
        count=eras.counted(f("number")),
        bracket_year=eras.bracketed_year(f("bracket")),
        bracket_holds_year=f("bracket").str.contains("[0-9元]").fill_null(value=False),
    )
    read = stage(read, plain_year=eras.western(f("zero"), f("count")))
    is_bare = f("zero").is_null() & (f("count") < 100)  # noqa: PLR2004 - two digits
    by_bracket = is_bare & eras.one_of_eras(f("bracket_year"), f("count"))
    read = stage(
        read,
        year=pl.when(~f("bracket_holds_year"))
        .then(pl.coalesce(f("plain_year"), pl.when(is_bare).then(eras.nearest(f("count"), f("near")))))
        .when((f("bracket_year") == f("plain_year")) | by_bracket)
        .then(f("bracket_year")),
    )
    read = stage(
        read,
        rest=text_where(f("year").is_null() & f("number").is_null(), f("other")),
    )
    read = stage(read, d=dates.read_date(f("rest")), p=periods.read_period(f("rest"), f("near")))
    read = stage(read, listed=text_where(f("year").is_null(), printed.status_without_value(f("folded").str.replace_all(r"\s+", ""))))
    return _typed(read)


def _prepared(folded: pl.Expr) -> pl.Expr:
    """Towards the plain form: one line, digits, notes and second spellings in brackets."""
    era = eras.era_pattern()
    number = eras.NUMBER
    return (
        periods.without_notes(dates.squeezed_digits(folded))
        .str.replace(rf"^((?:{era})?(?:{number}))(年度|年)\(((?:{era})?(?:{number})(?:年度|年)?)\)", "${1}(${3})${2}")
        .str.replace(rf"^((?:{era})?(?:{number}))(?:年度|年)?[/・=]((?:{era})(?:{number}))(年度|年)?", "${1}(${2})${3}")
    )


def _typed(read: pl.Expr) -> pl.Expr:
    d, p = f("d").struct.field, f("p").struct.field
    effects = {
        effect: f("behind").str.contains(reference.alternation(reference.column("year_words", "word", effect=effect)))
        for effect in ("until", "since", "about")
    }
    words = reference.alternation(
        [
            word
            for effect in effects
            for word in reference.column("year_words", "word", effect=effect)
        ]
    )
    read = stage(
        read,
        is_date=f("year").is_null() & d("is_date").fill_null(value=False),
        qualifier=f("behind").str.extract(f"({words})"),
        until=effects["until"].fill_null(value=False),
        since=effects["since"].fill_null(value=False),
    )
    read = stage(
        read,
        value=pl.coalesce(f("year"), pl.when(f("is_date")).then(d("fiscal"))),
        is_period=f("year").is_null()
        & ~f("is_date")
        & (p("kind").is_in(["period", "period_open_start", "period_open_end"])).fill_null(value=False),
    )
    has_figure = f("folded").str.contains("[0-9元]").fill_null(value=False) | f("number").is_not_null()
    status = (
        pl.when(f("value").is_not_null())
        .then(pl.lit("value"))
        .when(f("is_period"))
        .then(pl.lit("text"))
        .when(f("listed").is_not_null())
        .then(f("listed"))
        .when(has_figure)
        .then(pl.lit("unparsed"))
        .otherwise(pl.lit("text"))
    )
    read = stage(read, status=status)
    rule = (
        pl.when(f("year").is_not_null())
        .then(
            first_case(
                (f("bracket_holds_year"), "two_years_that_agree"),
                (f("zero").is_not_null() & (f("kind") == "年"), "era_calendar_year"),
                (f("zero").is_not_null(), "era_fiscal_year"),
                (f("plain_year").is_null(), "bare_year_in_the_era_beside"),
                (f("kind") == "年度", "western_fiscal_year"),
                (pl.lit(value=True), "western_year"),
            )
        )
        .when(f("is_date"))
        .then(dates.date_rule(d))
        .when(f("is_period"))
        .then(p("kind"))
        .otherwise(f("status"))
    )
    reason = first_case(
        (f("bracket_holds_year"), "two years that differ"),
        (f("number").is_not_null() & f("zero").is_null() & (f("count") < 100), "a year without an era"),  # noqa: PLR2004
        (f("number").is_not_null(), "there is no such year"),
        (f("folded").str.contains(r"[0-9]\s+[0-9]"), "figures stand apart"),
        (f("folded").str.contains("年間|か年|カ年|ヵ年|ヶ年|箇年"), "a duration"),
        (pl.lit(value=True), "not a year"),
    )
    return result(
        read,
        status=f("status"),
        value=f("value"),
        start=pl.when(f("is_period"))
        .then(p("start"))
        .when(f("year").is_not_null() & f("since"))
        .then(f("year")),
        end=pl.when(f("is_period"))
        .then(p("end"))
        .when(f("year").is_not_null() & f("until"))
        .then(f("year")),
        qualifier=pl.when(f("year").is_not_null()).then(f("qualifier")),
        rule=rule,
        reason=text_where(f("status") == "unparsed", reason),
    )
