"""A page is read as it is shown, whichever way round it lies in the file."""

from __future__ import annotations

import io
from itertools import pairwise

import pypdfium2
import pytest
from paper import KEY, Paper, Read, raw_pdf

from pipelines.extract import read_pdf

XS, YS = (100, 200, 300), (100, 120, 140)
WORDS = ("施策名 基準値", "1,291 1,582")


def sheet(size: tuple[float, float] = (595.0, 842.0)) -> Paper:
    return Paper(size).grid(XS, YS).fill_grid(XS, YS, WORDS).text(250, 60, "標題")


def edges(read: Read) -> list[float]:
    """Left, top, right and bottom of each cell, one after the other."""
    return [row[side] for row in read.rows for side in ("x0", "y0", "x1", "y1")]


def mended(data: bytes) -> bytes:
    """The PDF with a right table of places, after its bytes were changed."""
    stored = io.BytesIO()
    with pypdfium2.PdfDocument(data) as document:
        document.save(stored)
    return stored.getvalue()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_content_turned_together_with_the_page_reads_the_same(turn: int) -> None:
    upright = sheet().read()
    # reportlab exchanges the sides of a page that it turns. /Rotate turns the page clockwise when
    # it is shown: the content is set the other way before.
    paper = Paper((595.0, 842.0))
    place = {90: (842, 0), 180: (595, 842), 270: (0, 595)}[turn]
    paper.canvas.translate(*place)
    paper.canvas.rotate(turn)
    paper.canvas.setPageRotation(turn)
    paper.height = 842.0
    read = paper.grid(XS, YS).fill_grid(XS, YS, WORDS).text(250, 60, "標題").read()
    assert read.table() == upright.table()
    assert edges(read) == pytest.approx(edges(upright), abs=0.01)
    page = read.page
    assert (page["width"], page["height"], page["rotation"]) == (595.0, 842.0, turn)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_content_set_sideways_on_an_upright_page_is_turned_to_be_read(turn: int) -> None:
    upright = sheet().read()
    paper = Paper((842.0, 595.0) if turn % 180 else (595.0, 842.0))
    place = {90: (842, 0), 180: (595, 842), 270: (0, 595)}[turn]
    paper.canvas.translate(*place)
    paper.canvas.rotate(turn)
    paper.height = 842.0
    read = paper.grid(XS, YS).fill_grid(XS, YS, WORDS).text(250, 60, "標題").read()
    assert read.table() == upright.table()
    assert edges(read) == pytest.approx(edges(upright), abs=0.01)
    page = read.page
    assert (page["width"], page["height"], page["rotation"]) == (595.0, 842.0, turn)


def test_a_page_leaning_by_37_degrees_loses_no_character() -> None:
    paper = Paper()
    paper.canvas.translate(450, -150)
    paper.canvas.rotate(37)
    read = paper.grid(XS, YS).fill_grid(XS, YS, WORDS).read()
    assert read.has_lost_nothing()
    assert sorted(read.texts("stream")) == sorted(["施策名", "基準値", "1,291", "1,582"])


@pytest.mark.parametrize("size", [(842.0, 595.0), (842.0, 1191.0), (1191.0, 842.0)])
def test_landscape_and_large_pages_are_read(size: tuple[float, float]) -> None:
    read = sheet(size).read()
    assert [cell.text for cell in read.table()] == ["施策名", "基準値", "1,291", "1,582"]
    assert (read.page["width"], read.page["height"]) == size


def test_a_page_that_does_not_begin_at_zero_is_measured_from_its_corner() -> None:
    paper = Paper()
    paper.canvas.translate(1000, -300)
    paper.grid(XS, YS).fill_grid(XS, YS, WORDS).text(250, 60, "標題")
    data = paper.pdf().replace(b"/MediaBox [ 0 0 595 842 ]", b"/MediaBox [ 1000 -300 1595 542 ]")
    read = Read(read_pdf(mended(data), KEY))
    assert edges(read) == pytest.approx(edges(sheet().read()), abs=0.01)


def test_a_cropped_page_is_measured_from_what_is_shown_of_it() -> None:
    paper = sheet()
    paper.canvas.setCropBox((50, 0, 595, 792))
    read = paper.read()
    assert (read.page["width"], read.page["height"]) == (545.0, 792.0)
    expected = [edge - 50 for edge in edges(sheet().read())]
    assert edges(read) == pytest.approx(expected, abs=0.01)


def test_text_beyond_the_crop_is_not_shown_and_not_read() -> None:
    paper = sheet()
    paper.canvas.setCropBox((0, 0, 595, 760))
    read = paper.read()
    assert read.texts("stream") == []
    assert read.page["unprinted_characters"] == 2


def test_each_page_is_read_by_itself() -> None:
    paper = sheet().page()
    paper.grid(XS, YS).fill_grid(XS, YS, ("達成手段 備考", "3,249 ―"))
    read = paper.read()
    assert [page["page_number"] for page in read.pages] == [1, 2]
    assert [cell.text for cell in read.table(1, page=2)] == ["達成手段", "備考", "3,249", "―"]
    keys = [row["cell_key"] for row in read.rows]
    assert len(set(keys)) == len(keys)


def test_an_empty_page_among_others_is_a_page() -> None:
    read = sheet().page().page().text(100, 100, "終わり").read()
    assert [page["text_layer_characters"] for page in read.pages] == [18, 0, 3]


def test_a_table_drawn_on_past_the_pages_end_ends_with_the_page() -> None:
    paper = Paper().grid((100, 200, 300), (100, 120, 140)).text(104, 112, "施策名")
    paper.grid((100, 200, 300), (860, 880, 900))
    assert {row["table_number"] for row in paper.read().rows} == {1}


def test_a_page_in_several_streams_is_read_as_one() -> None:
    """Excel parts a long page wherever a token ends, an array and a text object included."""
    first, second = b"BT /F1 9 Tf 100 700 Td [ ", b"(1,2) 0 (91)] TJ ET"
    rest = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(second), second)
    data = raw_pdf(first, objects=[rest]).replace(b"/Contents 4 0 R", b"/Contents [4 0 R 6 0 R]")
    assert Read(read_pdf(data, KEY)).texts("stream") == ["1,291"]


def test_a_foot_under_a_cell_without_a_lower_edge_is_outside_it() -> None:
    paper = Paper().lines((100, 100, 300, 100), (100, 100, 100, 140), (300, 100, 300, 140))
    paper.lines((100, 120, 300, 120), (200, 120, 200, 140), (200, 140, 300, 140))
    paper.text(104, 112, "名").text(104, 132, "広場").text(204, 132, "14").text(130, 146, "- 1 -")
    assert "広場" in paper.read().texts()


def test_a_centred_line_under_centred_lines_of_a_cell_without_a_lower_edge_is_its_text() -> None:
    # Characters of 8 points: all three lines have their middle at 250.
    paper = Paper().grid((100, 200), (100, 120, 140))
    paper.lines((200, 100, 300, 100), (200, 110, 300, 110), (300, 100, 300, 140))
    paper.text(104, 132, "14").text(234, 122, "行政事業").text(226, 132, "レビュー事業")
    paper.text(242, 142, "番号").text(280, 152, "－１－")
    read = paper.read()
    assert "行政事業\nレビュー事業\n番号" in read.texts()
    assert read.texts("stream") == ["－１－"]
    assert read.has_lost_nothing()


def test_a_year_in_brackets_under_a_cell_without_a_lower_edge_is_no_note() -> None:
    # A browser rules a row that it cuts to where the shortest text of it ends.
    paper = Paper().grid((100, 200), (100, 120, 140))
    paper.lines((200, 100, 300, 100), (200, 120, 300, 120), (300, 100, 300, 140))
    paper.text(104, 132, "14").text(204, 132, "広場整備事業").text(204, 144, "（平成11年度）")
    paper.text(204, 156, "（注）集計中のものがある。")
    read = paper.read()
    assert [cell.text for cell in read.table()][-2:] == ["14", "広場整備事業\n（平成11年度）"]
    assert read.texts("stream") == ["（注）集計中のものがある。"]


def test_text_under_a_cell_without_a_lower_edge_is_that_cells_text() -> None:
    paper = Paper().grid((100, 200), (100, 120, 140))
    paper.lines((200, 100, 300, 100), (200, 120, 300, 120), (300, 100, 300, 140))
    paper.text(104, 132, "14").text(204, 132, "広場を").text(204, 144, "増やす。")
    paper.text(104, 156, "※ 集計中のものがある。")
    read = paper.read()
    assert [cell.text for cell in read.table()][-2:] == ["14", "広場を\n増やす。"]
    assert read.has_lost_nothing()


def test_a_bracket_under_an_open_cell_is_its_text_but_a_note_in_brackets_is_not() -> None:
    for line, expected in (("（人）", "広場の数\n（人）"), ("（注）概数", "広場の数")):
        paper = Paper().grid((100, 200), (100, 120, 140))
        paper.lines((200, 100, 300, 100), (200, 120, 300, 120), (300, 100, 300, 140))
        paper.text(104, 132, "14").text(204, 132, "広場の数").text(204, 144, line)
        assert paper.read().table()[-1].text == expected


def test_a_cell_says_which_of_its_edges_nothing_rules() -> None:
    # Spreadsheets and browsers leave a cell open where the page's end cuts it. On the first page
    # the second column goes on overleaf, the first ends there.
    paper = Paper().grid((100, 200), (100, 120, 140))
    paper.lines((200, 100, 300, 100), (200, 120, 300, 120), (300, 100, 300, 140))
    paper.text(104, 132, "14").text(204, 132, "広場を").page()
    paper.grid((100, 200), (40, 60, 80)).lines((200, 60, 300, 60), (200, 80, 300, 80))
    paper.line(300, 40, 300, 80).text(104, 52, "15").text(204, 52, "増やす。").text(250, 20, "標題")
    edges = {
        row["raw_text"]: (row["is_open_above"], row["is_open_below"]) for row in paper.read().rows
    }
    assert edges["14"] == edges["15"] == (False, False)
    assert edges["広場を"] == (False, True)
    assert edges["増やす。"] == (True, False)
    assert edges["標題"] == (None, None)


def test_every_operator_that_shows_text_shows_it_where_it_belongs() -> None:
    # ISO 32000-2, table 107: ' and " move to the next line first, here 20 points below.
    stream = (
        b"""BT /F1 9 Tf 20 TL 1 0 0 1 100 700 Tm (one) Tj (two) ' 0 0 (three) " [(3) (4)] TJ ET"""
    )
    cells = read_pdf(raw_pdf(stream), KEY).cells
    tops = cells["y1"].to_list()
    assert cells["raw_text"].to_list() == ["one", "two", "three34"]
    assert [round(lower - upper, 3) for upper, lower in pairwise(tops)] == [20.0, 20.0]
