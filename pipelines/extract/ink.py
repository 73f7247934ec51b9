"""The words for what a page prints: glyphs, straight pieces of ruling, filled boxes, images.

In: nothing. Out: :class:`Glyph`, :class:`Box`, :class:`Ink`. Lengths are points in the page as it
is read: origin top left, y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

_ASCENT, _DESCENT = 0.88, 0.12
# How far within a clip, in points, what it cuts off counts as standing: a spreadsheet clips a cell
# at the middle of its rulings, or a hair beyond.
_WITHIN = 1.5


# As PDF has it: a, b, c, d, e, f.
Matrix = tuple[float, float, float, float, float, float]


class Box(NamedTuple):
    """An upright rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float, reach: float = 0.0) -> bool:
        """Whether a point lies in it, or no further out than ``reach``."""
        return self.x0 - reach <= x <= self.x1 + reach and self.y0 - reach <= y <= self.y1 + reach

    def encloses(self, other: Box, reach: float = 0.0) -> bool:
        """Whether another box lies in it, or stands out no further than ``reach``."""
        return self.holds(other.x0, other.y0, reach) and self.holds(other.x1, other.y1, reach)

    def cut(self, other: Box) -> Box:
        """What both share; turned inside out where they share nothing."""
        return Box(
            max(self.x0, other.x0),
            max(self.y0, other.y0),
            min(self.x1, other.x1),
            min(self.y1, other.y1),
        )


class Fill(NamedTuple):
    """A filled box, and what it is filled with (anything that can be compared)."""

    box: Box
    colour: object


class Piece(NamedTuple):
    """A straight piece of ruling: its y and extent in x if horizontal, its x and y if not."""

    at: float
    start: float
    end: float


def printed(text: str) -> int:
    """How many characters of a text leave a mark: all but white space."""
    return len(text) if text.isalnum() else len("".join(text.split()))


class Clip(NamedTuple):
    """What is drawn through: the box around it, and whether it is that box."""

    box: Box
    is_box: bool

    def within(self, outer: Clip | None) -> Clip:
        """It, set into another."""
        if outer is None:
            return self
        return Clip(self.box.cut(outer.box), self.is_box and outer.is_box)


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
    centre: tuple[float, float]
    """The middle of its box."""
    run: int
    """Number of the show operation that printed it."""
    is_vertical: bool
    is_upright: bool
    """Whether it stands upright on a line that runs from left to right, as nearly all do."""
    is_mapped: bool
    is_space: bool
    characters: int
    """Printed characters it counts for: those of its text; one if that is unknown."""
    is_white: bool = False
    clip: Box | None = None
    """What it is printed through; the parts of it outside are not seen."""

    @property
    def place(self) -> tuple[float, float]:
        """Where it stands: its centre, or a point just within what it is printed through.

        A spreadsheet prints a cell's text through the cell: what overflows is cut off from sight
        and is still that cell's text, not its neighbour's.
        """
        if self.clip is None:
            return self.centre
        x, y = self.centre
        return _brought(x, self.clip.x0, self.clip.x1), _brought(y, self.clip.y0, self.clip.y1)

    @property
    def box(self) -> Box:
        """The box around it, from descent to ascent."""
        if self.is_upright and self.width >= 0:
            # Asked for more often than anything else of a page.
            return Box(
                self.x,
                self.y - _ASCENT * self.em * self.ux,
                self.x + self.width * self.ux,
                self.y + _DESCENT * self.em * self.ux,
            )
        if self.is_vertical:
            s0, s1, t0, t1 = -self.em / 2, self.em / 2, 0.0, self.width
        else:
            s0, s1, t0, t1 = 0.0, self.width, -_ASCENT * self.em, _DESCENT * self.em
        xs = [self.x + s * self.ux - t * self.uy for s in (s0, s1) for t in (t0, t1)]
        ys = [self.y + s * self.uy + t * self.ux for s in (s0, s1) for t in (t0, t1)]
        return Box(min(xs), min(ys), max(xs), max(ys))


def _brought(at: float, low: float, high: float) -> float:
    """A place between ``low`` and ``high`` as it is; one beyond them, just within."""
    if low <= at <= high:
        return at
    inset = min(_WITHIN, max(0.0, high - low) / 2)
    return low + inset if at < low else max(low, high - inset)


@dataclass(slots=True)
class Ink:
    """Everything one page prints."""

    glyphs: list[Glyph] = field(default_factory=list)
    horizontals: list[Piece] = field(default_factory=list)
    verticals: list[Piece] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    """Filled boxes too thick to be a ruling: cell backgrounds."""
    grounds: list[Box] = field(default_factory=list)
    """Boxes around other coloured areas."""
    images: list[Box] = field(default_factory=list)
    covers: list[tuple[int, Box]] = field(default_factory=list)
    """Opaque boxes painted over text: how many glyphs were there before, and the box."""
    cut_short: set[Box] = field(default_factory=set)
    """What texts are printed through of which some lines are seen and some are not."""
    has_shading: bool = False
    """Whether something is painted whose extent is not known."""
    unprinted_characters: int = 0
    """Of the text layer, but leaving no mark: invisible, sizeless, covered, off the page."""

    def cut_to(self, paper: Box) -> None:
        """Leave out what is drawn off the page: browsers draw a table on past the page's end."""
        self.horizontals = _cut(self.horizontals, (paper.y0, paper.y1), (paper.x0, paper.x1))
        self.verticals = _cut(self.verticals, (paper.x0, paper.x1), (paper.y0, paper.y1))
        cut = (fill._replace(box=fill.box.cut(paper)) for fill in self.fills)
        self.fills = [
            fill for fill in cut if fill.box.x0 < fill.box.x1 and fill.box.y0 < fill.box.y1
        ]


def _cut(
    pieces: list[Piece], across: tuple[float, float], along: tuple[float, float]
) -> list[Piece]:
    cut = (
        Piece(at, max(start, along[0]), min(end, along[1]))
        for at, start, end in pieces
        if across[0] <= at <= across[1]
    )
    return [piece for piece in cut if piece.start < piece.end]
