"""Text outside every ruled table: the title, the sheet code, notes.

In: the glyphs that no table holds, and where the tables are. Out: :class:`OutsideCell` objects,
one a run of text, with the row and column that camelot's *stream* parser gives it, held to the
areas that the tables leave free. A run ends where more than two ems are blank: a title in the
middle and a code at the margin are two cells. Refuses nothing, loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.extract.camelot_parsers import stream_lines
from pipelines.extract.ink import Box
from pipelines.extract.lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.ink import Glyph
    from pipelines.extract.printed_line import Line

_RUN_GAP = 2.0
# camelot compares each run with each other; a page of more runs than this is no form.
_MOST_RUNS = 1_000

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class OutsideCell:
    """One run of text: area, row and column in it (all from 0), span, tight box, text."""

    area: int
    row: int
    column: int
    column_span: int
    box: Box
    text: str
    overprinted_characters: int


def read_outside(glyphs: Sequence[Glyph], tables: Sequence[Box], paper: Box) -> list[OutsideCell]:
    """The runs of text outside the tables, by free area, row and column."""
    runs = [run for line in read_lines(glyphs) for run in line.split(_RUN_GAP)]
    bands = _bands(tables)
    areas: dict[Box, list[tuple[Line, Box]]] = {}
    for run in runs:
        box = run.box
        areas.setdefault(_free_area(box, bands, paper), []).append((run, box))
    cells = []
    for number, area in enumerate(sorted(areas, key=lambda area: (area.y0, area.x0))):
        members = areas[area]
        places = _places([box for _, box in members], area, paper)
        cells += [
            OutsideCell(number, *place, box, run.text, run.overprinted_characters)
            for (run, box), place in zip(members, places, strict=True)
        ]
    cells.sort(key=lambda cell: (cell.area, cell.row, cell.column))
    return cells


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


def _free_area(box: Box, bands: Sequence[tuple[Box, list[Box]]], paper: Box) -> Box:
    """The band between tables, or the strip beside them, that holds the middle of ``box``."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    beside = next((found for found in bands if found[0].y0 <= y <= found[0].y1), None)
    if beside is None:
        top = max((band.y1 for band, _ in bands if band.y1 < y), default=0.0)
        bottom = min((band.y0 for band, _ in bands if band.y0 > y), default=paper.y1)
        return Box(0.0, top, paper.x1, bottom)
    band, members = beside
    left = max((table.x1 for table in members if table.x1 <= x), default=0.0)
    right = min((table.x0 for table in members if table.x0 >= x), default=paper.x1)
    return Box(left, band.y0, right, band.y1)


def _places(boxes: Sequence[Box], area: Box, paper: Box) -> list[Place]:
    """Row, column and column span of each run: camelot's, if it keeps the runs apart."""
    around = Box(
        max(min(box.x0 for box in boxes), area.x0) - 1,
        min(box.y0 for box in boxes) - 1,
        min(max(box.x1 for box in boxes), area.x1) + 1,
        max(box.y1 for box in boxes) + 1,
    )
    if around.x1 - around.x0 < 1 or len(boxes) > _MOST_RUNS:
        return _ranks(boxes)
    found = stream_lines(boxes, around, paper.x1, paper.y1)
    if found is None:
        return _ranks(boxes)
    rows, columns = found
    places = []
    for box in boxes:
        row = _nearest((box.y0 + box.y1) / 2, rows)
        first, last = _nearest(box.x0 + 0.5, columns), _nearest(box.x1 - 0.5, columns)
        places.append((row, first, max(last - first, 0) + 1))
    if len({place[:2] for place in places}) < len(places):
        return _ranks(boxes)
    return places


def _nearest(at: float, intervals: Sequence[tuple[float, float]]) -> int:
    """Index of the interval that holds ``at``, else of the nearest."""
    distances = [max(min(ends) - at, at - max(ends), 0.0) for ends in intervals]
    return distances.index(min(distances))


def _ranks(boxes: Sequence[Box]) -> list[Place]:
    """Rows by height and columns by order: where camelot's grid would put two runs in one."""
    order = sorted(range(len(boxes)), key=lambda i: (boxes[i].y0, boxes[i].x0))
    rows: list[list[int]] = []
    for index in order:
        box = boxes[index]
        if rows:
            first = boxes[rows[-1][0]]
            shared = min(first.y1, box.y1) - max(first.y0, box.y0)
            if shared > min(first.y1 - first.y0, box.y1 - box.y0) / 2:
                rows[-1].append(index)
                continue
        rows.append([index])
    places: list[Place] = [(0, 0, 1)] * len(boxes)
    for row, members in enumerate(rows):
        for column, index in enumerate(sorted(members, key=lambda i: boxes[i].x0)):
            places[index] = (row, column, 1)
    return places
