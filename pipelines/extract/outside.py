"""Text outside every ruled table: the title, the sheet code, notes.

In: the glyphs that no table holds, and where the tables are. Out: :class:`OutsideCell` objects,
one a run of text, with the row and column that camelot's *stream* parser gives it, held to the
areas that the tables leave free. A run ends where more than two ems are blank: a title in the
middle and a code at the margin are two cells.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from camelot.parsers import Stream

from pipelines.extract.ink import Box
from pipelines.extract.lines import Line, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.extract.ink import Glyph

_RUN_GAP = 2.0


@dataclass(frozen=True, slots=True)
class OutsideCell:
    """One run of text: area (from 0), row and column in it (from 0), spans, tight box, text."""

    area: int
    row: int
    column: int
    column_span: int
    box: tuple[float, float, float, float]
    text: str
    overprinted_characters: int


class _Run:
    """A run as camelot sees a text line (origin bottom left)."""

    __slots__ = ("_text", "x0", "x1", "y0", "y1")

    def __init__(self, line: Line, height: float) -> None:
        self.x0, top, self.x1, bottom = line.box
        self.y0, self.y1 = height - bottom, height - top
        self._text = line.text

    def get_text(self) -> str:
        return self._text


class _Stream(Stream):  # type: ignore[misc] - camelot carries no types
    """camelot's stream parser for its rows and columns alone: the text is assigned here."""

    def record_parse_metadata(self, table: Any) -> None:  # noqa: ANN401
        """Nothing to record: no text is assigned."""


def read_outside(
    glyphs: Sequence[Glyph], tables: Sequence[Box], width: float, height: float, page_number: int
) -> list[OutsideCell]:
    """The runs of text outside the tables, by free area, row and column."""
    runs = [run for line in read_lines(glyphs) for run in line.split(_RUN_GAP)]
    areas: dict[tuple[float, float, float, float], list[Line]] = {}
    for run in runs:
        areas.setdefault(_free_area(run.box, tables, width, height), []).append(run)
    cells: list[OutsideCell] = []
    for number, (area, members) in enumerate(sorted(areas.items(), key=lambda a: _corner(a[0]))):
        placed = _places(members, area, (width, height), page_number)
        cells.extend(
            OutsideCell(number, *place, run.box, run.text, run.overprinted_characters)
            for run, place in zip(members, placed, strict=True)
        )
    cells.sort(key=lambda cell: (cell.area, cell.row, cell.column))
    return cells


def _corner(area: tuple[float, float, float, float]) -> tuple[float, float]:
    return area[1], area[0]


def _free_area(
    box: tuple[float, float, float, float], tables: Sequence[Box], width: float, height: float
) -> tuple[float, float, float, float]:
    """The band between tables, or the strip beside them, that holds the middle of ``box``."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    bands = _bands(tables)
    beside = next((band for band in bands if band[0].y0 <= y <= band[0].y1), None)
    if beside is None:
        top = max((band.y1 for band, _ in bands if band.y1 < y), default=0.0)
        bottom = min((band.y0 for band, _ in bands if band.y0 > y), default=height)
        return 0.0, top, width, bottom
    band, members = beside
    left = max((table.x1 for table in members if table.x1 <= x), default=0.0)
    right = min((table.x0 for table in members if table.x0 >= x), default=width)
    return left, band.y0, right, band.y1


def _bands(tables: Sequence[Box]) -> list[tuple[Box, list[Box]]]:
    """Tables that stand side by side, with the band of the page they take up together."""
    bands: list[tuple[Box, list[Box]]] = []
    for table in sorted(tables, key=lambda table: table.y0):
        if bands and table.y0 < bands[-1][0].y1:
            band, members = bands[-1]
            band = Box(
                min(band.x0, table.x0), band.y0, max(band.x1, table.x1), max(band.y1, table.y1)
            )
            bands[-1] = (band, [*members, table])
        else:
            bands.append((table, [table]))
    return bands


def _places(
    runs: Sequence[Line],
    area: tuple[float, float, float, float],
    size: tuple[float, float],
    page_number: int,
) -> list[tuple[int, int, int]]:
    """Row, column and column span of each run: camelot's, if it keeps the runs apart."""
    width, height = size
    texts = [_Run(run, height) for run in runs]
    x0, y0 = min(t.x0 for t in texts), min(t.y0 for t in texts)
    x1, y1 = max(t.x1 for t in texts), max(t.y1 for t in texts)
    x0, x1 = max(min(x0, area[2]), area[0]), min(max(x1, area[0]), area[2])
    if x1 - x0 < 1 or y1 - y0 < 1:
        return _ranks(texts)
    parser = _Stream(table_areas=[f"{x0 - 1},{y1 + 1},{x1 + 1},{y0 - 1}"])
    parser.prepare_page_parse("", None, (width, height), page_number, [], list(texts), [], "", {})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tables = parser.extract_tables()
        except (ValueError, IndexError, ZeroDivisionError):
            return _ranks(texts)
    if len(tables) != 1 or not tables[0].rows or not tables[0].cols:
        return _ranks(texts)
    rows = [(top, bottom) for top, bottom in tables[0].rows]
    columns = [(left, right) for left, right in tables[0].cols]
    places = []
    for text in texts:
        row = _nearest((text.y0 + text.y1) / 2, rows)
        first, last = _nearest(text.x0 + 0.5, columns), _nearest(text.x1 - 0.5, columns)
        places.append((row, first, max(last - first, 0) + 1))
    if len({place[:2] for place in places}) < len(places):
        return _ranks(texts)
    return places


def _nearest(at: float, intervals: Iterable[tuple[float, float]]) -> int:
    """Index of the interval that holds ``at``, else of the nearest."""
    distances = [max(min(interval) - at, at - max(interval), 0.0) for interval in intervals]
    return distances.index(min(distances))


def _ranks(texts: Sequence[_Run]) -> list[tuple[int, int, int]]:
    """Rows by baseline and columns by order: where camelot's grid would put two runs in one."""
    order = sorted(range(len(texts)), key=lambda i: (-texts[i].y1, texts[i].x0))
    rows: list[list[int]] = []
    for index in order:
        text = texts[index]
        if rows:
            above = texts[rows[-1][0]]
            shared = min(above.y1, text.y1) - max(above.y0, text.y0)
            if shared > (min(above.y1 - above.y0, text.y1 - text.y0)) / 2:
                rows[-1].append(index)
                continue
        rows.append([index])
    places = [(0, 0, 1)] * len(texts)
    for row, members in enumerate(rows):
        for column, index in enumerate(sorted(members, key=lambda i: texts[i].x0)):
            places[index] = (row, column, 1)
    return places
