"""Sheets as no ministry prints them: the cells of good ones, changed by choices.

In: a :class:`~.draws.Draw`. Out: an ``Extraction`` with a key of its own. The good sheets are the
facsimile and small synthetic ones of both families. Refuses: nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import schemas
from pipelines.extract import Extraction, read_pdf
from tests.fuzz.draws import one_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fuzz.draws import Draw

Row = dict[str, Any]
SEED_SHEET = Path(__file__).parents[2] / "seeds" / "documents" / "mext-r2-9-1.facsimile.pdf"
MOST_CHANGES = 12
MOST_CELLS = 3_000
NOTATIONS = (
    "1,291", "▲3.5%", "―", "12,345\n（11,000）", "53,618,000千円の内数", "R2年度", "令和元年度",
    "31年度", "H27", "①～③", "100％", "調査中", "（平成30年度）\n1,582", "", "0224", "うち 20",
    "9" * 40, "1/3", "基準値", "実績値", "達成目標２", "測定指標", "達成手段", "予算額・執行額",
)  # fmt: skip


@cache
def good_sheets() -> tuple[Extraction, ...]:
    """The sheets that changes begin from."""
    from tests.synthetic import Variation, make_sheet  # noqa: PLC0415 - reportlab, for the first call

    small = replace(Variation(), indicators="one", programs="one", year_columns=3)
    pdfs = [
        make_sheet(3, small).pdf,
        make_sheet(5, replace(small, family="common")).pdf,
        make_sheet(7, replace(small, family="common", goals="several", forms="two")).pdf,
        SEED_SHEET.read_bytes(),
    ]
    return tuple(read_pdf(pdf, "0" * 16) for pdf in pdfs)


def changed_sheet(draw: Draw, key: str) -> Extraction:
    """One good sheet after a few changes; every key in it begins with ``key``."""
    small, (large,) = good_sheets()[:-1], good_sheets()[-1:]
    base = one_of(draw, (*small, *small, *small, large))
    rows = base.cells.to_dicts()
    for _ in range(draw.integer(0, MOST_CHANGES)):
        one_of(draw, CHANGES)(rows, draw)
    for number, row in enumerate(rows[:MOST_CELLS]):
        row |= {"document_key": key, "cell_key": f"{key}-{number:04d}"}
    pages = base.pages.to_dicts()
    for row in pages:
        row["document_key"] = key
    return Extraction(schemas.RAW_PAGES.frame(pages), schemas.RAW_CELLS.frame(rows[:MOST_CELLS]))


def _remove(rows: list[Row], draw: Draw) -> None:
    del rows[draw.integer(0, len(rows)) : draw.integer(0, len(rows))]


def _remove_one(rows: list[Row], draw: Draw) -> None:
    if rows:
        rows.pop(draw.integer(0, len(rows) - 1))


def _repeat(rows: list[Row], draw: Draw) -> None:
    """Print a run of cells once more, further down or on the same spot."""
    start = draw.integer(0, len(rows))
    again = [dict(row) for row in rows[start : start + draw.integer(1, 60)]]
    down = draw.integer(0, 400)
    for row in again:
        row |= {"y0": row["y0"] + down, "y1": row["y1"] + down}
    rows[draw.integer(0, len(rows)) : 0] = again


def _say(rows: list[Row], draw: Draw) -> None:
    if rows:
        one_of(draw, rows)["raw_text"] = draw.text(60)


def _notate(rows: list[Row], draw: Draw) -> None:
    if rows:
        one_of(draw, rows)["raw_text"] = one_of(draw, NOTATIONS)


def _insert(rows: list[Row], draw: Draw) -> None:
    """Put a few characters into a text, or take some out."""
    if rows:
        row = one_of(draw, rows)
        text = row["raw_text"]
        at = draw.integer(0, len(text))
        row["raw_text"] = text[:at] + draw.text(4) + text[at + draw.integer(0, 3) :]


def _swap(rows: list[Row], draw: Draw) -> None:
    if rows:
        one, other = one_of(draw, rows), one_of(draw, rows)
        one["raw_text"], other["raw_text"] = other["raw_text"], one["raw_text"]


def _take_over(rows: list[Row], draw: Draw) -> None:
    """One cell says what another says: labels and numbers come twice."""
    if rows:
        one_of(draw, rows)["raw_text"] = one_of(draw, rows)["raw_text"]


def _move(rows: list[Row], draw: Draw) -> None:
    """Move an edge, at most to the one opposite."""
    if rows:
        row, edge = one_of(draw, rows), one_of(draw, ("x0", "y0", "x1", "y1"))
        moved = row[edge] + draw.integer(-300, 300) / 2
        opposite = row[edge.translate(str.maketrans("01", "10"))]
        row[edge] = min(moved, opposite) if edge.endswith("0") else max(moved, opposite)


def _merge(rows: list[Row], draw: Draw) -> None:
    """Two neighbours become one cell."""
    if len(rows) > 1:
        at = draw.integer(0, len(rows) - 2)
        one, other = rows[at], rows.pop(at + 1)
        one |= {
            "raw_text": f"{one['raw_text']}\n{other['raw_text']}",
            "x0": min(one["x0"], other["x0"]),
            "y0": min(one["y0"], other["y0"]),
            "x1": max(one["x1"], other["x1"]),
            "y1": max(one["y1"], other["y1"]),
        }


def _split(rows: list[Row], draw: Draw) -> None:
    """A cell falls in two, side by side or one above the other."""
    if rows:
        at = draw.integer(0, len(rows) - 1)
        row = rows[at]
        cut = draw.integer(0, len(row["raw_text"]))
        low, high = one_of(draw, (("x0", "x1"), ("y0", "y1")))
        middle = (row[low] + row[high]) / 2
        rows.insert(at + 1, row | {low: middle, "raw_text": row["raw_text"][cut:]})
        row |= {high: middle, "raw_text": row["raw_text"][:cut]}


def _turn_page(rows: list[Row], draw: Draw) -> None:
    """The cells from one on stand on another page."""
    pages = sorted({row["page_number"] for row in rows}) or [1]
    start, page = draw.integer(0, len(rows)), one_of(draw, pages)
    for row in rows[start : start + draw.integer(1, 40)]:
        row["page_number"] = page


def _outside(rows: list[Row], draw: Draw) -> None:
    """A cell belongs to another table, or to none."""
    if rows:
        row = one_of(draw, rows)
        row |= {"flavor": one_of(draw, ("lattice", "stream")), "table_number": draw.integer(1, 4)}


def _shuffle(rows: list[Row], draw: Draw) -> None:
    """A run of cells comes in another order."""
    start = draw.integer(0, len(rows))
    end = start + draw.integer(0, 30)
    rows[start:end] = sorted(rows[start:end], key=lambda row: row["raw_text"])


CHANGES: tuple[Callable[[list[Row], Draw], None], ...] = (
    _remove, _remove_one, _repeat, _say, _notate, _insert, _swap, _take_over, _move, _merge,
    _split, _turn_page, _outside, _shuffle,
)  # fmt: skip
