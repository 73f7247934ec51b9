"""Sheets printed by a browser: the form as HTML tables, printed to PDF by headless Chromium.

In: the title, code and blocks of each form, and the variation. Out: PDF bytes. Rulings are CSS
borders, pages break where the browser breaks them, header rows come again where they are a
``thead``; with furniture the browser prints its own date, title and page numbers.
Refuses: ``LookupError`` where no Chromium is installed.
"""

from __future__ import annotations

import html
import itertools
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from .fit import fitted
from .fonts import font_file, register
from .grid import columns, title_block
from .typeset import Style, set_cell

if TYPE_CHECKING:
    from .grid import Block, Cell
    from .truth import Form
    from .variation import Variation

NAMES = ("chromium", "chromium-browser", "google-chrome")
# CSS paper, and the width between the margins in points.
PAPERS = {
    "a4": ("A4", 544.0),
    "a4_landscape": ("A4 landscape", 790.0),
    "a3_landscape": ("A3 landscape", 1139.0),
}
BORDERS = {
    "strokes": "0.6pt solid black",
    "double": "2.4pt double black",
    "dashed": "0.6pt dashed black",
    "backgrounds": "0",
}
STYLE = """
@font-face {{ font-family: sheet; src: url("{font}"); }}
@page {{ size: {paper}; margin: 12mm 9mm 14mm 9mm; }}
body {{ font: {size}pt/1.25 sheet; margin: 0; -webkit-print-color-adjust: exact; }}
table {{ border-collapse: {collapse}; border-spacing: 1pt; width: 100%; table-layout: fixed;
  margin-top: -0.6pt; }}
td {{ border: {border}; padding: 2pt; vertical-align: middle; white-space: pre-line;
  overflow-wrap: anywhere; }}
tr {{ break-inside: {cut}; }}
.label {{ background: #deebf7; text-align: center; }}
.value {{ text-align: center; font-weight: {weight}; {paper_fill} }}
.text {{ {paper_fill} }}
.tight {{ padding-left: 0; padding-right: 0; }}
.vertical {{ writing-mode: vertical-rl; margin: 0 auto; }}
.page {{ break-before: page; }}
h1 {{ font-size: {large}pt; font-weight: normal; margin: 4pt 0 3pt; text-align: center; }}
h1 span {{ float: right; }}
"""


def program() -> str:
    """The browser's path; ``LookupError`` if there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    message = f"none of {NAMES} is installed"
    raise LookupError(message)


def print_pdf(
    forms: list[Form], notes: tuple[str, ...], variation: Variation, size: float
) -> bytes:
    """The forms as one PDF."""
    with tempfile.TemporaryDirectory() as folder:
        page, target = Path(folder) / "sheet.html", Path(folder) / "sheet.pdf"
        page.write_text(document(forms, notes, variation, size), encoding="utf-8")
        command = [
            program(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--allow-file-access-from-files",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
        ]
        if variation.furniture == "none":
            command.append("--no-pdf-header-footer")
        subprocess.run(  # noqa: S603  (an installed browser on our own page)
            [*command, page.as_uri()], check=True, capture_output=True, timeout=120
        )
        return target.read_bytes()


def document(forms: list[Form], notes: tuple[str, ...], variation: Variation, size: float) -> str:
    """The whole page."""
    bare = variation.ruling == "backgrounds"
    style = STYLE.format(
        font=font_file().as_uri(),
        paper=PAPERS[variation.paper][0],
        size=size,
        large=size + 2.5,
        border=BORDERS[variation.ruling],
        collapse="separate" if bare else "collapse",
        paper_fill="background: #f5f5f0;" if bare else "",
        cut="auto" if variation.row_break == "cut" else "avoid",
        weight="normal" if variation.bold == "none" else "bold",
    )
    parts = [f"<!doctype html><meta charset=utf-8><title>{html.escape(forms[0].title)}</title>"]
    parts.append(f"<style>{style}</style><body>")
    for form in forms:
        if variation.title == "ruled":
            form.blocks.insert(0, title_block(form.title, f"（{form.code}）"))
        else:
            parts.append(f"<h1><span>（{form.code}）</span>{html.escape(form.title)}</h1>")
        edges = columns(form.blocks)
        parts += [_table(fitted(block, variation), edges, variation, size) for block in form.blocks]
    parts += [f"<div>{html.escape(note)}</div>" for note in notes]
    return "\n".join(parts)


def _table(block: Block, edges: list[float], variation: Variation, size: float) -> str:
    """One block as a table with all the form's columns, so that the blocks' edges meet."""
    widths = "".join(
        f'<col style="width:{100 * (x1 - x0):.4f}%">' for x0, x1 in itertools.pairwise(edges)
    )
    # Figures that would not fit are set smaller, never broken within their digits.
    style = Style(register("embedded"), size, size * 1.25, 3.0)
    measure = PAPERS[variation.paper][1]
    sizes = {
        cell: set_cell(cell, (cell.x1 - cell.x0) * measure, style).size for cell in block.cells
    }
    rows = [
        "<tr>"
        + "".join(_cell(cell, edges, sizes[cell]) for cell in _starting(block, row))
        + "</tr>"
        for row in range(block.rows)
    ]
    head = block.header_rows if variation.header == "repeated" else 0
    page = ' class="page"' if block.new_page else ""
    captions = block.caption if variation.sections == "captions" else ""
    above = f"<div>{html.escape(captions)}</div>" if captions else ""
    top = f"<thead>{''.join(rows[:head])}</thead>" if head else ""
    body = "".join(rows[head:])
    return f"{above}<table{page}><colgroup>{widths}</colgroup>{top}<tbody>{body}</tbody></table>"


def _starting(block: Block, row: int) -> list[Cell]:
    return sorted((cell for cell in block.cells if cell.row == row), key=lambda cell: cell.x0)


def _cell(cell: Cell, edges: list[float], size: float) -> str:
    near = [min(range(len(edges)), key=lambda i: abs(edges[i] - x)) for x in (cell.x0, cell.x1)]
    kinds = f"{cell.kind} tight" if cell.fit == "tight" else cell.kind
    align = f"text-align:{cell.align};" if cell.fit == "tight" else ""
    css = f' style="{align}font-size:{size:.2f}pt"'
    text = html.escape(cell.text)
    if cell.vertical:
        flat = text.replace("\n", "")
        text = f'<div class="vertical">{flat}</div>'
    spans = f'colspan="{near[1] - near[0]}" rowspan="{cell.row_span}"'
    return f'<td {spans} class="{kinds}"{css}>{text}</td>'
