"""From pieces of ink to rulings: whole, single, meeting at their corners.

In: the straight pieces of an :class:`~pipelines.extract.ink.Ink`. Out: :class:`Rulings`, the
horizontal and vertical lines that a person sees: dashes joined, hair gaps closed, doubled lines
made one, ends brought to the line they meet or trimmed back to it. Lengths in points.
Refuses nothing; what is too short to rule anything is left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.ink import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Pieces this far apart in their own direction continue each other.
_HAIR = 2.0
# Dashes and dots: pieces no longer than the first, gaps no longer than the second.
_DASH, _DASH_GAP = 12.0, 5.0
# Pieces this far apart across are one stroke; parallel lines this far apart are one doubled line.
# No line of text fits in between: the smallest print on a form is 5 points.
_STROKE, _DOUBLE = 0.7, 3.5
# Height of the smallest print on a form.
_SMALLEST = 5.0
# A line shorter than this rules nothing.
_SHORTEST = 4.0
# An end this near to a crossing line meets it; one that passes the last crossing by no more than
# the second ends there.
_REACH, _OVERHANG = 3.5, 6.0


@dataclass(frozen=True, slots=True)
class Rulings:
    """Lines of a page: ``at`` is the y of horizontals, the x of verticals.

    ``across`` and ``down`` are the strokes that each of them was made of, in their own places;
    ``led`` is what was added to verticals below whose end nothing is ruled.
    """

    horizontals: tuple[Piece, ...] = ()
    verticals: tuple[Piece, ...] = ()
    across: tuple[tuple[Piece, ...], ...] = ()
    down: tuple[tuple[Piece, ...], ...] = ()
    led: tuple[Piece, ...] = ()


@dataclass(slots=True)
class _Line:
    """A line under way: where its first piece lies, where it lies now, its extent, its strokes."""

    first: float
    at: float
    start: float
    end: float
    strokes: list[Piece] = field(default_factory=list)

    def take(self, at: float, start: float, end: float) -> None:
        """Join another piece to it; the longer one has more say in where the line lies."""
        own, other = self.end - self.start, end - start
        self.at = (self.at * own + at * other) / ((own + other) or 1.0)
        self.start, self.end = min(self.start, start), max(self.end, end)


def tidy(horizontals: Sequence[Piece], verticals: Sequence[Piece]) -> Rulings:
    """The rulings that the pieces draw."""
    across, down = _single(_strokes(horizontals)), _single(_strokes(verticals))
    tables_across, tables_down = _tables(across, down)
    _align(across, tables_across)
    _align(down, tables_down)
    led = _lead_to_open_end(down, tables_down, across)
    met_across, met_down = _met(across, down), _met(down, across)
    return Rulings(
        tuple(line for line, _ in met_across),
        tuple(line for line, _ in met_down),
        tuple(strokes for _, strokes in met_across),
        tuple(strokes for _, strokes in met_down),
        led,
    )


def _strokes(pieces: Sequence[Piece]) -> list[_Line]:
    """Pieces of one direction joined into lines, in order of where they lie."""
    strokes: list[_Line] = []
    group: list[Piece] = []
    for piece in sorted(pieces):
        if group and piece.at - group[-1].at > _STROKE:
            strokes.extend(_joined(group))
            group = []
        group.append(piece)
    strokes.extend(_joined(group))
    whole = [stroke for stroke in strokes if stroke.end - stroke.start >= _SHORTEST]
    return sorted(whole, key=lambda line: line.at)


def _joined(group: Sequence[Piece]) -> list[_Line]:
    """Pieces on one line, end to end."""
    lines: list[_Line] = []
    last_length = 0.0
    for at, start, end in sorted(group, key=lambda piece: piece[1:]):
        length = end - start
        if lines:
            gap = start - lines[-1].end
            short = length <= _DASH and last_length <= _DASH
            if gap <= _HAIR or (short and gap <= _DASH_GAP):
                lines[-1].take(at, start, end)
                last_length = length
                continue
        lines.append(_Line(at, at, start, end))
        last_length = length
    return lines


def _single(strokes: Sequence[_Line]) -> list[_Line]:
    """Parallel lines too near to hold text between them become one."""
    lines: list[_Line] = []
    near: list[_Line] = []
    for stroke in strokes:
        near = [line for line in near if stroke.at - line.first <= _DOUBLE]
        partner = next(
            (
                line
                for line in near
                if stroke.start <= line.end + _HAIR and line.start <= stroke.end + _HAIR
            ),
            None,
        )
        if partner is None:
            partner = _Line(stroke.at, stroke.at, stroke.start, stroke.end)
            lines.append(partner)
            near.append(partner)
        else:
            partner.take(stroke.at, stroke.start, stroke.end)
        partner.strokes.append(Piece(stroke.at, stroke.start, stroke.end))
    return lines


def _tables(
    across: Sequence[_Line], down: Sequence[_Line]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The table that each line is part of: lines that meet, directly or not, share it."""
    h = np.array([(line.at, line.start, line.end) for line in across]).reshape(-1, 3)
    v = np.array([(line.at, line.start, line.end) for line in down]).reshape(-1, 3)
    meet = (
        (h[:, None, 1] - _REACH <= v[None, :, 0])
        & (v[None, :, 0] <= h[:, None, 2] + _REACH)
        & (v[None, :, 1] - _REACH <= h[:, None, 0])
        & (h[:, None, 0] <= v[None, :, 2] + _REACH)
    )
    of_h, of_v = np.arange(len(h)), len(h) + np.arange(len(v))
    none = len(h) + len(v)
    while True:
        nearest_v = np.where(meet, of_v[None, :], none).min(axis=1, initial=none)
        new_h = np.minimum(of_h, nearest_v)
        nearest_h = np.where(meet, new_h[:, None], none).min(axis=0, initial=none)
        new_v = np.minimum(of_v, nearest_h)
        if np.array_equal(new_h, of_h) and np.array_equal(new_v, of_v):
            return of_h, of_v
        of_h, of_v = new_h, new_v


def _align(lines: Sequence[_Line], tables: NDArray[np.int64]) -> None:
    """Bring lines of one table that nearly continue each other to one place.

    The edges of blocks that were ruled one by one: no text stands between them.
    """
    group: list[_Line] = []
    last_table = -1
    order = sorted(range(len(lines)), key=lambda index: (tables[index], lines[index].at))
    for index in order:
        line = lines[index]
        is_near = (
            bool(group)
            and tables[index] == last_table
            and line.at - group[-1].first <= _DOUBLE
            and line.at - group[0].first <= _SMALLEST
        )
        if not is_near:
            _bring_together(group)
            group = []
        line.first, last_table = line.at, int(tables[index])
        group.append(line)
    _bring_together(group)


def _bring_together(group: Sequence[_Line]) -> None:
    length = sum(line.end - line.start for line in group) or 1.0
    at = sum(line.at * (line.end - line.start) for line in group) / length
    for line in group:
        line.at = at


def _lead_to_open_end(
    down: Sequence[_Line], tables: NDArray[np.int64], across: Sequence[_Line]
) -> tuple[Piece, ...]:
    """Let lines below whose end nothing is ruled go on to where the lowest of their table ends.

    Gives what is added to them. Where a page's end cuts a row and leaves it open, some programs
    draw the sides of each of its cells only as far as there is text in it.
    """
    h = np.array([(line.at, line.start, line.end) for line in across]).reshape(-1, 3)
    v = np.array([(line.at, line.end) for line in down]).reshape(-1, 2)
    ends_on_another = (
        (v[:, None, 1] - _REACH <= h[None, :, 0])
        & (h[None, :, 1] - _REACH <= v[:, None, 0])
        & (v[:, None, 0] <= h[None, :, 2] + _REACH)
    ).any(axis=1)
    order = np.argsort(v[:, 0], kind="stable")
    ats, feet = v[order, 0], np.zeros(tables.max(initial=0) + 1)
    np.maximum.at(feet, tables, v[:, 1])
    led = []
    for index in np.flatnonzero(~ends_on_another).tolist():
        line, foot = down[index], float(feet[tables[index]])
        beside = slice(*np.searchsorted(ats, (line.at - _DOUBLE, line.at + _DOUBLE)).tolist())
        goes_on = (v[order[beside], 1] > line.end).any()
        if foot > line.end and not goes_on:
            led.append(Piece(line.at, line.end, foot))
            line.end = foot
    return tuple(led)


def _met(
    lines: Sequence[_Line], crossing: Sequence[_Line]
) -> list[tuple[Piece, tuple[Piece, ...]]]:
    """The lines, both ends brought to the crossing line they meet, each with its strokes."""
    others = sorted(crossing, key=lambda line: line.at)
    ats = [other.at for other in others]
    met = []
    for line in lines:
        start, end = line.start, line.end
        low = bisect_left(ats, start - _REACH)
        high = bisect_right(ats, end + _REACH)
        for other in others[low:high]:
            if other.start - _REACH <= line.at <= other.end + _REACH:
                if other.at - line.start <= _OVERHANG:
                    start = other.at
                break
        for other in reversed(others[low:high]):
            if other.start - _REACH <= line.at <= other.end + _REACH:
                if line.end - other.at <= _OVERHANG:
                    end = other.at
                break
        if end - start >= _SHORTEST:
            met.append((Piece(line.at, start, end), tuple(line.strokes)))
    return met
