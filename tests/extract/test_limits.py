"""What is larger, deeper or fuller than any sheet is refused before it costs much."""

from __future__ import annotations

import gc
import zlib

import pytest
from paper import KEY, Paper, assembled, raw_pdf, reason

from pipelines.extract import DocumentError, Limits, read_pdf
from pipelines.extract.ink import Glyph


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


def glyphs_in_memory() -> int:
    return sum(isinstance(held, Glyph) for held in gc.get_objects())


def test_what_a_page_prints_goes_with_the_page() -> None:
    # Not with a collection of garbage, which walks through all that there is.
    data = raw_pdf(b"BT /F1 9 Tf 100 700 Td (abc) Tj ET")
    gc.collect()
    gc.disable()
    try:
        before = glyphs_in_memory()
        assert read_pdf(data, KEY).cells["raw_text"].to_list() == ["abc"]
        assert glyphs_in_memory() == before
    finally:
        gc.enable()


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


def test_an_object_that_leads_back_to_itself_is_not_followed_for_ever() -> None:
    content = b"BT /F1 9 Tf 100 700 Td (1) Tj ET"
    data = raw_pdf(content).replace(b"/Length %d" % len(content), b"/Length 4 0 R")
    assert "breaks the rules of PDF in more than 10,000 places" in reason(data)
