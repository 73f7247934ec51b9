"""Text that the page's own clip cuts off: what follows the last glyph may not be in the file.

In: the glyphs of a page, the table and cell that each one stands in, the grids. Out: the cells in
which a glyph stands half beyond the right side of what it is printed through. A browser prints a
table that is too wide through the page, and leaves out the glyphs that would not be seen: of the
last cell's text, its end is missing. Refuses nothing: a spreadsheet prints a text through its own
cell, and all of its glyphs are in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.extract.words import NEVER_FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pipelines.extract.grid import Grid
    from pipelines.extract.ink import Glyph
    from pipelines.extract.placed import Place

# How far, in ems, a glyph must stand beyond a clip to be cut, and a clip beyond a cell not to be
# its own.
_CUT, _WIDER = 0.1, 1.0


def cut_off(
    glyphs: Sequence[Glyph],
    table_of: NDArray[np.int64],
    cell_of: NDArray[np.int64],
    grids: Sequence[Grid],
) -> set[Place]:
    """The cells whose text may go on beyond what it is printed through.

    Marks that hang over the end of a line, 。, have nothing behind them.
    """
    return {
        (table, cell)
        for glyph, table, cell in zip(glyphs, table_of.tolist(), cell_of.tolist(), strict=True)
        if glyph.clip is not None
        and table >= 0
        and glyph.is_upright
        and glyph.x + glyph.width > glyph.clip.x1 + _CUT * glyph.em
        and glyph.clip.x0 < grids[table].cells[cell].box.x0 - _WIDER * glyph.em
        and not glyph.is_space
        and glyph.text not in NEVER_FIRST
    }
