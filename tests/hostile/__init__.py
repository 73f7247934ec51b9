"""Files that mean harm, or might as well: each shows in a few lines what is wrong with it.

In: the bytes of a good sheet. Out: :class:`Bad` files, each with what has to come of it. Every
file is made here, none is kept. ``quick`` ones cost their reader less than a second; ``heavy``
ones are made to cost it dear.
"""

from __future__ import annotations

import os
from itertools import chain
from typing import TYPE_CHECKING

from . import damaged, endless, named, worded
from .parts import NO_FORM, SHEET, Bad, Pdf, page

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Bad", "heavy", "put", "put_unopened", "quick"]


def quick(sheet: bytes) -> list[Bad]:
    """Every hostile file that is refused or read at once; names stand on a page of one word."""
    word = Pdf(page(damaged.TEXT)).bytes()
    return list(chain(damaged.files(sheet), named.files(word, NO_FORM), worded.files()))


def heavy(sheet: bytes) -> list[Bad]:
    """Every hostile file that asks for more than there is; names stand on the sheet itself."""
    return list(chain(endless.files(), named.files(sheet, SHEET)))


def put(files: list[Bad], folder: Path) -> None:
    """Write the files into ``folder``."""
    for bad in files:
        (folder / bad.name).write_bytes(bad.content)


def put_unopened(folder: Path, outside: Path) -> dict[str, str]:
    """Put names in ``folder`` behind which no content is; what has to come of each, by name."""
    (folder / "directory.pdf").mkdir()
    os.mkfifo(folder / "pipe.pdf")
    (folder / "leads-out.pdf").symlink_to(outside)
    (folder / "leads-nowhere.pdf").symlink_to("nowhere")
    (folder / "leads-round.pdf").symlink_to("leads-round.pdf")
    return {
        "directory.pdf": "failed: is a folder",
        "pipe.pdf": "failed: is a pipe or a device, not a file",
        "leads-out.pdf": "failed: is a link that leads out of the folder of documents",
        "leads-nowhere.pdf": "failed: is a link that leads nowhere",
        "leads-round.pdf": "failed: is a link that leads nowhere",
    }
