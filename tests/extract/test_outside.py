"""Text outside every ruled table is kept, run by run."""

from __future__ import annotations

import pytest
from paper import Cell, Paper

XS, YS = (100, 200, 300), (100, 120, 140)


def test_a_title_and_the_code_at_the_margin_are_two_cells() -> None:
    read = (
        Paper()
        .text(162, 41, "令和２年度実施施策に係る事前分析表")
        .text(503, 41, "（文R2－9－1）")
        .read()
    )
    assert read.table() == [
        Cell(1, 1, 1, 1, "令和２年度実施施策に係る事前分析表"),
        Cell(1, 2, 1, 1, "（文R2－9－1）"),
    ]
    assert read.texts("stream") == ["令和２年度実施施策に係る事前分析表", "（文R2－9－1）"]


def test_a_title_and_a_code_set_in_one_run_of_spaces_are_two_cells() -> None:
    read = Paper().text(100, 41, "事前分析表　　　　　　（総務省R2－⑨）").read()
    assert read.texts("stream") == ["事前分析表", "（総務省R2－⑨）"]


def test_a_title_with_a_space_in_it_is_one_cell() -> None:
    assert Paper().text(100, 41, "令和２年度　事前分析表").read().texts("stream") == [
        "令和２年度　事前分析表"
    ]


def test_outside_text_is_numbered_after_the_tables() -> None:
    read = Paper().grid(XS, YS).text(104, 112, "計").text(104, 60, "標題").read()
    assert [(row["table_number"], row["flavor"]) for row in read.rows] == [
        (1, "lattice"),
        (1, "lattice"),
        (1, "lattice"),
        (1, "lattice"),
        (2, "stream"),
    ]


def test_text_above_between_beside_and_below_tables_lies_in_areas_of_its_own() -> None:
    paper = Paper().grid(XS, YS).grid(XS, [y + 100 for y in YS])
    paper.text(104, 60, "上").text(104, 170, "間").text(320, 112, "横").text(104, 300, "下")
    read = paper.read()
    found = {row["raw_text"]: row["table_number"] for row in read.rows if row["raw_text"]}
    assert found == {"上": 3, "横": 4, "間": 5, "下": 6}


def test_boxes_of_outside_text_are_tight() -> None:
    (row,) = Paper().text(100, 60, "標題", 10).read().rows
    assert (row["x0"], row["x1"]) == (100, 120)
    assert 50 <= row["y0"] < row["y1"] <= 62


def test_lines_of_a_note_follow_each_other() -> None:
    paper = (
        Paper().text(100, 300, "（注１）執行額は見込み。").text(100, 312, "（注２）単位は百万円。")
    )
    assert paper.read().table() == [
        Cell(1, 1, 1, 1, "（注１）執行額は見込み。"),
        Cell(2, 1, 1, 1, "（注２）単位は百万円。"),
    ]


def test_a_list_without_rulings_has_rows_and_columns() -> None:
    paper = Paper()
    for n, (name, amount) in enumerate((("予算額", "3,249"), ("執行額", "3,055"), ("計", "6,304"))):
        paper.text(100, 100 + 14 * n, name).text(200, 100 + 14 * n, amount)
    assert [(cell.row, cell.column, cell.text) for cell in paper.read().table()] == [
        (1, 1, "予算額"),
        (1, 2, "3,249"),
        (2, 1, "執行額"),
        (2, 2, "3,055"),
        (3, 1, "計"),
        (3, 2, "6,304"),
    ]


def test_every_run_has_a_place_of_its_own() -> None:
    paper = Paper()
    for n in range(40):
        paper.text(50 + (n * 97) % 400, 100 + (n * 53) % 300, f"{n}番目の注")
    read = paper.read()
    keys = [row["cell_key"] for row in read.rows]
    assert len(set(keys)) == len(keys)
    assert read.has_lost_nothing()


def _captioned(x: float, y: float, caption: str = "（単位：百万円）", upper: float = 140) -> Paper:
    """A caption of 8 points between one table, from 100 to ``upper``, and another from 144.6."""
    paper = Paper().grid(XS, (100, 120, upper)).grid(XS, (144.6, 160, 180))
    return paper.text(204, 132, "状況の変化").text(204, 172, "予算額").text(x, y, caption)


def test_tables_close_below_each_other_keep_their_own_edges() -> None:
    read = _captioned(240, 145.5).read()
    edges = {(row["y0"], row["y1"]) for row in read.rows if row["flavor"] == "lattice"}
    assert edges == {(100, 120), (120, 140), (144.6, 160), (160, 180)}


@pytest.mark.parametrize(("x", "y"), [(240, 141), (240, 145.5), (240, 149), (170, 141)], ids=str)
def test_a_caption_over_the_edge_of_a_table_is_in_none(x: float, y: float) -> None:
    # The middle of its print lies 3 points above the baseline: within the table above, between
    # both, within the one below. The table's edge is at 300, the caption ends at 304 or 234.
    read = _captioned(x, y).read()
    assert read.texts("stream") == ["（単位：百万円）"]
    assert read.has_lost_nothing()


def test_a_caption_within_a_table_or_set_as_the_lines_of_its_cell_is_the_cells() -> None:
    for paper in (
        # Clear of the edge.
        _captioned(220, 137, "（単位：千円）"),
        # The third line of a text that is a little too long for its cell, from its left end.
        _captioned(204, 142, "（単位：千円）"),
        # The same, centred below a line that is (40 points wide from 204, 56 from 196).
        _captioned(196, 142, "（単位：千円）"),
    ):
        read = paper.read()
        assert read.texts("stream") == []
        assert "状況の変化\n（単位：千円）" in read.texts()
