"""From rulings to the cells they enclose.

In: the :class:`~pipelines.extract.rulings.Rulings` of a page. Out: :class:`Grid` objects, one a
ruled table, found by camelot's *lattice* parser (``engine="vector"``): its rows and columns, and
its merged cells with their spans. Which lines of the grid are inked is decided here, by how much
of each edge a ruling covers: a line that stops half-way must not count as drawn throughout, nor
one with a hair gap as missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from camelot.parsers import Lattice
from playa.miner import LTLine, LTPage

from pipelines.extract.limits import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from pipelines.extract.limits import Limits
    from pipelines.extract.rulings import Ruling, Rulings

# Share of an edge that must be inked for it to part two cells.
_INKED = 0.5
# How far a ruling may lie from the grid line that camelot made of it.
_NEAR = 2.6


@dataclass(frozen=True, slots=True)
class GridCell:
    """One merged cell: first row and column (from 0), spans, box (origin top left)."""

    row: int
    column: int
    row_span: int
    column_span: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table: its grid lines, left to right and top to bottom, and its cells.

    ``owner[row, column]`` is the index of the cell there, or -1 where the table is open.
    """

    xs: NDArray[np.float64]
    ys: NDArray[np.float64]
    owner: NDArray[np.int64]
    cells: tuple[GridCell, ...]

    @property
    def area(self) -> float:
        """Area of its bounding box, square points."""
        return float((self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0]))


class _Lattice(Lattice):  # type: ignore[misc] - camelot carries no types
    """camelot's lattice parser for its grid alone: the text is assigned elsewhere."""

    def _reject_table(self, table: Any) -> bool:  # noqa: ANN401, ARG002
        return False  # A form with empty cells is still a form.

    def _document_has_no_text(self) -> bool:
        return False

    def record_parse_metadata(self, table: Any) -> None:  # noqa: ANN401
        """Nothing to record: no text is assigned."""


def find_grids(
    rulings: Rulings, width: float, height: float, page_number: int, limits: Limits
) -> list[Grid]:
    """The ruled tables of a page, in camelot's view of its rulings; top to bottom, then left."""
    if len(rulings.horizontals) + len(rulings.verticals) > limits.rulings_per_page:
        reason = (
            f"Page {page_number} has more than {limits.rulings_per_page:,} ruled lines: "
            "no sheet does."
        )
        raise DocumentError(reason)
    parser = _Lattice(engine="vector")
    parser.prepare_page_parse(
        "", _layout(rulings, width, height), (width, height), page_number, [], [], [], "", {}
    )
    grids: list[Grid] = []
    cells = 0
    for table in parser.extract_tables():
        cells += len(table.rows) * len(table.cols)
        if cells > limits.grid_cells_per_page:
            reason = (
                f"The tables of page {page_number} have more than "
                f"{limits.grid_cells_per_page:,} cells: no sheet does."
            )
            raise DocumentError(reason)
        joints = parser.table_bbox_parses[table._bbox]["joints"]  # noqa: SLF001
        own = _own(rulings, {(x, height - y) for x, y in joints})
        xs = np.array([column[0] for column in table.cols] + [table.cols[-1][1]])
        ys = np.array([height - row[0] for row in table.rows] + [height - table.rows[-1][1]])
        grids.append(enclose(xs, ys, *own))
    grids.sort(key=lambda grid: (round(grid.ys[0]), grid.xs[0]))
    return [grid for grid in grids if grid.cells]


def _layout(rulings: Rulings, width: float, height: float) -> LTPage:
    """The rulings as the layout that camelot reads (origin bottom left)."""
    layout = LTPage(1, (0, 0, width, height))
    boxes = [
        *((h.start, height - h.at, h.end, height - h.at) for h in rulings.horizontals),
        *((v.at, height - v.end, v.at, height - v.start) for v in rulings.verticals),
    ]
    for box in boxes:
        line = LTLine()
        line.set_bbox(box)
        line.stroke = True
        layout.add(line)
    return layout


def _own(rulings: Rulings, joints: set[tuple[float, float]]) -> tuple[list[Ruling], list[Ruling]]:
    """The rulings that belong to the table whose corners are ``joints``."""
    xs_at: dict[int, list[float]] = {}
    ys_at: dict[int, list[float]] = {}
    for x, y in joints:
        xs_at.setdefault(round(y * 1000), []).append(x)
        ys_at.setdefault(round(x * 1000), []).append(y)
    return (
        [line for line in rulings.horizontals if _meets(line, xs_at)],
        [line for line in rulings.verticals if _meets(line, ys_at)],
    )


def _meets(line: Ruling, joints_at: dict[int, list[float]]) -> bool:
    key = round(line.at * 1000)
    return any(
        line.start - _NEAR <= joint <= line.end + _NEAR
        for near in (key - 1, key, key + 1)
        for joint in joints_at.get(near, ())
    )


def enclose(
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    horizontals: Iterable[Ruling],
    verticals: Iterable[Ruling],
) -> Grid:
    """The cells that the rulings enclose on grid lines ``xs`` and ``ys``."""
    # across[i, c]: the edge on grid line i along column c; down[r, j] likewise.
    across = _inked(horizontals, ys, xs)
    down = _inked(verticals, xs, ys).T
    rows, columns = len(ys) - 1, len(xs) - 1
    region = _regions(across, down, rows, columns)
    owner = np.full((rows, columns), -1, dtype=np.int64)
    cells: list[GridCell] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row, column] != -1:
                continue
            row_span, column_span = _extent(region, owner, row, column)
            bottom, right = row + row_span, column + column_span
            block = (slice(row, bottom), slice(column, right))
            if _is_closed(across, down, row, column, bottom, right):
                owner[block] = len(cells)
                cells.append(
                    GridCell(
                        row,
                        column,
                        row_span,
                        column_span,
                        float(xs[column]),
                        float(ys[row]),
                        float(xs[right]),
                        float(ys[bottom]),
                    )
                )
            else:
                owner[block] = -2
    owner[owner == -2] = -1  # noqa: PLR2004 - visited, but open
    return Grid(xs, ys, owner, tuple(cells))


def _inked(
    lines: Iterable[Ruling], ats: NDArray[np.float64], steps: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Per grid line in ``ats`` and step between two of ``steps``: is the edge drawn?"""
    covered = np.zeros((len(ats), len(steps) - 1))
    low, high = steps[:-1], steps[1:]
    for line in lines:
        index = int(np.abs(ats - line.at).argmin())
        if abs(ats[index] - line.at) <= _NEAR:
            overlap = np.minimum(high, line.end) - np.maximum(low, line.start)
            covered[index] += np.maximum(overlap, 0.0)
    return covered >= _INKED * (high - low)


def _regions(
    across: NDArray[np.bool_], down: NDArray[np.bool_], rows: int, columns: int
) -> NDArray[np.int64]:
    """Number of the connected set that each grid cell belongs to (no ink in between)."""
    region = np.full((rows, columns), -1, dtype=np.int64)
    number = 0
    open_down = ~across[1:-1]
    open_right = ~down[:, 1:-1]
    for row in range(rows):
        for column in range(columns):
            if region[row, column] != -1:
                continue
            stack = [(row, column)]
            region[row, column] = number
            while stack:
                r, c = stack.pop()
                for r2, c2, passable in (
                    (r - 1, c, r > 0 and open_down[r - 1, c]),
                    (r + 1, c, r + 1 < rows and open_down[r, c]),
                    (r, c - 1, c > 0 and open_right[r, c - 1]),
                    (r, c + 1, c + 1 < columns and open_right[r, c]),
                ):
                    if passable and region[r2, c2] == -1:
                        region[r2, c2] = number
                        stack.append((r2, c2))
            number += 1
    return region


def _extent(
    region: NDArray[np.int64], owner: NDArray[np.int64], row: int, column: int
) -> tuple[int, int]:
    """Spans of the rectangle that starts here: the whole region if it is one, else a part.

    A region that is no rectangle (a ruling is missing a piece) is cut into rectangles, as wide as
    possible first: rows are what a form repeats.
    """
    number = region[row, column]
    rows, columns = region.shape
    right = column
    while right < columns and region[row, right] == number and owner[row, right] == -1:
        right += 1
    bottom = row
    while (
        bottom < rows
        and (region[bottom, column:right] == number).all()
        and (owner[bottom, column:right] == -1).all()
    ):
        bottom += 1
    return bottom - row, right - column


def _is_closed(  # noqa: PLR0913 - four edges of one rectangle on two ink maps
    across: NDArray[np.bool_],
    down: NDArray[np.bool_],
    top: int,
    left: int,
    bottom: int,
    right: int,
) -> bool:
    """Whether two opposite sides are drawn: a corner that the table leaves free has none."""
    sides = (
        across[top, left:right],
        across[bottom, left:right],
        down[top:bottom, left],
        down[top:bottom, right],
    )
    above, below, before, after = (side.mean() >= _INKED for side in sides)
    return bool((above and below) or (before and after))
