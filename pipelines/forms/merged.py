"""A cell of a list that is merged over several records and cut by a page's end.

In: the cells of one column, and the records. Out: which cells hold the text of a half, and which
halves may belong together without the print saying so. Refuses nothing; the reader puts
what is not clear aside.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.cells import Cell
    from pipelines.forms.records import Record

_ENDS_OF_SENTENCES = tuple("。．.)」』】〕")
#: Shorter texts are marks, no sentences that could be cut, nor the ends of some.
_SHORTEST_PROSE, _SHORTEST_END = 8, 4
#: Nothing but the end of a sentence that began elsewhere.
_MERE_END = re.compile(r"[。．.、,)」』】〕]+")
#: Sentences hold kana; review numbers (新03-0004) do not.
_KANA = re.compile(r"[ぁ-んァ-ヶ]")


@dataclass(slots=True)
class Halves:
    """Of one column: halves by key, with the cells that hold their whole text; unclear ones."""

    text_of: dict[str, list[Cell]] = field(default_factory=dict)
    unclear: list[Cell] = field(default_factory=list)


def halves(column: Sequence[Cell], records: Sequence[Record], *, shows_cuts: bool) -> Halves:
    """The halves of one column.

    Where the print leaves open what a page's end cuts (``shows_cuts``), it says which are halves.
    Where it rules all alike, a blank half is told from an empty cell by the rest of the column:
    where nothing else is blank, it is a half; where the page's end cuts a record, both halves in
    it are one cell, which may go on over the records after or before it. Two halves that both hold
    text are unclear if the upper one breaks off, if the lower one is a mere end, or if other cells
    of the column are merged over several records, too.
    """
    found = Halves()
    pairs = [
        (upper, lower)
        for upper, lower in itertools.pairwise(sorted(column, key=lambda cell: cell.top))
        if upper.is_continued_by(lower)
    ]
    for upper, lower in pairs:
        if upper.is_one_with(lower):
            whole = [*found.text_of.get(upper.key, [upper]), lower]
            found.text_of.update(dict.fromkeys((part.key for part in whole), whole))
    pairs = [pair for pair in pairs if not pair[0].is_one_with(pair[1])]
    within = [pair for pair in pairs if any(_holds(record, *pair) for record in records)]
    for upper, lower in within:
        if upper.is_blank != lower.is_blank:
            blank, printed = (upper, lower) if upper.is_blank else (lower, upper)
            if sum(blank in record.cells for record in records) > 1:
                found.text_of[blank.key] = [printed]
    pairs = [
        pair for pair in pairs if pair not in within and not (shows_cuts and _are_ruled_off(*pair))
    ]
    edges = {cell.key for pair in pairs for cell in pair}
    has_blanks = any(cell.is_blank for cell in column if cell.key not in edges)
    is_merged = any(sum(cell in record.cells for record in records) > 1 for cell in column)
    for upper, lower in pairs:
        if upper.is_blank != lower.is_blank:
            if not has_blanks:
                blank, printed = (upper, lower) if upper.is_blank else (lower, upper)
                found.text_of[blank.key] = [printed]
        elif _MERE_END.fullmatch(lower.folded) or (
            len(upper.folded) >= _SHORTEST_PROSE
            and len(lower.folded) >= _SHORTEST_END
            and _KANA.search(upper.folded)
            and _KANA.search(lower.folded)
            and (is_merged or not upper.folded.endswith(_ENDS_OF_SENTENCES))
        ):
            found.unclear += [upper, lower]
    return found


def _are_ruled_off(upper: Cell, lower: Cell) -> bool:
    return not upper.is_open_below and not lower.is_open_above


def _holds(record: Record, upper: Cell, lower: Cell) -> bool:
    return upper in record.cells and lower in record.cells
