"""What a glyph is, and whether a reader of the page sees it: meaning, ink, boldness, clips."""

from __future__ import annotations

import pytest
from paper import GOTHIC, LATIN, PAIR, Cell, Paper, raw_pdf, texts

from pipelines.extract import read_pdf


# Of 8 points; a comma is 2 points wide.
@pytest.mark.parametrize("shift", [0.0, 0.3, 0.8])
def test_text_printed_twice_for_boldness_is_kept_once_and_counted(
    paper: Paper, shift: float
) -> None:
    paper.text(104, 120, "1,291の内数").text(104 + shift, 120, "1,291の内数")
    read = paper.read()
    assert read.texts() == ["1,291の内数", ""]
    assert read.page["overprinted_characters"] == 8
    assert read.page["text_layer_characters"] == 16
    assert read.has_lost_nothing()


def test_glyphs_printed_twice_one_by_one_are_kept_once_wherever_a_string_ends() -> None:
    # Each digit is set again 0.03 em further on: 0.556 em ahead, 0.526 em back. The second print
    # of the 2 begins the next string, in which it is one of five glyphs.
    first = "[(4) 526 (4) 30 (8) 526 (8) 30 (2)] TJ"
    rest = "[(2) 30 (1) 526 (1) 30 (9) 526 (9)] TJ"
    x = 104 + 10 * (2 * 0.556 + 0.03)
    data = raw_pdf(f"BT /F1 10 Tf 104 700 Td {first} ET BT /F1 10 Tf {x:.2f} 700 Td {rest} ET")
    read = read_pdf(data, "k" * 16)
    assert read.cells["raw_text"].to_list() == ["48219"]
    assert read.pages["overprinted_characters"].to_list() == [5]


def test_doubled_digits_are_not_overprinted(paper: Paper) -> None:
    assert texts(paper.text(104, 120, "11,111").text(204, 120, "――")) == ["11,111", "――"]


def test_two_texts_upon_each_other_are_read_one_after_the_other(paper: Paper) -> None:
    paper.text(104, 120, "1234", 10).text(106, 120, "5678", 10)
    assert sorted(texts(paper)[0].split()) == ["1234", "5678"]


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
    paper = Paper().grid(*PAIR)
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
    assert Paper().grid(PAIR[0], (100, 120, 140)).text(204, 112, "a").read().table()[1] == Cell(
        1, 2, 1, 1, "a"
    )


def test_full_ink_of_a_named_colour_is_not_white() -> None:
    tint = b"<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 0 1] /N 1 >>"
    space = "/ColorSpace << /CS0 [/Separation /Black /DeviceCMYK 6 0 R] >>"
    text = "BT /CS0 cs 1 scn /F1 9 Tf 100 700 Td (1,291) Tj 0 scn 100 0 Td (42) Tj ET"
    read = read_pdf(raw_pdf(text, resources=space, objects=[tint]), "k" * 16)
    assert read.cells["raw_text"].to_list() == ["1,291"]
    assert read.pages["unprinted_characters"].to_list() == [2]
