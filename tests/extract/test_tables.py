"""Which lines make up a table, and which cells a table has."""

from __future__ import annotations

import pytest
from paper import Cell, Paper


def test_a_form_with_merged_cells_has_spans() -> None:
    paper = Paper().grid((100, 200, 300, 400), (100, 160))
    paper.lines((200, 120, 400, 120), (100, 140, 400, 140))
    # A label over two rows; a header over two columns, and its two columns below.
    paper = Paper().box(100, 100, 400, 160, stroke=True)
    paper.lines((200, 100, 200, 160), (200, 120, 400, 120), (300, 120, 300, 160))
    paper.lines((100, 140, 400, 140))
    for x, y, word in (
        (110, 125, "測定指標"),
        (280, 112, "実績値"),
        (220, 132, "H27年度"),
        (320, 132, "H28年度"),
        (110, 152, "①"),
        (220, 152, "43"),
        (320, 152, "579"),
    ):
        paper.text(x, y, word)
    assert paper.read().table() == [
        Cell(1, 1, 2, 1, "測定指標"),
        Cell(1, 2, 1, 2, "実績値"),
        Cell(2, 2, 1, 1, "H27年度"),
        Cell(2, 3, 1, 1, "H28年度"),
        Cell(3, 1, 1, 1, "①"),
        Cell(3, 2, 1, 1, "43"),
        Cell(3, 3, 1, 1, "579"),
    ]


def test_two_tables_side_by_side_are_two() -> None:
    paper = Paper().grid((60, 120, 180), (100, 120, 140)).grid((200, 260, 320), (100, 120, 140))
    paper.fill_grid((60, 120), (100, 120), ("a b", "c d"))
    paper.fill_grid((200, 260), (100, 120), ("e f", "g h"))
    read = paper.read()
    assert [cell.text for cell in read.table(1)] == ["a", "b", "c", "d"]
    assert [cell.text for cell in read.table(2)] == ["e", "f", "g", "h"]


def test_tables_side_by_side_with_rows_of_their_own_keep_them() -> None:
    paper = Paper().grid((60, 120, 180), (100, 120, 140)).grid((200, 260, 320), (100, 113, 140))
    paper.fill_grid((60, 120), (100, 120), ("a b", "c d"))
    paper.text(204, 110, "e").text(264, 110, "f").text(204, 130, "g").text(264, 130, "h")
    read = paper.read()
    assert [(cell.row, cell.text) for cell in read.table(2)] == [
        (1, "e"),
        (1, "f"),
        (2, "g"),
        (2, "h"),
    ]
    assert {row["y0"] for row in read.rows if row["table_number"] == 1} == {100, 120}


def test_tables_below_each_other_are_numbered_from_the_top() -> None:
    paper = Paper().grid((60, 120, 180), (300, 320, 340)).grid((60, 120, 180), (100, 120, 140))
    paper.fill_grid((60, 120), (300, 320), ("e f", "g h"))
    paper.fill_grid((60, 120), (100, 120), ("a b", "c d"))
    read = paper.read()
    assert [cell.text for cell in read.table(1) + read.table(2)] == list("abcdefgh")


def test_a_table_inside_a_cell_holds_its_own_text() -> None:
    paper = Paper().grid((100, 250, 400), (100, 200, 220)).text(110, 112, "外側")
    paper.grid((120, 160, 200), (130, 150, 170))
    paper.fill_grid((120, 160), (130, 150), ("a b", "c d")).text(260, 112, "備考")
    read = paper.read()
    assert [cell.text for cell in read.table(1)] == ["外側", "備考", "", ""]
    assert [cell.text for cell in read.table(2)] == ["a", "b", "c", "d"]


def test_a_frame_around_the_page_does_not_swallow_the_table() -> None:
    paper = Paper().box(20, 20, 575, 822, stroke=True).text(250, 60, "標題")
    paper.grid((100, 200, 300), (100, 120, 140))
    read = paper.fill_grid((100, 200), (100, 120), ("a b", "c d")).read()
    assert [cell.text for cell in read.table()] == ["a", "b", "c", "d"]
    assert read.texts("stream") == ["標題"]


def test_a_frame_in_two_strokes_does_not_swallow_the_table() -> None:
    paper = Paper().box(20, 20, 575, 822, stroke=True).box(26, 26, 569, 816, stroke=True)
    paper.grid((100, 200, 300), (100, 120, 140)).text(250, 60, "標題")
    read = paper.fill_grid((100, 200), (100, 120), ("a b", "c d")).read()
    assert [cell.text for cell in read.table()] == ["a", "b", "c", "d"]
    assert read.texts("stream") == ["標題"]


def test_a_page_coloured_all_over_does_not_swallow_the_table() -> None:
    paper = Paper().box(0, 0, 595, 842, fill="#ffe").text(250, 60, "標題")
    paper.grid((100, 200, 300), (100, 120, 140))
    read = paper.fill_grid((100, 200), (100, 120), ("a b", "c d")).read()
    assert [cell.text for cell in read.table()] == ["a", "b", "c", "d"]
    assert read.texts("stream") == ["標題"]


def test_stray_underlines_are_no_table() -> None:
    paper = Paper().lines((100, 100, 300, 100), (100, 130, 300, 130), (100, 160, 250, 160))
    read = paper.text(100, 98, "下線").text(100, 128, "もう一つ").read()
    assert (read.page["table_count"], read.page["engine"]) == (0, "none")
    assert read.texts("stream") == ["下線", "もう一つ"]


def test_a_box_around_some_words_is_no_table() -> None:
    read = Paper().box(100, 100, 300, 130, stroke=True).text(110, 118, "（注）見込み").read()
    assert read.page["table_count"] == 0
    assert read.texts("stream") == ["（注）見込み"]


def test_a_table_open_at_its_sides_has_its_outer_columns() -> None:
    paper = Paper().lines(*((100, y, 400, y) for y in (100, 120, 140)))
    paper.lines((200, 100, 200, 140), (300, 100, 300, 140))
    paper.fill_grid((100, 200, 300), (100, 120), ("a b c", "d e f"))
    assert [cell.text for cell in paper.read().table()] == list("abcdef")


def test_the_free_corner_of_a_table_is_outside_it() -> None:
    paper = Paper().lines((200, 100, 300, 100), (100, 120, 300, 120), (100, 140, 300, 140))
    paper.lines((100, 120, 100, 140), (200, 100, 200, 140), (300, 100, 300, 140))
    paper.text(104, 112, "（単位：千円）").text(204, 112, "予算額").text(104, 132, "計")
    read = paper.text(204, 132, "3,249").read()
    assert [cell.text for cell in read.table()] == ["予算額", "計", "3,249"]
    assert read.texts("stream") == ["（単位：千円）"]


def test_a_form_that_is_nearly_empty_is_still_a_table() -> None:
    xs, ys = [100 + 30 * n for n in range(11)], [100 + 20 * n for n in range(11)]
    read = Paper().grid(xs, ys).text(104, 112, "計").read()
    assert len(read.table()) == 100
    assert [cell for cell in read.table() if cell.text] == [Cell(1, 1, 1, 1, "計")]


def test_empty_cells_are_cells() -> None:
    read = Paper().grid((100, 200, 300), (100, 120, 140)).text(104, 112, "計").read()
    assert [cell.text for cell in read.table()] == ["計", "", "", ""]


def test_cells_joined_out_of_shape_are_cut_into_rectangles_and_keep_their_text() -> None:
    # The line between a and c is missing, that between a and b too: an L of three cells.
    paper = Paper().box(100, 100, 300, 140, stroke=True)
    paper.lines((200, 120, 200, 140), (200, 120, 300, 120))
    read = paper.fill_grid((100, 200), (100, 120), ("a b", "c d")).read()
    assert read.table() == [
        Cell(1, 1, 1, 2, "a b"),
        Cell(2, 1, 1, 1, "c"),
        Cell(2, 2, 1, 1, "d"),
    ]
    assert read.has_lost_nothing()


def test_no_two_cells_of_a_table_cover_the_same_place() -> None:
    paper = Paper().box(100, 100, 400, 200, stroke=True)
    paper.lines((150, 100, 150, 180), (150, 180, 400, 180), (350, 120, 350, 200))
    read = paper.lines((100, 120, 350, 120)).text(110, 112, "a").text(360, 150, "b").read()
    places = [
        (row, column)
        for cell in read.table()
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    assert len(places) == len(set(places))
    assert read.has_lost_nothing()


@pytest.mark.parametrize("columns", [2, 40])
def test_wide_tables_keep_their_columns(columns: int) -> None:
    xs = [20 + 550 * n / columns for n in range(columns + 1)]
    paper = Paper().grid(xs, (100, 120, 140))
    for n, x in enumerate(xs[:-1]):
        paper.text(x + 1, 112, str(n), size=5)
    assert [cell.text for cell in paper.read().table()][:columns] == [
        str(n) for n in range(columns)
    ]


def test_rows_a_point_apart_in_tables_side_by_side_stay_where_they_are() -> None:
    paper = Paper().grid((60, 120, 180), (100, 120, 140)).grid((200, 260, 320), (101, 121.5, 142))
    read = paper.text(64, 112, "a").text(204, 112, "b").read()
    ys = {row["table_number"]: row["y0"] for row in read.rows if row["row_number"] == 2}
    assert ys == {1: 120, 2: 121.5}
