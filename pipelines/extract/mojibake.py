"""Text in a font that passes the bytes of Japanese or Chinese text for Latin letters.

In: the ink of a page. Out: the same, with such letters unmapped: they go by their numbers, as
``(cid:178)``. A font for single bytes has no kana; a producer that shows Shift_JIS, EUC or GBK in
it anyway prints ideographs in glyphs that its encoding calls ²ßÄ¿. Each of them is two bytes, so
that letters of the upper half of the code table stand side by side; in the languages that have
them, they mostly stand alone. Refuses nothing: single signs of that half, ° or é, stay.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.extract.ink import Glyph, Ink

# Letters that call for a look, and how many of them must have another at their side.
_ENOUGH, _SHARE = 4, 0.5


def _upper_half(coding: str) -> dict[str, int]:
    """The characters of the codes from 128 on, with their codes."""
    found: dict[str, int] = {}
    for code in range(128, 256):
        character = bytes((code,)).decode(coding, "ignore")
        if character.isprintable() and not character.isspace():
            found.setdefault(character, code)
    return found


def _is_japanese(character: str) -> bool:
    return bool(character.encode("cp932", "ignore"))


_UPPER = _upper_half("mac_roman") | _upper_half("cp1252")
# Those that Japanese text never has: not ° × ÷ § ± and the like.
_FOREIGN = frozenset(character for character in _UPPER if not _is_japanese(character))


def put_aside_mojibake(ink: Ink) -> None:
    """Take their meaning from the letters of a page that are none."""
    glyphs = ink.glyphs
    if _FOREIGN.isdisjoint(map(attrgetter("text"), glyphs)):
        return
    foreign = [at for at, glyph in enumerate(glyphs) if glyph.text in _FOREIGN]
    if len(foreign) < _ENOUGH:
        return
    beside = sum(_has_another_beside(glyphs, at) for at in foreign)
    if beside >= _SHARE * len(foreign):
        for glyph in glyphs:
            if glyph.text in _UPPER:
                glyph.text = f"(cid:{_UPPER[glyph.text]})"
                glyph.is_mapped = False


def _has_another_beside(glyphs: list[Glyph], at: int) -> bool:
    """Whether another byte of the upper half stands before or after one; not the same again."""
    return any(
        0 <= other < len(glyphs)
        and glyphs[other].text != glyphs[at].text
        and (glyphs[other].text in _UPPER or not glyphs[other].is_mapped)
        for other in (at - 1, at + 1)
    )
