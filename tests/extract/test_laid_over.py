"""Text that lies over the page, a watermark or a stamp, is no cell's; it is kept, outside."""

from __future__ import annotations

import pytest
from paper import GOTHIC, PAIR, Paper

# Five rows of two cells, 16 points high, each with a text of 8 points.
ROWS = (100, 300, 500), tuple(range(100, 181, 16))
FIGURES = [f"{row},{column}91" for row in range(1, 6) for column in (2, 3)]


@pytest.fixture
def paper() -> Paper:
    """A page with nothing on it yet."""
    return Paper()


def _figures(paper: Paper) -> Paper:
    paper.grid(*ROWS)
    for place, figure in enumerate(FIGURES):
        paper.text(104 + 200 * (place % 2), 112 + 16 * (place // 2), figure)
    return paper


def _stamp(paper: Paper, text: str, size: float, angle: float) -> Paper:
    """Print a text in light grey over the middle of the rows."""
    canvas = paper.canvas
    canvas.saveState()
    canvas.setFillGray(0.85)
    canvas.translate(300, paper.height - 140)
    canvas.rotate(angle)
    canvas.setFont(GOTHIC, size)
    canvas.drawCentredString(0, -0.35 * size, text)
    canvas.restoreState()
    return paper


@pytest.mark.parametrize("angle", [0, 25, 45, 90, -45])
@pytest.mark.parametrize("is_behind", [True, False])
def test_large_letters_across_the_rows_go_into_none_of_them(
    paper: Paper, angle: float, *, is_behind: bool
) -> None:
    if is_behind:
        _figures(_stamp(paper, "未定稿", 60, angle))
    else:
        _stamp(_figures(paper), "未定稿", 60, angle)
    read = paper.read()
    assert read.texts() == FIGURES
    assert "".join(read.texts("stream")) == "未定稿"
    assert read.has_lost_nothing()


def test_the_page_is_not_read_again_for_a_text_that_lies_over_it(paper: Paper) -> None:
    read = _stamp(_figures(paper), "取扱注意（案）", 40, 25).read()
    assert (read.page["engine"], read.page["engine_reason"]) == ("vector", None)


def test_letters_as_small_as_the_cells_own_are_laid_over_them_where_they_run_askew(
    paper: Paper,
) -> None:
    read = _stamp(_figures(paper), "（案）これは案である（案）", 8, 30).read()
    assert read.texts() == FIGURES
    assert read.has_lost_nothing()


def test_a_text_askew_within_one_cell_is_that_cells(paper: Paper) -> None:
    # A spreadsheet turns the labels over narrow columns.
    paper.grid(*PAIR).text(204, 120, "1,291")
    paper.canvas.saveState()
    paper.canvas.translate(110, paper.height - 150)
    paper.canvas.rotate(45)
    paper.canvas.setFont(GOTHIC, 8)
    paper.canvas.drawString(0, 0, "基準値")
    paper.canvas.restoreState()
    assert paper.read().texts() == ["基準値", "1,291"]


def test_a_large_title_in_a_cell_of_its_own_is_that_cells(paper: Paper) -> None:
    # Three times as large as what stands below it, in a row that it fits.
    paper.grid((100, 500), (60, 100)).text(104, 90, "事前分析表", 24)
    assert _figures(paper).read().texts() == ["事前分析表", *FIGURES]


def test_a_large_letter_that_overflows_its_row_a_little_is_that_rows(paper: Paper) -> None:
    # 20 points in a row of 16: too large, and set into no other.
    assert _figures(paper.text(150, 114, "※", 20)).read().texts()[0] == f"{FIGURES[0]} ※"
