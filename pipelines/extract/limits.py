"""What a document may ask of the reader, and the error that names what went wrong.

In: nothing. Out: :class:`Limits` (frozen, settable) and :class:`DocumentError`.
A real sheet has some ten pages, a few thousand glyphs and a few hundred rulings a page; every
default below leaves it ten times the room and more. Time and memory are not limited here: that
takes a process of its own.
"""

from __future__ import annotations

from dataclasses import dataclass


class DocumentError(Exception):
    """A document that is not read; ``reason`` is one sentence for the person who sent it."""

    def __init__(self, reason: str) -> None:
        """Keep the reason as the message, too."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes above which a document is refused. Lengths in points, file size in bytes."""

    file_bytes: int = 200_000_000
    pages: int = 2_000
    page_points: float = 14_400.0
    glyphs_per_page: int = 200_000
    path_segments_per_page: int = 400_000
    rulings_per_page: int = 4_000
    grid_cells_per_page: int = 200_000
    form_depth: int = 16
    state_depth: int = 1_000
    content_bytes: int = 32_000_000
    """Of one page's or form's drawing instructions, unpacked."""
    stream_bytes: int = 300_000_000
    """Of any part of the file, unpacked; a picture of a large page needs a third of it."""
