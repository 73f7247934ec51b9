"""A ruled form as blocks of rows and merged cells, before it has a page or a font.

In: nothing. Out: :class:`Cell` and :class:`Block`. Horizontal places are fractions of the
table's width, so that blocks with different columns stand under each other as in a
spreadsheet; rows are counted from the block's top. ``columns`` gives the edges all blocks use.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["label", "value", "text"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One merged cell: its place in the block and what is printed in it.

    ``vertical`` prints one character under another; ``unmapped`` prints with glyphs that no
    one can look up; ``fit`` lets the text reach the cell's edge, or a little beyond it.
    """

    text: str
    x0: float
    x1: float
    row: int
    row_span: int = 1
    kind: Kind = "text"
    align: Literal["left", "center", "right"] = "left"
    vertical: bool = False
    unmapped: bool = False
    fit: Literal["plain", "tight", "overflow"] = "plain"


@dataclass(slots=True)
class Block:
    """Some rows that belong together; the first ``header_rows`` may be printed again overleaf.

    ``caption`` stands above the block, outside the ruling, on sheets that have captions.
    """

    cells: list[Cell] = field(default_factory=list)
    header_rows: int = 0
    caption: str = ""
    new_page: bool = False

    @property
    def rows(self) -> int:
        """How many rows the block has."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    def label(  # noqa: PLR0913  (a place has four sides)
        self, text: str, x0: float, x1: float, row: int, span: int = 1, *, vertical: bool = False
    ) -> None:
        """Add a label cell, centred."""
        self.cells.append(Cell(text, x0, x1, row, span, "label", "center", vertical))

    def value(  # noqa: PLR0913
        self, text: str, x0: float, x1: float, row: int, span: int = 1, *, unmapped: bool = False
    ) -> None:
        """Add a cell with a figure, a year or a mark, centred."""
        cell = Cell(text, x0, x1, row, span, "value", "center", unmapped=unmapped)
        self.cells.append(cell)

    def text(self, text: str, x0: float, x1: float, row: int, span: int = 1) -> None:
        """Add a cell with running text, set from the left."""
        self.cells.append(Cell(text, x0, x1, row, span, "text", "left"))


def columns(blocks: list[Block]) -> list[float]:
    """All vertical edges that any cell of the blocks has, in order, near ones joined."""
    edges: list[float] = []
    for edge in sorted({e for block in blocks for cell in block.cells for e in (cell.x0, cell.x1)}):
        if not edges or edge - edges[-1] > 1e-4:
            edges.append(edge)
    return edges


def split_evenly(x0: float, x1: float, count: int) -> list[tuple[float, float]]:
    """``count`` columns of the same width between two edges."""
    width = (x1 - x0) / count
    return [
        (round(x0 + index * width, 6), round(x0 + (index + 1) * width, 6)) for index in range(count)
    ]


def title_block(title: str, code: str) -> Block:
    """The title and the code in the corner as the ruled table's own first row."""
    block = Block()
    block.value(title, 0.0, 0.8, 0)
    block.value(code, 0.8, 1.0, 0)
    return block
