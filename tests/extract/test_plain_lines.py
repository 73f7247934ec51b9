"""Lines that are read for a whole page at once are those that are read glyph by glyph."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.glyphs import Glyphs
from pipelines.extract.ink import Box, Glyph
from pipelines.extract.line_ends import line_ends, margin
from pipelines.extract.lines import read_lines
from pipelines.extract.plain_lines import plain_lines

if TYPE_CHECKING:
    from pipelines.extract.printed_line import PrintedLine

EM = 10.0


def glyph(text: str, x: float, y: float, run: int = 0, **facts: object) -> Glyph:
    known = {"em": EM, "width": EM, "advance": EM, "is_space": text.isspace()} | facts
    return Glyph(
        text=text,
        x=x,
        y=y,
        ux=1.0,
        uy=0.0,
        centre=(x + EM / 2, y - 0.37 * EM),
        run=run,
        is_vertical=False,
        is_upright=True,
        is_mapped=True,
        characters=len(text.strip()),
        **known,  # type: ignore[arg-type]
    )


def row(text: str, x: float, y: float, run: int = 0) -> list[Glyph]:
    return [glyph(sign, x + EM * at, y, run) for at, sign in enumerate(text)]


def plainly(glyphs: list[Glyph]) -> list[tuple[str, tuple[float, float], list[Glyph]]] | None:
    """The lines of one cell that holds them all, if it is plain."""
    zeros = np.zeros(len(glyphs), dtype=np.int64)
    found = plain_lines(Glyphs(glyphs), zeros, zeros).get((0, 0))
    return None if found is None else told(found)


def told(lines: list[PrintedLine]) -> list[tuple[str, tuple[float, float], list[Glyph]]]:
    return [(line.text, line.extent, line.glyphs) for line in lines]


def test_two_lines_under_each_other() -> None:
    glyphs = [*row("施策の", 10, 100, 1), *row("目標", 10, 112, 2)]
    assert plainly(glyphs) == [
        ("施策の", (10.0, 40.0), glyphs[:3]),
        ("目標", (10.0, 30.0), glyphs[3:]),
    ]


@pytest.mark.parametrize(
    ("glyphs", "why"),
    [
        ([*row("予算", 10, 100), *row("予算", 10.5, 100, 1)], "printed twice"),
        ([*row("予算", 10, 100), *row("額", 40, 100, 1)], "a blank between"),
        ([*row("予算", 10, 100), *row("額", 21, 100, 1)], "one over the other"),
        ([*row("額", 30, 100), *row("予算", 10, 100, 1)], "the last one first"),
        ([*row("下の", 10, 112), *row("上の", 10, 100, 1)], "the lower line first"),
        ([*row("29", 10, 100), glyph("0", 30, 100, 1, em=6.0)], "two sizes"),
        ([*row("予算", 10, 100), *row("額", 30, 104, 1)], "raised by less than a line"),
        ([*row("成", 10, 100), *row("果", 10, 112, 1), *row("指", 10, 124, 2)], "a column"),
        ([*row("予 算", 10, 100)], "a printed space"),
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_who_looks_at_each(
    glyphs: list[Glyph], why: str
) -> None:
    assert plainly(glyphs) is None, why


def test_cells_of_several_tables_and_none_are_told_apart() -> None:
    glyphs = Glyphs([*row("外", 0, 10), *row("甲乙", 10, 100), *row("丙", 30, 100)])
    tables, cells = np.array([-1, 1, 1, 1]), np.array([-1, 3, 3, 4])
    found = plain_lines(glyphs, tables, cells)
    assert {at: [line.text for line in lines] for at, lines in found.items()} == {
        (1, 3): ["甲乙"],
        (1, 4): ["丙"],
    }


steps = st.sampled_from(
    [
        (EM, 0.0),
        (EM, 0.0),
        (EM + 1, 0.0),
        (EM - 4, 0.0),
        (EM - 8, 0.0),
        (0.5, 0.0),
        (2 * EM, 0.0),
        (EM, 1e-9),
        (EM, 3.0),
        (-3 * EM, 12.0),
        (-EM, 12.0),
        (0.0, 7.0),
        (EM, -12.0),
    ]
)


@given(
    st.lists(
        st.tuples(steps, st.sampled_from("施策1a,（ "), st.booleans()), min_size=1, max_size=12
    )
)
def test_what_is_plain_is_read_as_glyph_by_glyph(
    moves: list[tuple[tuple[float, float], str, bool]],
) -> None:
    x, y, run, glyphs = 50.0, 100.0, 0, []
    for (across, down), sign, is_new in moves:
        x, y, run = x + across, y + down, run + is_new
        glyphs.append(glyph(sign, x, y, run))
    found = plainly(glyphs)
    if found is not None:
        lines = read_lines(glyphs)
        assert found == told(lines)
        zeros = np.zeros(len(glyphs), dtype=np.int64)
        plain = plain_lines(Glyphs(glyphs), zeros, zeros)[0, 0]
        box = Box(0.0, 0.0, 100.0, 200.0)
        # The same ends of lines, too, in a cell that has room for ten characters.
        assert line_ends(plain, box, margin([(box, plain)])) == line_ends(
            lines, box, margin([(box, lines)])
        )
        assert all(upper.glyphs[0].y < lower.glyphs[0].y for upper, lower in pairwise(plain))
