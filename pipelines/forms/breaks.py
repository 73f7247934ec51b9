"""Whether a text breaks off at a page's foot and one overleaf goes on with it, by their words.

In: the printed texts of two cells of one column, on both sides of a page's end. Out: whether the
upper one ends there, breaks off there, or may do either. Refuses nothing: ``UNCLEAR`` says that
neither words nor lines tell.

A text that a page's end cuts fills its last line there; one that ends seldom does.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.forms.cells import Cell

Break = Literal["ends", "breaks off", "unclear"]

ENDS_OF_SENTENCES = tuple("。．.)」』】〕")
#: Nothing but the end of a sentence that began elsewhere.
_MERE_END = re.compile(r"[。．.、,)」』】〕]+")
#: Shorter texts are marks, no sentences that could be cut, nor the ends of some.
_SHORTEST_PROSE, _SHORTEST_END = 8, 4
#: Sentences hold kana; review numbers (新03-0004) do not.
_KANA = re.compile(r"[ぁ-んァ-ヶ]")
#: What no text ends with: particles (but not those of こと and もの), opening brackets, commas.
_NEVER_LAST = re.compile(r"(?:[はがをにへやな、,・(「『【〔]|(?<!も)の|(?<!こ)と)$")
#: What no text begins with: closing brackets, small kana, particles before a word, verbs' ends.
_NEVER_FIRST = re.compile(
    r"[、。,.)」』】〕ーっゃゅょぁぃぅぇぉッャュョァィゥェォ々ん]|[のをにがはへでともや](?![ぁ-ん])"
    r"|[すしさじ](?:る|た|て|れ)|ている|ており|ため[、。]"
)
#: A mark that begins a list: ①, （１）, 1.
_FIRST_OF_A_LIST = re.compile(r"①|\(1\)|1[.)、]")
#: Room at the end of a line that is not full, in half-width signs.
_ROOM = 4


def break_between(upper: Cell, lower: Cell, column: Sequence[Cell]) -> Break:
    """What the page's end between two cells of a ``column`` does to the upper one's text."""
    if _MERE_END.fullmatch(lower.folded):
        return "unclear"
    if len(upper.folded) < _SHORTEST_PROSE or not _KANA.search(upper.folded):
        return "ends"
    is_full = _fills_its_last_line(upper, lower, column)
    ends_sentence = upper.folded.endswith(ENDS_OF_SENTENCES)
    if _NEVER_LAST.search(upper.folded) or _NEVER_FIRST.match(lower.folded):
        goes_on = is_full and not ends_sentence and _KANA.search(lower.folded)
        return "breaks off" if goes_on else "unclear"
    is_text = len(lower.folded) >= _SHORTEST_END and _KANA.search(lower.folded)
    if not is_text or not is_full or (ends_sentence and _FIRST_OF_A_LIST.match(lower.folded)):
        return "ends"
    return "unclear"


def has_paragraphs(cells: Iterable[Cell]) -> bool:
    """Whether a line within one of the texts ends a sentence and leaves room."""
    for cell in cells:
        lines = cell.printed.split("\n")
        widest = max(map(_width, lines))
        if any(
            line.rstrip().endswith(ENDS_OF_SENTENCES) and _width(line) <= widest - _ROOM
            for line in lines[:-1]
        ):
            return True
    return False


def _fills_its_last_line(upper: Cell, lower: Cell, column: Sequence[Cell]) -> bool:
    """Whether the text of ``upper`` leaves no room in its last line."""
    lines = [*upper.printed.split("\n"), *lower.printed.split("\n")]
    if len(lines) <= 2:  # noqa: PLR2004 - a line each shows no measure
        lines += [line for cell in column for line in cell.printed.split("\n")]
    return _width(upper.printed.split("\n")[-1]) > max(map(_width, lines)) - _ROOM


def _width(line: str) -> int:
    """How wide a line is, in half-width signs."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line.strip())
