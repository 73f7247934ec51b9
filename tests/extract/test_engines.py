"""The slower engine reads a page only where the vectors did not tell all, and the data say so."""

from __future__ import annotations

import io

import pytest
from paper import Paper
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from pipelines.extract import page as page_module

XS, YS = (100, 250, 400), (100, 140, 180)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of the pages that the slower engine looked at."""
    looked: list[int] = []
    real = page_module.seen_pieces

    def noted(data: bytes, number: int, frame: object) -> object:
        looked.append(number)
        return real(data, number, frame)  # type: ignore[arg-type]

    monkeypatch.setattr(page_module, "seen_pieces", noted)
    return looked


def drawn_grid() -> ImageReader:
    """The grid as a picture, 4 dots a point."""
    picture = Image.new("RGB", (1208, 328), "white")
    pen = ImageDraw.Draw(picture)
    for x in XS:
        pen.line([((x - 99) * 4, 4), ((x - 99) * 4, 324)], fill="black", width=4)
    for y in YS:
        pen.line([(4, (y - 99) * 4), (1204, (y - 99) * 4)], fill="black", width=4)
    stored = io.BytesIO()
    picture.save(stored, "PNG")
    stored.seek(0)
    return ImageReader(stored)


def test_a_table_drawn_as_a_picture_is_read_by_the_combined_engine(looks: list[int]) -> None:
    paper = Paper()
    paper.canvas.drawImage(drawn_grid(), 99, paper.height - 181, 302, 82)
    read = paper.fill_grid(XS, YS, ("施策名 基準値", "1,291 1,582")).read()
    assert [cell.text for cell in read.table()] == ["施策名", "基準値", "1,291", "1,582"]
    assert read.page["engine"] == "combined"
    assert "on images" in read.page["engine_reason"]
    assert looks == [1]


def test_a_ruled_page_is_read_once(looks: list[int]) -> None:
    read = Paper().grid(XS, YS).fill_grid(XS, YS, ("a b", "c d")).text(100, 60, "標題").read()
    assert (read.page["engine"], read.page["engine_reason"]) == ("vector", None)
    assert looks == []


def test_a_page_of_text_is_read_once(looks: list[int]) -> None:
    read = Paper().text(100, 60, "標題").line(100, 70, 300, 70).read()
    assert (read.page["engine"], read.page["engine_reason"]) == ("none", None)
    assert looks == []


def test_a_second_look_that_finds_no_more_is_recorded_too(looks: list[int]) -> None:
    paper = Paper()
    picture = Image.new("RGB", (100, 100), "#eee")
    stored = io.BytesIO()
    picture.save(stored, "PNG")
    stored.seek(0)
    paper.canvas.drawImage(ImageReader(stored), 50, 500, 400, 300)
    read = paper.text(100, 100, "写真の上の長い文字列").read()
    assert looks == [1]
    assert read.page["engine"] == "none"
    assert read.page["engine_reason"].endswith("saw no more")
    assert read.texts("stream") == ["写真の上の長い文字列"]


def test_a_logo_needs_no_second_look(looks: list[int]) -> None:
    paper = Paper().grid(XS, YS).fill_grid(XS, YS, ("a b", "c d"))
    paper.canvas.drawImage(drawn_grid(), 450, 750, 60, 30)
    assert paper.read().page["engine"] == "vector"
    assert looks == []


def test_rulings_stretched_from_images_are_rulings(looks: list[int]) -> None:
    stored = io.BytesIO()
    Image.new("RGB", (1, 1), "black").save(stored, "PNG")
    stored.seek(0)
    dot = ImageReader(stored)
    paper = Paper()
    for x in XS:
        paper.canvas.drawImage(dot, x - 0.4, paper.height - 180, 0.8, 80)
    for y in YS:
        paper.canvas.drawImage(dot, 100, paper.height - y - 0.4, 300, 0.8)
    read = paper.fill_grid(XS, YS, ("a b", "c d")).read()
    assert [cell.text for cell in read.table()] == ["a", "b", "c", "d"]
    assert looks == []


def test_lines_that_make_up_no_table_call_for_a_second_look(looks: list[int]) -> None:
    # Nine points of white at every corner: no reader would call these cells closed.
    paper = Paper()
    for y in YS:
        paper.lines((109, y, 241, y), (259, y, 391, y))
    for x in XS:
        paper.lines((x, 109, x, 131), (x, 149, x, 171))
    read = paper.fill_grid(XS, YS, ("a b", "c d")).read()
    assert looks == [1]
    assert "make up no table" in read.page["engine_reason"]
    assert read.has_lost_nothing()
