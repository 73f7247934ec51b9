"""Calendar dates: 令和2年9月1日, H27.3.31現在, R5/5/16, 27.04.30.

In: printed strings. Out: a struct with ``status``, ``value`` (ISO 8601: a day, or a month where
no day is printed), ``date`` (null for a month), ``start`` and ``end`` (the days it covers),
``fiscal_year`` (January to March belong to the year before), ``qualifier`` (the words behind:
現在, 頃), ``rule`` and ``reason``. Refuses, as ``unparsed``: days that do not exist, dates of the
lunar calendar (before 明治6年), two-digit years without an era, except for the full form
27.04.30, which the reference table of eras reads as 平成 where no other era is plausible.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from pipelines.normalize import eras, numerals
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

if TYPE_CHECKING:
    from collections.abc import Callable

f = pl.col

GREGORIAN_FIRST = 1873
_LAST_MONTH_OF_YEAR_BEFORE = 3
_READ_FIELDS: dict[str, pl.DataType] = {
    "is_date": pl.Boolean(),
    "fiscal": pl.Int32(),
    "era": pl.String(),
    "zero": pl.Int32(),
    "western": pl.Int32(),
    "year": pl.Int32(),
    "month": pl.Int32(),
    "iso_month": pl.String(),
    "day_text": pl.String(),
    "day": pl.Date(),
    "month_start": pl.Date(),
    "behind": pl.String(),
}
READ = pl.Struct(_READ_FIELDS)
RESULT = pl.Struct(
    {
        "status": pl.String(),
        "value": pl.String(),
        "date": pl.Date(),
        "start": pl.Date(),
        "end": pl.Date(),
        "fiscal_year": pl.Int32(),
        "qualifier": pl.String(),
        "rule": pl.String(),
        "reason": pl.String(),
    }
)

BEHIND = r"^[^0-9~\-→(の①-⑳][^0-9~→()①-⑳]{0,15}$"
OTHER_DAY = "前日|翌|後$|前後"
#: Words in brackets behind a date: （予定）.
NOTE = r"(.)\(([^()0-9]*)\)$"
#: The one form of date that is read without an era.
FULL_FORM = r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$"


def prepared(folded: pl.Expr) -> pl.Expr:
    """Folded text on one line, kanji numerals as digits; null where figures stand apart."""
    return numerals.small(printed.one_line(folded))


@cache
def patterns() -> tuple[str, str]:
    """Dates with 年 and 月, and dates with points, strokes or dashes."""
    kanji = (
        rf"^({eras.era_pattern()})?({eras.NUMBER})(?:\(([^()]*)\))?年"
        r"([0-9]{1,2})月(?:([0-9]{1,2})日)?([^0-9].*)?$"
    )
    marks = (
        rf"^({eras.era_pattern()})?({eras.NUMBER})([./\-])([0-9]{{1,2}})"
        r"(?:([./\-])([0-9]{1,2}))?\.?([^0-9./\-].*)?$"
    )
    return kanji, marks


def read_date(frame: pl.DataFrame) -> pl.Series:
    """Structs of type ``READ`` from prepared strings in column 0."""
    kanji, marks = patterns()
    read = frame.select(t=f("0"))
    read = read.with_columns(k=groups(f("t"), kanji))
    read = read.with_columns(m=groups(text_where(f("k").struct[1].is_null(), f("t")), marks))
    m = f("m").struct
    same_marks = (m[4] == m[2]) | (m[4].is_null() & (m[2] == "."))
    read = read.with_columns(
        era=pl.coalesce(f("k").struct[0], m[0]),
        number=pl.coalesce(f("k").struct[1], text_where(same_marks, m[1])),
        bracket=f("k").struct[2],
        month=pl.coalesce(f("k").struct[3], m[3]).cast(pl.Int32, strict=False),
        day_text=pl.coalesce(f("k").struct[4], m[5]),
        behind=_without_weekday(pl.coalesce(f("k").struct[5], m[6]).fill_null("")),
        full_form=f("t").str.contains(FULL_FORM),
    )
    read = read.with_columns(
        count=eras.counted(f("number")),
        zero=by_distinct(_zero, pl.Int32(), f("era")),
        bracket_year=eras.bracketed_year(f("bracket")),
    )
    bare = pl.coalesce(
        [
            pl.when(f("full_form") & f("count").is_between(first, last)).then(zero + f("count"))
            for zero, first, last in eras.bare_date_eras()
        ]
    )
    read = read.with_columns(western=eras.western(f("zero"), f("count")), bare=bare)
    agrees = f("bracket").is_null() | (f("bracket_year") == f("western"))
    year = pl.when(agrees).then(pl.coalesce(f("western"), f("bare")))
    words = by_distinct(_is_known_behind, pl.Boolean(), f("behind"))
    read = read.with_columns(
        year=text_where(words & (f("month").is_between(1, 12)), year),
        day_number=f("day_text").cast(pl.Int32, strict=False),
    )
    first_of = pl.date(f("year"), f("month"), 1)
    read = read.with_columns(month_start=pl.when(f("year").is_not_null()).then(first_of))
    day = f("month_start") + pl.duration(days=f("day_number") - 1)
    # A day that does not exist would run over into the next month.
    read = read.with_columns(
        day=pl.when((f("day_number") >= 1) & (day.dt.month() == f("month"))).then(day),
        iso_month=sparse(
            lambda frame: frame.select(f("0").dt.strftime("%Y-%m")).to_series(),
            pl.String(),
            pl.when(f("day_text").is_null()).then(f("month_start")),
        ),
    )
    known = (f("year") >= GREGORIAN_FIRST) & (f("day_text").is_null() | f("day").is_not_null())
    return result(
        read,
        is_date=known.fill_null(value=False),
        fiscal=f("year") - (f("month") <= _LAST_MONTH_OF_YEAR_BEFORE).cast(pl.Int32),
        **{name: f(name) for name in list(_READ_FIELDS)[2:]},
    )


def _zero(frame: pl.DataFrame) -> pl.Series:
    return frame.select(eras.zero_year(f("0"))).to_series()


def _without_weekday(behind: pl.Expr) -> pl.Expr:
    weekday = text_where(behind.str.starts_with("("), behind)
    return pl.coalesce(weekday.str.replace(r"^\([日月火水木金土]\)", ""), behind)


def _is_known_behind(frame: pl.DataFrame) -> pl.Series:
    words = f("0").str.contains(BEHIND) & ~f("0").str.contains(OTHER_DAY)
    return frame.select((f("0") == "") | words).to_series()


def parse_date(text: pl.Expr) -> pl.Expr:
    """One struct a string, as the module says; ``start``, ``end`` and ``date`` are ``Date``."""
    return whole(_parse, RESULT, text)


def _parse(frame: pl.DataFrame) -> pl.Series:
    read = frame.select(folded=printed.fold(f("0").fill_null("")))
    read = read.with_columns(one=printed.one_line(f("folded")))
    read = read.with_columns(first=whole(read_date, READ, f("one")))
    found = f("first").struct.field("is_date")
    others = sparse(_other, RESULT, text_where(~found, f("folded")))
    read = read.with_columns(others=others).unnest("first")
    is_day = f("day_text").is_not_null()
    made = pl.struct(
        status=pl.lit("value"),
        value=pl.when(is_day).then(f("day").cast(pl.String)).otherwise(f("iso_month")),
        date=f("day"),
        start=pl.coalesce(f("day"), f("month_start")),
        end=pl.coalesce(f("day"), pl.when(~is_day).then(f("month_start")).dt.month_end()),
        fiscal_year=f("fiscal"),
        qualifier=text_where(f("behind") != "", f("behind")),
        rule=date_rule(f),
        reason=null_text(),
    )
    return read.select(pl.when(f("is_date")).then(made).otherwise(f("others"))).to_series()


def _other(frame: pl.DataFrame) -> pl.Series:
    """What is no plain date: kanji numerals read, or a word, or nothing readable."""
    read = frame.select(
        raw=f("0").str.replace_all(r"\s+", ""),
        squeezed=prepared(f("0")).str.replace(NOTE, "${1}${2}"),
    )
    read = read.with_columns(
        d=whole(read_date, READ, f("squeezed")),
        listed=printed.status_without_value(f("raw")),
        digits=f("raw").str.contains("[0-9]"),
    )
    d = f("d").struct.field
    read = read.with_columns(found=d("is_date"))
    is_day = d("day_text").is_not_null()
    status = (
        pl.when(f("found"))
        .then(pl.lit("value"))
        .when(f("listed").is_not_null())
        .then(f("listed"))
        .when(f("digits"))
        .then(pl.lit("unparsed"))
        .otherwise(pl.lit("text"))
    )
    read = read.with_columns(status=status)
    reason = first_case(
        (f("squeezed").is_null(), "figures stand apart"),
        (d("day").is_null() & d("year").is_not_null() & is_day, "there is no such day"),
        (d("year") < GREGORIAN_FIRST, "a date of the lunar calendar"),
        (d("month").is_not_null() & ~d("month").is_between(1, 12), "there is no such month"),
        (d("month").is_not_null() & d("era").is_null(), "a year without an era"),
        (pl.lit(value=True), "not a calendar date"),
    )
    return result(
        read,
        status=f("status"),
        value=pl.when(f("found") & is_day)
        .then(d("day").cast(pl.String))
        .when(f("found"))
        .then(d("iso_month")),
        date=pl.when(f("found")).then(d("day")),
        start=pl.when(f("found")).then(pl.coalesce(d("day"), d("month_start"))),
        end=pl.when(f("found")).then(pl.coalesce(d("day"), d("month_start").dt.month_end())),
        fiscal_year=pl.when(f("found")).then(d("fiscal")),
        qualifier=text_where(f("found") & (d("behind") != ""), d("behind")),
        rule=pl.when(f("found")).then(date_rule(d)).otherwise(f("status")),
        reason=text_where(f("status") == "unparsed", reason),
    )


def date_rule(d: Callable[[str], pl.Expr]) -> pl.Expr:
    """Which form of date it was; ``d`` names a field of :func:`read_date`."""
    is_day = d("day_text").is_not_null()
    return first_case(
        (d("western").is_null(), "date_without_era_read_as_heisei"),
        (d("zero").is_not_null() & is_day, "era_date"),
        (d("zero").is_not_null(), "era_month"),
        (is_day, "western_date"),
        (pl.lit(value=True), "western_month"),
    )
