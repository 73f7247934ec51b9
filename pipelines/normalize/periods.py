"""Periods of years: 平成29～令和4年度, H9～25, 2020-24年度, 令和3年度以降, 令和2年度まで.

In: printed strings. Out: a struct with ``status``, ``value`` (always null: a period is two years,
not one), ``start`` and ``end`` (Western years, fiscal or calendar as printed; null where the
period is open), ``qualifier`` (以降, まで), ``rule`` and ``reason``. A single year is a period of
one year. Refuses, as ``unparsed``: years without an era (28～30年度), durations (3～5年), an end
before its start, an end whose era is not printed and not the start's (平成30～2年度).
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipelines.normalize import dates, eras, reference
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

READ = pl.Struct(
    {
        "found": pl.Boolean(),
        "kind": pl.String(),
        "first": pl.Int32(),
        "second": pl.Int32(),
        "zero1": pl.Int32(),
        "count1": pl.Int32(),
        "is_two": pl.Boolean(),
        "start": pl.Int32(),
        "end": pl.Int32(),
        "word": pl.String(),
    }
)

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

_TO = r"(?:~|-|から|→|ー)"
_CENTURY = 100
_DURATION = "年間|か年|カ年|ヵ年|ヶ年|箇年"


@cache
def words_behind() -> str:
    """Words that may stand behind a year without changing which year it is."""
    words = reference.alternation(reference.column("year_words", "word"))
    return rf"(?:第?[0-9]次|{words})*"


@cache
def _effect(effect: str) -> str:
    return reference.alternation(reference.column("year_words", "word", effect=effect))


def without_notes(squeezed: pl.Expr) -> pl.Expr:
    """Without brackets around all of it, and without a note in brackets that holds no figure."""
    return (
        squeezed.str.replace(r"^\(([^()]*)\)$", "${1}")
        .str.replace(r"(.)※[0-9]*$", "${1}")
        .str.replace(rf"\(({words_behind()})\)$", "${1}")
        .str.replace(r"(.)\([^()0-9元]*\)$", "${1}")
    )


@cache
def patterns() -> tuple[str, str]:
    """Two years with a dash between them, and one year, open or not."""
    words = words_behind()
    item = eras.year_item()
    two = rf"^{item}(?:末|当初)?{_TO}{item}({words}|まで)(?:\(([0-9]{{1,2}})(?:{_DURATION})\))?$"
    one = rf"^(~)?{item}({words})({_TO})?$"
    return two, one


def read_period(frame: pl.DataFrame) -> pl.Series:
    """Structs of type ``READ`` from prepared strings in column 0, years beside them in column 1."""
    two, one = patterns()
    read = frame.select(t=without_notes(f("0")), near=f("1"))
    read = read.with_columns(two=groups(f("t"), two))
    read = read.with_columns(one=groups(text_where(f("two").struct[1].is_null(), f("t")), one))
    w, o = f("two").struct, f("one").struct
    read = read.with_columns(
        zero1=eras.zero_year(pl.coalesce(w[0], o[1])),
        count1=eras.counted(pl.coalesce(w[1], o[2])),
        bracket1=pl.coalesce(w[2], o[3]),
        zero2=eras.zero_year(w[4]),
        count2=eras.counted(w[5]),
        is_two=w[1].is_not_null(),
        behind=pl.coalesce(w[8], o[5]),
    )
    nearest1, nearest2 = (eras.nearest(f(count), f("near")) for count in ("count1", "count2"))
    first = pl.coalesce(eras.western(f("zero1"), f("count1")), nearest1)
    read = read.with_columns(
        first=_agreeing(first, f("bracket1")),
        printed_second=pl.when(f("zero2").is_not_null() | (w[5].str.len_bytes() == 4)).then(  # noqa: PLR2004
            eras.western(f("zero2"), f("count2"))
        ),
    )
    same_era = pl.when(f("zero1").is_not_null() & (f("count2") >= f("count1"))).then(
        eras.western(f("zero1"), f("count2"))
    )
    is_western = f("zero1").is_null() & (f("count1") >= eras.WESTERN_FIRST)
    same_century = pl.when(is_western & (w[5].str.len_bytes() == 2)).then(  # noqa: PLR2004
        f("first") - f("first") % _CENTURY + f("count2")
    )
    bare = pl.when(f("zero1").is_null() & ~is_western).then(nearest2)
    inherited = pl.when(w[5].str.len_bytes() <= 2, f("zero2").is_null()).then(  # noqa: PLR2004
        pl.coalesce(same_era, same_century, bare)
    )
    read = read.with_columns(second=_agreeing(pl.coalesce(f("printed_second"), inherited), w[6]))
    duration = w[9].cast(pl.Int32, strict=False)
    right_length = duration.is_null() | (duration == f("second") - f("first") + 1)
    closed = (
        f("is_two")
        & (f("second") >= f("first"))
        & right_length
        & (f("behind").fill_null("").str.contains(rf"^{words_behind()}$"))
    )
    to_end = o[0].is_not_null() | f("behind").str.contains(_effect("until"))
    from_start = o[6].is_not_null() | f("behind").str.contains(_effect("since"))
    read = read.with_columns(
        kind=pl.when(closed)
        .then(pl.lit("period"))
        .when(f("is_two") | f("first").is_null() | (to_end & from_start))
        .then(pl.lit(None, pl.String()))
        .when(to_end)
        .then(pl.lit("period_open_start"))
        .when(from_start)
        .then(pl.lit("period_open_end"))
        .otherwise(pl.lit("single_year")),
    )
    return result(
        read,
        found=f("kind").is_not_null(),
        kind=f("kind"),
        first=f("first"),
        second=f("second"),
        zero1=f("zero1"),
        count1=f("count1"),
        is_two=f("is_two"),
        start=pl.when(f("kind").is_not_null() & (f("kind") != "period_open_start")).then(
            f("first")
        ),
        end=pl.when(f("kind") == "period")
        .then(f("second"))
        .when(f("kind").is_in(["period_open_start", "single_year"]))
        .then(f("first")),
        word=f("behind").str.extract(f"({_effect('until')}|{_effect('since')}|{_effect('about')})"),
    )


def _agreeing(year: pl.Expr, bracket: pl.Expr) -> pl.Expr:
    """``year`` unless the year in brackets behind it is another one."""
    has_year = bracket.str.contains("[0-9元]").fill_null(value=False)
    return pl.when(~has_year | (eras.bracketed_year(bracket) == year)).then(year)


def parse_period(text: pl.Expr, era_hint: pl.Expr | None = None) -> pl.Expr:
    """One struct a string, as the module says; ``start`` and ``end`` are Int32.

    ``era_hint``: a Western year (Int32) beside the text, for years printed without an era.
    """
    near = pl.lit(None, pl.Int32()) if era_hint is None else era_hint
    return whole(_parse, RESULT, text, near)


def _parse(frame: pl.DataFrame) -> pl.Series:
    read = frame.select(folded=printed.fold(f("0").fill_null("")), near=f("1"))
    read = read.with_columns(one=printed.one_line(f("folded")))
    read = read.with_columns(first=whole(read_period, READ, f("one"), f("near")))
    found = f("first").struct.field("found")
    others = sparse(_other, RESULT, text_where(~found, f("folded")), f("near"))
    read = read.with_columns(others=others).unnest("first")
    made = pl.struct(
        status=pl.lit("value"),
        value=pl.lit(None, pl.Int32()),
        start=f("start"),
        end=f("end"),
        qualifier=f("word"),
        rule=f("kind"),
        reason=null_text(),
    )
    return read.select(pl.when(f("found")).then(made).otherwise(f("others"))).to_series()


def _other(frame: pl.DataFrame) -> pl.Series:
    """What is no plain period: kanji numerals read, or a word, or nothing readable."""
    read = frame.select(
        raw=f("0").str.replace_all(r"\s+", ""), prepared=dates.prepared(f("0")), near=f("1")
    )
    read = read.with_columns(
        p=whole(read_period, READ, f("prepared"), f("near")),
        listed=printed.status_without_value(f("raw")),
    )
    p = f("p").struct.field
    has_figure = f("raw").str.contains("[0-9元]")
    status = (
        pl.when(p("found"))
        .then(pl.lit("value"))
        .when(f("listed").is_not_null())
        .then(f("listed"))
        .when(has_figure)
        .then(pl.lit("unparsed"))
        .otherwise(pl.lit("text"))
    )
    read = read.with_columns(status=status)
    reason = first_case(
        (f("prepared").is_null(), "figures stand apart"),
        (
            p("first").is_null() & p("zero1").is_null() & p("count1").is_not_null(),
            "years without an era",
        ),
        (
            p("first").is_null() & p("count1").is_not_null(),
            "there is no such year, or two years differ",
        ),
        (p("is_two") & (p("second") < p("first")), "the end is before the start"),
        (p("is_two"), "an end that is no year of the same era"),
        (pl.lit(value=True), "not a period of years"),
    )
    return result(
        read,
        status=f("status"),
        value=pl.lit(None, pl.Int32()),
        start=pl.when(p("found")).then(p("start")),
        end=pl.when(p("found")).then(p("end")),
        qualifier=pl.when(p("found")).then(p("word")),
        rule=pl.when(p("found")).then(p("kind")).otherwise(f("status")),
        reason=text_where(f("status") == "unparsed", reason),
    )
