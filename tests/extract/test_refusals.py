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
from paper import GOTHIC, KEY, Paper, assembled, raw_pdf, reason
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from pipelines.extract import DocumentError, read_pdf

SHEET = Path(__file__).parents[2] / "seeds" / "documents" / "mext-r2-9-1.facsimile.pdf"


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


@pytest.mark.parametrize("box", ["[0 0 0 0]", "[0 0 595 0]", "[100 100 100 900]"])
def test_a_page_without_area(box: str) -> None:
    data = raw_pdf("BT /F1 9 Tf 100 700 Td (1) Tj ET", media_box=box)
    assert reason(data) == "has no area to print on, on page 1"


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
