"""Whether two tools read the same cells, and if not, what became of a cell's text.

In: the texts of one page's cells, ours and another tool's. Out: by :data:`CAUSES`, how many of our
cells with text the other tool has, and what it has in place of the others. White space is left out
of account: what a line break within a cell becomes is each tool's own way. Refuses: nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SAME = "same text"
LOST = "nothing: the page has no other text left"
PRINTED_TWICE = "glyphs printed twice on one spot are given twice"
OTHER_ORDER = "same characters in another order"
WITH_OTHERS = "within a longer text, with other cells' words"
IN_PIECES = "in pieces, or cut"
ABSENT = "another text, or none"
CAUSES = (SAME, LOST, PRINTED_TWICE, OTHER_ORDER, WITH_OTHERS, IN_PIECES, ABSENT)
# A piece of a text says where that went; one or two characters stand anywhere.
LEAST_OF_A_PIECE = 3


def compared(ours: Iterable[str], theirs: Iterable[str]) -> Counter[str]:
    """What became of each of our cells with text."""
    wanted, found = Counter(map(bare, ours)), Counter(map(bare, theirs))
    del wanted[""], found[""]
    same = wanted & found
    causes = Counter({SAME: same.total()})
    left = list((found - same).elements())
    once = {_once(text) for text in left}
    sorted_left = {"".join(sorted(text)) for text in left}
    for text in (wanted - same).elements():
        causes[_cause(text, left, once, sorted_left)] += 1
    return +causes


def bare(text: str) -> str:
    """``text`` without white space."""
    return "".join(text.split())


def _cause(text: str, left: list[str], once: set[str], sorted_left: set[str]) -> str:
    if not left:
        return LOST
    if text in once or _once(text) in once:
        return PRINTED_TWICE
    if "".join(sorted(text)) in sorted_left:
        return OTHER_ORDER
    if any(text in other for other in left):
        return WITH_OTHERS
    if any(len(other) >= min(LEAST_OF_A_PIECE, len(text)) and other in text for other in left):
        return IN_PIECES
    return ABSENT


def _once(text: str) -> str:
    """``text`` with each run of one character cut to one."""
    return "".join(
        character
        for character, before in zip(text, "\0" + text, strict=False)
        if character != before
    )
