"""Which glyphs of a font have a Unicode meaning, and how large the font draws.

In: a playa font. Out: :class:`FontFacts`, one a font. playa answers an unmapped code with the
character of the same number, so that glyph 123 of a font without a table reads as ``{``: a figure
read that way would be wrong and look right. These facts tell such glyphs apart.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from playa.cmapdb import ToUnicodeMap
from playa.font import CIDFont, Font, Type3Font
from playa.miner import PSLiteral, resolve1

_UNREADABLE = frozenset({"Cc", "Cn", "Co", "Cs"})
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class FontFacts:
    """What one font says about its glyphs."""

    __slots__ = ("_codes", "_declared", "_known", "_values", "font", "scale", "vertical")

    def __init__(self, font: Any) -> None:  # noqa: ANN401 - playa's fonts have no public base type
        """Look once at the font's tables; ``scale`` turns its matrix into an em."""
        self.font = font
        self.vertical = bool(font.vertical)
        self.scale = _type3_scale(font) if isinstance(font, Type3Font) else 1.0
        self._known: dict[tuple[int, str | None], bool] = {}
        self._codes: dict[bytes, str] | None = None
        self._values: frozenset[str] = frozenset()
        # A font that is missing from the file means nothing.
        self._declared = type(font) is not Font
        tounicode = getattr(font, "tounicode", None)
        if tounicode is not None:
            if isinstance(font, CIDFont) and not tounicode.code_space:
                # Without a code space playa would read two-byte codes byte by byte.
                _set_two_bytes(tounicode)
            self._codes = tounicode.bytes2unicode
            self._values = frozenset(tounicode.bytes2unicode.values())
        elif isinstance(font, CIDFont):
            if _is_coded_in_unicode(font):
                # The codes themselves are Unicode. playa goes from them to the glyph and back,
                # and several dashes share a glyph.
                font.tounicode = ToUnicodeMap()
                _set_two_bytes(font.tounicode)
            elif font.unicode_map is None:
                self._declared = "ToUnicode" in font.spec

    def is_mapped(self, cid: int, text: str | None) -> bool:
        """Whether ``text`` is what the font itself says that glyph ``cid`` means."""
        key = (cid, text)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._decide(cid, text)
        return known

    def _decide(self, cid: int, text: str | None) -> bool:
        if not text or not self._declared or text == REPLACEMENT:
            return False
        if any(unicodedata.category(character) in _UNREADABLE for character in text):
            return False
        if self._codes is None:
            return True
        if len(text) == 1 and ord(text) == cid:
            # Perhaps playa's own substitute: only the table can tell.
            return any(
                cid.to_bytes(length, "big") in self._codes
                for length in self.font.tounicode.code_lengths
                if cid < 256**length
            )
        return text in self._values


def _is_coded_in_unicode(font: CIDFont) -> bool:
    """Whether the font's encoding is one of PDF's own for two-byte Unicode."""
    encoding = resolve1(font.spec.get("Encoding"))
    return isinstance(encoding, PSLiteral) and "-UCS2-" in str(encoding.name)


def _set_two_bytes(tounicode: ToUnicodeMap) -> None:
    tounicode.code_lengths = [2]
    tounicode.code_space = [(b"\x00\x00", b"\xff\xff")]


def _type3_scale(font: Any) -> float:  # noqa: ANN401
    """Height of a Type 3 font's box in text space: its unit is the font's own, not an em."""
    height = abs(font.matrix[3] * (font.ascent - font.descent))
    return float(height) if 0 < height < 100 else 1.0  # noqa: PLR2004 - a sane box
