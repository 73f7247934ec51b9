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

from pipelines.extract.run_on import PITCH
from pipelines.extract.words import ALIKE, SPACE, WORD_GAP, are_on_one_line, gap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

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
    glyphs: Sequence[Glyph],
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> None:
    """Reassign, in place, the lines that stand above and below the cell they are centred in."""
    for text in _texts(_lines(glyphs, table_of, cell_of)):
        home = _home(text, grids)
        if home is not None:
            for line in text:
                table_of[line.members], cell_of[line.members] = home


def _lines(
    glyphs: Sequence[Glyph], table_of: NDArray[np.int64], cell_of: NDArray[np.int64]
) -> Iterator[_Line]:
    """The lines of upright text in tables, in the order printed."""
    line: _Line | None = None
    places = zip(table_of.tolist(), cell_of.tolist(), strict=True)
    for index, (glyph, place) in enumerate(zip(glyphs, places, strict=True)):
        if glyph.is_space or not glyph.is_upright or place[0] < 0:
            continue
        if line is not None and are_on_one_line(line.last, glyph):
            widest = SPACE if place == line.places[-1] else WORD_GAP
            if abs(gap(line.last, glyph)) <= widest * glyph.em:
                line.members.append(index)
                line.places.append(place)
                line.last = glyph
                continue
        if line is not None:
            yield line
        line = _Line([index], glyph, glyph, [place])
    if line is not None:
        yield line


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
