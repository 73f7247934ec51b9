"""A string made ready: characters folded, lines joined, numerals written as digits.

In: a string. Out: strings, and the status of one that holds no value. Also what all readers share:
patterns for Python of those for polars, and the result that says nothing.
"""

import re
import unicodedata
from functools import cache

from pipelines.normalize import numerals, reference
from pipelines.normalize import text as printed

NOTHING = dict.fromkeys(("value", "start", "end", "unit", "qualifier", "multiplier"))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    plain = pattern.replace(r"\p{Han}", "々〇㐀-䶿一-鿿豈-﫿").replace(
        r"\p{Katakana}", "ァ-ヺヽヾㇰ-ㇿ"
    )
    # In Python a dollar also stands before a line's end that ends the text.
    plain = re.sub(r"\$$", r"\\Z", plain)
    return re.compile(plain.replace("[日月火水木金土]", "[日月火水木金土]"))


def sub(pattern: str, template: str, text: str, count: int = 1) -> str:
    return compiled(pattern).sub(re.sub(r"\$\{(\d)\}", r"\\g<\1>", template), text, count=count)


@cache
def _folding() -> tuple[dict[int, str], re.Pattern[str] | None]:
    table = printed.foldings()
    pairs = [key for key in table if len(key) > 1]
    return str.maketrans({k: v for k, v in table.items() if len(k) == 1}), re.compile(
        "|".join(pairs)
    )


def fold(text: str) -> str:
    table, pairs = _folding()
    if "ﾞ" in text or "ﾟ" in text:
        text = pairs.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return text.translate(table)


def one_line(folded: str) -> str | None:
    if compiled(r"[0-9][ \n]+[0-9]").search(folded):
        return None
    return compiled(r"[ \n]+").sub("", folded)


def small(text: str | None) -> str | None:
    if text is None or not compiled("[一二三四五六七八九〇十]").search(text):
        return text
    text = text.translate(str.maketrans(numerals.digits()))
    text = sub(r"([0-9])十([0-9])", "${1}${2}", text, 0)
    text = sub(r"([0-9])十", "${1}0", text, 0)
    return sub(r"十([0-9])", "1${1}", text, 0).replace("十", "10")


@cache
def _statuses() -> list[tuple[re.Pattern[str], str]]:
    found = []
    by_status: dict[str, list[str]] = {}
    for row in reference.rows("statuses"):
        by_status.setdefault(row["status"], []).append(row["word"])
    for name, words in by_status.items():
        any_word = reference.alternation(words)
        found.append((re.compile(printed.LISTED.format(any_word)), name))
        if name != "text":
            found.append((re.compile(printed.SENTENCE.format(any_word)), name))
    return found


def listed(squeezed: str) -> str | None:
    if squeezed == "":
        return "blank"
    if compiled(printed.dash_pattern()).search(squeezed):
        return "dash"
    return next((name for pattern, name in _statuses() if pattern.search(squeezed)), None)
