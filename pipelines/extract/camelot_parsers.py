"""camelot, as this house uses it: its parsers find lines, tables, rows and columns, and no text.

In: rulings, a picture of the page, or the boxes of text runs. Out: plain coordinates. camelot
measures from the bottom left, this house from the top left; the turn is made here.

*Lattice* ``vector`` finds the tables that rulings make up, ``combined`` the lines in a picture;
*stream* finds rows and columns of text runs. What camelot does with text afterwards (whole lines
of text to one cell each) is left out, and so is its rule that a nearly empty grid is no table.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from camelot.image_processing import find_joints_from_lines
from camelot.parsers import Lattice, Stream
from playa.miner import LTPage

from pipelines.extract.ink import Box, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pipelines.extract.rulings import Rulings

# Shortest line looked for in a picture, as a share of the page: a quarter of an inch on A4.
_LINE_SCALE = 40
# camelot's stream fails on some layouts in these ways.
_FAILURES = (ValueError, IndexError, ZeroDivisionError, TypeError)


@dataclass(frozen=True, slots=True)
class Lines:
    """Grid lines of one table, left to right and top to bottom, and the corners (x, y) in it."""

    xs: list[float]
    ys: list[float]
    corners: set[tuple[float, float]]


class _Table(NamedTuple):
    """A table as far as this house takes it from camelot: where it is, not its cells and text."""

    bbox: tuple[float, float, float, float]
    cols: list[tuple[float, float]]
    rows: list[tuple[float, float]]


class _Lattice(Lattice):  # type: ignore[misc]  # camelot is not typed
    def _reject_table(self, table: Any) -> bool:  # noqa: ANN401, ARG002
        return False

    def _document_has_no_text(self) -> bool:
        return False

    def _generate_table(self, _number: int, bbox: Any, cols: Any, rows: Any, **_: Any) -> _Table:  # noqa: ANN401
        return _Table(bbox, cols, rows)


class _Ruled(_Lattice):
    """Lattice on rulings that are tidied already.

    camelot's own way to the rulings of a page gives lines that lie within two points of each
    other, in whatever tables, the mean of their places.
    """

    def __init__(self, rulings: Rulings, height: float) -> None:
        super().__init__(engine="vector")
        self.horizontal_segments = [
            (line.start, height - line.at, line.end, height - line.at)
            for line in rulings.horizontals
        ]
        self.vertical_segments = [
            (line.at, height - line.end, line.at, height - line.start) for line in rulings.verticals
        ]

    def _generate_table_bbox_vector(self) -> None:
        found = find_joints_from_lines(self.horizontal_segments, self.vertical_segments)
        self.table_bbox_parses = {box: {"joints": joints} for box, joints in found.items()}
        self._compute_table_anchors()


class _Stream(Stream):  # type: ignore[misc]  # camelot is not typed
    def _generate_table(self, _number: int, bbox: Any, cols: Any, rows: Any, **_: Any) -> _Table:  # noqa: ANN401
        return _Table(bbox, cols, rows)


class _Picture:
    """Stands where camelot's converter stands, with the page already drawn."""

    def __init__(self, dots: NDArray[np.uint8]) -> None:
        self._dots = dots

    def to_array(self, _file: str, _page: int = 1) -> NDArray[np.uint8]:
        return self._dots


class _Run:
    """A run of text as camelot's stream sees one."""

    __slots__ = ("x0", "x1", "y0", "y1")

    def __init__(self, box: Box, height: float) -> None:
        self.x0, self.x1 = box.x0, box.x1
        self.y0, self.y1 = height - box.y1, height - box.y0

    def get_text(self) -> str:
        # No two runs are the same text: camelot would drop one that lies upon its like.
        return str(id(self))


def lattice_lines(rulings: Rulings, width: float, height: float) -> list[Lines]:
    """The tables that the rulings of a page make up."""
    parser = _Ruled(rulings, height)
    parser.prepare_page_parse("", None, (width, height), 1, [], [], [], "", {})
    return [
        Lines(
            [*(left for left, _ in table.cols), table.cols[-1][1]],
            [*(height - top for top, _ in table.rows), height - table.rows[-1][1]],
            {(x, height - y) for x, y in parser.table_bbox_parses[table.bbox]["joints"]},
        )
        for table in parser.extract_tables()
    ]


def picture_lines(
    picture: NDArray[np.uint8], width: float, height: float
) -> tuple[list[Piece], list[Piece]]:
    """Horizontal and vertical lines that are seen in the picture (blue-green-red) of a page."""
    parser = _Lattice(engine="combined", line_scale=_LINE_SCALE)
    parser.icb = _Picture(picture)
    layout = LTPage(1, (0, 0, width, height))
    parser.prepare_page_parse("", layout, (width, height), 1, [], [], [], "", {})
    parser.extract_tables()
    return (
        [
            Piece(height - (y0 + y1) / 2, min(x0, x1), max(x0, x1))
            for x0, y0, x1, y1 in parser.horizontal_segments
        ],
        [
            Piece((x0 + x1) / 2, height - max(y0, y1), height - min(y0, y1))
            for x0, y0, x1, y1 in parser.vertical_segments
        ],
    )


def stream_lines(
    boxes: Sequence[Box], area: Box, width: float, height: float
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]] | None:
    """Rows (top, bottom) and columns (left, right) of text runs within ``area``.

    ``None`` where camelot finds none.
    """
    parser = _Stream(table_areas=[f"{area.x0},{height - area.y0},{area.x1},{height - area.y1}"])
    runs = [_Run(box, height) for box in boxes]
    parser.prepare_page_parse("", None, (width, height), 1, [], runs, [], "", {})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tables = parser.extract_tables()
        except _FAILURES:
            return None
    if len(tables) != 1 or not tables[0].rows or not tables[0].cols:
        return None
    rows = [(height - top, height - bottom) for top, bottom in tables[0].rows]
    return rows, list(tables[0].cols)
