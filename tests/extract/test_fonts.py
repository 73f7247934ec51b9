"""What the codes of a text mean, asked of the font; a code without a meaning is never guessed."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

import pytest
import reportlab
from paper import raw_pdf

from pipelines.extract import read_pdf

# A TrueType font that reportlab carries, with glyph 20 for "1" and 21 for "2" (19 is "0").
VERA = (Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes()
JAPAN1 = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 6 >>"
IDENTITY = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"


def stream(data: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(data)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>".encode()
    return head + b"\nstream\n" + packed + b"\nendstream"


def table(mappings: str, space: str = "<0000> <FFFF>") -> bytes:
    return stream(
        f"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange {space} "
        f"endcodespacerange {mappings} endcmap end".encode()
    )


def texts(codes: str, font: str, *objects: bytes) -> list[str]:
    """What is read where ``codes`` are shown in ``font``; its objects are numbered from 7."""
    data = raw_pdf(
        f"BT /F2 9 Tf 110 675 Td <{codes}> Tj ET",
        resources="",
        objects=[f"<< /Type /Font {font} >>".encode(), *objects],
    ).replace(b"/F1 5 0 R >>", b"/F1 5 0 R /F2 6 0 R >>")
    cells = read_pdf(data, "k" * 16).cells
    return [str(text) for text in cells["raw_text"].to_list()]


def composite(encoding: str, more: str = "") -> str:
    return f"/Subtype /Type0 /BaseFont /X /Encoding /{encoding} /DescendantFonts [7 0 R] {more}"


def descendant(system: str, more: str = "", subtype: str = "CIDFontType0") -> bytes:
    return (
        f"<< /Type /Font /Subtype /{subtype} /BaseFont /X /DW 1000 /FontDescriptor 8 0 R "
        f"{system} {more} >>"
    ).encode()


def descriptor(more: str = "", flags: int = 4) -> bytes:
    return (
        f"<< /Type /FontDescriptor /FontName /X /Flags {flags} /FontBBox [0 0 1000 1000] "
        f"/Ascent 880 /Descent -120 /ItalicAngle 0 /CapHeight 700 /StemV 80 {more} >>"
    ).encode()


@pytest.mark.parametrize(
    ("encoding", "text", "coding"),
    [
        ("90ms-RKSJ-H", "施策の予算1,291千円", "cp932"),
        ("EUC-H", "施策の予算", "euc_jp"),
        ("UniJIS-UCS2-H", "施策の予算1,291千円―－", "utf-16-be"),
        # U+20BB7 lies beyond the first plane: four bytes.
        ("UniJIS-UTF16-H", "𠮷野―1,291", "utf-16-be"),
        ("UniJIS-UTF32-H", "施策―", "utf-32-be"),
    ],
)
def test_fonts_that_the_file_only_names_are_read_by_their_encoding(
    encoding: str, text: str, coding: str
) -> None:
    codes = text.encode(coding).hex()
    assert texts(codes, composite(encoding), descendant(JAPAN1), descriptor()) == [text]


def test_a_code_that_the_encoding_does_not_know_is_not_dropped() -> None:
    # 0xFDFD begins no character of Shift JIS.
    codes = b"1".hex() + "fdfd" + b"2".hex()
    (text,) = texts(codes, composite("90ms-RKSJ-H"), descendant(JAPAN1), descriptor())
    assert text.startswith("1(cid:0)")
    assert text.endswith("2")


def test_half_a_code_at_the_end_of_a_text_harms_nothing_else() -> None:
    codes = "施策".encode("utf-16-be").hex() + "65"
    read = texts(codes, composite("UniJIS-UCS2-H"), descendant(JAPAN1), descriptor())
    assert read[0].startswith("施策")


def test_meanings_are_looked_up_by_code_and_not_by_order() -> None:
    # One byte for "1", two for the ideograph; the table says so in another order of widths.
    mappings = "2 beginbfchar <0031> <0031> <8EEE> <65BD> endbfchar"
    font = composite("90ms-RKSJ-H", "/ToUnicode 9 0 R")
    codes = "318EEE31"
    assert texts(codes, font, descendant(JAPAN1), descriptor(), table(mappings)) == ["1施1"]


def test_a_table_with_codes_of_one_byte_serves_codes_of_two() -> None:
    font = composite("Identity-H", "/ToUnicode 9 0 R")
    mappings = table("1 beginbfchar <14> <0031> endbfchar", "<00> <FF>")
    assert texts("00140014", font, descendant(IDENTITY), descriptor(), mappings) == ["11"]


def embedded(system: str, more: str = "") -> tuple[bytes, bytes, bytes]:
    """Vera as the font's program: its descendant, its descriptor, the program itself."""
    return (
        descendant(system, more, "CIDFontType2"),
        descriptor("/FontFile2 9 0 R"),
        stream(VERA, f"/Length1 {len(VERA)}"),
    )


def test_glyph_numbers_are_read_by_the_font_program_in_the_file() -> None:
    assert texts("00140015", composite("Identity-H"), *embedded(IDENTITY)) == ["12"]


def test_glyph_numbers_that_the_file_maps_anew_are_read_by_that_map() -> None:
    # CID 1 draws glyph 20, CID 2 glyph 21.
    glyphs = stream(b"\0\0\0\x14\0\x15")
    font = embedded(IDENTITY, "/CIDToGIDMap 10 0 R")
    assert texts("00010002", composite("Identity-H"), *font, glyphs) == ["12"]


def test_a_character_collection_is_believed_where_the_font_program_agrees() -> None:
    # In Adobe-Japan1, CID 18 is "1"; here it draws glyph 20, which is "1" as well.
    glyphs = stream(bytes(2 * 18) + b"\0\x14")
    font = embedded(JAPAN1, "/CIDToGIDMap 10 0 R")
    assert texts("0012", composite("Identity-H"), *font, glyphs) == ["1"]


def test_glyph_numbers_called_a_collection_s_are_not_believed() -> None:
    # CID 20 of Adobe-Japan1 is "3"; the font in the file draws "1" there.
    assert texts("0014", composite("Identity-H"), *embedded(JAPAN1)) == ["(cid:20)"]


def simple(subtype: str, more: str, flags: int, *objects: bytes) -> list[str]:
    font = (
        f"/Subtype /{subtype} /BaseFont /X /FirstChar 0 /LastChar 255 /FontDescriptor 7 0 R {more}"
    )
    widths = f"/Widths [{' '.join(['500'] * 256)}]"
    return texts("312033", f"{font} {widths}", descriptor("/FontFile2 8 0 R", flags), *objects)


def test_a_symbolic_font_without_an_encoding_means_nothing() -> None:
    # Its codes are the font's own: that 0x31 draws "1" is a guess.
    program = stream(VERA, f"/Length1 {len(VERA)}")
    assert simple("TrueType", "", 4, program) == ["(cid:49)(cid:32)(cid:51)"]


def test_what_a_table_leaves_out_is_read_by_an_encoding_that_draws_by_name() -> None:
    program = stream(VERA, f"/Length1 {len(VERA)}")
    partial = table("2 beginbfchar <31> <0031> <33> <0033> endbfchar", "<00> <FF>")
    more = "/Encoding /WinAnsiEncoding /ToUnicode 9 0 R"
    assert simple("TrueType", more, 32, program, partial) == ["1 3"]
    assert simple("TrueType", more, 4, program, partial) == ["1(cid:32)3"]


def test_word_spacing_widens_single_bytes_alone() -> None:
    """A two-byte code 0x0020 is no word space (ISO 32000-2, 9.3.3)."""
    mappings = "2 beginbfchar <0020> <0020> <0031> <0031> endbfchar"
    data = raw_pdf(
        "BT /F2 10 Tf 40 Tw 110 675 Td <003100200031> Tj ET",
        objects=[
            f"<< /Type /Font {composite('Identity-H', '/ToUnicode 9 0 R')} >>".encode(),
            descendant(IDENTITY),
            descriptor(),
            table(mappings),
        ],
    ).replace(b"/F1 5 0 R >>", b"/F1 5 0 R /F2 6 0 R >>")
    (cell,) = read_pdf(data, "k" * 16).cells.to_dicts()
    assert cell["raw_text"] == "1 1"
    assert cell["x1"] == 140


def test_a_blank_that_the_table_leaves_out_is_a_blank() -> None:
    # Glyph 3 of Vera is its space: it has no outline.
    font = composite("Identity-H", "/ToUnicode 10 0 R")
    mappings = table("1 beginbfchar <0014> <0031> endbfchar")
    assert texts("001400030014", font, *embedded(IDENTITY), mappings) == ["1 1"]


def test_a_table_that_contradicts_the_name_of_a_glyph_is_not_believed() -> None:
    """Met in the wild: a table that calls the glyph of "Th" an "h", and that of "ﬁ" an "i"."""
    program = stream(VERA, f"/Length1 {len(VERA)}")
    wrong = table("2 beginbfchar <31> <0039> <33> <0033> endbfchar", "<00> <FF>")
    more = "/Encoding /WinAnsiEncoding /ToUnicode 9 0 R"
    assert simple("TrueType", more, 32, program, wrong) == ["(cid:49) 3"]


def test_a_table_may_call_a_ligature_by_its_letters() -> None:
    program = stream(VERA, f"/Length1 {len(VERA)}")
    letters = table("2 beginbfchar <31> <00660069> <33> <0033> endbfchar", "<00> <FF>")
    more = "/Encoding << /Differences [49 /fi] >> /ToUnicode 9 0 R"
    assert simple("TrueType", more, 32, program, letters)[0].startswith("fi")


def test_an_encoding_that_the_file_holds_gives_codes_and_widths() -> None:
    """As Prince writes it: codes of one byte, glyph numbers of its own."""
    encoding = stream(
        b"begincmap 2 begincodespacerange <00> <5C> <8140> <9FFC> endcodespacerange "
        b"2 begincidrange <00> <5C> 100 <8140> <8150> 500 endcidrange endcmap",
        "/Type /CMap /CMapName /X-H",
    )
    mappings = table("2 beginbfchar <32> <0031> <8141> <65BD> endbfchar", "<00> <5C>")
    font = composite("X", "/ToUnicode 9 0 R").replace("/Encoding /X", "/Encoding 10 0 R")
    data = raw_pdf(
        "BT /F2 10 Tf 100 675 Td <328141328141> Tj ET",
        objects=[
            f"<< /Type /Font {font} >>".encode(),
            descendant(IDENTITY, "/W [150 [500] 501 [1000]]"),
            descriptor(),
            mappings,
            encoding,
        ],
    ).replace(b"/F1 5 0 R >>", b"/F1 5 0 R /F2 6 0 R >>")
    (cell,) = read_pdf(data, "k" * 16).cells.to_dicts()
    assert cell["raw_text"] == "1施1施"
    assert (cell["x0"], cell["x1"]) == (100, 130)


# For the codes of Latin text; its glyphs are all 0.6 em wide.
COURIER = "/Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding"


@pytest.mark.parametrize("coding", ["cp932", "euc_jp", "gbk"])
def test_japanese_text_in_a_font_for_latin_letters_is_not_believed(coding: str) -> None:
    # Each ideograph is two bytes, of which the first at least is from the upper half.
    (text,) = texts("施策概要整備達成指標推移計画 1,291".encode(coding).hex(), COURIER)
    assert text.count("(cid:") >= 12
    assert text.endswith("1,291")


@pytest.mark.parametrize(
    "text",
    [
        "Société générale, créée à Genève: Québec, naïveté",
        "ÄÖÜ: 25°C ± 3%",
        "§§§§ 1 ······ 2 ······ 3",
    ],
    ids=["French", "three umlauts", "leaders"],
)
def test_latin_letters_and_signs_stay(text: str) -> None:
    assert texts(text.encode("cp1252").hex(), COURIER) == [text]


def test_a_dictionary_is_no_stream_and_stays_a_mapping() -> None:
    # In a process of its own: what ``isinstance`` is asked first, it remembers.
    asked = (
        "from pipelines.extract.streams import is_stream\n"
        "from playa.pdftypes import ContentStream\n"
        "from collections.abc import Mapping\n"
        "print(is_stream({}), is_stream(ContentStream({}, b'')), isinstance({}, ContentStream),\n"
        "      isinstance({}, Mapping))"
    )
    said = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    # The third is playa's fault; when it says False, ``is_stream`` may go.
    assert said.stdout.split() == ["False", "True", "True", "True"]
