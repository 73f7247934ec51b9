"""Files that are no PDF, or one that breaks the format's rules in one place.

In: the bytes of a good sheet. Out: :class:`~.parts.Bad` files.
"""

from __future__ import annotations

import io
import struct
from itertools import chain
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from .parts import NO_FORM, NO_SHEET, Bad, Pdf, page, stream

if TYPE_CHECKING:
    from collections.abc import Iterator

FORM = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
DRAWS_5 = "<< /XObject << /X 5 0 R >> >>"
WITH_FONT_5 = "<< /Font << /F1 5 0 R >> >>"
TEXT = b"BT /F1 10 Tf 72 700 Td (words) Tj ET"
DAMAGED = "failed: is damaged: .{10}"
CUT = "failed: is cut off: its end is missing"
NO_PDF = "failed: is not a PDF"
NO_TEXT = "failed: prints no text: .{10}"


def files(sheet: bytes) -> Iterator[Bad]:
    """Every damaged file."""
    return chain(
        _not_pdfs(sheet),
        _cut(sheet),
        _tables(),
        _contents(),
        _loops(),
        _locked(),
        _fonts(),
        _turned(sheet),
        _active(),
    )


def _not_pdfs(sheet: bytes) -> Iterator[Bad]:
    yield Bad("empty.pdf", b"", "failed: is empty")
    yield Bad("one-byte.pdf", b"%", NO_PDF)
    yield Bad("text.pdf", "これはPDFではない".encode(), NO_PDF)
    yield Bad("page.pdf", b"<!doctype html><title>404</title><p>Not found", NO_PDF)
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(picture, "PNG")
    yield Bad("picture.pdf", picture.getvalue(), NO_PDF)
    yield Bad("zeros.pdf", bytes(100_000), NO_PDF)
    yield Bad("header-only.pdf", b"%PDF-1.7\n", CUT)
    yield Bad("zip.pdf", b"PK\x03\x04" + sheet[:1000], CUT)
    noise = bytes((i * 7919 + (i >> 3)) % 256 for i in range(50_000))
    yield Bad("noise.pdf", b"%PDF-1.7\n" + noise, CUT)


def _cut(sheet: bytes) -> Iterator[Bad]:
    for tenth in range(1, 10):
        yield Bad(f"truncated-{tenth}0-percent.pdf", sheet[: len(sheet) * tenth // 10], CUT)


def _tables() -> Iterator[Bad]:
    """Wrong tables of places, page lists and catalogues around one good page."""
    good = Pdf(page(TEXT)).bytes()
    yield Bad("xref-wrong.pdf", good.replace(b"0000000015", b"0000009915"), NO_SHEET)
    yield Bad("xref-missing.pdf", good[: good.rindex(b"xref\n")], CUT)
    beyond = good[: good.rindex(b"startxref")] + b"startxref\n999999999\n%%EOF"
    yield Bad("startxref-beyond.pdf", beyond, NO_SHEET)
    yield Bad("xref-previous-is-itself.pdf", Pdf(page(TEXT), loops=True).bytes(), NO_SHEET)
    yield Bad("size-huge.pdf", Pdf(page(TEXT), size=2**31 - 1).bytes(), NO_SHEET)
    yield Bad("no-catalog.pdf", good.replace(b"/Catalog", b"/Cabbage"), NO_SHEET)
    yield Bad("no-pages.pdf", good.replace(b"/Kids [3 0 R]", b"/Kids []"), DAMAGED)
    yield Bad("count-huge.pdf", good.replace(b"/Count 1", b"/Count 999999999"), DAMAGED)
    yield Bad("count-negative.pdf", good.replace(b"/Count 1", b"/Count -1"), DAMAGED)


def _contents() -> Iterator[Bad]:
    """Streams and drawing instructions that are not what they say."""
    good = Pdf(page(TEXT)).bytes()
    yield Bad("length-negative.pdf", good.replace(b"/Length 36", b"/Length -9"), NO_SHEET)
    yield Bad("length-too-long.pdf", good.replace(b"/Length 36", b"/Length 99"), NO_SHEET)
    yield Bad("no-endstream.pdf", good.replace(b"endstream", b""), NO_SHEET)
    for name, content in {
        "string-unterminated": b"BT /F1 9 Tf (never ends Tj ET",
        "operators-nonsense": b"fly me to the moon ] >> Q Q Q Tj re m l S",
        "inline-image-broken": b"BI /W 9999 /H 9999 ID \x00\x01 never",
        "numbers-not-numbers": b"nan inf 1e999 --5 +-3 re S 1..2 .. m l S",
        "numbers-huge": b"9" * 5_000 + b" 0 m 9 9 l S " + TEXT,
        "nul-in-text": b"BT /F1 9 Tf 72 700 Td (a\\000b\\377) Tj ET",
        "control-characters-in-text": b"BT /F1 9 Tf 72 700 Td (\\033[2J\\007\\233) Tj ET",
    }.items():
        yield Bad(f"{name}.pdf", Pdf(page(content)).bytes(), NO_SHEET)
    picture = stream(
        b"\0",
        "/Type /XObject /Subtype /Image /Width 100000 /Height 100000"
        " /BitsPerComponent 8 /ColorSpace /DeviceRGB",
    )
    yield Bad("image-huge.pdf", Pdf(page(b"/X Do", resources=DRAWS_5), picture).bytes(), NO_TEXT)
    columns = "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 >>"
    predicted = stream(b"x\x9c\x03\x00\x00\x00\x00\x01", columns)
    content = Pdf(page(TEXT, contents="5 0 R"), predicted).bytes()
    yield Bad("predictor-huge.pdf", content, NO_SHEET)


def _loops() -> Iterator[Bad]:
    good = Pdf(page(TEXT)).bytes()
    yield Bad("contents-is-itself.pdf", Pdf(page(TEXT, contents="3 0 R")).bytes(), DAMAGED)
    yield Bad("length-is-itself.pdf", good.replace(b"/Length 36", b"/Length 4 0 R"), DAMAGED)
    yield Bad("kids-are-parents.pdf", Pdf(page(TEXT), kids="2 0 R 2 0 R").bytes(), DAMAGED)
    yield Bad("page-is-its-own-parent.pdf", Pdf(page(TEXT, parent="3 0 R")).bytes(), NO_SHEET)
    yield Bad("box-is-itself.pdf", Pdf(page(TEXT, box="3 0 R")).bytes(), DAMAGED)
    yield Bad("resources-are-themselves.pdf", Pdf(page(TEXT, resources="3 0 R")).bytes(), DAMAGED)
    itself = stream(b"/X Do /X Do", f"{FORM} /Resources {DRAWS_5}")
    drawn = Pdf(page(b"/X Do", resources=DRAWS_5), itself).bytes()
    yield Bad("form-draws-itself.pdf", drawn, NO_SHEET)
    type3 = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97"
        " /LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >>"
        f" /Resources {WITH_FONT_5} >>"
    ).encode()
    letters = page(b"BT /F1 9 Tf (aaaa) Tj ET", resources=WITH_FONT_5)
    glyph = stream(b"BT /F1 9 Tf (aa) Tj ET")
    yield Bad("glyph-draws-itself.pdf", Pdf(letters, type3, glyph).bytes(), NO_SHEET)


def _locked() -> Iterator[Bad]:
    password = "failed: is encrypted and needs a password"  # noqa: S105 - a reason, no secret
    yield Bad("password-128.pdf", _drawn(StandardEncryption("secret", strength=128)), password)
    yield Bad("password-40.pdf", _drawn(StandardEncryption("secret", strength=40)), password)
    without = StandardEncryption("", "owner", strength=128)
    yield Bad("password-empty.pdf", _drawn(without), NO_FORM)
    closed = StandardEncryption("", "owner", canCopy=0, strength=128)
    reason = "failed: forbids the extraction of its text"
    yield Bad("extraction-forbidden.pdf", _drawn(closed), reason)
    unknown = b"/Root 1 0 R /Encrypt << /Filter /Mine /V 99 >>"
    content = Pdf(page(TEXT)).bytes().replace(b"/Root 1 0 R", unknown)
    yield Bad("encryption-unknown.pdf", content, "failed: is encrypted in a way")


def _fonts() -> Iterator[Bad]:
    yield Bad("font-missing.pdf", Pdf(page(TEXT, resources="<< >>")).bytes(), DAMAGED)
    broken = (
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Broken /FontDescriptor"
        b" << /Type /FontDescriptor /FontName /Broken /FontFile2 6 0 R >> >>"
    )
    noise = stream(struct.pack(">200I", *range(200)))
    words = page(TEXT, resources=WITH_FONT_5)
    yield Bad("font-broken.pdf", Pdf(words, broken, noise).bytes(), NO_SHEET)
    unmapped = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /None /Encoding /Identity-H /DescendantFonts ["
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /None /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    codes = page(b"BT /F1 9 Tf 72 700 Td <00410042> Tj ET", resources=WITH_FONT_5)
    yield Bad("font-without-unicode.pdf", Pdf(codes, unmapped).bytes(), NO_SHEET)
    helvetica = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    map_to_harm = b"1 begincmap 1 beginbfchar <77> <0000D800202E001B> endbfchar endcmap"
    harm = Pdf(words, helvetica, stream(map_to_harm)).bytes()
    yield Bad("font-map-to-half-characters.pdf", harm, NO_SHEET)


def _turned(sheet: bytes) -> Iterator[Bad]:
    """Pages turned, and pages without size. A sheet on its side is the sheet, or is put aside."""
    yield Bad("sheet-turned-by-90.pdf", _turned_by_rule(sheet, 90), "(read|failed|unrec.*): ")
    yield Bad("sheet-turned-by-180.pdf", _turned_by_rule(sheet, 180), "(read|failed|unrec.*): ")
    yield Bad("sheet-turned-by-37.pdf", _turned_by_37(sheet), NO_SHEET)
    yield Bad("rotation-of-45.pdf", Pdf(page(TEXT, more="/Rotate 45")).bytes(), NO_SHEET)
    slanted = Pdf(page(b".8 .6 -.6 .8 300 9 cm " + TEXT)).bytes()
    yield Bad("text-turned-by-37.pdf", slanted, NO_SHEET)
    yield Bad("box-of-no-size.pdf", Pdf(page(TEXT, box="[0 0 0 0]")).bytes(), "failed: has no area")
    yield Bad("box-of-no-width.pdf", Pdf(page(TEXT, box="[9 0 9 842]")).bytes(), "failed: has no")
    upside_down = Pdf(page(TEXT, box="[595 842 0 0]")).bytes()
    yield Bad("box-upside-down.pdf", upside_down, NO_SHEET)
    yield Bad("box-of-words.pdf", Pdf(page(TEXT, box="[/a /b (c) null]")).bytes(), DAMAGED)
    flat = Pdf(page(b"0 0 0 0 0 0 cm " + TEXT)).bytes()
    yield Bad("matrix-of-zeros.pdf", flat, NO_SHEET)
    huge = Pdf(page(b"1e30 0 0 1e30 0 0 cm 0 0 9 9 re S " + TEXT)).bytes()
    yield Bad("matrix-huge.pdf", huge, NO_SHEET)
    kilometre = Pdf(page(TEXT, box="[0 0 2834646 842]")).bytes()
    yield Bad("page-a-kilometre-wide.pdf", kilometre, "failed: has a page 2,834,646 points long")


def _active() -> Iterator[Bad]:
    for name, action in {
        "script": "/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\)) >>",
        "launch": "/OpenAction << /S /Launch /F (/bin/sh) >>",
        "address": "/OpenAction << /S /URI /URI (http://127.0.0.1:9/) >>",
    }.items():
        yield Bad(f"action-{name}.pdf", Pdf(page(TEXT), catalog=action).bytes(), NO_FORM)
    outside = stream(b"", "/F << /FS /URL /F (http://127.0.0.1:9/contents) >>")
    local = stream(b"", "/F (/etc/passwd)")
    for name, part in {"elsewhere": outside, "of-this-machine": local}.items():
        content = Pdf(page(TEXT, contents="5 0 R"), part).bytes()
        yield Bad(f"contents-{name}.pdf", content, NO_TEXT)
    extra = b"<< /Names [(a.pdf) << /Type /Filespec /F (a.pdf) /EF << /F 6 0 R >> >>] >>"
    attached = "/Names << /EmbeddedFiles 5 0 R >>"
    inside = Pdf(page(TEXT), extra, stream(b"%PDF-1.7"), catalog=attached).bytes()
    yield Bad("file-inside.pdf", inside, NO_FORM)


def _turned_by_rule(sheet: bytes, degrees: int) -> bytes:
    """The sheet with a rotation entry on each page, as a scanner's program sets it."""
    with pypdfium2.PdfDocument(sheet) as document:
        for leaf in document:
            leaf.set_rotation((leaf.get_rotation() + degrees) % 360)
        return _saved(document)


def _turned_by_37(sheet: bytes) -> bytes:
    """The sheet with its contents turned, as if it lay askew."""
    raw = pypdfium2.raw
    turned = raw.FS_MATRIX(0.8, 0.6, -0.6, 0.8, 200, -100)
    clip = raw.FS_RECTF(-2000, 2000, 2000, -2000)
    with pypdfium2.PdfDocument(sheet) as document:
        for leaf in document:
            assert raw.FPDFPage_TransFormWithClip(leaf.raw, turned, clip)
        return _saved(document)


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _drawn(encryption: StandardEncryption | None) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=encryption, invariant=1)
    canvas.drawString(72, 700, "words")
    canvas.rect(60, 600, 300, 150)
    canvas.line(60, 680, 360, 680)
    canvas.save()
    return buffer.getvalue()
