"""Files that mean harm, or might as well: each shows in a few lines what is wrong with it.

In: the bytes of a good sheet. Out: file names with bytes. Every file is made here, none is kept.
"""

from __future__ import annotations

import io
import struct
import zlib
from itertools import chain
from typing import TYPE_CHECKING

from pdf_parts import Pdf, page, stream
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Iterator

SQL = "'); drop table fact_budget; -- \" ; attach '/etc/passwd'; select 1 where '1'='1"
HTML = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}"
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
DRAWS_5 = "<< /XObject << /X 5 0 R >> >>"
TEXT = b"BT /F1 10 Tf 72 700 Td (words) Tj ET"


def files(sheet: bytes) -> dict[str, bytes]:
    """Every hostile file by name."""
    kinds = (
        _not_pdfs(sheet),
        _broken(sheet),
        _loops(),
        _too_much(),
        _locked(),
        _fonts(),
        _turned(),
        _active(),
        _names(sheet),
    )
    return dict(chain.from_iterable(kinds))


def _not_pdfs(sheet: bytes) -> Iterator[tuple[str, bytes]]:
    yield "empty.pdf", b""
    yield "one-byte.pdf", b"%"
    yield "text.pdf", "これはPDFではない".encode()
    yield "page.pdf", b"<!doctype html><title>404</title><p>Not found"
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(picture, "PNG")
    yield "picture.pdf", picture.getvalue()
    yield "zeros.pdf", bytes(100_000)
    yield "header-only.pdf", b"%PDF-1.7\n"
    yield "zip.pdf", b"PK\x03\x04" + sheet[:1000]
    yield "noise.pdf", b"%PDF-1.7\n" + bytes((i * 7919 + (i >> 3)) % 256 for i in range(50_000))


def _broken(sheet: bytes) -> Iterator[tuple[str, bytes]]:
    for tenth in range(1, 10):
        yield f"truncated-{tenth}0-percent.pdf", sheet[: len(sheet) * tenth // 10]
    good = Pdf(page(TEXT)).bytes()
    yield "xref-wrong.pdf", good.replace(b"0000000015", b"0000009915")
    yield "xref-missing.pdf", good[: good.rindex(b"xref\n")]
    yield "startxref-beyond.pdf", good[: good.rindex(b"startxref")] + b"startxref\n999999999\n%%EOF"
    yield "xref-previous-is-itself.pdf", Pdf(page(TEXT), previous_is_itself=True).bytes()
    yield "size-huge.pdf", Pdf(page(TEXT), size=2**31 - 1).bytes()
    yield "length-negative.pdf", good.replace(b"/Length 36", b"/Length -9")
    yield "length-too-long.pdf", good.replace(b"/Length 36", b"/Length 99")
    yield "no-endstream.pdf", good.replace(b"endstream", b"")
    yield "no-catalog.pdf", good.replace(b"/Catalog", b"/Cabbage")
    yield "no-pages.pdf", good.replace(b"/Kids [3 0 R]", b"/Kids []")
    yield "count-huge.pdf", good.replace(b"/Count 1", b"/Count 999999999")
    yield "count-negative.pdf", good.replace(b"/Count 1", b"/Count -1")
    yield "string-unterminated.pdf", Pdf(page(b"BT /F1 9 Tf (never ends Tj ET")).bytes()
    yield "operators-nonsense.pdf", Pdf(page(b"fly me to the moon ] >> Q Q Q Tj re m l S")).bytes()
    yield "inline-image-broken.pdf", Pdf(page(b"BI /W 9999 /H 9999 ID \x00\x01 never")).bytes()
    yield "numbers-not-numbers.pdf", Pdf(page(b"nan inf 1e999 --5 +-3 re S 1..2 .. m l S")).bytes()
    yield "nul-in-text.pdf", Pdf(page(b"BT /F1 9 Tf 72 700 Td (a\\000b\\377) Tj ET")).bytes()


def _loops() -> Iterator[tuple[str, bytes]]:
    yield "contents-is-itself.pdf", Pdf(page(TEXT, contents="3 0 R")).bytes()
    yield "length-is-itself.pdf", Pdf(page(TEXT)).bytes().replace(b"/Length 36", b"/Length 4 0 R")
    yield "kids-are-parents.pdf", Pdf(page(TEXT), kids="2 0 R 2 0 R").bytes()
    yield "page-is-its-own-parent.pdf", Pdf(page(TEXT, parent="3 0 R")).bytes()
    yield "box-is-itself.pdf", Pdf(page(TEXT, box="3 0 R")).bytes()
    yield "resources-are-themselves.pdf", Pdf(page(TEXT, resources="3 0 R")).bytes()
    again = f"{FORM} /Resources {DRAWS_5}"
    yield (
        "form-draws-itself.pdf",
        Pdf(page(b"/X Do", resources=DRAWS_5), stream(b"/X Do /X Do", again)).bytes(),
    )
    type3 = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97"
        " /LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >>"
        " /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    yield (
        "glyph-draws-itself.pdf",
        Pdf(
            page(b"BT /F1 9 Tf (aaaa) Tj ET", resources="<< /Font << /F1 5 0 R >> >>"),
            type3.encode(),
            stream(b"BT /F1 9 Tf (aa) Tj ET"),
        ).bytes(),
    )


def _too_much() -> Iterator[tuple[str, bytes]]:
    yield "pages-100000.pdf", Pdf(page(b""), kids="3 0 R " * 100_000, count=100_000).bytes()
    yield "page-a-kilometre-wide.pdf", Pdf(page(TEXT, box="[0 0 2834646 842]")).bytes()
    rulings = b"".join(b"%d 0 m %d 842 l S\n" % (i % 595, i % 595) for i in range(1_000_000))
    yield "rulings-a-million.pdf", Pdf(page(rulings, compressed=True)).bytes()
    lattice = b"".join(b"0 %d m 595 %d l S %d 0 m %d 842 l S\n" % (i, i, i, i) for i in range(842))
    yield "lattice-of-dots.pdf", Pdf(page(lattice)).bytes()
    words = b"BT /F1 1 Tf 1 TL " + b"(abcdefghij) Tj T*\n" * 100_000 + b"ET"
    yield "characters-a-million.pdf", Pdf(page(words, compressed=True)).bytes()
    yield "flate-bomb-1-gigabyte.pdf", Pdf(page(b" " * 2**30, compressed=True)).bytes()
    twice = zlib.compress(_zeros_compressed(10 * 2**30), 9)
    bomb = stream(twice, "/Filter [/FlateDecode /FlateDecode]")
    yield "flate-bomb-10-gigabytes.pdf", Pdf(page(TEXT, contents="5 0 R"), bomb).bytes()
    yield "nested-arrays.pdf", Pdf(page(TEXT), b"[" * 100_000 + b"]" * 100_000).bytes()
    yield "nested-states.pdf", Pdf(page(b"q " * 500_000 + TEXT)).bytes()
    deep = [
        stream(
            b"/X Do",
            f"{FORM} /Resources << /XObject << /X {6 + i} 0 R >> >>",
        )
        for i in range(2_000)
    ]
    yield (
        "nested-forms.pdf",
        Pdf(page(b"/X Do", resources=DRAWS_5), *deep).bytes(),
    )
    yield (
        "doubling-forms.pdf",
        Pdf(
            page(b"/X Do", resources=DRAWS_5),
            *(
                stream(
                    b"/X Do /X Do",
                    f"{FORM} /Resources << /XObject << /X {6 + i} 0 R >> >>",
                )
                for i in range(64)
            ),
        ).bytes(),
    )
    yield (
        "image-huge.pdf",
        Pdf(
            page(b"/X Do", resources=DRAWS_5),
            stream(
                b"\0",
                "/Type /XObject /Subtype /Image /Width 100000 /Height 100000"
                " /BitsPerComponent 8 /ColorSpace /DeviceRGB",
            ),
        ).bytes(),
    )


def _locked() -> Iterator[tuple[str, bytes]]:
    yield "password-needed.pdf", _drawn(StandardEncryption("secret", strength=128))
    yield "password-empty.pdf", _drawn(StandardEncryption("", "owner", strength=128))
    yield "password-old.pdf", _drawn(StandardEncryption("secret", strength=40))
    yield (
        "extraction-forbidden.pdf",
        _drawn(StandardEncryption("", "owner", canCopy=0, strength=128)),
    )
    good = Pdf(page(TEXT)).bytes()
    yield (
        "encryption-unknown.pdf",
        good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Mine /V 99 >>"),
    )


def _fonts() -> Iterator[tuple[str, bytes]]:
    yield "font-missing.pdf", Pdf(page(TEXT, resources="<< >>")).bytes()
    broken = (
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Broken /FontDescriptor"
        b" << /Type /FontDescriptor /FontName /Broken /FontFile2 6 0 R >> >>"
    )
    with_font = "<< /Font << /F1 5 0 R >> >>"
    noise = stream(struct.pack(">200I", *range(200)))
    yield "font-broken.pdf", Pdf(page(TEXT, resources=with_font), broken, noise).bytes()
    unmapped = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /None /Encoding /Identity-H /DescendantFonts ["
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /None /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    yield (
        "font-without-unicode.pdf",
        Pdf(page(b"BT /F1 9 Tf 72 700 Td <00410042> Tj ET", resources=with_font), unmapped).bytes(),
    )
    endless = b"1 begincmap " + b"1 beginbfrange <0000> <ffff> <0000> endbfrange " * 2_000
    yield (
        "font-map-endless.pdf",
        Pdf(
            page(TEXT, resources=with_font),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
            stream(endless),
        ).bytes(),
    )


def _turned() -> Iterator[tuple[str, bytes]]:
    yield "rotated-90.pdf", Pdf(page(TEXT, more="/Rotate 90")).bytes()
    yield "rotated-45-in-the-page.pdf", Pdf(page(TEXT, more="/Rotate 45")).bytes()
    yield "rotated-by-37-degrees.pdf", Pdf(page(b".8 .6 -.6 .8 99 9 cm " + TEXT)).bytes()
    yield "box-of-no-size.pdf", Pdf(page(TEXT, box="[0 0 0 0]")).bytes()
    yield "box-upside-down.pdf", Pdf(page(TEXT, box="[595 842 0 0]")).bytes()
    yield "box-of-words.pdf", Pdf(page(TEXT, box="[/a /b (c) null]")).bytes()
    yield "matrix-of-zeros.pdf", Pdf(page(b"0 0 0 0 0 0 cm " + TEXT)).bytes()
    yield "matrix-huge.pdf", Pdf(page(b"1e30 0 0 1e30 0 0 cm 0 0 9 9 re S " + TEXT)).bytes()


def _active() -> Iterator[tuple[str, bytes]]:
    for name, action in {
        "script": "/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\)) >>",
        "launch": "/OpenAction << /S /Launch /F (/bin/sh) >>",
        "address": "/OpenAction << /S /URI /URI (http://127.0.0.1:9/) >>",
    }.items():
        yield f"action-{name}.pdf", Pdf(page(TEXT), catalog=action).bytes()
    outside = stream(b"", "/F << /FS /URL /F (http://127.0.0.1:9/contents) >>")
    yield "contents-elsewhere.pdf", Pdf(page(TEXT, contents="5 0 R"), outside).bytes()
    local = stream(b"", "/F (/etc/passwd)")
    yield "contents-of-this-machine.pdf", Pdf(page(TEXT, contents="5 0 R"), local).bytes()


def _names(sheet: bytes) -> Iterator[tuple[str, bytes]]:
    """Good sheets (each with a different end) whose names mean harm; all of them are read."""
    for number, name in enumerate(
        (
            f"{SQL.replace('/', '_')}.pdf",
            f"{HTML.replace('/', '_')}.pdf",
            "two\nlines.pdf",
            "$(touch pwned);`touch pwned`.pdf",
            "..pdf.pdf",
            "..\\..\\up.pdf",
            "-rf.pdf",
            " .pdf",
            "\u202egnp.pdf",
            "*?[a].pdf",
            "長" * 83 + "ab.pdf",
            "%s%n{0}.pdf",
        )
    ):
        yield name, sheet + b"\n%% %d" % number
    yield "sql-in-text.pdf", _drawn(None, SQL)
    yield "html-in-text.pdf", _drawn(None, HTML)


def _drawn(encryption: StandardEncryption | None, text: str = "words") -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=encryption, invariant=1)
    canvas.setTitle(text)
    canvas.drawString(72, 700, text)
    canvas.rect(60, 600, 300, 150)
    canvas.line(60, 680, 360, 680)
    canvas.save()
    return buffer.getvalue()


def _zeros_compressed(size: int) -> bytes:
    """``size`` zeros, compressed, without ever holding them."""
    packer, block = zlib.compressobj(9), bytes(2**24)
    parts = [packer.compress(block) for _ in range(size // len(block))]
    return b"".join(parts) + packer.flush()
