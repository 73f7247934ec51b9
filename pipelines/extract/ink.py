"""What a page's content stream draws: glyphs, straight strokes, filled boxes, images.

In: a playa page opened in ``space="screen"`` (points, origin top left, /Rotate applied). Out: an
:class:`Ink`, the one reading of the page that everything else shares. Text that does not print
(invisible render mode, no size) is not among the glyphs but counted. Refuses (``DocumentError``)
more glyphs or path segments than the limits allow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playa.content import ImageObject, PathObject, TextObject, XObjectObject

from pipelines.extract.fonts import FontFacts
from pipelines.extract.limits import DocumentError, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playa.page import Page

# PDF text render modes that leave no mark: 3 neither fills nor strokes, 7 only clips.
_INVISIBLE_MODES = frozenset({3, 7})
# Centre of a printed character above its baseline, in ems: half-way between the digits' middle
# (0.35) and the ideographs' (0.38); font descriptors' own ascents are too often wrong.
_CENTRE = 0.37
_ASCENT, _DESCENT = 0.88, 0.12


@dataclass(slots=True)
class Glyph:
    """One printed glyph. ``(x, y)`` is its origin, ``(ux, uy)`` the direction of its baseline."""

    text: str
    x: float
    y: float
    ux: float
    uy: float
    em: float
    width: float
    """Length along the baseline that the font gives the glyph."""
    advance: float
    """The same with the letter spacing in force: where the next glyph is due."""
    run: int
    """Number of the show operation that printed it."""
    is_vertical: bool
    is_mapped: bool
    is_space: bool

    @property
    def centre(self) -> tuple[float, float]:
        """Where the glyph stands: the middle of its box."""
        if self.is_vertical:
            half = self.width / 2
            return self.x - self.uy * half, self.y + self.ux * half
        along, up = self.width / 2, self.em * _CENTRE
        return (
            self.x + self.ux * along + self.uy * up,
            self.y + self.uy * along - self.ux * up,
        )

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Its box: x0, y0 (top), x1, y1 (bottom)."""
        if self.is_vertical:
            s0, s1, t0, t1 = -self.em / 2, self.em / 2, 0.0, self.width
        else:
            s0, s1, t0, t1 = 0.0, self.width, -_ASCENT * self.em, _DESCENT * self.em
        xs = [self.x + s * self.ux - t * self.uy for s in (s0, s1) for t in (t0, t1)]
        ys = [self.y + s * self.uy + t * self.ux for s in (s0, s1) for t in (t0, t1)]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def characters(self) -> int:
        """Printed characters it counts for: those of its text; one if that is unknown."""
        if self.is_space:
            return 0
        return len(self.text) if self.is_mapped else 1


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle: x0, y0 (top), x1, y1 (bottom)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Ink:
    """Everything one page draws, in points from its top left corner."""

    glyphs: list[Glyph] = field(default_factory=list)
    horizontals: list[tuple[float, float, float]] = field(default_factory=list)
    """Straight pieces of ruling: y, x0, x1."""
    verticals: list[tuple[float, float, float]] = field(default_factory=list)
    """Straight pieces of ruling: x, y0, y1."""
    fills: list[Box] = field(default_factory=list)
    """Filled boxes too thick to be a ruling, white ones aside."""
    images: list[Box] = field(default_factory=list)
    unprinted_characters: int = 0


# A filled box up to this thick is a ruling; Excel's thickest border prints 2.25 points.
_RULING_THICKNESS = 3.0
# How far a ruling may lean, in points, and still be straight.
_LEAN = 0.6


class InkReader:
    """Reads pages of one document; fonts are looked at once for all of them."""

    def __init__(self, limits: Limits) -> None:
        """Start with no font seen."""
        self._limits = limits
        self._fonts: dict[int, FontFacts] = {}

    def read(self, page: Page) -> Ink:
        """The ink of one page; ``DocumentError`` where a limit is passed."""
        ink = Ink()
        walk = _Walk(ink, self._fonts, self._limits, page.page_idx + 1)
        walk.objects(page.interp(), frozenset())
        return ink


class _Walk:
    """One pass over a page's content, form XObjects included."""

    def __init__(
        self, ink: Ink, fonts: dict[int, FontFacts], limits: Limits, page_number: int
    ) -> None:
        self._ink = ink
        self._fonts = fonts
        self._limits = limits
        self._page_number = page_number
        self._runs = 0
        self._segments = 0

    def objects(self, objects: Iterable[Any], parents: frozenset[int]) -> None:
        for item in objects:
            if isinstance(item, TextObject):
                self._text(item)
            elif isinstance(item, PathObject):
                self._path(item)
            elif isinstance(item, XObjectObject):
                # A form that draws itself, directly or through another, is drawn once.
                number = item.stream.objid or 0
                if number not in parents and len(parents) < self._limits.form_depth:
                    self.objects(item.interp(), parents | {number})
            elif isinstance(item, ImageObject) and item.bbox is not None:
                self._ink.images.append(Box(*item.bbox))

    def _text(self, item: TextObject) -> None:
        state = item.gstate
        font = state.font
        if font is None:
            return
        facts = self._fonts.get(id(font))
        if facts is None:
            facts = self._fonts[id(font)] = FontFacts(font)
        self._runs += 1
        glyphs, run, vertical, scale = self._ink.glyphs, self._runs, facts.vertical, facts.scale
        spacing = state.charspace / state.fontsize if state.fontsize else 0.0
        invisible = state.render_mode in _INVISIBLE_MODES
        for glyph in item:
            text, cid = glyph.text, glyph.cid
            mapped = facts.is_mapped(cid, text)
            if not mapped:
                text = f"(cid:{cid})"
            space = text.isspace() or not text
            a, b, c, d, x, y = glyph.matrix
            em, stretch = math.hypot(c, d), math.hypot(a, b)
            if invisible or em == 0 or stretch == 0 or not math.isfinite(em + stretch + x + y):
                self._ink.unprinted_characters += 0 if space else len(text) if mapped else 1
                continue
            if vertical:
                width = abs(font.vdisp(cid)) * em
                advance = width - spacing * em
            else:
                width = font.hdisp(cid) * stretch
                advance = width + spacing * stretch
            glyphs.append(
                Glyph(
                    text,
                    x,
                    y,
                    a / stretch,
                    b / stretch,
                    em * scale,
                    width,
                    advance,
                    run,
                    vertical,
                    mapped,
                    space,
                )
            )
        if len(glyphs) > self._limits.glyphs_per_page:
            reason = (
                f"Page {self._page_number} prints more than {self._limits.glyphs_per_page:,} "
                "characters: no sheet does."
            )
            raise DocumentError(reason)

    def _path(self, item: PathObject) -> None:
        segments = item.raw_segments
        self._segments += len(segments)
        if self._segments > self._limits.path_segments_per_page:
            reason = (
                f"Page {self._page_number} draws more than "
                f"{self._limits.path_segments_per_page:,} lines: no sheet does."
            )
            raise DocumentError(reason)
        state = item.gstate
        stroke = item.stroke and state.salpha > 0 and not _is_white(state.scolor, state.scs)
        fill = item.fill and state.nalpha > 0 and not _is_white(state.ncolor, state.ncs)
        if not stroke and not fill:
            return
        a, b, c, d, e, f = item.ctm
        start: tuple[float, float] | None = None
        points: list[tuple[float, float]] = []
        curved = False
        for operator, arguments in segments:
            if operator == "h":
                if start is not None and points:
                    points.append(start)
                continue
            x, y = arguments[-1]
            point = (a * x + c * y + e, b * x + d * y + f)
            if operator == "m":
                self._subpath(points, stroke=stroke, fill=fill and not curved)
                points, start, curved = [point], point, False
            elif operator == "l":
                points.append(point)
            else:
                # A rounded corner: the straight parts beside it still rule.
                if stroke:
                    self._subpath(points, stroke=True, fill=False)
                points, curved = [point], True
        self._subpath(points, stroke=stroke, fill=fill and not curved)

    def _subpath(self, points: list[tuple[float, float]], *, stroke: bool, fill: bool) -> None:
        if len(points) < 2:  # noqa: PLR2004 - a line has two ends
            return
        ink = self._ink
        if stroke:
            x0, y0 = points[0]
            for x1, y1 in points[1:]:
                if abs(y1 - y0) <= _LEAN and abs(x1 - x0) > _LEAN:
                    ink.horizontals.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
                elif abs(x1 - x0) <= _LEAN and abs(y1 - y0) > _LEAN:
                    ink.verticals.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
                x0, y0 = x1, y1
        if fill:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
            width, height = x1 - x0, y1 - y0
            if min(width, height) <= _RULING_THICKNESS:
                if width >= height:
                    ink.horizontals.append(((y0 + y1) / 2, x0, x1))
                if height >= width:
                    ink.verticals.append(((x0 + x1) / 2, y0, y1))
            elif _is_upright(points):
                ink.fills.append(Box(x0, y0, x1, y1))


def _is_upright(points: list[tuple[float, float]]) -> bool:
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


def _is_white(color: Any, space: Any) -> bool:  # noqa: ANN401 - playa's colour tuples
    """Whether a plain colour leaves no mark on white paper. Patterns and named inks do."""
    values = color.values
    if color.pattern is not None or not values or space.name in {"Separation", "Indexed", "Lab"}:
        return False
    if len(values) == 4:  # noqa: PLR2004 - cyan, magenta, yellow, black
        return all(value <= 0.01 for value in values)  # noqa: PLR2004
    return all(value >= 0.99 for value in values)  # noqa: PLR2004
