"""Frames around cells, painted as boxes with a hole and seen through clips, rule as lines do."""

from __future__ import annotations

import pytest
from paper import FOUR, WORDS, XS, YS, Paper
from reportlab.pdfgen.canvas import FILL_EVEN_ODD


@pytest.fixture
def paper() -> Paper:
    return Paper().fill_grid(XS, YS, WORDS)


def framed(
    paper: Paper, box: tuple[float, float, float, float], *sides: str, lower: float = 1.0
) -> None:
    """A frame of 1 point within a box, painted once, or anew for each side through a clip.

    ``lower``: how thick its lower side is.
    """
    x0, y0, x1, y1 = box
    clips = {
        "all": box,
        "left": (x0, y0, x0 + 1, y1),
        "right": (x1 - 1, y0, x1, y1),
        "top": (x0, y0, x1, y0 + 1),
        "bottom": (x0, y1 - 1, x1, y1),
    }
    canvas = paper.canvas
    for side in sides or ("all",):
        canvas.saveState()
        clip = canvas.beginPath()
        left, top, right, bottom = clips[side]
        clip.rect(left, paper.height - bottom, right - left, bottom - top)
        canvas.clipPath(clip, stroke=0, fill=0)
        frame = canvas.beginPath()
        frame.rect(x0, paper.height - y1, x1 - x0, y1 - y0)
        frame.rect(x0 + 1, paper.height - y1 + lower, x1 - x0 - 2, y1 - y0 - 1 - lower)
        canvas.drawPath(frame, stroke=0, fill=1, fillMode=FILL_EVEN_ODD)
        canvas.restoreState()


def test_frames_painted_side_by_side_rule_a_table(paper: Paper) -> None:
    # The frames of neighbours lie beside each other; each side is painted for itself.
    for x in XS[:2]:
        for y in YS[:2]:
            framed(paper, (x, y, x + 100, y + 20), "left", "right", "top", "bottom")
    assert paper.read().table() == FOUR


def test_of_a_frame_only_the_sides_seen_through_its_clips_rule(paper: Paper) -> None:
    # No lower side in the upper row, no upper one in the lower: each column is one cell.
    for x in XS[:2]:
        framed(paper, (x, 100, x + 100, 120), "left", "right", "top")
        framed(paper, (x, 120, x + 100, 140), "left", "right", "bottom")
    assert [cell.text.split() for cell in paper.read().table()] == [
        ["施策名", "1,291"],
        ["基準値", "1,582"],
    ]


def test_a_frame_without_a_lower_side_rules_the_end_of_a_row() -> None:
    # The box in it ends where it does, but for its last decimals.
    paper = Paper().lines(
        (100, 100, 300, 100),
        (200, 120, 300, 120),
        (100, 100, 100, 140),
        (200, 100, 200, 140),
        (300, 100, 300, 120),
    )
    framed(paper, (200, 120, 300, 140), "left", "right", "top", lower=-1e-4)
    paper.text(104, 112, "施策名").text(204, 112, "1,291").text(204, 132, "1,582")
    assert paper.read().texts() == ["施策名", "1,291", "1,582"]


def test_a_frame_hides_no_text_within(paper: Paper) -> None:
    # It is painted after the text, as a box with a hole in it.
    framed(paper, (100, 100, 300, 140))
    assert paper.read().page["unprinted_characters"] == 0


def test_two_thin_boxes_side_by_side_are_no_frame() -> None:
    # One path, filled as frames are: the ruling between two rows, left and right of a merged cell.
    paper = Paper().grid((100, 200, 300, 400), (100, 140))
    middle = paper.canvas.beginPath()
    for x in (100, 300):
        middle.rect(x, paper.height - 120.25, 100, 0.5)
    paper.canvas.drawPath(middle, stroke=0, fill=1, fillMode=FILL_EVEN_ODD)
    paper.fill_grid((100, 300), (100, 120), ("施策名 R1", "基準値 R2")).text(204, 122, "1,291")
    cells = [(cell.column, cell.rows, cell.text) for cell in paper.read().table()]
    assert cells == [
        (1, 1, "施策名"),
        (2, 2, "1,291"),
        (3, 1, "R1"),
        (1, 1, "基準値"),
        (3, 1, "R2"),
    ]
