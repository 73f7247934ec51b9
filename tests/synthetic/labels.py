"""Labels as a sheet prints them: plain, broken over lines, spaced out, in full or half width.

In: the label's own text (a line break where sheets break it) and the variation. Out: the
string to print. A reader who knows the label finds it in every one of these; the wording of
``ministry`` is what some ministries print instead of the standard form's own words.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .variation import Variation

_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_NARROW = {"（": "(", "）": ")", "＋": "+", "【": "[", "】": "]", "・": "･", "：": ":"}
_MINISTRY = {
    "common": {
        "施策名": "政策名",
        "施策の概要": "政策の概要",
        "達成すべき目標": "基本目標\n【達成すべき目標】",
        "担当部局名": "担当部局課室名",
        "政策体系上の位置付け": "分野\n【政策体系上の位置付け】",
        "施策の予算額・執行額等": "政策の予算額・\n執行額等",
        "基準値": "基準（値）",
        "基準年度": "基準年（度）",
        "目標値": "目標（値）",
        "目標年度": "目標年（度）",
        "年度ごとの目標値": "年度ごとの\n目標（値）",
        "年度ごとの実績値": "年度ごとの\n実績（値）",
    },
    "mext": {
        "部局名": "担当部局名",
        "作成責任者": "作成責任者名",
        "施策の予算額・執行額": "施策の予算額・執行額等",
        "行政事業レビュー番号": "行政事業\nレビュー\nシート番号",
        "昨年度事前分析表からの変更点": "前年度事前分析表からの変更点",
    },
}


def worded(text: str, variation: Variation) -> str:
    """The label in the sheet's wording."""
    if variation.wording == "standard":
        return text
    words = _MINISTRY[variation.family]
    return words.get(text.replace("\n", ""), text)


def label(text: str, variation: Variation) -> str:
    """One label in the sheet's wording and style."""
    text = worded(text, variation)
    if variation.labels == "broken":
        flat = text.replace("\n", "")
        size = 3 if len(flat) > 4 else 2
        return "\n".join(flat[start : start + size] for start in range(0, len(flat), size))
    if variation.labels == "spaced":
        return "\n".join(" ".join(line) if len(line) <= 6 else line for line in text.split("\n"))
    if variation.labels == "full_width":
        return text.translate(_WIDE)
    if variation.labels == "half_width":
        folded = "".join(_NARROW.get(character, character) for character in text)
        return "".join(
            unicodedata.normalize("NFKC", character) if "！" <= character <= "～" else character
            for character in folded
        )
    return text


def unit_text(unit: str, variation: Variation) -> str:
    """The unit that governs some cells, in the brackets that the sheet has."""
    printed = {"round": f"（{unit}）", "square": f"【{unit}】", "said": f"（単位：{unit}）"}
    return label(printed[variation.unit_brackets], variation)


def with_unit(text: str, unit: str, variation: Variation) -> str:
    """A label with the unit that governs its cells under it."""
    return f"{label(text, variation)}\n{unit_text(unit, variation)}"


def upright(text: str) -> str:
    """A label's characters one under another, as in a narrow column."""
    return "\n".join(text.replace("\n", "").replace(" ", ""))
