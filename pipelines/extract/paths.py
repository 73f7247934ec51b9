"""From the paths a page draws to pieces of ruling and filled boxes.

In: playa path objects, in painting order. Out: pieces and boxes added to an
:class:`~pipelines.extract.ink.Ink`. A thin filled box is a ruling. White marks nothing on white
paper, but it rules on a coloured ground: white lines and boxes count only upon another fill.
Refuses nothing; curves and slanted lines rule nothing and are left out, and so are letters drawn
as outlines (bold print, once converted).
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from playa.utils import get_bound, transform_bbox

from pipelines.extract.ink import Box, Fill, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playa.content import GraphicState, ImageObject, PathObject

    from pipelines.extract.ink import Clip, Ink, Matrix

# A filled box up to this thick is a ruling; Excel's thickest border prints 2.25 points.
RULING_THICKNESS = 3.0
# A stroke wider than this paints an area.
_WIDEST_STROKE = 8.0
# More boxes than this on a page are no cell backgrounds.
_MOST_FILLS = 3_000
# How far a ruling may lean over its length, in points, and still be straight.
_LEAN = 0.6
# How far a matrix may lean, as a share of what it stretches.
_SKEW = 1e-3
# Straight parts of letters are no longer: the largest print of a title, in points.
_LARGEST_LETTER = 24.0

# Two boxes, each begun, drawn and closed.
_MOST_SEGMENTS_OF_A_FRAME = 10

Point = tuple[float, float]


class Paths:
    """Collects the paths of one page into its ink."""

    def __init__(self, ink: Ink) -> None:
        """Add to ``ink``."""
        self._ink = ink

    def add(self, item: PathObject, clip: Clip | None, *, is_veiled: bool) -> None:
        """What one path object draws, through ``clip``."""
        state = item.gstate
        strokes = item.stroke and state.salpha > 0
        fills = item.fill and state.nalpha > 0
        if not strokes and not fills:
            return
        white_stroke = strokes and is_white(state.scolor, state.scs)
        white_fill = fills and is_white(state.ncolor, state.ncs)
        a, b, c, d, e, f = item.ctm
        if fills and not strokes and (sides := _sides_of_frame(item)):
            self._frame(sides, clip, white=white_fill)
            return
        subpaths = list(_subpaths(item))
        scale = max(abs(a) + abs(c), abs(b) + abs(d))
        are_letters = strokes and _are_letters(subpaths, scale)
        for straight, outline in subpaths:
            parts = [[(a * x + c * y + e, b * x + d * y + f) for x, y in part] for part in straight]
            if strokes and not are_letters:
                for part in parts:
                    self._stroke(part, state.linewidth * scale, state.scolor, white=white_stroke)
            if fills:
                corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in outline]
                box = self._fill(corners, state.ncolor, white=white_fill, curved=len(parts) != 1)
                if box is not None and not is_veiled and _hides(state):
                    self._cover(box, clip)

    def image(self, item: ImageObject, clip: Clip | None, *, is_veiled: bool) -> None:
        """An image; stretched thin, it is a ruling."""
        box = Box(*transform_bbox(item.ctm, (0, 0, 1, 1)))
        if min(box.x1 - box.x0, box.y1 - box.y0) <= RULING_THICKNESS:
            self._thin(box)
            return
        self._ink.images.append(box)
        masks = (item.imagemask, *map(item.get, ("SMask", "Mask", "SMaskInData")))
        if is_upright_matrix(item.ctm) and is_opaque(item.gstate) and not any((*masks, is_veiled)):
            self._cover(box, clip)

    def _frame(self, sides: list[Box], clip: Clip | None, *, white: bool) -> None:
        """The sides of a filled frame that are seen: browsers draw one at a time, clipped."""
        for side in sides:
            seen = side if clip is None else side.cut(clip.box)
            length = max(seen.x1 - seen.x0, seen.y1 - seen.y0)
            is_seen = seen.x0 < seen.x1 and seen.y0 < seen.y1 and length > RULING_THICKNESS
            if is_seen and (not white or self._on_colour(seen)):
                self._thin(seen)

    def _stroke(self, points: list[Point], width: float, colour: object, *, white: bool) -> None:
        x0, y0 = points[0]
        for x1, y1 in points[1:]:
            box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            if width > _WIDEST_STROKE and (x0 == x1 or y0 == y1):
                half = width / 2
                across, down = (half, 0.0) if x0 == x1 else (0.0, half)
                self._area(
                    Box(box.x0 - across, box.y0 - down, box.x1 + across, box.y1 + down),
                    colour,
                    white=white,
                )
            elif white and not self._on_colour(box):
                pass
            elif box.y1 - box.y0 <= _LEAN < box.x1 - box.x0:
                self._ink.horizontals.append(Piece((y0 + y1) / 2, box.x0, box.x1))
            elif box.x1 - box.x0 <= _LEAN < box.y1 - box.y0:
                self._ink.verticals.append(Piece((x0 + x1) / 2, box.y0, box.y1))
            x0, y0 = x1, y1

    def _cover(self, box: Box, clip: Clip | None) -> None:
        """Note an opaque box that was painted after text, where it is known how far it shows."""
        if not self._ink.glyphs or (clip is not None and not clip.is_box):
            return
        seen = box if clip is None else box.cut(clip.box)
        if seen.x1 > seen.x0 and seen.y1 > seen.y0:
            self._ink.covers.append((len(self._ink.glyphs), seen))

    def _fill(
        self, points: list[Point], colour: object, *, white: bool, curved: bool
    ) -> Box | None:
        """Take in one filled outline; its box, if it is an upright area."""
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        if min(box.x1 - box.x0, box.y1 - box.y0) <= RULING_THICKNESS:
            if not white or self._on_colour(box):
                self._thin(box)
        elif not curved and is_upright(points):
            self._area(box, colour, white=white)
            return box
        elif not white:
            self._ink.grounds.append(box)
        return None

    def _thin(self, box: Box) -> None:
        """A ruling along its longer side; a dot may be part of either."""
        width, height = box.x1 - box.x0, box.y1 - box.y0
        is_dot = max(width, height) <= RULING_THICKNESS
        if is_dot or width > height:
            self._ink.horizontals.append(Piece((box.y0 + box.y1) / 2, box.x0, box.x1))
        if is_dot or height > width:
            self._ink.verticals.append(Piece((box.x0 + box.x1) / 2, box.y0, box.y1))

    def _area(self, box: Box, colour: object, *, white: bool) -> None:
        if len(self._ink.fills) >= _MOST_FILLS:
            # A picture made of boxes, not cells: what stands upon it cannot be told.
            self._ink.has_shading = True
        elif not white or self._on_colour(box):
            self._ink.fills.append(Fill(box, colour))

    def _on_colour(self, box: Box) -> bool:
        return any(fill.box.encloses(box, 1.0) for fill in self._ink.fills)


def _subpaths(item: PathObject) -> Iterator[tuple[list[list[Point]], list[Point]]]:
    """Each subpath in user space: its straight parts (curves left out), and all its points."""
    straight: list[list[Point]] = []
    outline: list[Point] = []
    for operator, arguments in item.raw_segments:
        if operator == "m":
            if len(outline) > 1:
                yield straight, outline
            outline = [arguments[0]]
            straight = [[arguments[0]]]
        elif not outline:
            continue
        elif operator == "h":
            # A rectangle (re) is closed already, and may be closed once more.
            if outline[-1] != outline[0]:
                straight[-1].append(outline[0])
                outline.append(outline[0])
        else:
            outline.extend(arguments)
            if operator == "l":
                straight[-1].append(arguments[-1])
            else:
                # A rounded corner: the straight parts before and after it still rule.
                straight.append([arguments[-1]])
    if len(outline) > 1:
        yield straight, outline


def _are_letters(subpaths: Sequence[tuple[list[list[Point]], list[Point]]], scale: float) -> bool:
    """Whether one stroke goes around letters: bent or slanted outlines among them, none long.

    Rounded corners and slashes belong to boxes, which are longer.
    """
    is_bent = False
    for straight, outline in subpaths:
        x0, y0, x1, y1 = get_bound(outline)
        if max(x1 - x0, y1 - y0) * scale > _LARGEST_LETTER:
            return False
        is_bent |= len(straight) > 1 or any(
            min(abs(x0 - x1), abs(y0 - y1)) * scale > _LEAN
            for (x0, y0), (x1, y1) in itertools.pairwise(outline)
        )
    return is_bent


def _sides_of_frame(item: PathObject) -> list[Box]:
    """The four sides of a frame as thin as a ruling: a box without the box in it; else none."""
    if not item.evenodd or len(item.raw_segments) > _MOST_SEGMENTS_OF_A_FRAME:
        return []
    outlines = [outline for _, outline in _subpaths(item)]
    if len(outlines) != 2 or not all(map(is_upright, outlines)):  # noqa: PLR2004
        return []
    boxes = [Box(*transform_bbox(item.ctm, get_bound(outline))) for outline in outlines]
    inner, outer = sorted(boxes, key=lambda box: box.x1 - box.x0)
    sides = [
        Box(outer.x0, outer.y0, outer.x1, inner.y0),
        Box(outer.x0, inner.y1, outer.x1, outer.y1),
        Box(outer.x0, outer.y0, inner.x0, outer.y1),
        Box(inner.x1, outer.y0, outer.x1, outer.y1),
    ]
    thickness = [min(side.x1 - side.x0, side.y1 - side.y0) for side in sides]
    is_frame = outer.encloses(inner, _LEAN) and max(thickness) <= RULING_THICKNESS
    return sides if is_frame else []


def is_upright(points: list[Point]) -> bool:
    """Whether the outline is one upright rectangle."""
    corners = points[:-1] if points[0] == points[-1] else points
    if len(corners) != 4:  # noqa: PLR2004
        return False
    previous = corners[-1]
    for point in corners:
        if abs(point[0] - previous[0]) > _LEAN and abs(point[1] - previous[1]) > _LEAN:
            return False
        previous = point
    return True


def is_upright_matrix(matrix: Matrix) -> bool:
    """Whether upright boxes stay upright."""
    a, b, c, d, _, _ = matrix
    return abs(b) + abs(c) <= _SKEW * (abs(a) + abs(d)) or abs(a) + abs(d) <= _SKEW * (
        abs(b) + abs(c)
    )


def _hides(state: GraphicState) -> bool:
    """Whether a fill in this state hides what lies under it."""
    return is_opaque(state) and state.ncolor.pattern is None


def is_opaque(state: GraphicState) -> bool:
    """Whether what is painted in this state hides what lies under it."""
    mode = state.blend_mode
    return (
        state.nalpha >= 1
        and state.smask is None
        and (mode is None or getattr(mode, "name", None) in {"Normal", "Compatible"})
    )


def is_white(color: Any, space: Any) -> bool:  # noqa: ANN401 - playa's colour tuples
    """Whether a plain colour leaves no mark on white paper. Patterns and colours by number do."""
    values = color.values
    if color.pattern is not None or not values:
        return False
    family = space.name
    if isinstance(space.spec, list) and space.spec:
        family = getattr(space.spec[0], "name", "")
    if family in {"Indexed", "Lab", "Pattern"}:
        return False
    if family in {"Separation", "DeviceN"} or len(values) == 4:  # noqa: PLR2004
        # Amounts of ink.
        return all(value <= 0.01 for value in values)  # noqa: PLR2004
    return all(value >= 0.99 for value in values)  # noqa: PLR2004
