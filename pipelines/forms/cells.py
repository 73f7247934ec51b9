"""Cells of one form in one long column: pages laid end to end, text folded for matching.

In: the ``RAW_CELLS`` and ``RAW_PAGES`` frames of one or more files, in reading order. Out:
:class:`Cell` objects whose ``top`` and ``bottom`` run on over the pages, and small geometric
questions about them. Refuses nothing: what stands on the page stands here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines.forms.wrapped import unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.extract import Extraction

ACROSS_RULING = "a figure or a line stands across the ruling between this cell and another"

#: How far two edges may stand apart, in points, and still be one ruling.
EDGE = 3.0

#: How far the edges of rows that were ruled one by one may stand apart and be meant as one.
RAGGED = 6.0

#: Narrower than the smallest print, in points.
_SLIVER = 4.0

#: Rows lower than the first, in points, are those of a sheet made to fit its paper: it is read as
#: if they had the height of the second. One cell in so many may be lower still.
_LOWEST_ROW, _USUAL_ROW, _LOWER = 8.0, 10.0, 10

# A soft hyphen is what fonts call a minus sign of the same glyph.
_SAME_SIGN = str.maketrans(
    dict.fromkeys("〜～", "~")
    | dict.fromkeys("･‧·", "・")
    | dict.fromkeys("‐－−\N{SOFT HYPHEN}", "-")
)


def fold(text: str) -> str:
    """Text for matching labels: NFKC, no white space, one wave dash, one hyphen, one dot."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_SAME_SIGN).split())


@dataclass(slots=True, eq=False)
class Cell:
    """One printed cell. ``top``/``bottom`` are points from the first page's top edge.

    Lengths are those of print of the usual size, whatever the sheet was made to fit on.
    """

    key: str
    document_key: str
    page: int
    table: int
    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    is_ruled: bool
    is_open_above: bool = False
    is_open_below: bool = False
    #: Why text of it may be another cell's, or text of its own in another cell.
    doubt: str | None = None
    #: The text with every line end that is printed, also where it wraps a figure.
    printed: str = ""
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        self.folded = fold(self.text)
        self.printed = self.printed or self.text

    def print(self, text: str) -> None:
        """Take another text for its own."""
        self.text, self.printed, self.folded = text, text, fold(text)

    @property
    def is_doubtful(self) -> bool:
        """Whether its text may be another cell's, or in part another cell's."""
        return self.doubt is not None

    @property
    def is_blank(self) -> bool:
        """Nothing is printed in it."""
        return not self.folded

    @property
    def is_sliver(self) -> bool:
        """A blank gap between two rulings, too narrow to be meant as a cell."""
        return self.is_blank and min(self.x1 - self.x0, self.bottom - self.top) < _SLIVER

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Distance of its middle from the left edge of the page."""
        return (self.x0 + self.x1) / 2

    def stands_over(self, other: Cell) -> bool:
        """Whether this cell's columns include the middle of the other's, or the reverse."""
        return self.x0 - EDGE <= other.centre <= self.x1 + EDGE and self.shares_column_with(other)

    def has_edges_of(self, other: Cell) -> bool:
        """Whether the two have the same left and right edge."""
        return abs(self.x0 - other.x0) <= EDGE and abs(self.x1 - other.x1) <= EDGE

    def encloses(self, other: Cell) -> bool:
        """Whether the other is a cell of a table that stands within this cell."""
        return (
            self.table != other.table
            and self.x0 <= other.x0
            and other.x1 <= self.x1
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def is_continued_by(self, other: Cell) -> bool:
        """Whether the other is the same column's cell on the next page."""
        return other.page == self.page + 1 and self.has_edges_of(other)

    def is_one_with(self, other: Cell) -> bool:
        """Whether a page's end cuts one cell into these two: it rules neither half there."""
        return self.is_open_below and other.is_open_above and self.is_continued_by(other)

    def shares_column_with(self, other: Cell) -> bool:
        """Whether some part of one of the two stands over, or under, the other."""
        return min(self.x1, other.x1) - max(self.x0, other.x0) > EDGE

    def shares_row_with(self, other: Cell) -> bool:
        """Whether one of the two stands within the rows of the other."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared > 0.5 * min(self.bottom - self.top, other.bottom - other.top)


def lay_end_to_end(extractions: Sequence[Extraction]) -> list[Cell]:
    """All cells of the files in reading order (page, top, left), on one long page."""
    cells: list[Cell] = []
    offset, page = 0.0, 0
    for extraction in extractions:
        by_page: dict[int, list[dict[str, object]]] = {}
        rows = extraction.cells.to_dicts()
        scale = _scale(rows)
        for row in rows:
            by_page.setdefault(row["page_number"], []).append(row)
        for sheet in extraction.pages.iter_rows(named=True):
            own = by_page.get(sheet["page_number"], ())
            cells.extend(_cell(row, page, offset, scale) for row in own)
            offset += sheet["height"] * scale
            page += 1
    return sorted(cells, key=lambda cell: (cell.page, round(cell.top), cell.x0))


def _scale(rows: Sequence[dict[str, Any]]) -> float:
    """How much larger a file's rows are to be, for its print to have the usual size."""
    heights = sorted(
        row["y1"] - row["y0"]
        for row in rows
        if row["flavor"] == "lattice" and row["raw_text"].strip()
    )
    row = heights[len(heights) // _LOWER] if heights else _USUAL_ROW
    return _USUAL_ROW / row if 0 < row < _LOWEST_ROW else 1.0


def _cell(row: dict[str, object], page: int, offset: float, scale: float) -> Cell:
    """A row of ``RAW_CELLS``, ``scale`` times as large, on a page that begins at ``offset``."""
    value: dict[str, float] = row  # type: ignore[assignment]
    return Cell(
        key=str(row["cell_key"]),
        document_key=str(row["document_key"]),
        page=page,
        table=int(value["table_number"]),
        x0=value["x0"] * scale,
        x1=value["x1"] * scale,
        top=offset + value["y0"] * scale,
        bottom=offset + value["y1"] * scale,
        text=unwrapped(str(row["raw_text"]), str(row["line_ends"] or "")),
        is_ruled=row["flavor"] == "lattice",
        printed=str(row["raw_text"]),
        is_open_above=bool(row["is_open_above"]),
        is_open_below=bool(row["is_open_below"]),
        doubt=ACROSS_RULING if row["is_doubtful"] else None,
    )


def cut_in_two(cells: Iterable[Cell]) -> list[tuple[Cell, Cell]]:
    """The halves, upper and lower, of each cell that a page's end cuts and leaves open."""
    cells = list(cells)
    below = [cell for cell in cells if cell.is_open_above]
    return [
        (cell, half)
        for cell in cells
        if cell.is_open_below
        for half in below
        if cell.is_one_with(half)
    ]


def bands(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Cells grouped by row: each group's members overlap vertically with its first one."""
    groups: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: (cell.top, cell.x0)):
        if groups and groups[-1][0].shares_row_with(cell):
            groups[-1].append(cell)
        else:
            groups.append([cell])
    return [sorted(group, key=lambda cell: cell.x0) for group in groups]


def lowest(cells: Iterable[Cell], reach: float = EDGE) -> list[Cell]:
    """The cells that end where the lowest one does, as a page's end cuts them."""
    cells = list(cells)
    foot = max((cell.bottom for cell in cells), default=0.0)
    return [cell for cell in cells if foot - cell.bottom <= reach]


def highest(cells: Iterable[Cell], reach: float = EDGE) -> list[Cell]:
    """The cells that begin where the highest one does."""
    cells = list(cells)
    top = min((cell.top for cell in cells), default=0.0)
    return [cell for cell in cells if cell.top - top <= reach]


def right_of(label: Cell, cells: Iterable[Cell]) -> Cell | None:
    """The ruled cell that touches ``label`` on its right, in the same row; None if none does."""
    beside = all_right_of(label, cells)
    return min(beside, key=lambda cell: abs(cell.middle - label.middle), default=None)


def all_right_of(label: Cell, cells: Iterable[Cell]) -> list[Cell]:
    """The ruled cells that touch ``label`` on its right; a table within a cell is part of it."""
    touching = [
        cell
        for cell in cells
        if cell.page == label.page
        and -EDGE <= cell.x0 - label.x1 <= _SLIVER
        and cell.shares_row_with(label)
    ]
    return [cell for cell in touching if not any(other.encloses(cell) for other in touching)]


def below(cell: Cell, cells: Iterable[Cell]) -> Cell | None:
    """The ruled cell that touches ``cell`` from below, in the same columns; None if none does."""
    touching = [
        other
        for other in cells
        if other.page == cell.page
        and abs(other.top - cell.bottom) <= EDGE
        and cell.stands_over(other)
    ]
    return min(touching, key=lambda other: abs(other.centre - cell.centre), default=None)
