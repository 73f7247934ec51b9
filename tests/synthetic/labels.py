"""Labels as a sheet prints them: plain, broken over lines, spaced out, in full or half width.

In: the label's own text (a line break where sheets break it) and the variation. Out: the
string to print. A reader who knows the label finds it in every one of these.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .variation import Variation

_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_NARROW = {"（": "(", "）": ")", "＋": "+", "【": "[", "】": "]", "・": "･", "：": ":"}


def label(text: str, variation: Variation) -> str:
    """One label in the sheet's style."""
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


def with_unit(text: str, unit: str, variation: Variation, *, brackets: str = "（）") -> str:
    """A label with the unit that governs its cells under it."""
    return f"{label(text, variation)}\n{label(brackets[0] + unit + brackets[1], variation)}"


def upright(text: str) -> str:
    """A label for a narrow column, one character under another, brackets turned."""
    turned = {"（": "︵", "）": "︶", "ー": "｜"}
    flat = text.replace("\n", "").replace(" ", "")
    return "\n".join(turned.get(character, character) for character in flat)
