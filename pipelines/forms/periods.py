"""Years and periods as they stand in heads and cells: which texts are one, which hold one.

In: printed or folded texts. Out: patterns, and a value parted from the year printed behind it.
Refuses nothing: what a year means is the business of ``normalize``.
"""

from __future__ import annotations

import re

from pipelines.forms.cells import fold

_ERA = r"(?:明治|大正|昭和|平成|令和|[MTSHR])"
_COUNT = r"(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})"
_EVERY_YEAR = "(?:毎年度?|各年度?)"
#: A folded text that is a year or period and nothing else.
YEAR_ONLY = re.compile(
    rf"[(〔\[]?(?:{_ERA}{_COUNT}|{_COUNT}(?=年)|(?:FY)?(?:19|20)\d\d)(?:\(.{{1,8}}?\))?年?度?(?:\(.{{1,8}}?\))?"
    r"(?:末|以降|まで|中|頃|見込み?|実績|目標)?[)〕\]]?"
    rf"|{_ERA}?{_COUNT}年?度?[~-]{_ERA}?{_COUNT}年度?|(?:事業|計画|期間|プロジェクト)終了時|{_EVERY_YEAR}"
)
#: A year somewhere in a folded text.
YEAR_WITHIN = re.compile(
    rf"{_ERA}{_COUNT}(?:\(\d{{4}}\))?年?度?|(?<!\d)\d{{1,2}}年度|元年度"
    r"|(?<![\d,.])(?:FY)?(?:19|20)\d\d(?!\d|[,.]\d)(?:年度?)?"
)
_SAYS_SO = re.compile(rf"年|終了|^[(〔\[]?{_ERA}")
#: How a glyph without a Unicode mapping begins: (cid:7).
_UNKNOWN = "(cid:"
_DASHES = re.compile("[―\\-－—–‒─━‐ー−\u0336]+")


_IN_BRACKETS = re.compile(
    r"^(?P<outer>.*?)\s*[（(]"
    r"(?P<inner>[^（）()]*(?:[（(][^（）()]*[)）][^（）()]*)?)[)）]\s*$",
    re.DOTALL,
)


def year_in(folded: str) -> str | None:
    """The first year in a folded text; None without one.

    Where a glyph is not known, all of the text: 平成2(cid:7)年度 must not be taken for 平成2.
    """
    match = YEAR_WITHIN.search(folded)
    if match is None:
        return None
    return folded if _UNKNOWN in folded else match.group()


def is_period(folded: str) -> bool:
    """Whether a folded text stands where a year stands: a year, a period, an event or a dash."""
    return bool(YEAR_ONLY.fullmatch(folded) or _DASHES.fullmatch(folded))


def is_every_year(folded: str) -> bool:
    """Whether a folded text is 毎年度 or 各年度: no year, and none that a label could gainsay."""
    return bool(re.fullmatch(_EVERY_YEAR, folded))


def is_a_year(folded: str) -> bool:
    """Whether a folded text is a year or event that says so (R5, 年, 終了時); no bare figure."""
    return bool(YEAR_ONLY.fullmatch(folded) and _SAYS_SO.search(folded))


def in_brackets(text: str) -> tuple[str, str] | None:
    """What stands before the brackets that end ``text``, and what within; None without them.

    Nor where a glyph is not known, which stands as (cid:7): it may be a bracket itself.
    """
    match = None if _UNKNOWN in text else _IN_BRACKETS.match(text)
    return (match["outer"].strip(), match["inner"].strip()) if match else None


def split_year(text: str) -> tuple[str, str | None]:
    """A value and the year printed after it in the same cell, in brackets or on its own line."""
    pair = in_brackets(text)
    if pair and is_period(fold(pair[1])) and pair[0]:
        return pair
    lines = text.split("\n")
    for count in range(1, len(lines)):
        value, year = "\n".join(lines[:count]), "\n".join(lines[count:])
        if is_a_year(fold(year)) and fold(value):
            return value.strip(), year.strip()
    return text, None
