"""The order of glyphs in a cell: lines, columns, spaces, and where a line ends."""

from __future__ import annotations

import pytest
from paper import GOTHIC, LATIN, PAIR, Paper, texts
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont


def test_lines_are_read_from_the_top(paper: Paper) -> None:
    paper.text(104, 132, "(30,205,833)").text(104, 112, "30,230,300").text(204, 112, "26,644,134")
    assert texts(paper) == ["30,230,300\n(30,205,833)", "26,644,134"]


def test_stacked_characters_are_read_downwards(paper: Paper) -> None:
    for n, character in enumerate("達成目標"):
        paper.text(146, 112 + 10 * n, character, 9)
    assert texts(paper) == ["達成目標", ""]


def test_stacked_columns_are_read_from_the_right(paper: Paper) -> None:
    for n, character in enumerate("測定指標"):
        paper.text(160, 112 + 10 * n, character, 9)
    for n, character in enumerate("の根拠"):
        paper.text(146, 112 + 10 * n, character, 9)
    assert texts(paper) == ["測定指標\nの根拠", ""]


def test_a_label_whose_letters_are_shown_in_no_order_is_no_column(paper: Paper) -> None:
    lines = ["基準値", "（基準年", "度）"]
    # 値 and 準 right under it follow each other, and no two of one line.
    order = [(0, 2), (1, 2), (0, 0), (1, 3), (0, 1), (1, 0), (2, 1), (1, 1), (2, 0)]
    for row, column in order:
        paper.text(110 + 9 * column, 112 + 10 * row, lines[row][column], 9)
    assert texts(paper) == ["\n".join(lines), ""]


def test_figures_under_each_other_are_not_one_figure(paper: Paper) -> None:
    paper.text(146, 112, "5", 9).text(146, 122, "7", 9).text(246, 112, "５", 9)
    assert texts(paper.text(246, 122, "７", 9)) == ["5\n7", "５\n７"]


def test_spaced_labels_in_two_lines_are_not_columns(paper: Paper) -> None:
    paper.text(120, 112, "施", 9).text(150, 112, "策", 9).text(120, 124, "概", 9)
    paper.text(150, 124, "要", 9)
    assert texts(paper) == ["施 策\n概 要", ""]


def test_vertical_writing_is_read_downwards_from_the_right() -> None:
    paper = Paper().grid(*PAIR)
    font = UnicodeCIDFont("HeiseiMin-W3", isVertical=True)
    pdfmetrics.registerFont(font)
    paper.text(165, 105, "測定指標", 9, font.fontName).text(150, 105, "の根拠", 9, font.fontName)
    assert texts(paper) == ["測定指標\nの根拠", ""]


@pytest.mark.parametrize("angle", [90, 270])
def test_text_set_sideways_in_a_cell_is_read_its_own_way(paper: Paper, angle: int) -> None:
    paper.canvas.saveState()
    paper.canvas.translate(150, paper.height - 130)
    paper.canvas.rotate(angle)
    paper.canvas.setFont(GOTHIC, 8)
    paper.canvas.drawCentredString(0, 0, "達成目標")
    paper.canvas.restoreState()
    for n in range(4):
        paper.text(204, 112 + n * 12, "本文が続く行")
    assert texts(paper)[0] == "達成目標"


def test_printed_spaces_are_kept(paper: Paper) -> None:
    paper.text(104, 112, "橋爪 淳").text(204, 112, "（３）　など")
    assert texts(paper) == ["橋爪 淳", "（３）　など"]


@pytest.mark.parametrize("gap", [2.5, 4.0, 30.0])
def test_figures_set_apart_without_a_space_never_become_one(paper: Paper, gap: float) -> None:
    width = paper.canvas.stringWidth("1,291", LATIN, 10)
    paper.text(104, 120, "1,291", 10, LATIN).text(104 + width + gap, 120, "582", 10, LATIN)
    assert texts(paper) == ["1,291 582", ""]


def test_a_figure_in_pieces_that_touch_is_one_figure(paper: Paper) -> None:
    width = paper.canvas.stringWidth("1,29", LATIN, 10)
    paper.text(104, 120, "1,29", 10, LATIN).text(104 + width, 120, "1", 10, LATIN)
    assert texts(paper) == ["1,291", ""]


def test_letter_spacing_is_no_space(paper: Paper) -> None:
    paper.canvas.setFont(GOTHIC, 8)
    paper.canvas.drawString(104, paper.height - 120, "3,055.1", charSpace=2.5)
    assert texts(paper) == ["3,055.1", ""]


def test_letter_spacing_as_wide_as_a_column_sets_figures_apart(paper: Paper) -> None:
    paper.canvas.setFont(LATIN, 8)
    paper.canvas.drawString(104, paper.height - 120, "78", charSpace=40)
    assert texts(paper) == ["7 8", ""]


def test_labels_spaced_out_over_the_cell_keep_their_order(paper: Paper) -> None:
    for x, character in ((110, "施"), (145, "策"), (180, "名")):
        paper.text(x, 120, character, 9)
    assert texts(paper) == ["施 策 名", ""]


def test_raised_figures_stay_in_their_line(paper: Paper) -> None:
    paper.text(104, 120, "1,000m", 10).text(104 + 6 * 5.5, 116, "2", 5)
    (first, _) = texts(paper)
    assert first.replace(" ", "") == "1,000m2"
    assert "\n" not in first


def test_a_footnotes_mark_beside_a_figure_is_no_digit_of_it(paper: Paper) -> None:
    # 290 of 9 points and a raised 2 of 5.4, which touch; a unit stands behind them.
    digit, mark = (pdfmetrics.stringWidth("0", LATIN, size) for size in (9, 5.4))
    paper.text(110, 120, "290", 9, LATIN).text(110 + 3 * digit, 117, "2", 5.4, LATIN)
    paper.text(110 + 3 * digit + mark, 120, "件", 9)
    # A lowered 2 in a unit is part of it.
    letter = pdfmetrics.stringWidth("3t-CO", LATIN, 9)
    paper.text(210, 120, "3t-CO", 9, LATIN).text(210 + letter, 122, "2", 5.4, LATIN)
    assert texts(paper) == ["290 2件", "3t-CO2"]


def test_ruby_is_kept_as_a_line_above_its_word(paper: Paper) -> None:
    paper.text(104, 120, "脆弱性", 10).text(104, 109, "ぜいじゃく", 4)
    assert texts(paper) == ["ぜいじゃく\n脆弱性", ""]


def test_line_ends_say_whether_the_next_character_would_have_fitted() -> None:
    # Courier is 6 points a character here. The first cell, 40 wide with margins of 2, holds six;
    # 1,234, leaves no room for the 5 below it, 12 leaves room for four characters.
    paper = Paper().grid((100, 140, 240), (100, 160)).text(102, 112, "1,234,", 10, "Courier")
    paper.text(102, 124, "567", 10, "Courier").text(102, 136, "12", 10, "Courier")
    paper.text(142, 112, "prose that", 10, "Courier").text(142, 124, "goes on", 10, "Courier")
    rows = {row["raw_text"]: row["line_ends"] for row in paper.read().rows}
    assert rows["1,234,\n567\n12"] == "wb"
    assert rows["prose that\ngoes on"] == "b"
