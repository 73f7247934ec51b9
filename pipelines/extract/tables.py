"""The ruled tables of a page: which engine saw them, and why not the first.

In: a page's ink and frame, and a way to draw it. Out: :class:`Tables`. The rulings that the page
draws as vectors come first; edges of cell backgrounds count where no line is drawn. The page is
drawn and read again (``combined``) only where a check says that the vectors did not tell all:

- text stands on an image, in no cell (a table scanned or pasted as a picture);
- text stands inside a table's outline, in none of its cells;
- several long lines run each way and make up no table.

The second reading is kept only if it puts more characters into cells than the first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipelines.extract.captions import leave_out_captions
from pipelines.extract.centred import give_back_centred
from pipelines.extract.cut_off import cut_off
from pipelines.extract.glyphs import Glyphs
from pipelines.extract.grid import Grid, find_grids, holders
from pipelines.extract.ink import Box, Fill, Piece
from pipelines.extract.laid_over import laid_over
from pipelines.extract.overflow import give_back
from pipelines.extract.overhang import give_back_lines
from pipelines.extract.rulings import Rulings, tidy
from pipelines.extract.run_on import take_in_below
from pipelines.extract.spill import take_in_spilt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.frame import Frame
    from pipelines.extract.ink import Ink
    from pipelines.extract.limits import Limits
    from pipelines.extract.placed import Place

    Look = Callable[[], tuple[list[Piece], list[Piece]]]

# Edges this near to a ruling are that ruling.
_NEAR = 2.0
# A background smaller than this each way is no cell.
_SMALLEST_CELL = 6.0
# Characters in no cell that call for a second look: on images, inside a table's outline.
_ON_IMAGES, _IN_OUTLINE = 8, 3
# Lines of this length, this many each way, that make up no table.
_LONG, _MANY = 20.0, 3
_AT = attrgetter("at")


class Held(NamedTuple):
    """The table and the cell that hold each glyph of a page, -1 where none does.

    ``doubtful``: cells of which a figure or a line may be another's, or another's theirs.
    ``over``: glyphs of text that lies over the page, in no cell.
    """

    table_of: NDArray[np.int64]
    cell_of: NDArray[np.int64]
    doubtful: set[Place]
    over: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables, top to bottom; the engine (vector, combined or none); why not vector alone.

    ``glyphs``: those of the page, which ``held`` tells the places of.
    """

    glyphs: Glyphs
    grids: tuple[Grid, ...]
    held: Held
    engine: str
    reason: str | None


def find_tables(ink: Ink, frame: Frame, number: int, limits: Limits, look: Look) -> Tables:
    """The tables of page ``number``; ``look`` draws the page and gives the rulings seen there."""
    glyphs = Glyphs(ink.glyphs)
    places, marks = glyphs.places, glyphs.characters

    def grids_of(rulings: Rulings) -> list[Grid]:
        return find_grids(rulings, frame.width, frame.height, number, limits)

    rulings = tidy(ink.horizontals, ink.verticals)
    grids = grids_of(rulings)
    if ink.fills:
        across, down = _background_edges(ink.fills, grids, rulings)
        if across or down:
            rulings = tidy([*ink.horizontals, *across], [*ink.verticals, *down])
            grids = grids_of(rulings)
    held = _held(glyphs, ink.cut_short, grids)
    loose = (held.table_of < 0) & (marks > 0) & ~held.over
    reason = _why_look_again(places[loose], ink, grids, rulings) if loose.any() else None
    if reason is not None:
        across, down = look()
        seen = grids_of(tidy([*ink.horizontals, *across], [*ink.verticals, *down]))
        held_then = _held(glyphs, ink.cut_short, seen)
        if marks[held_then.table_of >= 0].sum() > marks[held.table_of >= 0].sum():
            return Tables(glyphs, tuple(seen), held_then, "combined", reason)
        reason += "; a second reading with combined saw no more"
    return Tables(glyphs, tuple(grids), held, "vector" if grids else "none", reason)


def _held(glyphs: Glyphs, cut_short: set[Box], grids: Sequence[Grid]) -> Held:
    """The table and the cell of each glyph: where it stands, or whose text it goes on with."""
    table_of, cell_of = holders(glyphs.places, grids)
    over = laid_over(glyphs, table_of, cell_of, grids)
    if not over.any():
        doubtful = _settle(glyphs, table_of, cell_of, grids)
    else:
        table_of[over] = cell_of[over] = -1
        under = np.flatnonzero(~over)
        tables, cells = table_of[under], cell_of[under]
        doubtful = _settle(glyphs.those(under), tables, cells, grids)
        table_of[under], cell_of[under] = tables, cells
    doubtful |= cut_off(glyphs, table_of, cell_of, grids, cut_short)
    return Held(table_of, cell_of, doubtful, over)


def _settle(
    glyphs: Glyphs,
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> set[Place]:
    """Give glyphs at the edges of cells to whose text they go on with; the doubtful cells."""
    leave_out_captions(glyphs, table_of, cell_of, grids)
    give_back_centred(glyphs, table_of, cell_of, grids)
    doubtful = give_back(glyphs, table_of, cell_of, grids)
    take_in_below(glyphs, table_of, cell_of, grids)
    # Before lines change cells: of a line across a ruling only one half would.
    doubtful |= take_in_spilt(glyphs, table_of, cell_of, grids)
    give_back_lines(glyphs, table_of, cell_of, grids)
    return doubtful


def _background_edges(
    fills: Sequence[Fill], grids: Sequence[Grid], rulings: Rulings
) -> tuple[list[Piece], list[Piece]]:
    """Edges of cell backgrounds that rule where no line is drawn."""
    turned = [Fill(_turned(fill.box), fill.colour) for fill in fills]
    ruled_across, ruled_down = sorted(rulings.horizontals), sorted(rulings.verticals)
    across: list[Piece] = []
    down: list[Piece] = []
    for fill in fills:
        box = fill.box
        if min(box.x1 - box.x0, box.y1 - box.y0) < _SMALLEST_CELL:
            continue
        over = [grid for grid in grids if _share(grid.outline, box)]
        for y in (box.y0, box.y1):
            edge = Piece(y, box.x0, box.x1)
            if not _is_ruled(edge, ruled_across) and not _ends_with_its_sides(edge, rulings.led):
                cells = [_turned(cell.box) for grid in over for cell in grid.cells]
                across += _parting(edge, fill, cells, turned) if over else [edge]
        for x in (box.x0, box.x1):
            edge = Piece(x, box.y0, box.y1)
            if not _is_ruled(edge, ruled_down):
                cells = [cell.box for grid in over for cell in grid.cells]
                down += _parting(edge, fill, cells, fills) if over else [edge]
    return across, down


def _parting(edge: Piece, fill: Fill, cells: Sequence[Box], fills: Sequence[Fill]) -> list[Piece]:
    """The pieces of an edge (its ``at`` an x) that part ruled cells.

    It parts a cell only if it runs through it from side to side, away from its borders (a mark
    behind some words does not), and if the colour ends there (two boxes of one colour that meet
    look like one).
    """
    through = [
        Piece(edge.at, cell.y0, cell.y1)
        for cell in cells
        if cell.x0 + _SMALLEST_CELL <= edge.at <= cell.x1 - _SMALLEST_CELL
        and edge.start - cell.y0 <= _NEAR
        and cell.y1 - edge.end <= _NEAR
    ]
    return [piece for piece in through if not _goes_on(piece, fill, fills)]


def _goes_on(piece: Piece, fill: Fill, fills: Sequence[Fill]) -> bool:
    """Whether a box of the same colour lies on either side of an edge of ``fill``."""
    alike = [other.box for other in fills if other.colour == fill.colour]
    before = [box for box in alike if box.x0 < piece.at - _NEAR and box.x1 >= piece.at - _NEAR]
    after = [box for box in alike if box.x1 > piece.at + _NEAR and box.x0 <= piece.at + _NEAR]
    middle = (piece.start + piece.end) / 2
    return all(any(box.y0 <= middle <= box.y1 for box in side) for side in (before, after))


def _ends_with_its_sides(edge: Piece, led: Sequence[Piece]) -> bool:
    """Whether a background ends below where both sides of its cell do, with the text in it.

    They were led on to the end of the row, and so is the cell.
    """
    return all(
        any(abs(line.at - x) <= _NEAR and abs(line.start - edge.at) <= _NEAR for line in led)
        for x in (edge.start, edge.end)
    )


def _turned(box: Box) -> Box:
    """The box with x and y exchanged."""
    return Box(box.y0, box.x0, box.y1, box.x1)


def _share(a: Box, b: Box) -> bool:
    shared = a.cut(b)
    return shared.x1 - shared.x0 > _NEAR and shared.y1 - shared.y0 > _NEAR


def _is_ruled(edge: Piece, lines: Sequence[Piece]) -> bool:
    """Whether lines already drawn, in order of where they lie, cover an edge."""
    first = bisect_left(lines, edge.at - _NEAR, key=_AT)
    last = bisect_right(lines, edge.at + _NEAR, key=_AT)
    covered = sum(
        max(min(line.end, edge.end) - max(line.start, edge.start), 0.0)
        for line in lines[first:last]
    )
    return covered >= edge.end - edge.start - _NEAR


def _why_look_again(
    loose: NDArray[np.float64], ink: Ink, grids: Sequence[Grid], rulings: Rulings
) -> str | None:
    """The check that the vectors did not tell all, on the places of characters in no cell."""
    if (count := _within(loose, ink.images)) >= _ON_IMAGES:
        return f"{count} characters on images stand in no cell"
    outlines = [grid.outline for grid in grids]
    if (count := _within(loose, outlines)) >= _IN_OUTLINE:
        return f"{count} characters inside a table's outline stand in no cell"
    across, down = (
        sum(
            line.end - line.start >= _LONG
            and not any(outline.holds(*_middle(line, across=way), _NEAR) for outline in outlines)
            for line in lines
        )
        for way, lines in ((True, rulings.horizontals), (False, rulings.verticals))
    )
    if min(across, down) >= _MANY:
        return f"{across} by {down} ruled lines make up no table"
    return None


def _within(places: NDArray[np.float64], boxes: Sequence[Box]) -> int:
    """How many places lie in any of the boxes."""
    found = np.zeros(len(places), dtype=bool)
    for box in boxes:
        found |= (
            (places[:, 0] >= box.x0)
            & (places[:, 0] <= box.x1)
            & (places[:, 1] >= box.y0)
            & (places[:, 1] <= box.y1)
        )
    return int(found.sum())


def _middle(line: Piece, *, across: bool) -> tuple[float, float]:
    middle = (line.start + line.end) / 2
    return (middle, line.at) if across else (line.at, middle)
