"""A printed line: its glyphs in reading order, where it stands, and its text.

In: glyphs along a line, in reading order. Out: :class:`Line`. Printed spaces stay; one space is put
where a gap is wider than the glyphs explain, and beside a figure the small digits of a footnote's
mark, so that two figures never become one. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from pipelines.extract.ink import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.extract.ink import Glyph

#: A gap that separates: between two narrow characters (digits, Latin) and otherwise, in ems. A
#: word space is 0.25 to 0.3 em wide; letter spacing and kerning stay below the first, the quarter
#: em set between Latin and Japanese below the second.
NARROW_GAP, _WIDE_GAP = 0.2, 0.5
# How much smaller the digits of a footnote's mark are than those of the figure before it.
_SMALL = 0.85


@dataclass(slots=True)
class PlacedGlyph:
    """A glyph seen along its line: start, due end, baseline (growing downwards)."""

    glyph: Glyph
    start: float
    end: float
    base: float


class PrintedLine(Protocol):
    """What is asked of a line, however it was read."""

    @property
    def glyphs(self) -> list[Glyph]:
        """The glyphs, in reading order."""

    @property
    def text(self) -> str:
        """The line as printed."""

    @property
    def is_upright(self) -> bool:
        """Whether all of its glyphs stand upright on a line across the page."""

    @property
    def extent(self) -> tuple[float, float]:
        """Where its print begins and ends across the page."""

    @property
    def overprinted_characters(self) -> int:
        """Characters printed again on their own spot."""


@dataclass
class Line:
    """Glyphs of one printed line, in reading order, spaces included."""

    placed: list[PlacedGlyph] = field(default_factory=list)
    overprinted_characters: int = 0

    @property
    def glyphs(self) -> list[Glyph]:
        """The glyphs, in reading order."""
        return [placed.glyph for placed in self.placed]

    @property
    def text(self) -> str:
        """The line as printed, blanks at its ends removed; never empty."""
        parts: list[str] = []
        previous: PlacedGlyph | None = None
        for placed in self.placed:
            # Most touch, in one size, and need not be asked.
            if (
                previous is not None
                and (previous.end != placed.start or previous.glyph.em != placed.glyph.em)
                and _separates(previous, placed)
            ):
                parts.append(" ")
            parts.append(placed.glyph.text)
            previous = placed
        return "".join(parts).strip()

    @cached_property
    def is_upright(self) -> bool:
        """Whether all of its glyphs stand upright on a line across the page."""
        return all(placed.glyph.is_upright for placed in self.placed)

    @cached_property
    def extent(self) -> tuple[float, float]:
        """Where its print begins and ends across the page, without the heights of its box."""
        edges: list[float] = []
        for placed in self.placed:
            glyph = placed.glyph
            if glyph.is_space:
                continue
            if glyph.is_upright:
                edges += glyph.x, glyph.x + glyph.width * glyph.ux
            else:
                edges += glyph.box[::2]
        return min(edges), max(edges)

    @property
    def box(self) -> Box:
        """The box around what it prints."""
        boxes = [p.glyph.box for p in self.placed if not p.glyph.is_space]
        return Box(
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )

    def split(self, gap_in_ems: float) -> list[Line]:
        """The runs of the line: cut where more than ``gap_in_ems`` is blank, spaces or not."""
        runs: list[list[PlacedGlyph]] = []
        last: PlacedGlyph | None = None
        blanks: list[PlacedGlyph] = []
        for placed in self.placed:
            if placed.glyph.is_space:
                blanks.append(placed)
                continue
            em = placed.glyph.em if last is None else min(last.glyph.em, placed.glyph.em)
            if last is None or placed.start - last.end > gap_in_ems * em:
                runs.append([])
            else:
                runs[-1].extend(blanks)
            blanks = []
            runs[-1].append(placed)
            last = placed
        lines = [Line(run) for run in runs]
        if lines:
            lines[0].overprinted_characters = self.overprinted_characters
        return lines


def join(lines: Iterable[PrintedLine]) -> str:
    """The text of the lines, one below the other."""
    return "\n".join(line.text for line in lines)


def _separates(a: PlacedGlyph, b: PlacedGlyph) -> bool:
    """Whether the blank between two neighbours parts them (a printed space already does).

    Digits of two sizes are of two figures, however close they stand.
    """
    if a.glyph.em != b.glyph.em and a.glyph.text.isdigit() and b.glyph.text.isdigit():
        small, large = sorted((a.glyph.em, b.glyph.em))
        if small <= _SMALL * large:
            return True
    gap = b.start - a.end
    if gap < 0:
        # Laid over each other from another run: never read as one word.
        return b.end <= a.start and not (a.glyph.is_space or b.glyph.is_space)
    em = min(a.glyph.em, b.glyph.em)
    if gap <= NARROW_GAP * em or a.glyph.is_space or b.glyph.is_space:
        return False
    return gap > _WIDE_GAP * em or (_is_narrow(a.glyph.text) and _is_narrow(b.glyph.text))


def _is_narrow(text: str) -> bool:
    return text.isascii()
