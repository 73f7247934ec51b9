"""Small forms drawn as text: rows of cells become the frames that the first room would give.

In: a text. A row of cells is ``| a | b |``; ``<`` goes on with the cell at its left, ``^`` with
the cell above it; ``×`` rules no cell there, also where a text follows it; ``⏎`` breaks a line. A
cell that ends with ``↧`` has no lower edge, one that begins with ``↥`` no upper edge, as where a
page's end cuts it; ``↩`` wraps a line for want of room; one with ``⁇`` holds a figure that may be
another cell's. Rows with the same number of cells share their columns; every row is as wide as the
page. A line ``=== page ===`` begins a page, any other line stands outside the tables. Out: an
``Extraction``, and what the second room reads in it (:class:`Sheet`). Refuses nothing: a wrong grid
is a wrong test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines import reading, schemas
from pipelines.extract import Extraction
from pipelines.forms import Readings, read_forms
from pipelines.forms.cells import fold

KEY = "0123456789abcdef"
WIDTH, LEFT, ROW, TOP = 840.0, 30.0, 20.0, 30.0
PAGE_BREAK = "=== page ==="


@dataclass(frozen=True)
class Sheet:
    """What was read of one grid, in the few words that a test needs."""

    readings: Readings
    extraction: Extraction

    @property
    def values(self) -> dict[tuple[int, str, str | None], str]:
        """Printed values by indicator, kind and period."""
        return {
            (row["indicator_number"], row["value_kind"], row["period_text"]): row["raw_text"]
            for row in self.readings.values
        }

    @property
    def amounts(self) -> dict[tuple[int | None, str, str], str]:
        """Printed amounts by place in the list of programs (None: the policy's), stage, period."""
        order = {row["program_listing_key"]: row["listing_order"] for row in self.readings.programs}
        return {
            (order.get(row["program_listing_key"]), row["stage"], row["period_text"]): row[
                "raw_text"
            ]
            for row in self.readings.budgets
        }

    @property
    def programs(self) -> list[str]:
        """Names of programs in the order listed."""
        return [row["name_text"] for row in self.readings.programs]

    @property
    def indicators(self) -> dict[int, str]:
        """Names of indicators by number."""
        return {row["indicator_number"]: row["name_text"] for row in self.readings.indicators}

    @property
    def quarantined(self) -> dict[str, str | None]:
        """Text and reason of every cell put aside."""
        roles = self.readings.roles.by_key
        return {
            row["raw_text"]: roles[row["cell_key"]][1]
            for row in self.extraction.cells.iter_rows(named=True)
            if roles[row["cell_key"]][0] == "quarantined"
        }

    def role(self, text: str) -> str:
        """The role of the one cell with that text."""
        keys = [
            row["cell_key"]
            for row in self.extraction.cells.iter_rows(named=True)
            if fold(row["raw_text"]) == fold(text)
        ]
        roles = {self.readings.roles.by_key[key][0] for key in keys}
        assert len(roles) == 1, f"{text!r} is in {len(keys)} cells with roles {roles}"
        return roles.pop()

    def typed(self, table: str) -> pl.DataFrame:
        """A normalized table of this sheet."""
        facts = {
            "document_key": KEY,
            "sha256": KEY * 4,
            "file_name": "sheet.pdf",
            "status": "read",
            "page_count": self.extraction.pages.height,
        }
        tables, failures = reading.read_forms_of([reading.Sheet([facts], [self.extraction])])
        assert not failures, failures
        return tables[table]


def read(*texts: str, scale: float = 1.0) -> Sheet:
    """Read the grid that ``texts`` draw, one below the other, ``scale`` times as large."""
    extraction = draw("\n".join(texts))
    extraction = Extraction(
        pages=extraction.pages.with_columns(pl.col("width", "height") * scale),
        cells=extraction.cells.with_columns(pl.col("x0", "y0", "x1", "y1") * scale),
    )
    sheet = Sheet(read_forms([extraction]), extraction)
    keys = set(extraction.cells["cell_key"])
    without = keys - sheet.readings.roles.by_key.keys()
    assert not without, f"cells without a role: {sorted(without)}"
    return sheet


def draw(text: str, document_key: str = KEY) -> Extraction:
    """The frames of the first room for a grid."""
    pages: list[dict[str, Any]] = []
    cells: list[dict[str, Any]] = []
    for number, page in enumerate(text.split(PAGE_BREAK), start=1):
        drawn = _page(page, number, document_key)
        cells += drawn
        counts = {
            flavor: sum(len(fold(c["raw_text"])) for c in drawn if c["flavor"] == flavor)
            for flavor in ("lattice", "stream")
        }
        pages.append(
            {
                "document_key": document_key,
                "page_number": number,
                "width": WIDTH + 2 * LEFT,
                "height": max((c["y1"] for c in drawn), default=0.0) + TOP,
                "rotation": 0,
                "engine": "vector",
                "engine_reason": None,
                "table_count": len({c["table_number"] for c in drawn if c["flavor"] == "lattice"}),
                "text_layer_characters": sum(counts.values()),
                "cell_characters": counts["lattice"],
                "outside_characters": counts["stream"],
                "overprinted_characters": 0,
                "unmapped_characters": 0,
                "unprinted_characters": 0,
            }
        )
    return Extraction(pages=schemas.RAW_PAGES.frame(pages), cells=schemas.RAW_CELLS.frame(cells))


def _page(text: str, page: int, document_key: str) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = []
    above: list[dict[str, Any]] = []
    top, table, row_number = TOP, 1, 0
    for line in (line.strip() for line in text.strip().split("\n")):
        if not line:
            continue
        if not line.startswith("|"):
            table += bool(above)
            above, row_number = [], 0
            cells.append(_cell(line, (LEFT, top, LEFT + 200, top + 12), "stream"))
            top += ROW
        else:
            row_number += 1
            above = _row(line, top, above, cells)
            top += ROW
        for cell in cells:
            cell.setdefault("table_number", table)
            cell.setdefault("row_number", row_number or len(cells))
    for column, cell in enumerate(cells, start=1):
        cell |= {
            "cell_key": f"{document_key}-p{page:03d}-t{cell['table_number']:02d}"
            f"-r{cell['row_number']:03d}-c{column:03d}",
            "document_key": document_key,
            "page_number": page,
            "column_number": column,
            "row_span": round((cell["y1"] - cell["y0"]) / ROW) or 1,
            "column_span": 1,
        }
    return cells


def _row(
    line: str, top: float, above: list[dict[str, Any]], cells: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Draw one row; gives the cell that each of its columns belongs to."""
    texts = [text.strip() for text in line.strip("|").split("|")]
    width = WIDTH / len(texts)
    own: list[dict[str, Any]] = []
    for column, text in enumerate(texts):
        x0 = LEFT + column * width
        box = (x0, top, x0 + width, top + ROW)
        if text.startswith("×"):
            own.append({})
            cells.extend([_cell(text[1:], box, "stream")] if text[1:] else [])
        elif text == "<":
            own[-1]["x1"] = max(own[-1]["x1"], x0 + width)
            own.append(own[-1])
        elif text == "^":
            above[column]["y1"] = top + ROW
            own.append(above[column])
        else:
            own.append(_cell(text.replace("⏎", "\n"), box, "lattice"))
            cells.append(own[-1])
    return own


def _cell(text: str, box: tuple[float, float, float, float], flavor: str) -> dict[str, Any]:
    x0, y0, x1, y1 = box
    return {
        "x0": x0,
        "y0": y0,
        "x1": x1,
        "y1": y1,
        "raw_text": text.strip("↥↧⁇ ").replace("↩", "\n"),
        "flavor": flavor,
        "is_open_above": text.startswith("↥"),
        "is_open_below": text.endswith("↧"),
        "line_ends": "".join({"↩": "w", "\n": "b"}.get(sign, "") for sign in text),
        "is_doubtful": "⁇" in text,
    }
