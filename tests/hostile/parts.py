"""A PDF put together by hand, so that any part of it can be wrong; and what has to come of it.

In: objects as bytes. Out: the bytes of a file: 1 the catalog, 2 the page tree, 3 the page, 4 its
contents, 5 and on whatever was given.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

FONT = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


@dataclass(frozen=True, slots=True)
class Bad:
    """A file: its name, its bytes, and a pattern for its status and reason (``failed: ...``)."""

    name: str
    content: bytes
    outcome: str


# What is no sheet but can be read, and what may or may not be: never a sheet, never without reason.
NO_FORM = "unrecognized_form: the labels of no known form are on it"
NO_SHEET = "(failed|unrecognized_form): .{10}"
SHEET = "read: "


def stream(content: bytes, entries: str = "") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries.encode(), content)


@dataclass(frozen=True)
class page:  # noqa: N801 - reads as the part it makes
    """One page; its references are texts, so that they can point anywhere."""

    content: bytes
    contents: str = "4 0 R"
    parent: str = "2 0 R"
    box: str = "[0 0 595 842]"
    resources: str = FONT
    more: str = ""
    compressed: bool = False

    def objects(self) -> list[bytes]:
        """Objects 3 and 4."""
        described = (
            f"<< /Type /Page /Parent {self.parent} /MediaBox {self.box} "
            f"/Resources {self.resources} /Contents {self.contents} {self.more} >>"
        )
        if self.compressed:
            content = stream(zlib.compress(self.content, 9), "/Filter /FlateDecode")
        else:
            content = stream(self.content)
        return [described.encode(), content]


class Pdf:
    """The file around a page."""

    def __init__(  # noqa: PLR0913 - each is one thing that can be wrong
        self,
        first: page,
        *more: bytes,
        kids: str = "3 0 R",
        count: int = 1,
        catalog: str = "",
        size: int | None = None,
        loops: bool = False,
    ) -> None:
        self.objects = [
            f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
            f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
            *first.objects(),
            *more,
        ]
        self.size = size or len(self.objects) + 1
        self.loops = loops

    def bytes(self) -> bytes:
        """The file."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\n")
        places = []
        for number, content in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(self.objects) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        previous = b" /Prev %d" % table if self.loops else b""
        out += b"trailer\n<< /Size %d /Root 1 0 R%s >>\n" % (self.size, previous)
        out += b"startxref\n%d\n%%%%EOF\n" % table
        return bytes(out)
