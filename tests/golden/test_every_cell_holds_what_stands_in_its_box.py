"""All cells of the sheet, read again from the PDF with another library (pypdfium2).

A merged cell that is cut along the edge of a coloured area, where no line is drawn, shows here:
its text runs over the cut.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    import duckdb

SHEET = Path(__file__).parents[2] / "seeds" / "documents" / "mext-r2-9-1.facsimile.pdf"


def without_whitespace(text: str) -> str:
    return "".join(text.split())


def test_every_cell_holds_what_stands_in_its_box_and_all_of_it(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    cells = warehouse.execute("""
        select cell_key, raw_text, page_number, x0::double, y0::double, x1::double, y1::double
        from cells
    """).fetchall()
    assert cells
    astray = []
    with pypdfium2.PdfDocument(SHEET) as document:
        for cell_key, raw_text, page_number, x0, y0, x1, y1 in cells:
            page = document[page_number - 1]
            height = page.get_height()
            found = page.get_textpage().get_text_bounded(x0, height - y1, x1, height - y0)
            if without_whitespace(found) != without_whitespace(raw_text):
                astray.append((cell_key, raw_text, found))
    assert astray == []


def test_the_cells_hold_every_printed_character_of_the_sheet_once(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    read = warehouse.execute("select page_number, raw_text from cells").fetchall()
    with pypdfium2.PdfDocument(SHEET) as document:
        for number in range(len(document)):
            printed = document[number].get_textpage().get_text_bounded()
            in_cells = "".join(text for page, text in read if page == number + 1)
            assert sorted(without_whitespace(in_cells)) == sorted(without_whitespace(printed))
