"""Which cell a glyph belongs to, at rulings that it touches, crosses or leaves behind."""

from __future__ import annotations

import pytest
from paper import Paper, Read, texts


def test_neighbours_that_touch_stay_apart(paper: Paper) -> None:
    # Courier's figures are 0.6 em wide: these end and begin at the ruling.
    paper.text(140, 120, "1234567890", 10, "Courier").text(200, 120, "9876543210", 10, "Courier")
    assert texts(paper) == ["1234567890", "9876543210"]


def test_text_over_the_ruling_belongs_where_each_character_stands(paper: Paper) -> None:
    # Ideographs are an em wide; the fourth has its middle beyond the ruling at 200.
    paper.text(162, 120, "施策の概要", 10)
    assert texts(paper) == ["施策の概", "要"]


def test_the_last_character_of_a_text_that_is_a_little_too_wide_stays_with_it(
    paper: Paper,
) -> None:
    # The sixth ideograph stands from 196 to 206: its middle is beyond the ruling at 200.
    assert texts(paper.text(146, 120, "研究開発推進", 10)) == ["研究開発推進", ""]


def test_the_first_character_of_a_text_that_is_a_little_too_wide_stays_with_it(
    paper: Paper,
) -> None:
    assert texts(paper.text(193, 120, "研究開発", 10)) == ["", "研究開発"]


def test_a_mark_that_begins_no_line_stays_with_its_text_whatever_printed_it(paper: Paper) -> None:
    # Fonts cut into subsets print the mark by an operation of its own.
    paper.text(156, 120, "研究開発", 10).text(196, 120, "。", 10)
    assert texts(paper) == ["研究開発。", ""]


def test_brackets_wholly_over_the_ruling_stay_with_what_they_bracket(paper: Paper) -> None:
    # Courier's characters are 6 points wide here: the figure stands from 199.5 to 313.5, in the
    # cell from 200 to 312, its brackets wholly before and behind that.
    paper = Paper().grid((100, 200, 312, 402), (100, 160)).text(104, 112, "name", 10, "Courier")
    paper.text(193.5, 132, "(123,456,789,012,345)", 10, "Courier").text(350, 112, "5")
    assert texts(paper) == ["name", "(123,456,789,012,345)", "5"]


def test_a_unit_that_goes_on_from_its_figure_stays_with_it(paper: Paper) -> None:
    # Courier: the figure ends at 200, its unit stands from 200 to 212; the neighbour's dash is
    # its own. One operation prints both, or one each glyph, as browsers do.
    paper.text(146, 112, "3,266,793ha", 10, "Courier").text(240, 112, "-", 10, "Courier")
    for place, letter in enumerate("3,266,793ha"):
        paper.text(146 + 6 * place, 132, letter, 10, "Courier")
    assert texts(paper) == ["3,266,793ha\n3,266,793ha", "-"]


def test_a_plain_figure_set_glyph_by_glyph_across_the_ruling_is_one(paper: Paper) -> None:
    # Browsers print each glyph by an operation of its own; the ruling runs through the sixth.
    for place, digit in enumerate("43880078"):
        paper.text(167 + 6 * place, 112, digit, 10, "Courier")
    assert texts(paper.text(240, 112, "0", 10, "Courier")) == ["43880078", "0"]


def test_a_figure_over_its_ruling_stays_whole_beside_one_that_it_touches(paper: Paper) -> None:
    # 9,968 ends at 134, where 48,697,472 begins; its last digit stands over the ruling at 189.
    paper = Paper().grid((100, 134, 189, 300), (100, 160)).text(104, 112, "9,968", 10, "Courier")
    paper.text(134, 112, "48,697,472", 10, "Courier").text(240, 112, "5", 10, "Courier")
    assert texts(paper) == ["9,968", "48,697,472", "5"]


def test_a_bracket_that_begins_a_line_of_its_own_cell_is_no_neighbours(paper: Paper) -> None:
    # A narrow column leaves ） alone on its line; another text ends a point before it.
    paper.text(163, 112, "12,345", 10, "Courier").text(200, 112, "）", 10)
    assert texts(paper) == ["12,345", "）"]


def test_words_that_begin_at_the_ruling_are_the_neighbours(paper: Paper) -> None:
    # 12,345 ends at 200, where the next cell's own text begins: no unit is that long.
    paper.text(164, 112, "12,345", 10, "Courier").text(200, 112, "団体の数", 10)
    assert texts(paper) == ["12,345", "団体の数"]


@pytest.mark.parametrize(("first", "line"), [(151, "章）。"), (150, "見直しを行う。")])
def test_a_line_on_the_ruling_stays_with_the_text_whose_distance_it_has(
    first: float, line: str
) -> None:
    # Ten points high, twelve apart; the middle of the third is just below the ruling at 170. The
    # text of the cell below begins two lines further down.
    paper = Paper().grid((100, 300), (100, 170, 250))
    for number, text in enumerate(("状況の変化に対応し、必要な", "見直しを行う（第12次計画", line)):
        paper.text(104, first + 12 * number, text, 10)
    paper.text(104, 200, "地域情報基盤をめぐる", 10).text(104, 212, "状況の変化に対応する。", 10)
    assert texts(paper) == [
        f"状況の変化に対応し、必要な\n見直しを行う（第12次計画\n{line}",
        "地域情報基盤をめぐる\n状況の変化に対応する。",
    ]


def test_a_line_on_the_ruling_that_stands_evenly_among_both_texts_stays_where_its_middle_is() -> (
    None
):
    paper = Paper().grid((100, 300), (100, 170, 250))
    for number, text in enumerate(("一行目", "二行目", "三行目", "四行目", "五行目")):
        paper.text(104, 151 + 12 * number, text, 10)
    assert texts(paper) == ["一行目\n二行目", "三行目\n四行目\n五行目"]


def test_a_centred_line_on_the_ruling_is_the_centred_texts_above_not_that_set_from_the_left() -> (
    None
):
    # Both texts stand evenly around it; the lines above have their middle at 200, as it has.
    paper = Paper().grid((100, 300), (100, 146, 200))
    for number, text in enumerate(("目標年度）", "の設定の", "根拠")):
        paper.text(200 - 5 * len(text), 127 + 12 * number, text, 10)
    paper.text(104, 163, "地域情報基盤をめぐる", 10).text(104, 175, "状況に対応する。", 10)
    assert texts(paper) == [
        "目標年度）\nの設定の\n根拠",
        "地域情報基盤をめぐる\n状況に対応する。",
    ]


def _over_a_row_of_all_columns(*below: tuple[float, float, str]) -> Paper:
    """A cell of two lines, 12 points apart, at the right of a row; texts in the wide cell below."""
    paper = Paper().lines((100, 100, 400, 100), (100, 130, 400, 130), (100, 160, 400, 160))
    paper.lines((100, 100, 100, 160), (300, 100, 300, 130), (400, 100, 400, 160))
    paper.text(304, 112, "状況の変化に対応し、", 9).text(304, 124, "必要な見直しを行うこと", 9)
    for x, y, text in below:
        paper.text(x, y, text, 9)
    return paper


def test_a_line_below_its_cell_goes_on_with_the_text_above() -> None:
    # 12 points below the last line and from its left end, 200 points behind the cell's own edge.
    paper = _over_a_row_of_all_columns((304, 136, "とする。"))
    assert texts(paper) == ["", "状況の変化に対応し、\n必要な見直しを行うこと\nとする。", ""]
    paper = _over_a_row_of_all_columns((304, 136, "とする。"), (104, 148, "なし"))
    assert texts(paper) == ["", "状況の変化に対応し、\n必要な見直しを行うこと\nとする。", "なし"]


@pytest.mark.parametrize(
    ("x", "y"),
    [(304, 142), (316, 136), (104, 136)],
    ids=["further down", "elsewhere", "at its edge"],
)
def test_a_line_that_does_not_go_on_with_the_text_above_is_its_own_cells(
    x: float, y: float
) -> None:
    assert texts(_over_a_row_of_all_columns((x, y, "とする。")))[-1] == "とする。"


def _over_a_gap(
    column: int, *below: tuple[float, float, str], last: str = "必要な見直しを行う"
) -> Paper:
    """A row of two cells, one with two lines, 12 points apart: nine ideographs fill its width."""
    left = (100, 200)[column]
    paper = Paper().grid((100, 200, 300), (100, 130))
    paper.grid((100, 240, 300), (142, 172)).text(104, 162, "備考", 9)
    paper.text(left + 8, 112, "状況の変化に対応し", 9).text(left + 8, 124, last, 9)
    for x, y, text in below:
        paper.text(x, y, text, 9)
    return paper


def _doubtful(read: Read) -> list[str]:
    """The cells put aside of a page of which nothing is lost."""
    assert read.has_lost_nothing()
    return [row["raw_text"] for row in read.rows if row["is_doubtful"]]


@pytest.mark.parametrize("column", [0, 1])
def test_lines_below_a_cell_in_no_other_go_on_with_its_text_if_that_had_no_room(
    column: int,
) -> None:
    read = _over_a_gap(column, (108 + 100 * column, 136, "こととする。")).read()
    whole = "状況の変化に対応し\n必要な見直しを行う\nこととする。"
    assert [text for text in read.texts() if text] == [whole, "備考"]
    assert read.texts("stream") == []
    assert _doubtful(read) == []


def test_a_caption_below_a_table_is_none_of_its_text() -> None:
    # Where the last line had room, further down, from the table's edge, smaller, marked a note, or
    # a unit, wherever that stands.
    for paper in (
        _over_a_gap(0, (108, 136, "２　達成手段"), last="見直しを行う。"),
        _over_a_gap(0, (108, 139, "２　達成手段")),
        _over_a_gap(0, (100, 136, "２　達成手段")),
        _over_a_gap(0).text(108, 136, "２　達成手段", 7),
        _over_a_gap(0, (108, 136, "※　達成手段")),
        _over_a_gap(1, (220, 136, "（単位：千円）")),
        _over_a_gap(1, (208, 136, "（単位：千円）")),
        _over_a_gap(1, (208, 136, "（単位：千円）"), last="見直しを行う。"),
    ):
        read = paper.read()
        assert len(read.texts("stream")) == 1
        assert _doubtful(read) == []


@pytest.mark.parametrize("line", ["【出典】総務省", "※調査は隔年。"])
def test_a_line_below_a_cell_whose_text_had_room_or_that_begins_a_note_makes_it_doubtful(
    line: str,
) -> None:
    # Under the second column, where no caption begins, at the distance of the text's lines.
    read = _over_a_gap(1, (208, 136, line), last="見直しを行う。").read()
    assert _doubtful(read) == [f"状況の変化に対応し\n見直しを行う。\n{line}"]


@pytest.mark.parametrize(
    ("column", "line", "is_its"),
    [(1, "状況の変化に対応し", True), (0, "状況の変化に対応し", True), (1, "状況の変化", False)],
    ids=["full", "full, in the first column", "room"],
)
def test_a_line_below_a_text_of_one_line_goes_on_with_it_if_that_had_no_room(
    column: int, line: str, *, is_its: bool
) -> None:
    left = 108 + 100 * column
    paper = Paper().grid((100, 200, 300), (100, 114)).text(left, 110, line, 9)
    read = paper.text(left, 122, "必要とする。", 9).read()
    assert f"{line}\n必要とする。" in read.texts() or not is_its
    assert read.texts("stream") == ([] if is_its else ["必要とする。"])
    # Below a first column it may be a heading.
    assert bool(_doubtful(read)) == (column == 0)


def test_a_note_under_an_open_cell_set_as_its_lines_makes_it_doubtful() -> None:
    paper = Paper().grid((100, 200), (100, 120, 140))
    paper.lines((200, 100, 300, 100), (200, 120, 300, 120), (300, 100, 300, 140))
    paper.text(104, 132, "14").text(204, 132, "広場を").text(204, 144, "増やす。")
    read = paper.text(204, 156, "※調査は隔年。").read()
    assert read.texts("stream") == ["※調査は隔年。"]
    assert _doubtful(read) == ["広場を\n増やす。"]


@pytest.mark.parametrize(("x", "label_at"), [(250, 162), (320, 142)], ids=["across", "over"])
def test_a_line_across_a_ruling_or_over_the_text_of_the_row_below_is_anothers(
    x: float, label_at: float
) -> None:
    # The ruling at 250 parts the seven ideographs that stand from 208 to 271; the other one does
    # not, but the label of the cell, 6 points further down, is printed over them.
    paper = Paper().grid((100, 200, 320), (100, 130)).grid((100, x, 320), (130, 170))
    paper.text(208, 112, "状況の変化に対応し", 9).text(208, 124, "見直しを行う。", 9)
    paper.text(208, 136, "【出典】総務省", 9).text(210, label_at, "番号", 9)
    if x < 320:
        paper.text(280, 162, "備考", 9)
    whole = "状況の変化に対応し\n見直しを行う。\n【出典】総務省"
    labels = ["番号", "備考"] if x < 320 else ["番号"]
    read = paper.read()
    assert [text for text in read.texts() if text] == [whole, *labels]
    assert _doubtful(read) == [whole, *labels]


def test_a_line_wholly_in_the_cell_below_is_that_cells() -> None:
    paper = Paper().grid((100, 200), (100, 127, 150))
    paper.text(104, 112, "状況の変化に対応し行", 9).text(104, 124, "必要な見直しを行う際", 9)
    read = paper.text(104, 136, "なし", 9).read()
    assert read.texts()[-1] == "なし"
    assert _doubtful(read) == []


def test_text_that_runs_on_over_the_outer_edge_of_its_table_stays_whole(paper: Paper) -> None:
    # The table ends at 300; the last ideographs stand from 300 to 320.
    assert texts(paper.text(250, 120, "施策の概要の欄", 10)) == ["", "施策の概要の欄"]


def test_a_bracket_stands_where_its_ink_is(paper: Paper) -> None:
    # Set with its blank half over the edge of its cell, as typesetters do; the ruling is at 200.
    paper.text(150, 120, "回", 10).text(194.5, 120, "【根拠】", 10)
    assert texts(paper) == ["回", "【根拠】"]


def test_figures_set_as_one_run_across_the_ruling_are_parted(paper: Paper) -> None:
    runs = "BT /F1 10 Tf 110 722 Td [(1,291) -7000 (1,582)] TJ ET"
    paper.canvas._code.append(runs)  # noqa: SLF001 - reportlab spaces no run so
    assert texts(paper) == ["1,291", "1,582"]


def test_text_cut_off_at_its_own_cell_stays_in_it(paper: Paper) -> None:
    # A spreadsheet prints a cell's text through the cell; the rest is out of sight.
    paper.canvas.saveState()
    path = paper.canvas.beginPath()
    path.rect(100, paper.height - 160, 100, 60)
    paper.canvas.clipPath(path, stroke=0, fill=0)
    paper.text(104, 120, "国立研究開発法人理化学研究所運営費", 10)
    paper.canvas.restoreState()
    paper.text(204, 140, "53,618", 10)
    assert texts(paper) == ["国立研究開発法人理化学研究所運営費", "53,618"]


def test_what_is_cut_off_at_a_clip_a_hair_wider_than_its_cell_stays_in_it() -> None:
    # Stacked text as LibreOffice prints it, clipped at the ruling's outer edge: the middle of the
    # bracket lies at 122, in the cell below, and nobody sees it there.
    paper = Paper().grid((100, 200), (100, 120, 160))
    paper.canvas.saveState()
    path = paper.canvas.beginPath()
    path.rect(99.8, paper.height - 120.2, 100.4, 20.4)
    paper.canvas.clipPath(path, stroke=0, fill=0)
    paper.text(104, 108, "千", 10).text(104, 117, "円", 10).text(104, 126, "】", 10)
    paper.canvas.restoreState()
    paper.text(104, 144, "測定指標", 10)
    assert texts(paper) == ["千円】", "測定指標"]


def test_a_clip_ends_where_the_state_is_restored(paper: Paper) -> None:
    paper.canvas.saveState()
    path = paper.canvas.beginPath()
    path.rect(100, paper.height - 160, 100, 60)
    paper.canvas.clipPath(path, stroke=0, fill=0)
    paper.canvas.restoreState()
    paper.text(204, 140, "53,618", 10)
    assert texts(paper) == ["", "53,618"]


def test_letters_that_begin_the_word_of_the_next_cell_are_no_unit(paper: Paper) -> None:
    # The figure ends at 200, where the year of the next cell begins.
    paper.text(176, 112, "9178", 10, "Courier").text(200, 112, "R", 10, "Courier")
    assert texts(paper.text(206, 112, "元年度", 10)) == ["9178", "R元年度"]


def test_figures_set_glyph_by_glyph_that_touch_at_the_ruling_stay_two(paper: Paper) -> None:
    # 6 points a glyph: "12" ends at 200, where "0021" begins; no glyph stands on the ruling.
    for place, digit in enumerate("120021"):
        paper.text(188 + 6 * place, 112, digit, 10, "Courier")
    assert texts(paper) == ["12", "0021"]


def _stack(paper: Paper, x: float, first: float, lines: list[str], step: float = 9) -> None:
    for row, line in enumerate(lines):
        paper.text(x, first + step * row, line, 9)


def test_lines_too_high_for_their_cell_are_its_own_if_they_are_centred_in_it() -> None:
    # Rows of 15 points: the middle of the second is at 122.5, and so is that of the second line,
    # 0.37 em above its baseline at 125.8.
    paper = Paper().grid((100, 200), (100, 115, 130, 145)).text(104, 111, "1,250人", 9)
    _stack(paper, 150, 116.8, ["予算額", "（執行額）", "【百万円】"])
    assert texts(paper.text(104, 141, "85", 9)) == [
        "1,250人",
        "予算額\n（執行額）\n【百万円】",
        "85",
    ]


def test_a_line_of_a_centred_text_may_stand_across_a_ruling_of_the_row_above() -> None:
    paper = Paper().lines((100, 100, 200, 100), (100, 115, 200, 115), (100, 130, 200, 130))
    paper.lines((100, 145, 200, 145), (100, 100, 100, 145), (200, 100, 200, 145))
    paper.line(160, 100, 160, 115).text(104, 111, "12", 9).text(180, 111, "13", 9)
    _stack(paper, 132, 116.8, ["平成30年", "予算額", "【円】"])
    assert texts(paper)[2:] == ["平成30年\n予算額\n【円】", ""]


def test_lines_that_are_each_cells_own_stay_in_it() -> None:
    # Two lines of 9 points fill each row of 18: all are printed one after the other, all equally
    # far apart, and the middle row's middle is that of all of them.
    paper = Paper().grid((100, 200), (100, 118, 136, 154))
    _stack(paper, 104, 107.8, ["広場", "整備", "道路", "維持", "公園", "清掃"])
    assert texts(paper) == ["広場\n整備", "道路\n維持", "公園\n清掃"]


def test_a_line_a_row_stays_in_its_row() -> None:
    paper = Paper().grid((100, 200), (100, 112, 124, 136))
    _stack(paper, 104, 109.3, ["広場", "道路", "公園"], 12)
    assert texts(paper) == ["広場", "道路", "公園"]
