"""How close text comes to its cell's edge: apart, touching, running across, or over it.

In: a block or a page, and the variation. Out: the same with its figures moved. Every glyph's
middle stays in its own cell, so that a reader who asks where a glyph stands is always right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .fonts import width

if TYPE_CHECKING:
    from .grid import Block
    from .pages import Line, Page
    from .variation import Variation

# More characters than any figure has.
LONG = 16


def fitted(block: Block, variation: Variation) -> Block:
    """The block with its cells told to touch their neighbours or to overflow."""
    if variation.text_fit == "overflow":
        # Words that a page may cut need all the room of their cell.
        is_cut = variation.row_break == "cut"
        block.cells = [
            cell
            if cell.kind == "label" or (len(cell.text) > LONG and (is_cut or cell.row_span > 1))
            else replace(cell, fit="overflow")
            for cell in block.cells
        ]
    elif variation.text_fit == "touching":
        order = sorted(range(len(block.cells)), key=lambda index: _place(block, index))
        side, end, row = "left", -1.0, -1
        for index in order:
            cell = block.cells[index]
            if cell.kind != "value":
                continue
            meets = cell.row == row and abs(cell.x0 - end) < 1e-4
            side = "left" if meets and side == "right" else "right"
            block.cells[index] = replace(cell, fit="tight", align=side)  # type: ignore[arg-type]
            end, row = cell.x1, cell.row
    return block


def _place(block: Block, index: int) -> tuple[int, float]:
    cell = block.cells[index]
    return cell.row, cell.x0


def join_runs(page: Page, font: str) -> None:
    """Set figures of neighbouring cells as one string with spaces, as a word processor may.

    A figure joins the run of the cell before it if, after a whole number of spaces, it still
    stands in its own cell.
    """
    figures = sorted(
        (line for line in page.lines if line.kind == "value" and not line.unmapped),
        key=lambda line: (round(line.y, 2), line.x),
    )
    rest = [line for line in page.lines if line.kind != "value" or line.unmapped]
    runs: list[Line] = []
    for line in figures:
        joined = _joined(runs[-1], line, font) if runs else None
        if joined is None:
            runs.append(line)
        else:
            runs[-1] = joined
    page.lines = rest + runs


def _joined(run: Line, line: Line, font: str) -> Line | None:
    """The run with the next cell's figure in it, if it can be set so."""
    same_line = abs(run.y - line.y) < 0.01 and run.size == line.size
    if not same_line or abs(run.right - line.left) > 0.01:
        return None
    space = width(" ", font, run.size)
    end = run.x + width(run.text, font, run.size)
    count = max(1, round((line.x - end) / space))
    start = end + count * space
    if start < line.left or start + width(line.text, font, line.size) > line.right:
        return None
    return replace(run, text=f"{run.text}{' ' * count}{line.text}", right=line.right)
