"""However a ruling is drawn, the table it rules is the same."""

from __future__ import annotations

import tracemalloc

import pytest
from paper import FOUR, WORDS, XS, YS, Cell, Paper

from pipelines.extract.ink import Piece
from pipelines.extract.rulings import tidy


@pytest.fixture
def paper() -> Paper:
    return Paper().fill_grid(XS, YS, WORDS)


def test_strokes_rule_a_table(paper: Paper) -> None:
    read = paper.grid(XS, YS).read()
    assert read.table() == FOUR
    assert (read.page["engine"], read.page["table_count"]) == ("vector", 1)


def test_the_boxes_of_cells_are_where_the_strokes_are(paper: Paper) -> None:
    row = paper.grid(XS, YS).read().rows[3]
    assert (row["x0"], row["y0"], row["x1"], row["y1"]) == (200, 120, 300, 140)
    assert row["cell_key"] == "0123456789abcdef-p001-t01-r002-c002"


def test_thin_filled_boxes_rule_a_table(paper: Paper) -> None:
    for x in XS:
        paper.box(x - 0.25, 100, x + 0.25, 140, fill="black")
    for y in YS:
        paper.box(100, y - 0.25, 300, y + 0.25, fill="black")
    assert paper.read().table() == FOUR


def test_thick_filled_boxes_rule_a_table(paper: Paper) -> None:
    for x in XS:
        paper.box(x - 1.1, 98.9, x + 1.1, 141.1, fill="black")
    for y in YS:
        paper.box(98.9, y - 1.1, 301.1, y + 1.1, fill="black")
    assert paper.read().table() == FOUR


def test_every_cell_a_stroked_box_of_its_own(paper: Paper) -> None:
    for x in XS[:2]:
        for y in YS[:2]:
            paper.box(x, y, x + 100, y + 20, stroke=True)
    assert paper.read().table() == FOUR


def test_cells_a_little_apart_are_one_table(paper: Paper) -> None:
    for x in XS[:2]:
        for y in YS[:2]:
            paper.box(x + 0.75, y + 0.75, x + 99.25, y + 19.25, stroke=True)
    assert paper.read().table() == FOUR


def test_backgrounds_alone_rule_a_table() -> None:
    paper = Paper()
    for x, y, colour in ((100, 100, "#dde"), (200, 100, "#ddd"), (100, 120, "#eee")):
        paper.box(x, y, x + 100, y + 20, fill=colour)
    paper.box(200, 120, 300, 140, fill="#eef")
    assert paper.fill_grid(XS, YS, WORDS).read().table() == FOUR


def test_backgrounds_that_are_closed_twice_rule_a_table() -> None:
    # Some producers close the rectangle (re) that is closed already (h).
    paper = Paper()
    for x, y, grey in ((100, 702, 0.85), (201, 702, 0.9), (100, 722, 0.95), (201, 722, 0.8)):
        paper.canvas._code.append(f"{grey} g {x} {y} 99 19 re h f 0 g")  # noqa: SLF001
    assert paper.fill_grid(XS, YS, WORDS).read().table() == FOUR


def test_white_boxes_on_a_grey_ground_rule_a_table() -> None:
    paper = Paper().box(99, 99, 301, 141, fill="#999")
    for x in XS[:2]:
        for y in YS[:2]:
            paper.box(x + 0.5, y + 0.5, x + 99.5, y + 19.5, fill="white")
    assert paper.fill_grid(XS, YS, WORDS).read().table() == FOUR


def test_white_lines_on_a_coloured_ground_rule_a_table() -> None:
    paper = Paper().box(100, 100, 300, 140, fill="#cde")
    paper.canvas.setStrokeColor("white")
    assert paper.grid(XS, YS).fill_grid(XS, YS, WORDS).read().table() == FOUR


def test_white_lines_on_white_paper_rule_nothing(paper: Paper) -> None:
    paper.canvas.setStrokeColor("white")
    assert paper.grid(XS, YS).read().page["table_count"] == 0


def test_a_background_column_parts_a_table_that_is_ruled_across_only() -> None:
    paper = Paper().box(100, 100, 200, 140, fill="#def")
    paper.lines((100, 100, 300, 100), (100, 120, 300, 120), (100, 140, 300, 140))
    paper.lines((100, 100, 100, 140), (300, 100, 300, 140))
    assert paper.fill_grid(XS, YS, WORDS).read().table() == FOUR


def test_a_merged_cell_painted_in_two_boxes_of_one_colour_is_one_cell() -> None:
    paper = Paper().box(100, 100, 300, 120, fill="#def").box(100, 120, 200, 140, fill="#def")
    paper.box(100, 100, 300, 140, stroke=True)
    paper.lines((200, 100, 200, 134), (200, 120, 300, 120))
    read = paper.text(104, 122, "予算額").text(204, 112, "R1").text(204, 132, "3,249").read()
    assert read.table() == [
        Cell(1, 1, 2, 1, "予算額"),
        Cell(1, 2, 1, 1, "R1"),
        Cell(2, 2, 1, 1, "3,249"),
    ]


def test_a_mark_behind_words_parts_no_cell() -> None:
    paper = Paper().grid(XS, YS).box(203, 123, 240, 137, fill="yellow")
    read = paper.fill_grid(XS, YS, WORDS).read()
    assert read.table() == FOUR
    assert read.page["table_count"] == 1


@pytest.mark.parametrize("apart", [1.0, 2.0, 3.0])
def test_doubled_lines_are_one_line(paper: Paper, apart: float) -> None:
    for shift in (-apart / 2, apart / 2):
        paper.grid([x + shift for x in XS], [y + shift for y in YS])
    assert paper.read().table() == FOUR


def test_a_doubled_frame_around_single_lines_is_one_frame(paper: Paper) -> None:
    paper.grid(XS, YS).box(98, 98, 302, 142, stroke=True)
    assert paper.read().table() == FOUR


def test_corners_that_do_not_meet_by_a_hair_still_close_the_cells(paper: Paper) -> None:
    for y in YS:
        paper.line(101.5, y, 298.5, y)
    for x in XS:
        paper.line(x, 101.5, x, 138.5)
    assert paper.read().table() == FOUR


def test_lines_broken_by_a_hair_still_part_the_cells(paper: Paper) -> None:
    for y in YS:
        paper.lines((100, y, 149, y), (150.5, y, 251, y), (252.5, y, 300, y))
    for x in XS:
        paper.lines((x, 100, x, 109), (x, 110.5, x, 140))
    assert paper.read().table() == FOUR


def test_a_gap_in_a_line_does_not_join_two_cells(paper: Paper) -> None:
    paper.grid(XS, (100, 140))
    paper.lines((100, 120, 140, 120), (170, 120, 300, 120))
    assert paper.read().table() == FOUR


def test_lines_dashed_by_pattern_rule_a_table(paper: Paper) -> None:
    paper.canvas.setDash(3, 2)
    assert paper.grid(XS, YS).read().table() == FOUR


@pytest.mark.parametrize(("dash", "gap"), [(3.0, 3.0), (1.0, 2.5), (6.0, 4.0)])
def test_lines_of_short_pieces_rule_a_table(paper: Paper, dash: float, gap: float) -> None:
    def pieces(low: float, high: float) -> list[tuple[float, float]]:
        starts = [low]
        while starts[-1] + dash + gap < high:
            starts.append(starts[-1] + dash + gap)
        return [(start, min(start + dash, high)) for start in starts]

    for y in YS:
        paper.lines(*((start, y, end, y) for start, end in pieces(100, 300)))
    for x in XS:
        paper.lines(*((x, start, x, end) for start, end in pieces(100, 140)))
    assert paper.read().table() == FOUR


def test_dots_rule_a_table(paper: Paper) -> None:
    for y in YS:
        for step in range(81):
            x = 100 + step * 2.5
            paper.box(x - 0.4, y - 0.4, x + 0.4, y + 0.4, fill="black")
    for x in XS:
        for step in range(17):
            y = 100 + step * 2.5
            paper.box(x - 0.4, y - 0.4, x + 0.4, y + 0.4, fill="black")
    assert paper.read().table() == FOUR


def test_a_frame_with_round_corners_closes_the_outer_cells(paper: Paper) -> None:
    paper.canvas.roundRect(100, paper.height - 140, 200, 40, 3, stroke=1, fill=0)
    paper.lines((200, 100, 200, 134), (100, 120, 300, 120))
    assert paper.read().table() == FOUR


def test_ends_that_stand_out_make_no_cells(paper: Paper) -> None:
    for y in YS:
        paper.line(96, y, 304, y)
    for x in XS:
        paper.line(x, 96, x, 144)
    assert paper.read().table() == FOUR


def test_an_underline_inside_a_cell_parts_nothing(paper: Paper) -> None:
    paper.grid(XS, YS).line(104, 134, 124, 134)
    assert paper.read().table() == FOUR


def test_an_underline_that_touches_the_border_parts_nothing(paper: Paper) -> None:
    paper.grid(XS, YS).line(100, 134, 124, 134)
    read = paper.read()
    assert [cell.text for cell in read.table()] == [cell.text for cell in FOUR]
    assert read.has_lost_nothing()


def test_dots_that_are_square_but_for_their_last_decimals_rule_a_table(paper: Paper) -> None:
    # As browsers print dotted borders: 0.75 points wide, 0.7498 high, or the reverse.
    for step in range(134):
        x = 100 + step * 1.5
        for y in YS:
            paper.box(x, y - 0.3748, x + 0.75, y + 0.375, fill="black")
    for step in range(27):
        y = 100 + step * 1.5
        for x in XS:
            paper.box(x - 0.375, y, x + 0.375, y + 0.7497, fill="black")
    assert paper.read().table() == FOUR


def test_blocks_of_one_table_whose_edges_are_a_few_points_apart_share_a_column() -> None:
    # Each block is ruled with double lines of its own; no text fits between the edges.
    paper = Paper()
    for top, x in ((100, 200.0), (140, 202.4), (180, 199.6), (220, 202.4), (260, 200.0)):
        for shift in (0.0, 1.0):
            paper.grid((100 + shift, x + shift, 300 + shift), (top + shift, top + 20 + shift))
            paper.grid((100 + shift, 300 + shift), (top + 20 + shift, top + 40 + shift))
        paper.text(110, top + 14, "施策名").text(210, top + 14, "1,291").text(110, top + 34, "注")
    assert [(cell.column, cell.text) for cell in paper.read().table()] == [
        (1, "施策名"),
        (2, "1,291"),
        (1, "注"),
    ] * 5


@pytest.mark.parametrize("fill", [None, "lightblue"])
def test_sides_of_an_open_row_part_its_cells_though_they_end_with_their_text(
    fill: str | None,
) -> None:
    # The last row of a page is open below; the middle column's sides end after one line, and so
    # does the background of its cell.
    paper = (
        Paper()
        .box(200, 120, 300, 134, fill=fill)
        .lines(
            (100, 100, 400, 100),
            (100, 120, 400, 120),
            (100, 100, 100, 160),
            (200, 100, 200, 134),
            (300, 100, 300, 134),
            (400, 100, 400, 160),
        )
    )
    paper.fill_grid((100, 200, 300), (100, 120), ("名 年 備考", "甲 1,291")).text(304, 156, "乙")
    cells = [(row["raw_text"], row["y1"], row["is_open_below"]) for row in paper.read().rows]
    assert cells == [
        ("名", 120, False),
        ("年", 120, False),
        ("備考", 120, False),
        ("甲", 160, True),
        ("1,291", 160, True),
        ("乙", 160, True),
    ]


def test_a_line_that_ends_within_a_cell_parts_nothing(paper: Paper) -> None:
    # What is ruled below its end says that the table goes on there without it.
    paper.grid(XS, YS).line(250, 120, 250, 128)
    assert [cell.text for cell in paper.read().table()] == [cell.text for cell in FOUR]


def test_a_drawing_of_many_short_lines_takes_little_memory() -> None:
    # 6,000 lines, each by itself: to compare each with each other one would take 288 MB.
    hatching = [Piece(5.0 * x, 16.0 * y, 16.0 * y + 9) for x in range(120) for y in range(50)]
    tracemalloc.start()
    rulings = tidy([Piece(10.0, 0.0, 600.0)], hatching)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(rulings.verticals) > 5_000
    assert peak < 50e6


def test_the_outlines_of_letters_rule_nothing(paper: Paper) -> None:
    # Bold print becomes outlines on its way through some programs: bars of letters that stand in
    # one line, 5 points long and 1 apart, and something bent beside each.
    paper.grid(XS, YS)
    letters = paper.canvas.beginPath()
    for x in range(204, 294, 6):
        for y in (106, 113):
            letters.moveTo(x, paper.height - y)
            letters.lineTo(x + 5, paper.height - y)
            letters.lineTo(x + 5, paper.height - y - 4)
            letters.curveTo(
                x + 3, paper.height - y - 5, x + 2, paper.height - y - 5, x, paper.height - y - 4
            )
            letters.close()
    paper.canvas.drawPath(letters, stroke=1, fill=0)
    assert paper.read().table() == FOUR


def test_boxes_with_rounded_corners_rule_a_table(paper: Paper) -> None:
    for x in XS[:2]:
        for y in YS[:2]:
            paper.canvas.roundRect(x, paper.height - y - 20, 100, 20, 2)
    assert paper.read().table() == FOUR
