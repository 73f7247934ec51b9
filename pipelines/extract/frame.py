"""The page as a person reads it: cut to what is shown, the right way up.

In: a playa page opened in ``space="screen"``. Out: its :class:`Frame`; ``set_up`` makes the page
draw into it. The frame is the CropBox after /Rotate; if most of the text still runs sideways or
upside down (a landscape table set into a portrait page), the page is turned once more.
Refuses (``DocumentError``) a page without an area, and one larger than the limits allow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from playa.utils import mult_matrix, transform_bbox

from pipelines.extract.ink import Box
from pipelines.extract.limits import DocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playa.page import Page

    from pipelines.extract.ink import Glyph
    from pipelines.extract.limits import Limits

# Share of a page's characters that must run another way for the page to be turned.
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class Frame:
    """Size in points, and the clockwise turn in degrees from the page's user space to it."""

    width: float
    height: float
    rotation: int

    @property
    def paper(self) -> Box:
        """The whole frame."""
        return Box(0.0, 0.0, self.width, self.height)


def set_up(page: Page, limits: Limits) -> Frame:
    """Make ``page`` draw from the top left corner of what is shown of it."""
    number = page.page_idx + 1
    shown = Box(*page.cropbox).cut(Box(*page.mediabox))
    if shown.x1 <= shown.x0 or shown.y1 <= shown.y0:
        shown = Box(*page.mediabox)
    box = Box(*transform_bbox(page.ctm, shown))
    width, height = box.x1 - box.x0, box.y1 - box.y0
    if not (math.isfinite(width + height) and min(width, height) >= 1):
        reason = f"has no area to print on, on page {number}"
        raise DocumentError(reason)
    if max(width, height) > limits.page_points:
        reason = (
            f"has a page {max(width, height):,.0f} points long (page {number}); the longest that "
            f"is read has {limits.page_points:,.0f}"
        )
        raise DocumentError(reason)
    page.ctm = mult_matrix(page.ctm, (1, 0, 0, 1, -box.x0, -box.y0))
    return Frame(width, height, page.rotate)


def turned(page: Page, frame: Frame, glyphs: Sequence[Glyph]) -> Frame | None:
    """The frame that sets most of ``glyphs`` upright, ``page`` turned to it; None if they are."""
    if all(map(attrgetter("is_upright"), glyphs)):
        return None
    counts = [0, 0, 0, 0]
    for glyph in glyphs:
        turns = 0.0 if glyph.is_upright else math.atan2(glyph.uy, glyph.ux) / (math.pi / 2)
        counts[round(turns) % 4] += glyph.characters
    quarter = max(range(4), key=lambda q: counts[q])
    if quarter == 0 or counts[quarter] < _MOST * sum(counts):
        return None
    width, height = frame.width, frame.height
    turn = {
        1: (0.0, -1.0, 1.0, 0.0, 0.0, width),
        2: (-1.0, 0.0, 0.0, -1.0, width, height),
        3: (0.0, 1.0, -1.0, 0.0, height, 0.0),
    }[quarter]
    page.ctm = mult_matrix(page.ctm, turn)
    if quarter % 2:
        width, height = height, width
    return Frame(width, height, (frame.rotation - 90 * quarter) % 360)
