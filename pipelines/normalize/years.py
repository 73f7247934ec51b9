"""Fiscal years: 令和元年度, R1年度, H31(R1)年度, 平成30(2018)年度, 2019年度, FY2019.

In: printed strings. Out: a struct with ``status``, ``value`` (the Western year in which the year
starts), ``start`` and ``end`` (for what runs: 令和2年度まで, 平成29～令和4年度), ``qualifier``,
``rule`` and ``reason``. A calendar year (平成30年, 2019) is itself, by its own rule; a calendar
date becomes the fiscal year it falls in, a month of a 年度 that one; a period has no single year:
it is ``text`` with its start and end. Words where a year would stand (毎年度, 事業終了時) are
``text``. Refuses, as ``unparsed``: a year without an era where nothing beside it fixes one, a
duration, a month alone, years that cannot be, and two years in one string that differ.
"""

from __future__ import annotations

import polars as pl

from pipelines.normalize import dates, eras, periods, reference
from pipelines.normalize import text as printed
from pipelines.normalize.stages import (
    by_distinct,
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
_TAIL = pl.Struct(
    {
        "known": pl.Boolean(),
        "kind": pl.String(),
        "word": pl.String(),
        "since": pl.Boolean(),
        "until": pl.Boolean(),
    }
)
_BARE_BELOW = 100
#: What of a 年度 may be named behind it.
PART_OF_YEAR = "(?:(?:1[0-2]|0?[1-9])月|第[1-4]四半期)"


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
    # 元 or digits, what is before them, in brackets behind them, and behind all: one pass.
    pattern = r"^([^0-9元]*)([0-9]+|元)(?:\(([^()]*)\))?([^0-9(].*)?$"
    names = ["era", "number", "note", "tail"]
    read = read.with_columns(groups(f("one"), pattern).struct.rename_fields(names).alias("g"))
    read = read.unnest("g").with_columns(
        tail_struct=by_distinct(_tail, _TAIL, f("tail").fill_null("")),
        dash=printed.is_dash(f("one")).fill_null(value=False) | (f("folded") == ""),
    )
    read = _years(read.unnest("tail_struct"))
    simple = f("known") & f("year").is_not_null() & f("era_known")
    read = read.with_columns(simple=simple.fill_null(value=False))
    read = read.with_columns(
        others=sparse(_other, RESULT, text_where(~f("simple") & ~f("dash"), f("folded")), f("near"))
    )
    empty = first_case((f("folded") == "", "blank"), (f("dash"), "dash"))
    made = _made(
        pl.when(f("simple")).then(pl.lit("value")).otherwise(empty),
        pl.when(f("simple")).then(_rule()).otherwise(empty),
        f("simple"),
    )
    chosen = pl.when(f("simple") | f("dash")).then(made).otherwise(f("others"))
    return read.select(chosen).to_series()


def _made(status: pl.Expr, rule: pl.Expr, found: pl.Expr) -> pl.Expr:
    year = pl.when(found).then(f("year"))
    return pl.struct(
        status=status,
        value=year,
        start=pl.when(f("since")).then(year),
        end=pl.when(f("until")).then(year),
        qualifier=text_where(found, f("word")),
        rule=rule,
        reason=null_text(),
    )


def _tail(frame: pl.DataFrame) -> pl.Series:
    """What stands behind a year: 年 or 年度, and words of which some bound or loosen it.

    A month or quarter behind 年度 is one of that fiscal year, whichever calendar year it is in.
    """
    of = {
        effect: reference.column("year_words", "word", effect=effect)
        for effect in ("since", "until", "about")
    }
    words = reference.alternation([*of["since"], *of["until"], *of["about"]])
    pattern = rf"^(?:(年度){PART_OF_YEAR}?|(年))?({periods.words_behind()})$"
    read = frame.select(fits=f("0").str.contains(pattern), g=groups(f("0"), pattern)).unnest("g")
    read = read.with_columns(word=f("3").str.extract(f"({words})"))
    return result(
        read,
        known=f("fits"),
        kind=pl.coalesce("1", "2"),
        word=f("word"),
        since=f("word").is_in(of["since"]),
        until=f("word").is_in(of["until"]),
    )


def _years(read: pl.DataFrame) -> pl.DataFrame:
    """Stages from ``era``, ``number`` and ``note`` to ``year``, null where there is none."""
    read = read.with_columns(
        zero=by_distinct(_zero, pl.Int32(), f("era")),
        count=eras.counted(f("number")),
        bracket=text_where(f("note").str.contains("[0-9元]"), f("note")),
    )
    read = read.with_columns(
        plain_year=eras.western(f("zero"), f("count")),
        bracket_year=eras.bracketed_year(f("bracket")),
        era_known=f("zero").is_not_null() | f("era").is_in(["", *eras.WESTERN]),
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


def _zero(frame: pl.DataFrame) -> pl.Series:
    return frame.select(eras.zero_year(f("0"))).to_series()


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


def _prepared(folded: pl.Expr) -> pl.Expr:
    """Towards the plain form: one line, digits, notes and second spellings in brackets."""
    year = rf"(?:{eras.era_pattern()})?(?:{eras.NUMBER})"
    named = rf"(?:{eras.era_pattern()})(?:{eras.NUMBER})"
    return (
        periods.without_notes(
            dates.prepared(folded).str.replace(rf"年度\({PART_OF_YEAR}[^()0-9]*\)$", "年度")
        )
        .str.replace(rf"^({year})(年度|年)\(({year}(?:年度|年)?)\)", "${1}(${3})${2}")
        .str.replace(rf"^({year})(?:年度|年)?[/・=]({named})(年度|年)?", "${1}(${2})${3}")
    )


def _other(frame: pl.DataFrame) -> pl.Series:
    """What is no plain year: rewritten, or a date, a period, a word, or nothing readable."""
    read = frame.select(folded=f("0"), near=f("1"))
    read = read.with_columns(t=_prepared(f("folded")))
    pattern = rf"^{eras.year_item()}({periods.words_behind()})$"
    names = ["era", "number", "note", "year_kind", "words"]
    read = read.with_columns(groups(f("t"), pattern).struct.rename_fields(names).alias("g"))
    read = read.unnest("g").with_columns(f("era").fill_null(""))
    tail = f("year_kind").fill_null("") + f("words")
    read = _years(
        read.with_columns(tail_struct=by_distinct(_tail, _TAIL, tail)).unnest("tail_struct")
    )
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
        start=pl.when(f("is_period")).then(p("start")).when(has_year & f("since")).then(f("year")),
        end=pl.when(f("is_period")).then(p("end")).when(has_year & f("until")).then(f("year")),
        qualifier=text_where(has_year, f("word")),
        rule=rule,
        reason=text_where(f("status") == "unparsed", reason),
    )
