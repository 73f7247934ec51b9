"""What amounts and indicator values share: the figure itself, exactly, and the marks around it.

In: folded strings and the fields of a reading in stages. Out: expressions. No float anywhere: a
figure is text, then a scaled integer. A figure is well formed if its commas part groups of three
digits, all of them, and it has no needless zero in front.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from pipelines.normalize import eras, numerals, reference
from pipelines.normalize import text as printed
from pipelines.normalize.stages import first_case, null_text, sparse, text_where, whole

if TYPE_CHECKING:
    from collections.abc import Callable

f = pl.col

NUMBER = r"[-▲+]?[0-9][0-9,]*(?:\.([0-9]+))?"
WELL_FORMED = r"^[-▲+]?(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?$"
#: What a spreadsheet prints instead of a figure that is too wide, or that it could not reckon.
NOT_SHOWN = r"^\(?(?:#{2,}|#(?:DIV/0!|N/A|REF!|VALUE!|NUM!|NAME\?|NULL!))\)?$"
PLACES = 4
#: DECIMAL(18,4): so many digits may stand before the point.
WHOLE_DIGITS = 14


@cache
def before() -> str:
    """Words in front of a figure that leave it what it is."""
    return reference.alternation(reference.column("qualifiers", "word", place="before"))


@cache
def after() -> str:
    """Words behind a figure (and its unit) that leave it what it is."""
    return reference.alternation(reference.column("qualifiers", "word", place="after"))


@cache
def inclusions() -> str:
    """Words that say that the figure is a larger pot, or stands outside one."""
    return reference.alternation(reference.column("inclusion_words", "word"))


def inclusion(word: pl.Expr) -> pl.Expr:
    """exact, inclusive or exclusive."""
    return word.replace_strict(
        reference.mapping("inclusion_words", "word", "inclusion"),
        default="exact",
        return_dtype=pl.String(),
    ).fill_null("exact")


def cleaned(number: pl.Expr) -> pl.Expr:
    """A figure without commas, a triangle as a minus sign."""
    return number.str.replace_many([",", "▲", "+"], ["", "-", ""])


def places(decimals: pl.Expr) -> pl.Expr:
    """How many decimals are printed, zeros at the end left out; 0 without a point."""
    return decimals.str.strip_chars_end("0").str.len_bytes().fill_null(0)


#: Behind a comma at the end of a line, the three digits that it asks for, over lines or not.
COMMA_OVER_LINES = r",\n?([0-9])\n?([0-9])\n?([0-9])"
#: A note in brackets behind a figure and its unit, cut by the end of the line.
NOTE_OVER_LINES = r"([^0-9.,(\s]\s?\([^()\n]*)\n([^()]*\))"
MOST_LINES_OF_A_NOTE = 4
#: A point that ends the line goes on in the next; one behind a single digit may be a list's (1.).
POINT_OVER_LINES = r"((?:[0-9][0-9]|\([-▲]?[0-9]|\b0)\.)\s+([0-9])"


def together(folded: pl.Expr, *, loose: bool) -> pl.Expr:
    """One line; null where figures stand apart that no comma holds together.

    1,2 and 34 on the next line are 1,234: the comma asks for three digits. 12 and 34 are two
    figures, or one: nobody can tell. ``loose`` also joins behind a comma (1, 234), which in a
    list of figures would be wrong.
    """
    gap = r"(,[0-9]{0,2})\s+([0-9])" if loose else r"(,[0-9]{1,2})\s+([0-9])"

    def build(frame: pl.DataFrame) -> pl.Series:
        joined = f("0")
        for _ in range(MOST_LINES_OF_A_NOTE - 1):
            joined = joined.str.replace_all(NOTE_OVER_LINES, "${1}${2}")
        joined = (
            joined.str.replace_all(COMMA_OVER_LINES, ",${1}${2}${3}")
            .str.replace_all(gap, "${1}${2}")
            .str.replace_all(POINT_OVER_LINES, "${1}${2}")
        )
        apart = f("joined").str.contains(r"[0-9.,]\s+[0-9]")
        return (
            frame.select(joined=joined)
            .select(text_where(~apart, f("joined").str.replace_all(r"\s+", "")))
            .to_series()
        )

    return whole(build, pl.String(), folded)


def spelled_out(text: pl.Expr, tail: str) -> pl.Expr:
    """Kanji numbers before ``tail`` and sums of 兆, 億, 万 as digits."""

    def build(frame: pl.DataFrame) -> pl.Series:
        kanji = pl.coalesce(numerals.kanji_number(f("0"), tail), f("0"))
        summed = pl.coalesce(numerals.summed(f("kanji")), f("kanji"))
        return frame.select(kanji=kanji).select(summed).to_series()

    return whole(build, pl.String(), text)


@cache
def notes() -> tuple[tuple[str, str], ...]:
    """Marks in brackets are set behind the figure, notes in brackets are left out.

    A year or a share in brackets does not change the figure before it; nor do words.
    """
    marks = f"(?:{after()}|{inclusions()})"
    era, number = eras.era_pattern(), eras.NUMBER
    year = rf"(?:(?:{era})?(?:{number})(?:年度?|月)|(?:{era})(?:{number}))"
    words = r"[^()0-9]*"
    behind = (rf"^(.+)\(({marks})\)$", "${1}${2}")
    return (
        (rf"^\(({marks})\)(.+)$", "${2}${1}"),
        (r"(.)(?:\((?:※|注)[0-9]{0,2}\)|※[0-9]*)$", "${1}"),
        behind,
        (rf"(.)\((?:{words}|{words}(?:{year}|[0-9.]+%){words})\)$", "${1}"),
        behind,
    )


def without_notes(text: pl.Expr) -> pl.Expr:
    """``text`` without what :func:`notes` says."""
    for pattern, template in notes():
        text = text.str.replace(pattern, template)
    return text


def qualifier(before_figure: pl.Expr, behind_figure: pl.Expr) -> pl.Expr:
    """The words around a figure, in the printed order, with a space between two."""
    both = (before_figure != "") & (behind_figure != "")
    joined = sparse(
        lambda frame: frame.select(f("0") + " " + f("1")).to_series(),
        pl.String(),
        text_where(both, before_figure),
        behind_figure,
    )
    one = pl.when(before_figure != "").then(before_figure).otherwise(behind_figure)
    return pl.coalesce(joined, one)


def words_of(*words: pl.Expr) -> pl.Expr:
    """Words as one, with a space between two; null where there is none."""
    joined = pl.concat_str(words, separator=" ", ignore_nulls=True)
    return text_where(joined != "", joined)


def figure_pattern(behind: str) -> str:
    """A figure with what stands around it: open, before, number, decimals, tail and close."""
    return rf"^(\()?([^-▲+0-9()]*)({NUMBER})({behind})?(\))?$"


def is_before(text: pl.Expr) -> pl.Expr:
    """Whether ``text`` may stand before a figure: nothing, or a listed word."""
    return (text == "") | text.is_in(reference.column("qualifiers", "word", place="before"))


def chosen(
    read: pl.DataFrame,
    rule: pl.Expr,
    made: Callable[[pl.Expr, pl.Expr, pl.Expr], pl.Expr],
    other: Callable[[pl.Expr], pl.Expr],
) -> pl.Series:
    """The result of each row: the plain figure where one was ``found``, a dash or blank, or other.

    ``read``: stages with ``folded`` and ``found``. ``rule``: which rule found the figure. ``made``:
    the result of status, rule and reason. ``other``: the result of the texts that are neither.
    """
    read = read.with_columns(
        dash=printed.is_dash(f("folded")) | (f("folded") == ""),
        rule=rule,
    )
    unread = (~f("found") & ~f("dash")).fill_null(value=True)
    read = read.with_columns(others=other(text_where(unread, f("folded"))))
    empty = first_case((f("folded") == "", "blank"), (f("dash"), "dash"))
    plain = made(
        pl.when(f("found")).then(pl.lit("value")).otherwise(empty),
        pl.when(f("found")).then(f("rule")).otherwise(empty),
        null_text(),
    )
    result = pl.when(f("found") | f("dash")).then(plain).otherwise(f("others"))
    return read.select(result).to_series()
