"""Text outside every ruled table is kept, run by run."""

from __future__ import annotations

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
