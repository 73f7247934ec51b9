"""What cannot be read whole is refused, with a reason that a person understands."""

from __future__ import annotations

import io
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Literal

import pikepdf
import pypdfium2
import pytest
from paper import GOTHIC, KEY, Paper, assembled, raw_pdf
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from pipelines.extract import DocumentError, Limits, read_pdf

SHEET = Path(__file__).parents[2] / "seeds" / "documents" / "mext-r2-9-1.facsimile.pdf"


def reason(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(DocumentError) as refused:
        read_pdf(data, KEY, limits)
    assert "\n" not in refused.value.reason
    assert len(refused.value.reason) < 200
    return refused.value.reason


def encrypted(user: str, *, can_copy: bool = True) -> bytes:
    lock = StandardEncryption(user, ownerPassword="owner", canCopy=int(can_copy), strength=128)
    return Paper(encrypt=lock).text(100, 100, "秘密").pdf()


def test_an_empty_file() -> None:
    assert reason(b"") == "is empty: the file has no content"


@pytest.mark.parametrize(
    "data",
    [
        b"a note, saved under a wrong name",
        b"<!DOCTYPE html><html><body>404 Not Found</body></html>",
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"PK\x03\x04" + bytes(2000) + b"%PDF-1.7",
        bytes(5000),
    ],
    ids=["text", "web page", "picture", "archive", "zeros"],
)
def test_a_file_that_is_no_pdf(data: bytes) -> None:
    assert reason(data) == "is not a PDF, whatever its name says"


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_file_cut_off(tenth: int) -> None:
    data = SHEET.read_bytes()
    assert reason(data[: len(data) * tenth // 10]) == "is cut off: its end is missing"


def test_a_file_cut_off_after_an_earlier_version_of_itself() -> None:
    data = Paper().text(100, 100, "前の版").pdf()
    later = data + b"\n9 0 obj\n<< /Length 10 >>\nstream\n0123456789\nendstream\nendobj\n9 0 ob"
    assert reason(later) == "is cut off: its end is missing"


def test_a_header_and_nothing_else() -> None:
    assert reason(b"%PDF-1.7\n%%EOF\n").startswith("is damaged")


def test_a_file_that_needs_a_password() -> None:
    assert reason(encrypted("user")) == "is encrypted and needs a password"


@pytest.mark.parametrize("revision", [2, 3, 4, 6], ids=["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_file_encrypted_without_a_password_is_read(revision: Literal[2, 3, 4, 6]) -> None:
    written = io.BytesIO()
    lock = pikepdf.Encryption(
        owner="owner", user="", R=revision, aes=revision > 3, metadata=revision > 3
    )
    with pikepdf.open(io.BytesIO(Paper().text(100, 100, "秘密").pdf())) as pdf:
        pdf.save(written, encryption=lock)
    assert read_pdf(written.getvalue(), KEY).cells["raw_text"].to_list() == ["秘密"]


def test_a_file_that_forbids_extraction() -> None:
    assert reason(encrypted("", can_copy=False)) == "forbids the extraction of its text"


def test_a_file_without_tables_is_read_all_the_same() -> None:
    read = Paper().text(100, 100, "お知らせ").read()
    assert read.texts("stream") == ["お知らせ"]


def test_a_picture_of_a_page() -> None:
    stored = io.BytesIO()
    Image.new("RGB", (50, 50), "grey").save(stored, "PNG")
    stored.seek(0)
    paper = Paper()
    paper.canvas.drawImage(ImageReader(stored), 0, 0, 595, 842)
    assert reason(paper.pdf()) == "prints no text: its pages are empty or pictures (a scan)"


def test_a_scan_with_invisible_text_behind_it() -> None:
    assert "invisible" in reason(Paper().text(100, 100, "1,291", mode=3).pdf())


def test_an_empty_page() -> None:
    assert reason(Paper().page().pdf()).startswith("prints no text")


def test_a_damaged_stream() -> None:
    data = bytearray(SHEET.read_bytes())
    data[3000:3040] = bytes(40)
    assert reason(bytes(data)) == (
        "is damaged: a part of the file is missing or unreadable on page 1"
    )


def test_a_damaged_page_fails_the_document_and_is_named() -> None:
    good = b"BT /F1 9 Tf 100 700 Td (good) Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 /MediaBox [0 0 595 842] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(good), good),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 7 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length 20 /Filter /FlateDecode >>\nstream\n%s\nendstream"
        % zlib.compress(good)[:20].replace(b"\n", b"n"),
    ]
    assert reason(assembled(parts)).endswith("on page 2")


def test_instructions_that_make_no_sense() -> None:
    data = raw_pdf("BT /F1 9 Tf 100 700 Td (12) Tj (x) 7 Td [(34) /Name (56)] TJ ET")
    assert reason(data) == "is damaged: its drawing instructions are damaged on page 1"


def test_text_in_a_font_that_is_not_there() -> None:
    assert "font" in reason(raw_pdf("BT /F9 9 Tf 100 700 Td (1,291) Tj ET"))


def test_text_without_any_font() -> None:
    assert "font" in reason(raw_pdf("BT 100 700 Td (1,291) Tj ET BT /F1 9 Tf (1) Tj ET"))


def test_a_wrong_table_of_places_is_made_good() -> None:
    data = Paper().text(100, 100, "施策").pdf()
    start = data.rfind(b"startxref")
    read = read_pdf(data[:start] + b"startxref\n17\n%%EOF\n", KEY)
    assert read.cells["raw_text"].to_list() == ["施策"]


def test_bytes_before_and_after_the_pdf_do_no_harm() -> None:
    data = Paper().text(100, 100, "施策").pdf()
    read = read_pdf(b"\r\n\r\n" + data + b"\n<!-- sent by a form -->" * 200, KEY)
    assert read.cells["raw_text"].to_list() == ["施策"]


def test_a_page_list_that_is_its_own_child() -> None:
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>",
    ]
    assert reason(assembled(parts)) == "is damaged: its list of pages is damaged"


def test_a_page_that_is_missing() -> None:
    data = raw_pdf("BT /F1 9 Tf 100 700 Td (1) Tj ET").replace(
        b"/Kids [3 0 R]", b"/Kids [3 0 R 99 0 R]"
    )
    assert reason(data).startswith("is damaged")


def test_fewer_pages_than_the_file_names() -> None:
    data = raw_pdf("BT /F1 9 Tf 100 700 Td (1) Tj ET").replace(b"/Count 1", b"/Count 7")
    assert reason(data) == "is damaged: it names 7 pages and holds 1"


def test_a_root_that_is_no_page_list() -> None:
    assert reason(assembled([b"<< /Type /Catalog /Pages 1 0 R >>"])).startswith("is damaged")


def test_a_form_that_draws_itself_ends() -> None:
    stream = b"BT /F1 9 Tf 100 700 Td (once) Tj ET /X Do"
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length %d /Resources "
        b"<< /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>\nstream\n%s\nendstream"
    ) % (len(stream), stream)
    read = read_pdf(raw_pdf("/X Do", resources="/XObject << /X 6 0 R >>", objects=[form]), KEY)
    assert read.cells["raw_text"].to_list() == ["once"]


def test_forms_nested_without_end() -> None:
    def form(number: int) -> bytes:
        return (
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length 5 /Resources "
            b"<< /XObject << /X %d 0 R >> >> >>\nstream\n/X Do\nendstream"
        ) % (number + 1)

    objects = [form(number) for number in range(6, 66)]
    data = raw_pdf("/X Do", resources="/XObject << /X 6 0 R >>", objects=objects)
    assert reason(data) == "nests forms more than 16 deep on page 1: no sheet does"


def test_arrays_nested_without_end() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    with pytest.raises(DocumentError):
        read_pdf(raw_pdf(b"BT /F1 9 Tf 1 0 0 1 9 9 Tm " + deep + b" TJ ET"), KEY)


def test_more_pages_than_are_read() -> None:
    paper = Paper()
    for _ in range(4):
        paper.text(100, 100, "頁").page()
    assert reason(paper.pdf(), Limits(pages=3)) == "has more than 3 pages"


def test_a_larger_file_than_is_read() -> None:
    data = Paper().text(100, 100, "頁").pdf()
    assert reason(data, Limits(file_bytes=len(data) - 1)) == "is larger than 0 MiB"


def test_a_page_a_kilometre_wide() -> None:
    data = raw_pdf("BT /F1 9 Tf 100 700 Td (1) Tj ET", media_box="[0 0 2834646 842]")
    assert reason(data) == (
        "has a page 2,834,646 points long (page 1); the longest that is read has 14,400"
    )


@pytest.mark.parametrize("box", ["[0 0 0 0]", "[0 0 595 0]", "[100 100 100 900]"])
def test_a_page_without_area(box: str) -> None:
    data = raw_pdf("BT /F1 9 Tf 100 700 Td (1) Tj ET", media_box=box)
    assert reason(data) == "has no area to print on, on page 1"


def test_more_characters_than_a_page_can_show() -> None:
    data = raw_pdf("BT /F1 9 Tf 100 700 Td " + "(1234567890) Tj " * 50 + "ET")
    assert reason(data, Limits(glyphs_per_page=499)) == (
        "prints more than 499 characters on page 1: no sheet does"
    )


def test_more_line_pieces_than_a_page_can_show() -> None:
    data = raw_pdf("0 0 m 9 9 l S " * 300)
    assert reason(data, Limits(path_segments_per_page=500)) == (
        "draws more than 500 lines on page 1: no sheet does"
    )


def packed_page(stream: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream),
        ]
    )


def test_instructions_that_unpack_to_more_than_a_page_needs() -> None:
    data = packed_page(zlib.compress(b" " * 40_000_000))
    assert reason(data) == ("has drawing instructions of more than 30 MiB on page 1: no sheet does")


def test_any_part_of_a_file_that_unpacks_without_end() -> None:
    data = packed_page(zlib.compress(bytes(2_000_000)))
    assert reason(data, Limits(stream_bytes=1_000_000)) == (
        "holds data that unpack to more than 0 MiB: no sheet does"
    )


def test_data_packed_twice_over() -> None:
    twice = zlib.compress(zlib.compress(bytes(50_000_000)))
    data = packed_page(twice, b"[/FlateDecode /FlateDecode]")
    assert "unpack to more than" in reason(data)


def test_states_nested_without_end() -> None:
    assert reason(raw_pdf("q " * 5_000)) == (
        "nests drawing states more than 1,000 deep on page 1: no sheet does"
    )


def test_more_rulings_than_a_page_can_show() -> None:
    rows = " ".join(f"0 {y} m 595 {y} l S" for y in range(0, 800, 8))
    data = raw_pdf(f"{rows} BT /F1 9 Tf 100 700 Td (1) Tj ET")
    assert reason(data, Limits(rulings_per_page=90)) == (
        "has more than 90 ruled lines on page 1: no sheet does"
    )


def test_more_cells_than_a_page_can_show() -> None:
    paper = Paper().grid(range(0, 590, 10), range(0, 840, 10))
    limits = Limits(grid_cells_per_page=1000)
    assert reason(paper.text(9, 9, "1").pdf(), limits) == (
        "has tables of more than 1,000 cells on page 1: no sheet does"
    )


def test_rotation_that_is_no_quarter_turn_is_read_as_none() -> None:
    data = raw_pdf("BT /F1 9 Tf 100 700 Td (1,291) Tj ET", page="/Rotate 37")
    assert read_pdf(data, KEY).cells["raw_text"].to_list() == ["1,291"]


def test_text_of_no_size_is_no_reason_to_fail() -> None:
    data = raw_pdf("BT /F1 0 Tf 100 700 Td (9) Tj /F1 9 Tf (1,291) Tj ET")
    read = read_pdf(data, KEY)
    assert read.cells["raw_text"].to_list() == ["1,291"]
    assert read.pages["unprinted_characters"].to_list() == [1]


@pytest.mark.parametrize("number", ["1e400", "99999999999999999999", "nan", "-9e99"])
def test_coordinates_beyond_measure_do_not_break_the_reader(number: str) -> None:
    data = raw_pdf(
        f"{number} 0 m 9 9 l S BT /F1 9 Tf 1 0 0 1 {number} 9 Tm (9) Tj 1 0 0 1 9 9 Tm (1) Tj ET"
    )
    with suppress(DocumentError):
        assert "1" in " ".join(read_pdf(data, KEY).cells["raw_text"])


def test_scripts_and_links_in_a_file_are_not_followed() -> None:
    data = raw_pdf("BT /F1 9 Tf 100 700 Td (1,291) Tj ET").replace(
        b"/Type /Catalog",
        b"/Type /Catalog /OpenAction << /S /URI /URI (http://192.0.2.1/) >> "
        b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert(1)) >>] >> >>",
    )
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 1
    assert read_pdf(data, KEY).cells["raw_text"].to_list() == ["1,291"]


def test_the_same_bytes_give_the_same_cells() -> None:
    data = SHEET.read_bytes()
    first, second = read_pdf(data, KEY), read_pdf(data, KEY)
    assert first.cells.equals(second.cells)
    assert first.pages.equals(second.pages)


def test_the_libraries_say_nothing_aloud(
    capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    Paper().text(100, 100, "施策", font=GOTHIC).read()
    with pytest.raises(DocumentError):
        read_pdf(raw_pdf("BT /F9 9 Tf 100 700 Td (1) 7 Td ET"), KEY)
    assert capfd.readouterr() == ("", "")
    assert list(recwarn) == []


def test_an_object_that_leads_back_to_itself_is_not_followed_for_ever() -> None:
    content = b"BT /F1 9 Tf 100 700 Td (1) Tj ET"
    data = raw_pdf(content).replace(b"/Length %d" % len(content), b"/Length 4 0 R")
    assert "breaks the rules of PDF in more than 10,000 places" in reason(data)
