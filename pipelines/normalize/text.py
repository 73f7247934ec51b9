"""Folding, squeezing and joining of printed text.

In and out: string expressions. Full-width letters, digits and marks become ASCII, half-width
katakana full-width, the dash, tilde, space and triangle families one character each
(``seeds/reference/characters.csv``). Circled and superscript digits stay what they are: ①43 is
not 143 (this is why Unicode's NFKC alone would not do). Long vowel marks stay, too: they are
dashes only where nothing else is printed.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import polars as pl

from pipelines.normalize import reference

#: Kangxi radicals, as some PDF fonts map kanji: ⽂ for 文. Other radicals (⺠ for 民) have no
#: compatibility form; the reference table names their kanji.
_RADICALS = (0x2F00, 0x2FD5)
#: Blocks in which a character's compatibility form is the same character in another shape.
_SAME_CHARACTER = (
    (0xFF01, 0xFF5E),  # full-width ASCII
    _RADICALS,
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0x3300, 0x3357),  # squared katakana words: ㌧, ㌔
)


def character(codepoint: str) -> str:
    """``U+3000`` as the character it names."""
    return chr(int(codepoint.removeprefix("U+"), 16))


@cache
def foldings() -> dict[str, str]:
    """What each character (or half-width pair) is folded to."""
    table: dict[str, str] = {}
    for first, last in _SAME_CHARACTER:
        for code in range(first, last + 1):
            folded = unicodedata.normalize("NFKC", chr(code))
            if folded != chr(code):
                table[chr(code)] = folded
    for code in range(0xFF61, 0xFFA0):
        table[chr(code)] = unicodedata.normalize("NFKC", chr(code))
        for mark in "ﾞﾟ":
            pair = unicodedata.normalize("NFKC", chr(code) + mark)
            if len(pair) == 1:
                table[chr(code) + mark] = pair
    for row in reference.rows("characters"):
        if row["family"] != "dash_when_alone":
            folded = character(row["folded"]) if row["folded"].startswith("U+") else row["folded"]
            table[character(row["codepoint"])] = folded
    table |= reference.mapping("eras", "era_ligature", "era_name")
    # Pairs first: the first that fits is taken.
    order = sorted(table, key=len, reverse=True)
    return {printed: table[printed] for printed in order if printed != table[printed]}


#: A status word on its own, also in brackets, also with a note in brackets behind it.
LISTED = r"^[※(]*(?:現在)?(?:{})[)。]?(?:\([^()]*\))?[)。]?$"
#: A note that ends in a status word and holds no figures but years.
SENTENCE = r"^※(?:[^0-9]|[0-9]{{1,4}}年度?)*(?:{})[)。]?$"


@cache
def signs(family: str) -> str:
    """The characters of one family of the reference table: dash, dash_when_alone."""
    return "".join(map(character, reference.column("characters", "codepoint", family=family)))


@cache
def dash_pattern() -> str:
    """Nothing but dashes, with or without brackets around them, or such a pair: ―（―）."""
    dashes = f"[-{signs('dash_when_alone')}]+"
    return rf"^(?:\(?{dashes}\)?|{dashes}\({dashes}\))$"


def fold(text: pl.Expr) -> pl.Expr:
    """``text`` in the one shape of each character; spaces and line breaks stay."""
    table = foldings()
    return text.str.replace_many(list(table), list(table.values()), leftmost=True)


def squeeze(text: pl.Expr) -> pl.Expr:
    """``text`` folded and without any white space."""
    return fold(text).str.replace_all(r"\s+", "")


def one_line(folded: pl.Expr) -> pl.Expr:
    """A folded string without white space; null where figures stand apart (12 34)."""
    apart = folded.str.contains(r"[0-9][ \n]+[0-9]")
    return pl.when(~apart).then(folded.str.replace_all(r"[ \n]+", ""))


@cache
def _as_shown() -> dict[str, str]:
    first, last = _RADICALS
    kangxi = {
        chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(first, last + 1)
    }
    return kangxi | {
        character(row["codepoint"]): character(row["folded"])
        for row in reference.rows("characters")
        if row["family"] in {"radical", "middle_dot"}
    }


def in_kanji(text: pl.Expr) -> pl.Expr:
    """``text`` with the kanji that a page shows where its font names the radical that looks alike.

    Nobody could find 文化 in a name that holds ⽂化. The same goes for the dot between two words.
    """
    table = _as_shown()
    return text.str.replace_many(list(table), list(table.values()))


def join_lines(text: pl.Expr) -> pl.Expr:
    """Printed lines as running text, in kanji: no space between lines but between Latin letters."""
    trimmed = in_kanji(text).str.replace_all(r"[ \t　]*\n[ \t　]*", "\n").str.strip_chars()
    spaced = trimmed.str.replace_all(r"([A-Za-z])\n+([A-Za-z])", "$1 $2")
    return spaced.str.replace_all("\n", "", literal=True)


def join_numbers(text: pl.Expr) -> pl.Expr:
    """Numbers of review sheets (0012, 新31-0003) as running text: a space between two of them.

    A line that ends with a whole number, or begins with what only begins one, parts two; any other
    line's end wraps one.
    """
    parted = text.str.replace_all(r"[ \t　]*\n[ \t　]*", "\n")
    for digits in ("{3}", "{4}", "{5}"):
        whole = rf"(^|[^0-9０-９])([0-9０-９]{digits})\n([0-9０-９]{digits})($|[^0-9０-９])"
        for _ in range(2):  # the second number of a pair is the first of the next
            parted = parted.str.replace_all(whole, "$1$2 $3$4")
    begins = r"([0-9０-９]{3})\n(新|[0-9０-９]{4}[-－―‐][^0-9０-９\s])"
    return join_lines(parted.str.replace_all(begins, "$1 $2"))


def is_dash(squeezed: pl.Expr) -> pl.Expr:
    """Whether nothing but dashes is printed, with or without brackets around them."""
    return squeezed.str.contains(dash_pattern())


def status_without_value(squeezed: pl.Expr) -> pl.Expr:
    """blank, dash, undecided or pending, or text for a listed word; else null.

    A status word may stand in brackets, or have a note in brackets behind it. A sentence that
    ends in one holds no figure if all its digits are years.
    """
    by_status: dict[str, list[str]] = {}
    for row in reference.rows("statuses"):
        by_status.setdefault(row["status"], []).append(row["word"])
    status = (
        pl.when(squeezed.is_null() | (squeezed == ""))
        .then(pl.lit("blank"))
        .when(is_dash(squeezed))
        .then(pl.lit("dash"))
    )
    for name, words in by_status.items():
        any_word = reference.alternation(words)
        status = status.when(squeezed.str.contains(LISTED.format(any_word))).then(pl.lit(name))
        if name != "text":
            sentence = squeezed.str.contains(SENTENCE.format(any_word))
            status = status.when(sentence).then(pl.lit(name))
    return status.otherwise(pl.lit(None, pl.String()))
