"""Lists of indicator numbers (①～③, ①、③, １～３, (1)(2)) and words of aggregation.

In: printed strings. Out: integers and words. Refuses: a list that holds anything but numbers
from 1 to 99 in rising ranges is null, never a part of it; so are words such as 全て.
"""

from __future__ import annotations

import polars as pl

from pipelines.normalize import reference
from pipelines.normalize import text as printed
from pipelines.normalize.stages import text_where

_ONE = r"(?:[1-9][0-9]?)"
_LIST = rf"^{_ONE}(?:~{_ONE})?(?:,{_ONE}(?:~{_ONE})?)*$"
#: Circled numbers 1 to 50, as Unicode has them.
_CIRCLED = {
    chr(first + offset): f"{start + offset},"
    for first, start, count in ((0x2460, 1, 20), (0x3251, 21, 15), (0x32B1, 36, 15))
    for offset in range(count)
}


def parse_indicator_numbers(text: pl.Expr) -> pl.Expr:
    """The numbers that ``text`` lists, ranges spelled out (List(Int32)); null if it lists none.

    Printed under 関連する指標. Each line has its own numbers. A hyphen means a range only
    between numbers in circles or brackets: 1-2 may be a range, or the second of goal 1.
    """
    plain = (
        printed.fold(text)
        .str.strip_chars()
        .str.replace_all(r"([0-9])\s+([0-9])", "${1},${2}")
        .str.replace_all(r"([0-9])\s+([0-9])", "${1},${2}")  # 1 2 3: the first call passes 2 by
        .str.replace_all(r"\s", "")
        .str.replace_many(_CIRCLED)
        .str.replace_all(r"(?:測定)?指標", "")
        .str.replace_all(r"\(([0-9]+)\)", "${1},")
        .str.replace_all(r"[、､・及び並と]+", ",")
        .str.replace_all(r",*(?:~|から)|,-", "~")
        .str.replace_all(r",+", ",")
        .str.strip_chars(",")
    )
    whole = text_where(plain.str.contains(_LIST), plain)
    ends = pl.element().str.extract_groups(r"^([0-9]+)(?:~([0-9]+))?$").struct
    first = ends[0].cast(pl.Int32)
    last = pl.coalesce(ends[1], ends[0]).cast(pl.Int32)
    rising = whole.str.split(",").list.eval(first <= last).list.all()
    numbers = pl.int_ranges(first, last + 1, dtype=pl.Int32()).explode()
    return pl.when(rising).then(whole.str.split(",").list.eval(numbers))


def aggregation(text: pl.Expr) -> pl.Expr:
    """single_year (単年度), cumulative (累計) or null, from an indicator's name."""
    squeezed = printed.squeeze(text)
    found = {
        meaning: squeezed.str.contains(
            reference.alternation(
                reference.column("aggregation_words", "word", aggregation=meaning)
            )
        )
        for meaning in ("single_year", "cumulative")
    }
    single, cumulative = found["single_year"], found["cumulative"]
    return (
        pl.when(single & ~cumulative)
        .then(pl.lit("single_year"))
        .when(cumulative & ~single)
        .then(pl.lit("cumulative"))
    )
