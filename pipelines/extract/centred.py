"""Text too high for its cell and centred in it: lines of it stand in the cells above and below.

In: the glyphs of a page in the order that it prints them, the table and cell that each one stands
in, the grids. Out: the same assignment, with such lines given to the cell that they are centred in.
A spreadsheet makes no row higher for the text of a merged cell, and some print what overflows.
Refuses nothing: lines that stand so in each of their cells that they may be its own text stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.run_on import PITCH
from pipelines.extract.words import ALIKE, SPACE, WORD_GAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.glyphs import Glyphs
    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Box, Glyph
    from pipelines.extract.placed import Place

# How near lines of one text may stand, and how far from the middle of its cell a centred text, in
# ems: fonts differ in where on a line their characters' middles lie.
_NEAREST, _OFF_CENTRE = 0.8, 0.25


@dataclass(slots=True)
class _Line:
    """A line of text as printed: its glyphs, its first and last, and the cells they stand in."""

    members: list[int]
    first: Glyph
    last: Glyph
    places: list[Place]

    @property
    def height(self) -> float:
        """How far down the page its middle is."""
        return self.first.centre[1]


def give_back_centred(
    glyphs: Glyphs,
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> None:
    """Reassign, in place, the lines that stand above and below the cell they are centred in."""
    members = np.flatnonzero(glyphs.is_text & (table_of >= 0))
    for lines in _lines_below_each_other(glyphs, members, table_of[members], cell_of[members]):
        for text in _texts(lines):
            home = _home(text, grids)
            if home is not None:
                for line in text:
                    table_of[line.members], cell_of[line.members] = home


def _lines_below_each_other(
    glyphs: Glyphs,
    members: NDArray[np.int64],
    tables: NDArray[np.int64],
    cells: NDArray[np.int64],
) -> Iterator[list[_Line]]:
    """The lines of upright text in tables, printed one after the other at some line's distance.

    Those that stand in one cell all of them are left out. ``tables``, ``cells``: of ``members``.
    """
    if not len(members):
        return
    x, y, ux, em, width, height = (
        column[members]
        for column in (glyphs.x, glyphs.y, glyphs.ux, glyphs.em, glyphs.width, glyphs.height)
    )
    is_same = (np.diff(tables) == 0) & (np.diff(cells) == 0)
    # As ``are_on_one_line`` and ``gap`` have it of upright text.
    goes_on = np.abs(np.diff(y) * ux[:-1]) < WORD_GAP * np.maximum(em[:-1], em[1:])
    blank = np.abs(np.diff(x) * ux[:-1] - width[:-1])
    goes_on &= blank <= np.where(is_same, SPACE, WORD_GAP) * em[1:]
    first = np.concatenate(([0], np.flatnonzero(~goes_on) + 1))
    last = np.append(first[1:], len(members)) - 1
    distance, size = np.diff(height[first]), em[first]
    is_below = np.abs(np.diff(size)) <= ALIKE * size[1:]
    is_below &= (distance >= _NEAREST * size[1:]) & (distance <= PITCH * size[1:])
    begins = np.concatenate(([0], np.flatnonzero(~is_below) + 1))
    ends = np.append(begins[1:], len(first))
    # How many times the cell has changed up to each glyph.
    changes = np.concatenate(([0], np.cumsum(~is_same)))
    several = (ends - begins > 1) & (changes[first[begins]] < changes[last[ends - 1]])
    for begin, end in zip(begins[several].tolist(), ends[several].tolist(), strict=True):
        yield [
            _Line(
                members[at : to + 1].tolist(),
                glyphs[members[at]],
                glyphs[members[to]],
                [*zip(tables[at : to + 1].tolist(), cells[at : to + 1].tolist(), strict=True)],
            )
            for at, to in zip(first[begin:end].tolist(), last[begin:end].tolist(), strict=True)
        ]


def _texts(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Lines printed one after the other, under each other at one distance, in several cells."""
    text: list[_Line] = []
    for line in lines:
        if text and not _goes_on(text, line):
            if len({place for each in text for place in each.places}) > 1:
                yield text
            text = []
        text.append(line)
    if len({place for each in text for place in each.places}) > 1:
        yield text


def _goes_on(text: Sequence[_Line], line: _Line) -> bool:
    """Whether a line is set under the lines of a text, as far from the last as they are apart."""
    last, em = text[-1], line.first.em
    distance = line.height - last.height
    if abs(em - last.first.em) > ALIKE * em or not _NEAREST * em <= distance <= PITCH * em:
        return False
    if len(text) > 1 and abs(distance - (last.height - text[-2].height)) > ALIKE * em:
        return False
    return line.first.x < last.last.box.x1 and last.first.x < line.last.box.x1


def _home(text: Sequence[_Line], grids: Sequence[Grid]) -> Place | None:
    """The one cell that the lines of a text are centred in, where no other holds its part so."""
    if len(text) == 1:
        return None
    em = text[0].first.em
    distance = max(lower.height - upper.height for upper, lower in pairwise(text))
    parts = {
        place: [line for line in text if place in line.places]
        for place in {place for line in text for place in line.places}
    }
    boxes = {(table, cell): grids[table].cells[cell].box for table, cell in parts}
    if any(box.y1 - box.y0 <= distance for box in boxes.values()):
        # Rows no higher than a line: one line each.
        return None
    left = min(line.first.x for line in text)
    right = max(line.last.box.x1 for line in text)
    reach = ALIKE * em
    homes = [
        place
        for place, box in boxes.items()
        if box.x0 - reach <= left and right <= box.x1 + reach and _is_centred(text, box, em)
    ]
    others = [place for place in parts if place not in homes]
    if len(homes) != 1 or any(_is_centred(parts[at], boxes[at], em) for at in others):
        return None
    return homes[0]


def _is_centred(lines: Sequence[_Line], box: Box, em: float) -> bool:
    middle = (lines[0].height + lines[-1].height) / 2
    return abs(middle - (box.y0 + box.y1) / 2) <= _OFF_CENTRE * em
