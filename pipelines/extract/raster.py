"""The slower engine: rulings seen in a picture of the page.

In: the PDF's bytes, a page number and its frame. Out: pieces of ruling. It sees what no vector
says: rules inside images, shadings and patterns. Ten times slower; the page is drawn in memory by
pdfium, never into a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pypdfium2

from pipelines.extract.camelot_parsers import picture_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipelines.extract.frame import Frame
    from pipelines.extract.ink import Piece

# camelot draws pages with 300 dots an inch; a larger page with fewer, to stay within memory.
_DOTS_A_POINT = 300 / 72
_MOST_DOTS = 30e6


def seen_pieces(data: bytes, page_number: int, frame: Frame) -> tuple[list[Piece], list[Piece]]:
    """Horizontal and vertical pieces of ruling seen in the picture of the page."""
    return picture_lines(_drawn(data, page_number, frame), frame.width, frame.height)


def _drawn(data: bytes, page_number: int, frame: Frame) -> NDArray[np.uint8]:
    """The page as it is read, blue-green-red."""
    scale = min(_DOTS_A_POINT, (_MOST_DOTS / (frame.width * frame.height)) ** 0.5)
    with pypdfium2.PdfDocument(data) as document:
        page = document[page_number - 1]
        turn = (frame.rotation - page.get_rotation()) % 360
        bitmap = page.render(scale=scale, rotation=turn)
        dots: NDArray[np.uint8] = bitmap.to_numpy()
        picture = np.repeat(dots, 3, axis=2) if dots.shape[2] == 1 else dots[:, :, :3]
        picture = np.array(picture, order="C")
        bitmap.close()
    return picture
