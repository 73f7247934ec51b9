"""From rulings to the cells they enclose.

In: the :class:`~pipelines.extract.rulings.Rulings` of a page. Out: :class:`Grid` objects, one a
ruled table as camelot's *lattice* sees it: its grid lines, and its merged cells with their spans.
Which edges of the grid are drawn is decided here, by how much of each a ruling covers: a line
that stops half-way must not count as drawn throughout, nor one with a gap as missing.
Refuses (``DocumentError``) more rulings or grid cells than the limits allow.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipelines.extract.camelot_parsers import lattice_lines
from pipelines.extract.ink import Box, Piece
from pipelines.extract.limits import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.limits import Limits
    from pipelines.extract.rulings import Rulings

    #: A ruling, and the strokes that it was made of.
    _Ruled = tuple[Piece, tuple[Piece, ...]]

# Share of an edge that must be inked for it to part two cells.
_INKED = 0.5
# How far a ruling may lie from the grid line that camelot made of it.
_NEAR = 2.6
# How far a stroke may lie from the grid line, where blocks with other edges share it.
_ASTRAY = 5.0
# Marks in the map of owners: no cell there (yet), none for good.
_NONE, _OPEN = -1, -2


class GridCell(NamedTuple):
    """One merged cell: first row and column (from 0), spans, box (origin top left)."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    is_open_above: bool
    """Whether nothing rules its upper edge."""
    is_open_below: bool
    """Whether nothing rules its lower edge."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges on the grid lines of one direction, a row a line, a column a step along it.

    ``drawn``: which are ruled. ``at``: where; camelot makes one grid line of rulings up to a few
    points apart, and a ruling of two blocks of a form need not be in line.
    """

    drawn: NDArray[np.bool_]
    at: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table: its grid lines, left to right and top to bottom, and its cells.

    ``owner[row, column]`` is the index of the cell there, or -1 where the table is open.
    ``across`` are the edges on ``ys``, ``down`` those on ``xs``.
    """

    xs: NDArray[np.float64]
    ys: NDArray[np.float64]
    owner: NDArray[np.int64]
    cells: tuple[GridCell, ...]
    across: Edges
    down: Edges

    @property
    def outline(self) -> Box:
        """The box around it."""
        return Box(float(self.xs[0]), float(self.ys[0]), float(self.xs[-1]), float(self.ys[-1]))

    @property
    def area(self) -> float:
        """Area of its outline, square points."""
        box = self.outline
        return (box.x1 - box.x0) * (box.y1 - box.y0)


def find_grids(
    rulings: Rulings, width: float, height: float, page_number: int, limits: Limits
) -> list[Grid]:
    """The ruled tables of a page, top to bottom, then left to right."""
    if len(rulings.horizontals) + len(rulings.verticals) > limits.rulings_per_page:
        reason = (
            f"has more than {limits.rulings_per_page:,} ruled lines on page {page_number}: "
            "no sheet does"
        )
        raise DocumentError(reason)
    grids: list[Grid] = []
    size = 0
    for lines in lattice_lines(rulings, width, height):
        size += len(lines.xs) * len(lines.ys)
        if size > limits.grid_cells_per_page:
            reason = (
                f"has tables of more than {limits.grid_cells_per_page:,} cells on page "
                f"{page_number}: no sheet does"
            )
            raise DocumentError(reason)
        xs, ys = lines.xs, lines.ys
        across, down = _own(rulings, lines.corners)
        grid = enclose(xs, ys, _edges(across, ys, xs), _edges(down, xs, ys))
        if grid.cells:
            grids.append(grid)
    grids.sort(key=lambda grid: (round(grid.ys[0]), grid.xs[0]))
    return grids


def holders(
    places: NDArray[np.float64], grids: Sequence[Grid]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Per place (x, y): the table and the cell of it that holds the place; -1 if none does.

    Where tables are nested, the innermost holds it.
    """
    table_of = np.full(len(places), _NONE, dtype=np.int64)
    cell_of = np.full(len(places), _NONE, dtype=np.int64)
    for table in sorted(range(len(grids)), key=lambda t: grids[t].area):
        grid = grids[table]
        rows, columns = grid.owner.shape
        column = np.searchsorted(grid.xs, places[:, 0]) - 1
        row = np.searchsorted(grid.ys, places[:, 1]) - 1
        column = _settled(column, row, places[:, 0], grid.down)
        row = _settled(row, column, places[:, 1], grid.across)
        within = (column >= 0) & (column < columns) & (row >= 0) & (row < rows) & (table_of < 0)
        owner = grid.owner[row.clip(0, rows - 1), column.clip(0, columns - 1)]
        held = within & (owner >= 0)
        table_of[held] = table
        cell_of[held] = owner[held]
    return table_of, cell_of


def _settled(
    index: NDArray[np.int64],
    beside: NDArray[np.int64],
    places: NDArray[np.float64],
    edges: Edges,
) -> NDArray[np.int64]:
    """Rows or columns of ``places``, told by where the edges at both sides are drawn.

    ``index``: what the grid lines say; ``beside``: the other coordinate's row or column.
    """
    lines, steps = edges.at.shape
    step = beside.clip(0, steps - 1)
    low, high = index.clip(0, lines - 1), (index + 1).clip(0, lines - 1)
    is_before = edges.drawn[low, step] & (places <= edges.at[low, step])
    is_behind = edges.drawn[high, step] & (places > edges.at[high, step])
    settled: NDArray[np.int64] = index - (is_before & (index >= 0)) + (is_behind & ~is_before)
    return settled


def enclose(
    xs: Sequence[float], ys: Sequence[float], edges_across: Edges, edges_down: Edges
) -> Grid:
    """The cells on grid lines ``xs`` and ``ys``, given which edges are drawn."""
    rows, columns = len(ys) - 1, len(xs) - 1
    # across[i][c]: the edge on grid line i along column c; down[j][r]: along row r on line j.
    across, down = edges_across.drawn.tolist(), edges_down.drawn.tolist()
    at_across, at_down = edges_across.at.tolist(), edges_down.at.tolist()
    region = _regions(across, down)
    owner = [[_NONE] * columns for _ in range(rows)]
    cells: list[GridCell] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] != _NONE:
                continue
            bottom, right = _extent(region, owner, row, column)
            above, below = across[row][column:right], across[bottom][column:right]
            is_cell = _is_closed(above, below, down[column][row:bottom], down[right][row:bottom])
            number = len(cells) if is_cell else _OPEN
            for line in owner[row:bottom]:
                line[column:right] = [number] * (right - column)
            if is_cell:
                box = Box(
                    _middle(at_down[column][row:bottom]),
                    _middle(at_across[row][column:right]),
                    _middle(at_down[right][row:bottom]),
                    _middle(at_across[bottom][column:right]),
                )
                spans = bottom - row, right - column
                cells.append(GridCell(row, column, *spans, box, not any(above), not any(below)))
    owners = np.array(owner, dtype=np.int64).reshape(rows, columns)
    owners[owners == _OPEN] = _NONE
    return Grid(np.array(xs), np.array(ys), owners, tuple(cells), edges_across, edges_down)


def _middle(places: list[float]) -> float:
    """Where a side of several edges is: the middle one's place."""
    half = len(places) // 2
    places.sort()
    return places[half] if len(places) % 2 else (places[half - 1] + places[half]) / 2


def _own(rulings: Rulings, corners: set[tuple[float, float]]) -> tuple[list[_Ruled], list[_Ruled]]:
    """The rulings that belong to the table with these corners, each with its strokes.

    camelot makes one grid line of rulings up to a few points apart, so a ruling's own place need
    not be a corner's.
    """
    by_y: dict[float, list[float]] = {}
    by_x: dict[float, list[float]] = {}
    for x, y in sorted(corners):
        by_y.setdefault(y, []).append(x)
        by_x.setdefault(x, []).append(y)

    def own(lines: Iterable[_Ruled], corners: dict[float, list[float]]) -> list[_Ruled]:
        ats = sorted(corners)
        return [line for line in lines if _meets_a_corner(line[0], ats, corners)]

    across = zip(rulings.horizontals, rulings.across, strict=True)
    down = zip(rulings.verticals, rulings.down, strict=True)
    return own(across, by_y), own(down, by_x)


def _meets_a_corner(line: Piece, ats: list[float], corners: dict[float, list[float]]) -> bool:
    """Whether a ruling lies on a corner; ``corners``: by coordinate across it, along it."""
    near = ats[bisect_left(ats, line.at - _NEAR) : bisect_right(ats, line.at + _NEAR)]
    return any(
        bisect_left(corners[at], line.start - _NEAR) < bisect_right(corners[at], line.end + _NEAR)
        for at in near
    )


def _edges(ruled: Sequence[_Ruled], ats: Sequence[float], steps: Sequence[float]) -> Edges:
    """The edges on each grid line in ``ats``, for each step between two of ``steps``.

    The lines say which are drawn; the strokes that they were made of, where.
    """
    covered = _covered((line for line, _ in ruled), ats, steps, _NEAR)[0]
    strokes = chain.from_iterable(strokes for _, strokes in ruled)
    length, moment = _covered(strokes, ats, steps, _ASTRAY)
    is_known = length > 0
    lies = np.array(ats)[:, None]
    at = np.where(is_known, moment / np.where(is_known, length, 1.0), lies)
    drawn = covered >= _INKED * np.diff(steps)
    return Edges(drawn, np.where(drawn, at, lies))


def _covered(
    lines: Iterable[Piece], ats: Sequence[float], steps: Sequence[float], near: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ink on each edge: its length, and length times place, of lines ``near`` a grid line."""
    last = len(steps) - 1
    length = [[0.0] * last for _ in ats]
    moment = [[0.0] * last for _ in ats]
    for at, start, end in lines:
        index = _nearest(ats, at)
        if abs(ats[index] - at) > near:
            continue
        for step in range(
            max(bisect_right(steps, start) - 1, 0), min(bisect_left(steps, end), last)
        ):
            overlap = min(steps[step + 1], end) - max(steps[step], start)
            length[index][step] += overlap
            moment[index][step] += overlap * at
    return np.array(length), np.array(moment)


def _nearest(ats: Sequence[float], at: float) -> int:
    """Index of the grid line nearest to ``at``."""
    after = bisect_left(ats, at)
    if after == len(ats) or (after > 0 and at - ats[after - 1] <= ats[after] - at):
        return after - 1
    return after


def _regions(across: list[list[bool]], down: list[list[bool]]) -> list[list[int]]:
    """Number of the connected set that each grid cell belongs to (no ink in between)."""
    rows, columns = len(across) - 1, len(down) - 1
    region = [[_NONE] * columns for _ in range(rows)]
    number = 0
    for row in range(rows):
        for column in range(columns):
            if region[row][column] != _NONE:
                continue
            region[row][column] = number
            stack = [(row, column)]
            while stack:
                r, c = stack.pop()
                neighbours = (
                    (r - 1, c, r > 0 and not across[r][c]),
                    (r + 1, c, r + 1 < rows and not across[r + 1][c]),
                    (r, c - 1, c > 0 and not down[c][r]),
                    (r, c + 1, c + 1 < columns and not down[c + 1][r]),
                )
                for r2, c2, is_open in neighbours:
                    if is_open and region[r2][c2] == _NONE:
                        region[r2][c2] = number
                        stack.append((r2, c2))
            number += 1
    return region


def _extent(
    region: list[list[int]], owner: list[list[int]], row: int, column: int
) -> tuple[int, int]:
    """End row and end column of the rectangle that starts here.

    It is the whole region if that is one. If not (a ruling is missing a piece), the region is cut
    into rectangles, as wide as possible first: rows are what a form repeats.
    """
    number = region[row][column]
    rows, columns = len(region), len(region[0])
    right = column + 1
    while right < columns and region[row][right] == number and owner[row][right] == _NONE:
        right += 1
    line, free = [number] * (right - column), [_NONE] * (right - column)
    bottom = row + 1
    while (
        bottom < rows
        and region[bottom][column:right] == line
        and owner[bottom][column:right] == free
    ):
        bottom += 1
    return bottom, right


def _is_closed(above: list[bool], below: list[bool], before: list[bool], after: list[bool]) -> bool:
    """Whether two opposite sides are drawn: a corner that the table leaves free has none."""
    return (_is_drawn(above) and _is_drawn(below)) or (_is_drawn(before) and _is_drawn(after))


def _is_drawn(side: list[bool]) -> bool:
    return sum(side) >= _INKED * len(side)
