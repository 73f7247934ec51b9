"""Sheets printed from a spreadsheet: the form as a workbook, turned into PDF by LibreOffice.

In: the title, code and blocks of each form, and the variation. Out: PDF bytes. Every cell is
a string, so that what is printed is what was chosen; one worksheet a form.
Refuses: ``LookupError`` where LibreOffice or openpyxl is not installed.
"""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .fit import fitted
from .fonts import register
from .grid import columns, title_block
from .typeset import Style, row_heights, set_cell

if TYPE_CHECKING:
    from .grid import Cell
    from .truth import Form
    from .variation import Variation

NAMES = ("soffice", "libreoffice")
FONT = "IPAGothic"
# Widths between the margins, in points, and Excel's paper numbers.
PAPERS = {"a4": (543.0, 9, "portrait"), "a4_landscape": (790.0, 9, "landscape")}
PAPERS["a3_landscape"] = (1139.0, 8, "landscape")
BORDERS = {"strokes": "thin", "double": "double", "dashed": "dashed"}
POINTS_PER_CHARACTER = 5.3
FIRST_ROW = 2


def program() -> str:
    """The office's path; ``LookupError`` if it or openpyxl is not there."""
    for name in NAMES:
        path = shutil.which(name)
        if path and find_spec("openpyxl"):
            return path
    message = f"none of {NAMES} is installed, or openpyxl is not"
    raise LookupError(message)


def print_pdf(
    forms: list[Form], notes: tuple[str, ...], variation: Variation, size: float
) -> bytes:
    """The forms as one PDF, a worksheet each."""
    office = program()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "sheet.xlsx"
        workbook(forms, notes, variation, size).save(book)
        command = [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(book),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603
        return book.with_suffix(".pdf").read_bytes()


def workbook(forms: list[Form], notes: tuple[str, ...], variation: Variation, size: float) -> Any:  # noqa: ANN401
    """The workbook that is printed."""
    from openpyxl import Workbook  # noqa: PLC0415  (only where an office prints)
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    book.remove(book.active)
    book.properties.title = forms[0].title
    for number, form in enumerate(forms, start=1):
        sheet = book.create_sheet(f"様式{number}")
        _heading(sheet, form, len(columns(form.blocks)) - 1, variation, size)
        edges = columns(form.blocks)
        _page_setup(sheet, edges, variation)
        row = _blocks(sheet, form, edges, variation, size)
        for index, note in enumerate(notes):
            sheet.cell(row + index, 1, note).font = Font(name=FONT, size=size)
    return book


def _page_setup(sheet: Any, edges: list[float], variation: Variation) -> None:  # noqa: ANN401
    """Column widths, paper, and what stands at the head and foot of each page."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    table_width, paper, orientation = PAPERS[variation.paper]
    for index, (x0, x1) in enumerate(itertools.pairwise(edges), start=1):
        width = (x1 - x0) * table_width / POINTS_PER_CHARACTER
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.page_setup.paperSize = paper
    sheet.page_setup.orientation = orientation
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.36
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    if variation.furniture in {"numbers", "lines"}:
        sheet.oddFooter.center.text = "&P / &N" if variation.furniture == "lines" else "- &P -"
    if variation.furniture == "titles":
        sheet.print_title_rows = "1:1"


def _heading(
    sheet: Any,  # noqa: ANN401
    form: Form,
    last: int,
    variation: Variation,
    size: float,
) -> None:
    """The title over the table, and the form's code in the corner."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    if variation.title == "ruled":
        form.blocks.insert(0, title_block(form.title, f"（{form.code}）"))
        return
    for column, text, align in ((1, form.title, "center"), (last, f"（{form.code}）", "right")):
        cell = sheet.cell(1, column, text)
        cell.font = Font(name=FONT, size=size + 2)
        cell.alignment = Alignment(horizontal=align, vertical="center")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=last - 1)


def _blocks(
    sheet: Any,  # noqa: ANN401
    form: Form,
    edges: list[float],
    variation: Variation,
    size: float,
) -> int:
    """All blocks, one under another; the row after the last."""
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.worksheet.pagebreak import Break  # noqa: PLC0415

    # A spreadsheet's own leading is wider, and its columns a little narrower, than ours.
    style = Style(register("embedded"), size, size * 1.3, 2.0)
    table_width = PAPERS[variation.paper][0] * 0.93
    row = FIRST_ROW
    for block in form.blocks:
        if block.new_page:
            sheet.row_breaks.append(Break(id=row - 1))
        if block.caption and variation.sections == "captions":
            sheet.cell(row, 1, block.caption).font = Font(name=FONT, size=size)
            row += 1
        heights = row_heights(block, table_width, style, size * 2)
        for index, height in enumerate(heights):
            sheet.row_dimensions[row + index].height = height
        for cell in fitted(block, variation).cells:
            measure = (cell.x1 - cell.x0) * table_width
            _fill(sheet, cell, row, edges, variation, set_cell(cell, measure, style).size)
        row += block.rows
    return row


def _fill(  # noqa: PLR0913, PLR0917
    sheet: Any,  # noqa: ANN401
    cell: Cell,
    top: int,
    edges: list[float],
    variation: Variation,
    size: float,
) -> None:
    """One merged cell with its text, border and ground."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

    left, right = (
        min(range(len(edges)), key=lambda index: abs(edges[index] - x)) + 1
        for x in (cell.x0, cell.x1)
    )
    first, last = top + cell.row, top + cell.row + cell.row_span - 1
    line = Side(style=BORDERS[variation.ruling])
    for row in range(first, last + 1):
        for column in range(left, right):
            sheet.cell(row, column).border = Border(left=line, right=line, top=line, bottom=line)
    anchor = sheet.cell(first, left)
    anchor.value = cell.text or None
    anchor.data_type = "s" if cell.text else "n"
    anchor.number_format = "@"
    anchor.font = Font(name=FONT, size=size, bold=variation.bold != "none" and cell.kind == "value")
    anchor.alignment = Alignment(
        horizontal=cell.align,
        vertical="center",
        wrap_text=True,
        text_rotation=255 if cell.vertical else 0,
    )
    if cell.kind == "label":
        anchor.fill = PatternFill("solid", start_color="DEEBF7")
    if first != last or right - left > 1:
        sheet.merge_cells(start_row=first, end_row=last, start_column=left, end_column=right - 1)
