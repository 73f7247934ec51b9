"""Small files that ask for more than there is: pages, rulings, characters, bytes, depth.

In: nothing. Out: :class:`~.parts.Bad` files.
"""

from __future__ import annotations

import zlib
from itertools import chain
from typing import TYPE_CHECKING

from .damaged import DAMAGED, DRAWS_5, FORM, TEXT, WITH_FONT_5
from .parts import NO_SHEET, Bad, Pdf, page, stream

if TYPE_CHECKING:
    from collections.abc import Iterator

UNPACKS = "failed: holds data that unpack to more than"
GIBIBYTE = 2**30


def files() -> Iterator[Bad]:
    """Every file that has no end."""
    return chain(_pages(), _drawings(), _bombs(), _depths())


def _pages() -> Iterator[Bad]:
    repeated = Pdf(page(b""), kids="3 0 R " * 100_000, count=100_000).bytes()
    yield Bad("pages-100000-times-one.pdf", repeated, DAMAGED)
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    kids = " ".join(f"{5 + number} 0 R" for number in range(100_000))
    leaves = Pdf(page(TEXT), *[leaf] * 100_000, kids=kids, count=100_000).bytes()
    yield Bad("pages-100000.pdf", leaves, "failed: has more than [0-9,]+ pages")


def _drawings() -> Iterator[Bad]:
    rulings = b"".join(b"%d 0 m %d 842 l S\n" % (i % 595, i % 595) for i in range(1_000_000))
    content = Pdf(page(rulings, compressed=True)).bytes()
    yield Bad("rulings-a-million.pdf", content, "failed: draws more than 400,000 lines on page 1")
    lattice = b"".join(b"0 %d m 595 %d l S %d 0 m %d 842 l S\n" % (i, i, i, i) for i in range(842))
    yield Bad("lattice-of-points.pdf", Pdf(page(lattice + TEXT)).bytes(), NO_SHEET)
    words = b"BT /F1 1 Tf 1 TL " + b"(abcdefghij) Tj T*\n" * 100_000 + b"ET"
    content = Pdf(page(words, compressed=True)).bytes()
    reason = "failed: prints more than 200,000 characters on page 1"
    yield Bad("characters-a-million.pdf", content, reason)
    one_spot = b"BT /F1 9 Tf 72 700 Td " + b"(a) Tj -5 0 Td " * 190_000 + b"ET"
    content = Pdf(page(one_spot, compressed=True)).bytes()
    yield Bad("characters-on-one-spot.pdf", content, NO_SHEET)
    long_word = b"BT /F1 9 Tf 72 700 Td (" + b"9" * 190_000 + b") Tj ET"
    content = Pdf(page(long_word, compressed=True)).bytes()
    yield Bad("figure-of-190000-digits.pdf", content, NO_SHEET)


def _bombs() -> Iterator[Bad]:
    content = Pdf(page(b" " * GIBIBYTE, compressed=True)).bytes()
    yield Bad("bomb-of-1-gibibyte.pdf", content, UNPACKS)
    twice = stream(zlib.compress(zeros(10 * GIBIBYTE), 9), "/Filter [/FlateDecode /FlateDecode]")
    content = Pdf(page(TEXT, contents="5 0 R"), twice).bytes()
    yield Bad("bomb-of-10-gibibytes.pdf", content, UNPACKS)
    packed = stream(zeros(GIBIBYTE), "/Filter /FlateDecode")
    helvetica = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    content = Pdf(page(TEXT, resources=WITH_FONT_5), helvetica, packed).bytes()
    yield Bad("bomb-in-a-font.pdf", content, UNPACKS)
    ranges = b"1 begincmap " + b"1 beginbfrange <0000> <ffff> <0000> endbfrange " * 2_000
    content = Pdf(page(TEXT, resources=WITH_FONT_5), helvetica, stream(ranges)).bytes()
    yield Bad("bomb-in-a-font-map.pdf", content, NO_SHEET)
    written = stream(
        b"78DA" + zeros(GIBIBYTE)[2:].hex().encode() + b">",
        "/Filter [/ASCIIHexDecode /FlateDecode]",
    )
    content = Pdf(page(TEXT, contents="5 0 R"), written).bytes()
    yield Bad("bomb-in-digits.pdf", content, NO_SHEET)
    runs = stream(b"\x81 " * 500_000 + b"\x80", "/Filter [/RunLengthDecode /RunLengthDecode]")
    content = Pdf(page(TEXT, contents="5 0 R"), runs).bytes()
    yield Bad("bomb-of-runs.pdf", content, NO_SHEET)


def _depths() -> Iterator[Bad]:
    arrays = Pdf(page(TEXT), b"[" * 100_000 + b"]" * 100_000).bytes()
    yield Bad("nested-arrays.pdf", arrays, NO_SHEET)
    box = "[" * 50_000 + "]" * 50_000
    yield Bad("nested-box.pdf", Pdf(page(TEXT, box=box)).bytes(), "failed: is .{10}")
    states = Pdf(page(b"q " * 500_000 + TEXT)).bytes()
    yield Bad("nested-states.pdf", states, "failed: nests drawing states more than 1,000 deep")

    def forms(count: int, content: bytes) -> bytes:
        within = (
            f"{FORM} /Resources << /XObject << /X {6 + number} 0 R >> >>" for number in range(count)
        )
        return Pdf(
            page(b"/X Do", resources=DRAWS_5), *(stream(content, at) for at in within)
        ).bytes()

    deep = "failed: nests forms more than 16 deep"
    yield Bad("nested-forms.pdf", forms(2_000, b"/X Do"), deep)
    yield Bad("doubling-forms.pdf", forms(64, b"/X Do /X Do"), deep)
    yield Bad("doubling-forms-within-limits.pdf", forms(14, b"/X Do " * 4), NO_SHEET)
    tree = [
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent 2 0 R >>" % (6 + number)
        for number in range(20_000)
    ]
    yield Bad("nested-pages.pdf", Pdf(page(TEXT), *tree, kids="5 0 R").bytes(), "failed: is .{10}")


def zeros(size: int) -> bytes:
    """``size`` zeros, compressed, without ever holding them."""
    packer, block = zlib.compressobj(9), bytes(2**24)
    parts = [packer.compress(block) for _ in range(size // len(block))]
    return b"".join(parts) + packer.flush()
