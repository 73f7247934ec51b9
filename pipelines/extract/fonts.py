"""What a font says that its codes print: which glyphs, how wide, meaning what.

In: a playa font, and the strings that are shown in it. Out: :class:`Code`, one a glyph. Refuses
to guess: a code that the font gives no meaning is not mapped, and its glyph goes by its number,
as ``(cid:123)``. A figure read from the number of its glyph would be wrong and look right.

The tables are asked here, code by code, and not through playa's own ``decode``, which drops codes
that an encoding does not know, answers an unknown one with the character of the same number, and
pairs glyphs with meanings by their order.
"""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from playa.cmapdb import EncodingCMap, IdentityCMap, IdentityCMapByte, get_unicode_map
from playa.font import CIDFont, SimpleFont, TrueTypeFont, Type1Font, Type3Font
from playa.fontprogram import TrueTypeFontProgram
from playa.miner import PSLiteral, resolve1

from pipelines.extract.blanks import blank_glyphs
from pipelines.extract.ink import printed
from pipelines.extract.streams import is_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Meaning = Callable[[bytes, int], str | None]

logger = logging.getLogger(__name__)

_UNREADABLE = frozenset({"Cc", "Cn", "Co", "Cs"})
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Strings remembered with their codes: a sheet shows the same ones again and again.
_MOST_REMEMBERED = 4_096
_NON_SYMBOLIC = 32
# Encodings whose codes are Unicode, by a part of their names.
_UNICODE_CODES = {
    "-UCS2-": "utf-16-be",
    "-UTF16-": "utf-16-be",
    "-UTF32-": "utf-32-be",
    "-UTF8-": "utf-8",
}
# The ink of a full-width bracket or stop is one half of its em: that half is where it stands, since
# the other may be set over the edge of its cell.
_RIGHT_HALF, _LEFT_HALF = frozenset("（「『【〔［｛〈《"), frozenset("）」』】〕］｝〉》、。，．")
_FULL_WIDTH = 0.9


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a string, and the glyph it prints."""

    cid: int
    read: str | None
    """What the font says it means, if anything that can be read."""
    text: str
    """The same; where nothing is said, the glyph's number."""
    is_space: bool
    is_word_space: bool
    """Whether word spacing widens it: the single byte 32, whatever it prints."""
    displacement: float
    """To the next glyph, in ems, before any spacing; downwards negative in vertical writing."""
    characters: int
    """Printed characters it counts for: those of its text; one if that is unknown."""
    middle: float
    """The middle of what is seen of it, as a share of its width."""


def middle(text: str, displacement: float) -> float:
    """The middle of what is seen of a glyph, as a share of its width (``displacement`` ems)."""
    if displacement < _FULL_WIDTH:
        return 0.5
    return 0.75 if text in _RIGHT_HALF else 0.25 if text in _LEFT_HALF else 0.5


class FontFacts:
    """What one font says about its codes."""

    __slots__ = (
        "_blanks",
        "_cmap",
        "_codes",
        "_font",
        "_meaning",
        "_of_a_part",
        "_strings",
        "is_vertical",
        "scale",
    )

    def __init__(self, font: Any) -> None:  # noqa: ANN401 - playa's fonts have no public base type
        """Look once at the font's tables; ``scale`` turns its matrix into an em."""
        self._font = font
        self.is_vertical = bool(font.vertical)
        self.scale = _type3_scale(font) if isinstance(font, Type3Font) else 1.0
        self._meaning = _meaning(font)
        self._blanks: frozenset[int] | None = None
        self._codes: dict[tuple[bytes, int], Code] = {}
        self._cmap = _cmap(font)
        self._of_a_part: dict[int | bytes, Code] = {}
        self._strings: dict[bytes, tuple[Code, ...]] = {}

    def codes(self, shown: bytes) -> tuple[Code, ...]:
        """The codes of one string, in order; no byte of it is left out."""
        if self._cmap is None:
            return self._codes_of(shown)
        if isinstance(self._cmap, IdentityCMap):
            return self._codes_of([shown[at : at + 2] for at in range(0, len(shown), 2)])
        known = self._strings.get(shown)
        if known is None:
            known = tuple(self._code(*part) for part in _split(self._cmap, shown))
            if len(self._strings) >= _MOST_REMEMBERED:
                self._strings.clear()
            self._strings[shown] = known
        return known

    def _codes_of(self, parts: Sequence[int | bytes]) -> tuple[Code, ...]:
        """The codes of bytes, or of pairs of them, each of which is a code; half a pair is none."""
        try:
            return tuple(map(self._of_a_part.__getitem__, parts))
        except KeyError:
            for part in set(parts).difference(self._of_a_part):
                if isinstance(part, int):
                    self._of_a_part[part] = self._code(bytes((part,)), part)
                else:
                    cid = int.from_bytes(part, "big") if len(part) > 1 else 0
                    self._of_a_part[part] = self._code(part, cid)
            return tuple(map(self._of_a_part.__getitem__, parts))

    def _code(self, code: bytes, cid: int) -> Code:
        known = self._codes.get((code, cid))
        if known is not None:
            return known
        font = self._font
        said = self._meaning(code, cid)
        read = said if said and _is_readable(said) else None
        if read is None and self._draws_nothing(cid):
            # A blank has no mark that could be misread.
            read = " "
        is_space = read is not None and read.isspace()
        text = f"(cid:{cid})" if read is None else read
        displacement = font.vdisp(cid) if font.vertical else font.hdisp(cid)
        known = self._codes[code, cid] = Code(
            cid,
            read,
            text,
            is_space,
            code == b" ",
            displacement,
            1 if read is None else printed(read),
            middle(text, displacement),
        )
        return known

    def _draws_nothing(self, cid: int) -> bool:
        """Whether the font's own program has no outline for a glyph."""
        if self._blanks is None:
            self._blanks = blank_glyphs(self._font)
        return cid in self._blanks


def _cmap(font: Any) -> Any:  # noqa: ANN401
    """The encoding that a string is split into codes by; ``None`` where each byte is a code."""
    cmap = font.cmap if isinstance(font, CIDFont) else None
    return None if isinstance(cmap, IdentityCMapByte) else cmap


def _split(cmap: Any, shown: bytes) -> Iterator[tuple[bytes, int]]:  # noqa: ANN401
    """The codes of a string and their CIDs; 0 (no glyph) for what the encoding does not know."""
    if isinstance(cmap, EncodingCMap):
        yield from _split_by_ranges(cmap, shown)
    else:
        start, branch = 0, cmap.code2cid
        for end, value in enumerate(shown, 1):
            step = branch.get(value)
            if isinstance(step, dict):
                branch = step
                continue
            yield shown[start:end], 0 if step is None else step
            start, branch = end, cmap.code2cid
        if start < len(shown):
            yield shown[start:], 0


def _split_by_ranges(cmap: EncodingCMap, shown: bytes) -> Iterator[tuple[bytes, int]]:
    """The same by an encoding that the file itself holds."""
    ranges = list(zip(cmap.code_lengths, cmap.code_space, strict=True))
    start = 0
    while start < len(shown):
        code = shown[start : start + 1]
        for length, (low, high) in ranges:
            candidate = shown[start : start + length]
            if low <= candidate <= high:
                code = candidate
                break
        yield code, cmap.bytes2cid.get(code, 0)
        start += len(code)


def _meaning(font: Any) -> Meaning:  # noqa: ANN401
    """What answers for a font's codes: its own table first, else its encoding, else its glyphs.

    A symbolic TrueType font without an encoding goes from codes to glyphs directly: playa reads it
    by the standard encoding, and nothing says that it is right.
    """
    table = font.tounicode.bytes2unicode if _has_table(font) else None
    if isinstance(font, CIDFont):
        if table is not None:
            return _from_table(table, _nothing)
        return _from_cids(font)
    if not isinstance(font, SimpleFont):
        # A font that is missing from the file means nothing.
        return _nothing
    names = font._cid2unicode  # noqa: SLF001

    def by_name(_code: bytes, cid: int) -> str | None:
        return names.get(cid)

    if table is None:
        return by_name if font.encoding or not isinstance(font, TrueTypeFont) else _nothing
    if isinstance(font, Type1Font) or _is_non_symbolic(font):
        return _agreed(_from_table(table, by_name), by_name)
    return _from_table(table, _nothing)


def _has_table(font: Any) -> bool:  # noqa: ANN401
    """Whether the file itself maps the font's codes to Unicode."""
    if isinstance(font, SimpleFont):
        return font.tounicode is not None
    return (
        isinstance(font, CIDFont)
        and font.tounicode is not None
        and is_stream(resolve1(font.spec.get("ToUnicode")))
    )


def _agreed(by_table: Meaning, by_name: Meaning) -> Meaning:
    """The table's answer, unless the glyph that is drawn is named as another letter or figure."""

    def answer(code: bytes, cid: int) -> str | None:
        said, name = by_table(code, cid), by_name(code, cid)
        is_doubtful = said and name and (said.isalnum() or name.isalnum())
        return None if is_doubtful and not _alike(said, str(name)) else said

    return answer


def _nothing(_code: bytes, _cid: int) -> None:
    """The meaning of a code of which nothing is known."""


def _is_non_symbolic(font: SimpleFont) -> bool:
    """Whether a TrueType font draws the glyphs that the names in its encoding say."""
    flags = resolve1(font.descriptor.get("Flags"))
    return isinstance(font, TrueTypeFont) and isinstance(flags, int) and bool(flags & _NON_SYMBOLIC)


def _from_table(table: dict[bytes, str], otherwise: Meaning) -> Meaning:
    # Some producers write a code shorter or longer in the table than in the string.
    numbers = {int.from_bytes(code, "big"): text for code, text in table.items()}

    def answer(code: bytes, cid: int) -> str | None:
        text = table.get(code)
        if text is None:
            text = numbers.get(int.from_bytes(code, "big"))
        return otherwise(code, cid) if text is None else text

    return answer


def _from_cids(font: CIDFont) -> Meaning:
    """Without a table: codes that are Unicode, a known character collection, or the glyphs' own."""
    encoding = resolve1(font.spec.get("Encoding"))
    name = str(encoding.name) if isinstance(encoding, PSLiteral) else ""
    coding = next((coding for part, coding in _UNICODE_CODES.items() if part in name), None)
    if coding is not None:
        return lambda code, _cid: code.decode(coding, "replace")
    if "ToUnicode" in font.spec:
        # A name instead of a table: Identity, the codes are Unicode; of others nothing is known.
        named = resolve1(font.spec["ToUnicode"])
        if isinstance(named, PSLiteral) and "Identity" in str(named.name):
            return lambda code, _cid: code.decode("utf-16-be", "replace")
    glyphs = _glyph_texts(font)
    try:
        collection = get_unicode_map(font.cidcoding, font.vertical).cid2unichr
    except KeyError:
        return lambda _code, cid: glyphs.get(cid)

    def answer(_code: bytes, cid: int) -> str | None:
        text, drawn = collection.get(cid), glyphs.get(cid)
        # A font that calls its own glyph numbers a collection's: two answers are none.
        return text if drawn is None or _alike(text, drawn) else None

    return answer


def _glyph_texts(font: CIDFont) -> dict[int, str]:
    """By CID, what the table inside an embedded TrueType font says of its glyph."""
    program = resolve1(font.descriptor.get("FontFile2"))
    if not is_stream(program):
        return {}
    try:
        table = TrueTypeFontProgram(font.basefont, BytesIO(program.buffer)).create_tounicode()
    except Exception:  # noqa: BLE001 - any bytes may stand where a font should
        logger.debug("The font program of %.100r cannot be read", font.basefont)
        return {}
    if table is None:
        return {}
    texts = {int.from_bytes(code, "big"): text for code, text in table.bytes2unicode.items()}
    glyph_of = resolve1(font.spec.get("CIDToGIDMap"))
    if not is_stream(glyph_of):
        return texts
    pairs = glyph_of.buffer
    return {
        cid: texts[glyph]
        for cid in range(len(pairs) // 2)
        if (glyph := int.from_bytes(pairs[2 * cid : 2 * cid + 2], "big")) and glyph in texts
    }


def _alike(first: str | None, second: str) -> bool:
    return first is not None and (
        unicodedata.normalize("NFKC", first) == unicodedata.normalize("NFKC", second)
    )


def _is_readable(text: str) -> bool:
    return text != REPLACEMENT and not any(
        unicodedata.category(character) in _UNREADABLE for character in text
    )


def _type3_scale(font: Any) -> float:  # noqa: ANN401
    """Height of a Type 3 font's box in text space: its unit is the font's own, not an em."""
    height = abs(font.matrix[3] * (font.ascent - font.descent))
    return float(height) if 0 < height < 100 else 1.0  # noqa: PLR2004 - a sane box
