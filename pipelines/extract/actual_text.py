"""What a PDF says its glyphs stand for, where the font alone says it wrongly (ActualText).

In: playa text objects. Out: texts, one a glyph, or nothing. Browsers share one glyph between
characters that look alike (文 and the radical ⽂, a dash and a stroke) and name the one that was
meant beside it. Refuses what could change a reading rather than mend it: a letter or figure that
the font names itself stays, unless both are the same character in another form.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from playa.utils import decode_text

from pipelines.extract.fonts import REPLACEMENT

if TYPE_CHECKING:
    from playa.content import MarkedContent, TextObject


def stated_text(item: TextObject, used: dict[int, MarkedContent]) -> str:
    """What the file states that ``item`` stands for; empty where it says nothing.

    ``used`` remembers which statements were taken: one that spans several text objects does not
    speak glyph by glyph.
    """
    for span in reversed(item.mcstack):
        stated = span.props.get("ActualText")
        if isinstance(stated, bytes):
            break
    else:
        return ""
    if id(span) in used:
        return ""
    used[id(span)] = span
    return decode_text(stated)


def by_glyph(stated: str, count: int) -> tuple[str, ...]:
    """The statement cut into texts of its ``count`` glyphs; nothing where that cannot be told."""
    if count == 1 and stated:
        return (stated,)
    return tuple(stated) if len(stated) == count else ()


def mends(stated: str, read: str | None) -> bool:
    """Whether ``stated`` may stand for a glyph that the font reads as ``read`` (None: not)."""
    if any(c == REPLACEMENT or unicodedata.category(c)[0] == "C" for c in stated):
        return False
    if not read or not read.isalnum():
        return True
    return unicodedata.normalize("NFKC", stated) == unicodedata.normalize("NFKC", read)
