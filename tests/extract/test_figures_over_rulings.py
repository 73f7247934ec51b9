"""A figure printed across a ruling: whole, in the cell that it is set in, or put in doubt.

Courier's characters are 0.6 em wide: fifteen of them, 10 points high, are 90 points long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from paper import GOTHIC, Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

FIGURE = "123,456,789,012"
NARROW = (100, 200, 240, 300)


def drawn(xs: Sequence[float], *words: tuple[float, str]) -> Paper:
    """A row of cells between ``xs``, and words by where they begin."""
    paper = Paper().grid(xs, (100, 160))
    for x, word in words:
        paper.text(x, 120, word, 10, "Courier" if word.isascii() else "HeiseiKakuGo-W5")
    return paper


def read(paper: Paper) -> tuple[list[str], list[bool]]:
    """What its cells hold, and which of them are doubtful."""
    result = paper.read()
    assert result.has_lost_nothing()
    return result.texts(), [row["is_doubtful"] for row in result.rows]


@pytest.mark.parametrize(
    ("xs", "begins", "home"),
    [
        # It ends 3 points before the right edge of a cell of 40, over half of it to its left.
        (NARROW, 147, 1),
        # It begins 3 points behind the left edge of a cell of 30.
        ((100, 130, 300), 103, 0),
        # Its middle is the middle of a cell of 30, at 175: a third of it on each side of that.
        ((100, 160, 190, 300), 130, 1),
        # It ends 3 points before the right edge of the first cell of the table, left of which
        # there is none.
        ((100, 150, 200), 57, 0),
    ],
    ids=["set right", "set left", "centred", "over the table's edge"],
)
def test_a_figure_wider_than_its_cell_is_that_cells_however_little_of_it_stands_there(
    xs: Sequence[float], begins: float, home: int
) -> None:
    texts, doubts = read(drawn(xs, (begins, FIGURE)))
    assert texts == [FIGURE if index == home else "" for index in range(len(xs) - 1)]
    assert not any(doubts)


def test_brackets_and_signs_go_with_a_figure_that_is_wider_than_its_cell() -> None:
    # 17 characters, 102 points, end 3 points before the right edge at 240.
    assert read(drawn(NARROW, (135, f"({FIGURE})")))[0] == ["", f"({FIGURE})", ""]


def test_a_figure_of_plain_digits_that_stands_half_in_each_cell_is_whole() -> None:
    # 12 digits, 72 points: six on each side of the ruling at 200, the last ends at 237 of 240.
    assert read(drawn(NARROW, (165, "123456789012"))) == (["", "123456789012", ""], [False] * 3)


def test_a_figure_that_runs_into_the_room_behind_a_name_is_not_the_names() -> None:
    # The name ends at 120, nearly three ems before the figure.
    texts, doubts = read(drawn(NARROW, (100, "広場"), (147, FIGURE)))
    assert texts == ["広場", FIGURE, ""]
    assert not any(doubts)


def test_a_figure_with_words_before_it_in_one_operation_is_the_words_cells() -> None:
    # 実績額 begins where its cell does; the text runs on over the ruling at 200.
    paper = Paper().grid(NARROW, (100, 160)).text(104, 120, "実績額　123,456,789", 10)
    assert read(paper) == (["実績額　123,456,789", "", ""], [False] * 3)


@pytest.mark.parametrize(
    ("xs", "words"),
    [
        # From 3 points behind the first edge to 7 before the last one: set in either cell.
        ((100, 150, 200), [(103, FIGURE)]),
        # Words of another operation end 4 points before it: it may be their own figure.
        (NARROW, [(103, "広場の数"), (147, FIGURE)]),
        # Neither end is near an edge, and a ruling cuts off more than a glyph.
        ((100, 200, 300), [(140, FIGURE)]),
        # One digit in each cell: neither is where it stands.
        ((100, 200, 300), [(194, "12")]),
        # One operation prints what is no figure, and a ruling runs through it.
        ((100, 200, 300), [(150, "1,2345,678,90")]),
    ],
    ids=["two edges", "words close before", "no edge", "two digits", "no figure"],
)
def test_where_two_cells_come_into_question_or_none_both_are_doubtful(
    xs: Sequence[float], words: list[tuple[float, str]]
) -> None:
    _, doubts = read(drawn(xs, *words))
    assert doubts[:2] == [True, True]
    assert not any(doubts[2:])


def test_figures_of_the_same_column_tell_where_one_between_two_edges_is_set() -> None:
    # The upper figure may be set in either cell; the one below it ends at the same place, 193.
    paper = Paper().grid((100, 150, 200), (100, 130, 160)).text(103, 120, FIGURE, 10, "Courier")
    paper.text(175, 150, "345", 10, "Courier")
    assert read(paper) == (["", FIGURE, "", "345"], [False] * 4)


@pytest.mark.parametrize(
    "word", ["84.4百万円の内数", "2015-国交-14-0090", "569㎡（平成27年度）", "（速報値）"]
)
def test_a_word_that_runs_over_the_edge_of_its_cell_is_whole_with_its_unit_and_notes(
    word: str,
) -> None:
    # It begins 3 points behind the left edge of a cell of 37 points, by one operation.
    paper = Paper().grid((100, 137, 237), (100, 160)).text(103, 120, word, 10)
    assert read(paper) == ([word, ""], [False, False])


def test_a_figure_that_two_operations_print_is_one_where_its_first_half_is_none() -> None:
    # "82,937." ends at 201.6, beyond the ruling at 200; 9 follows it.
    paper = Paper().grid((150, 200, 300), (100, 160)).text(159.6, 120, "82,937.", 10, "Courier")
    paper.text(201.6, 120, "9", 10, "Courier").text(212, 120, "①", 10)
    assert read(paper)[0] == ["82,937.9", "①"]


def test_a_word_with_a_figure_of_which_it_is_not_clear_whose_it_is_puts_both_in_doubt() -> None:
    # Neither end is near an edge; three signs stand beyond the ruling.
    paper = Paper().grid((100, 200, 300), (100, 160)).text(140, 120, "569㎡（速報値）", 10)
    assert read(paper)[1] == [True, True]


def test_words_centred_in_their_cells_stay_there_where_they_meet() -> None:
    # 17 characters, 102 points, centred in a cell of 80: the text before it ends close by.
    paper = Paper().grid((100, 180, 260, 340), (100, 160))
    paper.text(122, 120, "123,456", 10, "Courier").text(
        169, 120, "1,234,567(98,765)", 10, "Courier"
    )
    assert read(paper) == (["123,456", "1,234,567(98,765)", ""], [False] * 3)


def test_glyphs_that_touch_at_both_rulings_are_one_figure_where_they_are_centred() -> None:
    # Eight glyphs, an operation each, from 154 to 202: their middle is that of the cell from 160
    # to 196, and one glyph stands wholly beyond either ruling.
    paper = Paper().grid((100, 160, 196, 300), (100, 160)).text(104, 120, "623", 10, "Courier")
    for place, digit in enumerate("66012345"):
        paper.text(154 + 6 * place, 120, digit, 10, "Courier")
    assert read(paper) == (["623", "66012345", ""], [False] * 3)


@pytest.mark.parametrize("own", ["―", "①", "①②"])
def test_a_dash_or_numbers_in_circles_are_no_part_of_the_figure_that_they_touch(own: str) -> None:
    # Each glyph has an operation of its own, and the first of them meet at the ruling at 200, the
    # left one reaching half a point over it.
    paper = Paper().grid((100, 200, 300), (100, 160))
    for place, sign in enumerate(own):
        paper.text(200.5 - 10 * (len(own) - place), 120, sign, 10, GOTHIC)
    for place, sign in enumerate("1.7"):
        paper.text(200.5 + 6 * place, 120, sign, 10, "Courier")
    paper.text(218.5, 120, "倍", 10, GOTHIC)
    assert read(paper) == ([own, "1.7倍"], [False] * 2)


def test_a_dash_that_is_all_of_its_cell_is_no_minus_of_the_figure_that_it_touches() -> None:
    # Two operations: the dash, set from the right, ends at the ruling at 200, where the figure
    # begins. △ says nothing alone: there the sign is the figure's.
    for sign, texts, left in (("-", ["-", "4,229"], 194), ("△", ["", "△4,229"], 190)):
        paper = Paper().grid((100, 200, 300), (100, 160))
        paper.text(left, 120, sign, 10, "Courier" if sign == "-" else GOTHIC)
        assert read(paper.text(200, 120, "4,229", 10, "Courier")) == (texts, [False] * 2)


def test_a_dash_on_the_ruling_may_be_the_minus_of_the_figure_behind_it() -> None:
    # It reaches two points over the ruling at 200: a dash too far to the right, or a minus.
    paper = Paper().grid((100, 200, 300), (100, 160)).text(196, 120, "-", 10, "Courier")
    assert read(paper.text(202, 120, "4,229", 10, "Courier")) == (["-", "4,229"], [True] * 2)


def test_a_figure_on_the_ruling_is_no_part_of_words_that_begin_where_their_other_lines_do() -> None:
    # The figure reaches two points over the ruling at 200; both lines of the words begin at 202.
    paper = Paper().grid((100, 200, 300), (100, 160)).text(184, 120, "569", 10, "Courier")
    for line, words in enumerate(("統計を用いる。", "足りない。")):
        for place, sign in enumerate(words):
            paper.text(202 + 10 * place, 120 + 14 * line, sign, 10, GOTHIC)
    assert read(paper) == (["569", "統計を用いる。\n足りない。"], [False] * 2)


def _by_glyph(paper: Paper, x: float, text: str, y: float = 120) -> Paper:
    """A text whose glyphs each have an operation of their own, as browsers print it."""
    for sign in text:
        font, width = ("Courier", 6) if sign.isascii() else (GOTHIC, 10)
        paper.text(x, y, sign, 10, font)
        x += width
    return paper


def _columns() -> Paper:
    """Two rows of three cells, 45 points wide; the texts below begin 6 points within them."""
    paper = Paper().grid((100, 145, 190, 235), (100, 130, 160))
    for x, words in ((106, "増加"), (151, "減少"), (196, "維持")):
        paper.text(x, 150, words, 10, GOTHIC)
    return paper


def test_the_rest_of_a_text_that_lies_over_the_neighbours_text_is_not_the_neighbours() -> None:
    # The figure ends at the ruling at 145; 円 behind it stands over the neighbour's first glyph.
    paper = _by_glyph(_columns(), 103, "123,456円")
    texts, doubts = read(_by_glyph(paper, 149, "前年度"))
    assert texts[:3] == ["123,456円", "前年度", ""]
    assert not any(doubts)


def test_the_rest_of_a_text_between_the_lines_of_the_neighbour_is_not_the_neighbours() -> None:
    # の内数 stands from 145 to 175, four points higher than the dash of its cell and over it.
    paper = Paper().grid((100, 145, 190), (100, 130)).text(165, 124, "―", 10, GOTHIC)
    assert read(_by_glyph(paper, 103, "123,456の内数"))[0] == ["123,456の内数", "―"]


def test_a_text_that_touches_the_ruling_is_one_where_its_first_half_begins_as_its_column() -> None:
    # Four ideographs from 104 meet the ruling at 144; the neighbour's texts begin at 148.
    paper = Paper().grid((100, 144, 190), (100, 130, 160))
    paper.text(104, 150, "増加", 10, GOTHIC).text(148, 150, "減少", 10, GOTHIC)
    assert read(_by_glyph(paper, 104, "前年度比増")) == (
        ["前年度比増", "", "増加", "減少"],
        [False] * 4,
    )


def test_texts_that_touch_at_the_ruling_are_two_where_each_is_set_as_its_column() -> None:
    # The upper ones end and begin at the ruling, as the lower ones do.
    paper = _by_glyph(Paper().grid((100, 144, 190), (100, 130, 160)), 124, "増加減少", 150)
    assert read(_by_glyph(paper, 114, "三増加減少")) == (
        ["三増加", "減少", "増加", "減少"],
        [False] * 4,
    )


def test_texts_that_touch_at_the_ruling_are_in_doubt_where_nothing_tells_whether_they_are_two() -> (
    None
):
    paper = Paper().grid((100, 144, 190), (100, 130))
    assert read(_by_glyph(paper, 114, "三増加減少")) == (["三増加", "減少"], [True] * 2)


def test_a_mark_that_hangs_over_the_edge_of_its_table_goes_on_with_the_text() -> None:
    # Set by an operation of its own, as typesetters do, behind the ruling at 300.
    paper = Paper().grid((100, 200, 300), (100, 160)).text(230, 120, "人口減少の", 10)
    paper.text(280, 120, "推進", 10).text(300, 120, "・", 10).text(204, 134, "高齢化", 10)
    assert read(paper) == (["", "人口減少の推進・\n高齢化"], [False] * 2)


def _through(paper: Paper, left: float, right: float) -> None:
    """What follows is printed through what lies between two places."""
    path = paper.canvas.beginPath()
    path.rect(left, paper.height - 200, right - left, 150)
    paper.canvas.clipPath(path, stroke=0, fill=0)


@pytest.mark.parametrize("left", [60, 200])
def test_a_text_whose_last_glyph_is_cut_off_may_go_on(left: float) -> None:
    # Printed through what ends at 300, the cell's right edge, in the middle of the last digit, be
    # it the page's clip or the cell's: what follows was left out.
    paper = Paper().grid((100, 200, 300), (100, 160))
    _through(paper, left, 300)
    paper.text(207, 120, "2015-MLIT-14-0", 10, "Courier").text(291, 120, "00", 10, "Courier")
    assert read(paper)[1] == [False, True]


def test_a_text_whose_first_glyph_is_cut_off_may_begin_before_it() -> None:
    # 87,476,478 in a cell that begins at 200: what stood wholly left of it was left out, and the 4
    # that begins at 197 is half seen.
    paper = Paper().grid((100, 200, 300), (100, 160))
    _through(paper, 200, 300)
    assert read(paper.text(197, 120, "476,478", 10, "Courier")) == (["", "476,478"], [False, True])


def test_a_text_of_which_glyphs_stand_beyond_the_clip_is_whole() -> None:
    # The 8 and the 7 begin at 179 and 185, out of sight of the cell, and are in the file.
    paper = Paper().grid((100, 200, 300), (100, 160))
    _through(paper, 200, 300)
    whole = "87,476,478"
    assert read(paper.text(179, 120, whole, 10, "Courier")) == (["", whole], [False, False])


def test_marks_that_hang_over_the_ends_of_a_line_are_the_outermost_of_it() -> None:
    # Nothing follows 。 or goes before （: half of either is white, and may stand over the edge.
    paper = Paper().grid((100, 200, 300), (100, 160))
    _through(paper, 200, 300)
    text = "（広場を整える。"
    assert read(paper.text(196, 120, text, 13.5)) == (["", text], [False, False])


def test_a_dash_behind_a_number_is_its_own_cells() -> None:
    # The last digit stands two points over the ruling at 200; the dash begins where it ends.
    paper = Paper().grid((100, 200, 300), (100, 160)).text(178, 120, "0470", 10, "Courier")
    assert read(paper.text(202, 120, "-", 10, "Courier")) == (["0470", "-"], [False] * 2)


def test_texts_that_a_ruling_parts_alike_in_two_rows_are_no_texts_of_the_cell_beyond() -> None:
    # The unit of each figure stands over the ruling at 145, wholly behind the middle of it; the
    # cell beyond, of both rows, has a text of its own, centred.
    paper = Paper().lines((100, 100, 235, 100), (100, 130, 145, 130), (100, 160, 235, 160))
    paper.lines((100, 100, 100, 160), (145, 100, 145, 160), (235, 100, 235, 160))
    paper = _by_glyph(_by_glyph(paper, 102.8, "123,456日", 120), 102.8, "987,654日", 150)
    assert read(_by_glyph(paper, 169, "135,833", 135)) == (
        ["123,456日", "135,833", "987,654日"],
        [False] * 3,
    )


@pytest.mark.parametrize(("left", "home"), [(163, 0), (159, 1)], ids=["ends alike", "does not"])
def test_a_bracket_alone_on_its_line_is_of_the_text_whose_lines_end_as_it(
    left: float, home: int
) -> None:
    # Full width: the bracket stands from 193 to 203, its ink behind the ruling at 200. The figures
    # end at 203, or four points before that.
    paper = Paper().grid((100, 200, 300), (100, 160)).text(left, 112, "６３８９", 10, GOTHIC)
    paper.text(193, 126, "（", 10, GOTHIC).text(left, 140, "６３２５", 10, GOTHIC)
    paper.text(210, 112, "７０", 10, GOTHIC)
    texts = read(paper)[0]
    assert ["（" in text for text in texts] == [home == 0, home == 1]


def _in_one_string(paper: Paper, x: float, first: str, gap: float, second: str) -> Paper:
    """Print two words by one operation, ``gap`` ems apart."""
    canvas = paper.canvas
    name = canvas._doc.getInternalFontName(GOTHIC)  # noqa: SLF001 - no other way to one string
    shown = (f"<{word.encode('utf-16-be').hex()}>" for word in (first, second))
    between = f" {-1000 * gap:.0f} ".join(shown)
    place = f"1 0 0 1 {x} {paper.height - 120} Tm"
    canvas._code.append(f"BT {place} {name} 10 Tf [{between}] TJ ET")  # noqa: SLF001
    return paper


def test_a_sentence_ends_in_its_cell_though_one_operation_prints_the_next_cells_text_too() -> None:
    # 50 points from 151: the full stop stands one point over the ruling at 200; the next begins a
    # twentieth of an em behind it. Set without any gap they are one text, wider than its cell.
    grid = (149, 200, 300), (100, 160)
    apart = _in_one_string(Paper().grid(*grid), 151, "改正した。", 0.05, "検討した。")
    assert read(apart)[0] == ["改正した。", "検討した。"]
    at_once = _in_one_string(Paper().grid(*grid), 151, "改正した。", 0.0, "検討した。")
    assert read(at_once)[0] == ["改正した。検討した。", ""]
