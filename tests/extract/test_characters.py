"""Every character that a page prints, in the one cell it stands in."""

from __future__ import annotations

import pytest
from paper import GOTHIC, LATIN, Cell, Paper, raw_pdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from pipelines.extract import read_pdf

XS, YS = (100, 200, 300), (100, 160)


@pytest.fixture
def paper() -> Paper:
    return Paper().grid(XS, YS)


def texts(paper: Paper) -> list[str]:
    read = paper.read()
    assert read.has_lost_nothing()
    return read.texts()


def test_lines_are_read_from_the_top(paper: Paper) -> None:
    paper.text(104, 132, "(30,205,833)").text(104, 112, "30,230,300").text(204, 112, "26,644,134")
    assert texts(paper) == ["30,230,300\n(30,205,833)", "26,644,134"]


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


@pytest.mark.parametrize("shift", [0.0, 0.3])
def test_text_printed_twice_for_boldness_is_kept_once_and_counted(
    paper: Paper, shift: float
) -> None:
    paper.text(104, 120, "1,291の内数").text(104 + shift, 120, "1,291の内数")
    read = paper.read()
    assert read.texts() == ["1,291の内数", ""]
    assert read.page["overprinted_characters"] == 8
    assert read.page["text_layer_characters"] == 16
    assert read.has_lost_nothing()


def test_doubled_digits_are_not_overprinted(paper: Paper) -> None:
    assert texts(paper.text(104, 120, "11,111").text(204, 120, "――")) == ["11,111", "――"]


def test_two_texts_upon_each_other_are_read_one_after_the_other(paper: Paper) -> None:
    paper.text(104, 120, "1234", 10).text(106, 120, "5678", 10)
    assert sorted(texts(paper)[0].split()) == ["1234", "5678"]


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


def test_letters_that_begin_the_word_of_the_next_cell_are_no_unit(paper: Paper) -> None:
    # The figure ends at 200, where the year of the next cell begins.
    paper.text(176, 112, "9178", 10, "Courier").text(200, 112, "R", 10, "Courier")
    assert texts(paper.text(206, 112, "元年度", 10)) == ["9178", "R元年度"]


def test_figures_set_glyph_by_glyph_that_touch_at_the_ruling_stay_two(paper: Paper) -> None:
    # 6 points a glyph: "12" ends at 200, where "0021" begins; no glyph stands on the ruling.
    for place, digit in enumerate("120021"):
        paper.text(188 + 6 * place, 112, digit, 10, "Courier")
    assert texts(paper) == ["12", "0021"]


def test_figures_under_each_other_are_not_one_figure(paper: Paper) -> None:
    paper.text(146, 112, "5", 9).text(146, 122, "7", 9).text(246, 112, "５", 9)
    assert texts(paper.text(246, 122, "７", 9)) == ["5\n7", "５\n７"]


def test_spaced_labels_in_two_lines_are_not_columns(paper: Paper) -> None:
    paper.text(120, 112, "施", 9).text(150, 112, "策", 9).text(120, 124, "概", 9)
    paper.text(150, 124, "要", 9)
    assert texts(paper) == ["施 策\n概 要", ""]


def test_vertical_writing_is_read_downwards_from_the_right() -> None:
    paper = Paper().grid(XS, YS)
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


def test_ruby_is_kept_as_a_line_above_its_word(paper: Paper) -> None:
    paper.text(104, 120, "脆弱性", 10).text(104, 109, "ぜいじゃく", 4)
    assert texts(paper) == ["ぜいじゃく\n脆弱性", ""]


def test_compatibility_characters_stay_as_printed(paper: Paper) -> None:
    paper.text(104, 120, "㈱①～③㎡").text(204, 120, "Ⅳ㍿－−―ー")
    assert texts(paper) == ["㈱①～③㎡", "Ⅳ㍿－−―ー"]


def test_invisible_text_is_counted_and_not_read(paper: Paper) -> None:
    paper.text(104, 120, "1,291").text(204, 120, "9,999", mode=3)
    read = paper.read()
    assert read.texts() == ["1,291", ""]
    assert (read.page["text_layer_characters"], read.page["unprinted_characters"]) == (5, 5)


def test_white_text_on_white_paper_is_counted_and_not_read(paper: Paper) -> None:
    paper.text(104, 120, "1,291")
    paper.canvas.setFillColor("white")
    read = paper.text(204, 120, "0").read()
    assert read.texts() == ["1,291", ""]
    assert read.page["unprinted_characters"] == 1


def test_white_text_on_a_dark_cell_is_read(paper: Paper) -> None:
    paper.box(200, 100, 300, 160, fill="navy").text(104, 120, "1,291")
    paper.canvas.setFillColor("white")
    assert texts(paper.text(204, 120, "基準値")) == ["1,291", "基準値"]


def test_text_off_the_page_is_counted_and_not_read(paper: Paper) -> None:
    read = paper.text(104, 120, "1,291").text(700, 120, "42").read()
    assert read.texts() == ["1,291", ""]
    assert read.texts("stream") == []
    assert read.page["unprinted_characters"] == 2


def test_text_in_a_form_drawn_twice_is_read_twice() -> None:
    paper = Paper().grid(XS, YS)
    paper.canvas.beginForm("stamp", 0, 0, 100, 100)
    paper.canvas.setFont(GOTHIC, 8)
    paper.canvas.drawString(4, 40, "同じ")
    paper.canvas.endForm()
    for x in (100, 200):
        paper.canvas.saveState()
        paper.canvas.translate(x, paper.height - 160)
        paper.canvas.doForm("stamp")
        paper.canvas.restoreState()
    assert texts(paper) == ["同じ", "同じ"]


def without_unicode(codes: str, to_unicode: str = "") -> bytes:
    """A grid with one text in a font of glyph numbers, perhaps with a table of meanings."""
    lines = "100 700 m 300 700 l S 100 660 m 300 660 l S " + " ".join(
        f"{x} 660 m {x} 700 l S" for x in (100, 200, 300)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
        f"endcodespacerange {to_unicode} endcmap end"
    )
    fonts = [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        b"/DescendantFonts [7 0 R]" + (b" /ToUnicode 8 0 R" if to_unicode else b"") + b" >>",
        (
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /X /DW 1000 /FontDescriptor 9 0 R "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap.encode()),
        (
            b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] "
            b"/Ascent 880 /Descent -120 /ItalicAngle 0 /CapHeight 700 /StemV 80 >>"
        ),
    ]
    content = f"{lines} BT /F2 9 Tf 110 675 Td <{codes}> Tj ET BT /F1 9 Tf 210 675 Td (43) Tj ET"
    data = raw_pdf(content, objects=fonts)
    return data.replace(b"/F1 5 0 R >>", b"/F1 5 0 R /F2 6 0 R >>")


def test_glyphs_without_a_meaning_are_named_by_number_and_counted() -> None:
    # 0x7B is also the code of "{", 0x0031 that of "1": neither is what the font prints.
    read = read_pdf(without_unicode("007B0031"), "k" * 16)
    assert read.cells["raw_text"].to_list() == ["(cid:123)(cid:49)", "43"]
    assert read.pages["unmapped_characters"].to_list() == [2]
    assert read.pages["text_layer_characters"].to_list() == [4]


def test_glyphs_that_a_table_leaves_out_are_named_by_number() -> None:
    table = "1 beginbfchar <007B> <65BD> endbfchar"
    read = read_pdf(without_unicode("007B0031", table), "k" * 16)
    assert read.cells["raw_text"].to_list() == ["施(cid:49)", "43"]
    assert read.pages["unmapped_characters"].to_list() == [1]


def test_glyphs_of_private_meaning_are_named_by_number() -> None:
    table = "2 beginbfchar <007B> <E000> <0031> <0031> endbfchar"
    read = read_pdf(without_unicode("007B0031", table), "k" * 16)
    assert read.cells["raw_text"].to_list() == ["(cid:123)1", "43"]


def test_ligatures_are_read_as_the_font_says() -> None:
    table = "1 beginbfchar <007B> <00660069> endbfchar"
    read = read_pdf(without_unicode("007B", table), "k" * 16)
    assert read.cells["raw_text"].to_list() == ["fi", "43"]
    assert read.pages["text_layer_characters"].to_list() == [4]


def stated(text: str, operators: str) -> bytes:
    """A PDF that states what the glyphs of some text operators stand for."""
    code = ("\ufeff" + text).encode("utf-16-be").hex()
    return raw_pdf(
        f"BT /F1 9 Tf 100 700 Td /Span << /ActualText <{code}> >> BDC {operators} EMC ET"
    )


@pytest.mark.parametrize(
    ("text", "operators", "read"),
    [
        ("文", "(!) Tj", "文"),
        ("―", "(-) Tj", "―"),
        ("fi", "(*) Tj", "fi"),
        ("～…", "(--) Tj", "～…"),
        # What could change a reading does not count, nor what cannot be told glyph by glyph.
        ("9", "(1) Tj", "1"),
        ("99", "(1) Tj", "1"),
        ("文", "(!?) Tj", "!?"),
        ("文", "(!) Tj (?) Tj", "文?"),
        ("\x07", "(!) Tj", "!"),
        ("\ufffd", "(!) Tj", "!"),
    ],
)
def test_a_stated_text_mends_a_glyph_and_changes_no_figure(
    text: str, operators: str, read: str
) -> None:
    assert read_pdf(stated(text, operators), "k" * 16).cells["raw_text"].to_list() == [read]


def test_a_stated_ideograph_replaces_the_radical_that_shares_its_glyph() -> None:
    table = "1 beginbfchar <007B> <2F42> endbfchar"
    data = without_unicode("007B", table).replace(
        b"<007B> Tj", b"/Span << /ActualText <FEFF6587> >> BDC <007B> Tj EMC"
    )
    assert read_pdf(data, "k" * 16).cells["raw_text"].to_list() == ["文", "43"]


def test_names_in_a_text_are_only_text(paper: Paper) -> None:
    nasty = "'); drop table cells; -- <script>"
    assert texts(paper.text(104, 120, nasty, 4, LATIN)) == [nasty, ""]


def test_cells_are_what_the_tests_say() -> None:
    assert Paper().grid(XS, (100, 120, 140)).text(204, 112, "a").read().table()[1] == Cell(
        1, 2, 1, 1, "a"
    )


def test_full_ink_of_a_named_colour_is_not_white() -> None:
    tint = b"<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 0 1] /N 1 >>"
    space = "/ColorSpace << /CS0 [/Separation /Black /DeviceCMYK 6 0 R] >>"
    text = "BT /CS0 cs 1 scn /F1 9 Tf 100 700 Td (1,291) Tj 0 scn 100 0 Td (42) Tj ET"
    read = read_pdf(raw_pdf(text, resources=space, objects=[tint]), "k" * 16)
    assert read.cells["raw_text"].to_list() == ["1,291"]
    assert read.pages["unprinted_characters"].to_list() == [2]


def test_line_ends_say_whether_the_next_character_would_have_fitted() -> None:
    # Courier is 6 points a character here. The first cell, 40 wide with margins of 2, holds six;
    # 1,234, leaves no room for the 5 below it, 12 leaves room for four characters.
    paper = Paper().grid((100, 140, 240), (100, 160)).text(102, 112, "1,234,", 10, "Courier")
    paper.text(102, 124, "567", 10, "Courier").text(102, 136, "12", 10, "Courier")
    paper.text(142, 112, "prose that", 10, "Courier").text(142, 124, "goes on", 10, "Courier")
    rows = {row["raw_text"]: row["line_ends"] for row in paper.read().rows}
    assert rows["1,234,\n567\n12"] == "wb"
    assert rows["prose that\ngoes on"] == "b"
