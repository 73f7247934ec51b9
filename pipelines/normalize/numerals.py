"""Kanji numerals and sums of 兆, 億, 万 rewritten as plain digits.

In: squeezed strings. Out: the same strings with 二十五 as 25, 八百五十億円 as 850億円, 2億5,000万円
as 25000万円. A string that does not hold exactly such a number comes back as it was, so that
nothing half understood is rewritten.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipelines.normalize import reference
from pipelines.normalize.stages import groups, sparse, text_where

f = pl.col

#: A well-formed whole number.
WHOLE = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)"
_SECTION = r"(?:[1-9],[0-9]{3}|[1-9][0-9]{0,3})"


#: What fills up the digits before 千, 百 and 十, in this order.
PLACE_VALUES = (
    (r"千([0-9]百)", "${1}"),
    (r"千([0-9]十)", "0${1}"),
    (r"千([0-9])", "00${1}"),
    (r"千", "000"),
    (r"百([0-9]十)", "${1}"),
    (r"百([0-9])", "0${1}"),
    (r"百", "00"),
    (r"十([0-9])", "${1}"),
    (r"十", "0"),
)
#: 千 and 百 inside a sum: 1億5千万, 1億5百万.
INNER_PLACES = (
    (r"^([^0-9]*[0-9])千([万億兆])", "${1}000${2}"),
    (r"([0-9])千([0-9])百([万億兆円])", "${1}${2}00${3}"),
    (r"([兆億万][0-9])千([万億兆円人])", "${1}000${2}"),
    (r"([兆億万][0-9])百([万億兆円人])", "${1}00${2}"),
)
#: A sum: lead, sections below 兆, below 億, below 万, and what follows.
SUM = (
    rf"^([^0-9]*)(?:({WHOLE})兆(?:({_SECTION})億)?(?:({_SECTION})万)?({_SECTION})?"
    rf"|({WHOLE})億(?:({_SECTION})万)?({_SECTION})?|({WHOLE})万({_SECTION}))"
    r"([^0-9,.千百万億兆].*)?$"
)


@cache
def digits() -> dict[str, str]:
    """Kanji digits and what they stand for."""
    return reference.mapping("kanji_numerals", "numeral", "digit")


@cache
def _kanji() -> str:
    return "".join(digit for digit in digits() if digit != "〇")


def has_kanji_digit(text: pl.Expr) -> pl.Expr:
    """Whether a kanji digit or 十 is printed."""
    return text.str.contains(f"[{_kanji()}〇十]")


def _as_digits(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many(list(digits()), list(digits().values()))


def small(text: pl.Expr) -> pl.Expr:
    """Kanji numerals below 100 (years, months, days) as digits: 二十五 or 二五 is 25."""
    return pl.coalesce(sparse(_small, pl.String(), text_where(has_kanji_digit(text), text)), text)


def _small(frame: pl.DataFrame) -> pl.Series:
    return frame.select(
        _as_digits(f("0"))
        .str.replace_all(r"([0-9])十([0-9])", "${1}${2}")
        .str.replace_all(r"([0-9])十", "${1}0")
        .str.replace_all(r"十([0-9])", "1${1}")
        .str.replace_all("十", "10", literal=True)
    ).to_series()


def _place_values(text: pl.Expr) -> pl.Expr:
    """5千1百 as 5100: digits before 千, 百 and 十 filled up to their places."""
    for _ in range(2):  # neighbours share a character: 千百
        text = text.str.replace_all(r"(^|[^0-9])([十百千])", "${1}1${2}")
    for pattern, digits_there in PLACE_VALUES:
        text = text.str.replace_all(pattern, digits_there)
    return text


@cache
def kanji_pattern(tail: str) -> str:
    """A number in kanji: what is before it, the number, ``tail`` and what follows."""
    one = f"[{_kanji()}]"
    section = rf"(?:{one}?千)?(?:{one}?百)?(?:{one}?十)?{one}?"
    number = rf"(?:{section}兆)?(?:{section}億)?(?:{section}万)?{section}"
    return rf"^([^0-9{_kanji()}十百千万億兆]{{0,4}})({number})((?:{tail}).*)$"


def kanji_number(text: pl.Expr, tail: str) -> pl.Expr:
    """A number in kanji alone, in front of ``tail`` (a pattern), as digits with 兆, 億, 万.

    Words with a kanji digit (一部, 第三者) are not numbers: ``tail`` must follow the number.
    """
    one = f"[{_kanji()}]"
    pattern = kanji_pattern(tail)

    def build(frame: pl.DataFrame) -> pl.Series:
        read = frame.select(g=groups(f("0"), pattern)).unnest("g")
        number_text = _place_values(_as_digits(text_where(f("2").str.contains(one), f("2"))))
        return read.select(f("1") + number_text + f("3")).to_series()

    wanted = has_kanji_digit(text) & ~text.str.contains("[0-9]")
    return sparse(build, pl.String(), text_where(wanted, text))


def summed(text: pl.Expr) -> pl.Expr:
    """2億5,000万円, 1億5千万円 as digits of the smallest unit printed; null where there is no sum.

    102兆6,580億円 is 1026580億円.
    """
    return sparse(_summed, pl.String(), text_where(text.str.contains("[兆億万][0-9]"), text))


def _summed(frame: pl.DataFrame) -> pl.Series:
    spelled = f("0")
    for pattern, digits_there in INNER_PLACES:
        spelled = spelled.str.replace_all(pattern, digits_there)
    read = frame.select(g=groups(spelled, SUM)).unnest("g")

    def section(*places: str) -> pl.Expr:
        return pl.coalesce(f(*places)).str.replace_all(",", "", literal=True).fill_null("")

    def present(*places: str) -> pl.Expr:
        return pl.any_horizontal(f(*places).is_not_null())

    to_one, to_ten_thousand = present("5", "8", "10"), present("4", "7", "9")
    digits_of_all = (
        section("2")
        + section("3", "6").str.zfill(4)
        + pl.when(to_one | to_ten_thousand)
        .then(section("4", "7", "9").str.zfill(4))
        .otherwise(pl.lit(""))
        + pl.when(to_one).then(section("5", "8", "10").str.zfill(4)).otherwise(pl.lit(""))
    ).str.strip_chars_start("0")
    unit = (
        pl.when(to_one)
        .then(pl.lit(""))
        .when(to_ten_thousand)
        .then(pl.lit("万"))
        .otherwise(pl.lit("億"))
    )
    return read.select(f("1") + digits_of_all + unit + f("11").fill_null("")).to_series()
