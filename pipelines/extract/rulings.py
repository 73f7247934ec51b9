"""From pieces of ink to rulings: whole, single, meeting at their corners.

In: the straight pieces of an :class:`~pipelines.extract.ink.Ink`. Out: :class:`Rulings`, the
horizontal and vertical lines that a person sees: dashes joined, hair gaps closed, doubled lines
made one, ends brought to the line they meet or trimmed back to it. Lengths in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Pieces this far apart in their own direction continue each other.
_HAIR = 2.0
# Dashes and dots: pieces no longer than the first, gaps no longer than the second.
_DASH, _DASH_GAP = 12.0, 5.0
# Pieces this far apart across are one stroke; parallel lines this far apart are one doubled line.
# No line of text fits in between: the smallest print on a form is 5 points.
_STROKE, _DOUBLE = 0.7, 3.5
# A line shorter than this rules nothing.
_SHORTEST = 4.0
# An end this near to a crossing line meets it; one that passes it by no more than the second
# ends there.
_REACH, _OVERHANG = 3.5, 6.0


@dataclass(slots=True)
class Ruling:
    """One line: its constant coordinate and its extent."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rulings:
    """Lines of a page, or of a part of it: ``at`` is y of horizontals, x of verticals."""

    horizontals: tuple[Ruling, ...]
    verticals: tuple[Ruling, ...]


def tidy(
    horizontals: Sequence[tuple[float, float, float]],
    verticals: Sequence[tuple[float, float, float]],
) -> Rulings:
    """The rulings that pieces ``(at, start, end)`` draw."""
    across, down = _whole(horizontals), _whole(verticals)
    ends_across = [_ends(line, down) for line in across]
    ends_down = [_ends(line, across) for line in down]
    for line, (line.start, line.end) in zip(
        [*across, *down], [*ends_across, *ends_down], strict=True
    ):
        pass
    return Rulings(
        tuple(line for line in across if line.end - line.start >= _SHORTEST),
        tuple(line for line in down if line.end - line.start >= _SHORTEST),
    )


def _whole(pieces: Sequence[tuple[float, float, float]]) -> list[Ruling]:
    """Pieces of one direction joined into lines, doubled lines into one."""
    strokes: list[Ruling] = []
    group: list[tuple[float, float, float]] = []
    for piece in sorted(pieces):
        if group and piece[0] - group[-1][0] > _STROKE:
            strokes.extend(_joined(group))
            group = []
        group.append(piece)
    if group:
        strokes.extend(_joined(group))
    strokes = [stroke for stroke in strokes if stroke.end - stroke.start >= _SHORTEST]
    return _single(strokes)


def _joined(group: Sequence[tuple[float, float, float]]) -> list[Ruling]:
    """Pieces on one line, end to end."""
    lines: list[Ruling] = []
    last_length = 0.0
    for at, start, end in sorted(group, key=lambda piece: piece[1:]):
        length = end - start
        if lines:
            line = lines[-1]
            gap = start - line.end
            short = length <= _DASH and last_length <= _DASH
            if gap <= _HAIR or (short and gap <= _DASH_GAP):
                weight = line.end - line.start
                line.at = (line.at * weight + at * length) / ((weight + length) or 1.0)
                line.end = max(line.end, end)
                last_length = length
                continue
        lines.append(Ruling(at, start, end))
        last_length = length
    return lines


def _single(strokes: list[Ruling]) -> list[Ruling]:
    """Parallel lines too near to hold text between them become one."""
    strokes.sort(key=lambda line: line.at)
    lines: list[Ruling] = []
    first_at: list[float] = []
    for stroke in strokes:
        partner = None
        for index in range(len(lines) - 1, -1, -1):
            if stroke.at - first_at[index] > _DOUBLE and stroke.at - lines[index].at > _DOUBLE:
                break
            if (
                stroke.at - first_at[index] <= _DOUBLE
                and stroke.start <= lines[index].end + _HAIR
                and lines[index].start <= stroke.end + _HAIR
            ):
                partner = index
                break
        if partner is None:
            lines.append(Ruling(stroke.at, stroke.start, stroke.end))
            first_at.append(stroke.at)
            continue
        line = lines[partner]
        weight, length = line.end - line.start, stroke.end - stroke.start
        line.at = (line.at * weight + stroke.at * length) / (weight + length)
        line.start, line.end = min(line.start, stroke.start), max(line.end, stroke.end)
    return lines


def _ends(line: Ruling, crossing: Sequence[Ruling]) -> tuple[float, float]:
    """Both ends of the line, each brought to the crossing line it meets."""
    near = [
        other.at
        for other in crossing
        if other.start - _REACH <= line.at <= other.end + _REACH
        and line.start - _REACH <= other.at <= line.end + _REACH
    ]
    if not near:
        return line.start, line.end
    first, last = min(near), max(near)
    start = first if first - line.start <= _OVERHANG else line.start
    end = last if line.end - last <= _OVERHANG else line.end
    return start, end
