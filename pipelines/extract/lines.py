"""From the glyphs that stand in one place to the lines a person reads there.

In: glyphs (any order). Out: :class:`Line` objects in reading order, each of glyphs in reading
order. Nothing is dropped but a glyph printed again on its own spot (bold by overprinting), which is
counted.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from pipelines.extract.printed_line import Line, PlacedGlyph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.extract.ink import Glyph

# A glyph's band reaches from the descent to the ascent around its baseline, in ems.
_ABOVE, _BELOW = 0.8, 0.2
# Two glyphs share a line if their bands share this much of the smaller one. A raised figure does,
# ruby above its word does not.
_SHARED = 0.5
#: A second print of the same character within this share of an em is the same character.
OVERPRINT = 0.25
# Share of its width by which a second print may stand aside: its like begins one width further on.
_SPOT = 0.45
# Share of a run of text that must stand on another for the one to be the other printed again.
_PRINTED_TWICE = 0.8
#: Text drawn over other text rather than after it: overlap, in shares of the narrower glyph.
OVERLAP = 0.5
# Stacked characters: how far a column may waver, how far apart its characters may stand (in
# ems), how many of the steps between them must go down, how many of them must be Japanese, and
# how many of the steps from glyph to glyph must lead to a neighbour at all.
_STEP, _PITCH = 0.4, 2.6
_MOSTLY, _LETTERS, _MOST_ALONG, _IN_ORDER = 0.8, 0.6, 3, 0.3
_DOWNWARDS = 90
_BY_BASE, _BY_START = attrgetter("base"), attrgetter("start")


def read_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that the glyphs print, top to bottom; columns of vertical text right to left."""
    upright: list[Glyph] = []
    vertical: list[Glyph] = []
    others: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.is_upright:
            upright.append(glyph)
        elif glyph.is_vertical:
            vertical.append(glyph)
        elif angle := round(math.degrees(math.atan2(glyph.uy, glyph.ux))) % 360:
            others.setdefault(angle, []).append(glyph)
        else:
            upright.append(glyph)
    is_stacked = _is_stacked(upright)
    if not vertical and not others and not is_stacked:
        return _lines(_along(upright, 0))
    if is_stacked:
        vertical += upright
        upright = []
    if vertical:
        # Latin letters lie on their side in a column of vertical text, read with it.
        vertical += others.pop(_DOWNWARDS, [])
    groups = [
        _lines(_downwards(vertical)),
        _lines(_along(upright, 0)),
        *(_lines(_along(members, angle)) for angle, members in others.items()),
    ]
    kept = [lines for lines in groups if lines]
    kept.sort(key=lambda lines: (min(line.box.y0 for line in lines), lines[0].box.x0))
    return [line for lines in kept for line in lines]


def _is_stacked(glyphs: Sequence[Glyph]) -> bool:
    """Whether upright characters stand under each other, as a spreadsheet sets vertical text.

    Only Japanese text is set so: figures under each other are lines of one figure each. Of glyphs
    that a page shows in no order of reading, few are neighbours of the one before.
    """
    if len({glyph.centre[1] for glyph in glyphs}) <= 1:
        return False
    down = along = letters = count = 0
    previous: Glyph | None = None
    for glyph in glyphs:
        if glyph.is_space:
            continue
        count += 1
        letters += _is_japanese(glyph.text)
        if previous is not None:
            em = min(glyph.em, previous.em)
            (x0, y0), (x1, y1) = previous.centre, glyph.centre
            if abs(x1 - x0) <= _STEP * em < y1 - y0 <= _PITCH * em:
                down += 1
            elif abs(y1 - y0) <= _STEP * em:
                along += 1
                if along > _MOST_ALONG and along > down:
                    return False
        previous = glyph
    is_in_order = down + along >= _IN_ORDER * (count - 1)
    is_downwards = down > 0 and down >= _MOSTLY * (down + along)
    return is_in_order and is_downwards and letters >= _LETTERS * count


def _is_japanese(text: str) -> bool:
    """Whether the text is a kana or an ideograph."""
    return "\u3041" <= text[0] <= "\u30ff" or "\u3400" <= text[0] <= "\u9fff"


def _lines(placed: list[PlacedGlyph]) -> list[Line]:
    placed.sort(key=_BY_BASE)
    lines = [_in_order(members) for members in _by_baseline(placed)]
    return [line for line in lines if not all(p.glyph.is_space for p in line.placed)]


def _along(glyphs: Sequence[Glyph], angle: int) -> list[PlacedGlyph]:
    """Glyphs along and across lines that run at ``angle``."""
    if angle == 0:
        return [PlacedGlyph(g, g.x, g.x + g.advance, g.y) for g in glyphs]
    u, v = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return [
        PlacedGlyph(g, s := g.x * u + g.y * v, s + g.advance, -g.x * v + g.y * u) for g in glyphs
    ]


def _downwards(glyphs: Sequence[Glyph]) -> list[PlacedGlyph]:
    """Glyphs along and across columns read downwards, the first column on the right."""
    placed = []
    for g in glyphs:
        x, _ = g.centre
        # The band of a column is centred on it; that of a line hangs from its baseline.
        base = -x + g.em * (_ABOVE - _BELOW) / 2
        start = g.box.y0 if g.is_upright else g.y
        placed.append(PlacedGlyph(g, start, start + (g.em if g.is_upright else g.advance), base))
    return placed


def _by_baseline(placed: Sequence[PlacedGlyph]) -> list[list[PlacedGlyph]]:
    """Glyphs sorted by baseline, cut into lines."""
    lines: list[list[PlacedGlyph]] = []
    top = bottom = 0.0
    leader: PlacedGlyph | None = None
    for item in placed:
        em = item.glyph.em
        if leader is not None and item.base == leader.base and em == leader.glyph.em:
            lines[-1].append(item)
            continue
        low, high = item.base - _ABOVE * em, item.base + _BELOW * em
        shared = min(bottom, high) - max(top, low)
        if lines and shared >= _SHARED * min(em, bottom - top):
            lines[-1].append(item)
            if em > bottom - top:
                top, bottom, leader = low, high, item
        else:
            lines.append([item])
            top, bottom, leader = low, high, item
    return lines


def _in_order(members: list[PlacedGlyph]) -> Line:
    """One line's glyphs from start to end, each print once."""
    members.sort(key=_BY_START)
    if _is_plain(members):
        return Line(members)
    kept = _printed_once(members)
    again = 0
    if len(kept) < len(members):
        again = sum(p.glyph.characters for p in members) - sum(p.glyph.characters for p in kept)
    if any(a.glyph.run != b.glyph.run and _overlaps(a, b) for a, b in pairwise(kept)):
        # Two texts over each other: one after the other, not letter by letter.
        runs = [
            sorted(group, key=_BY_START)
            for _, group in groupby(
                sorted(kept, key=lambda p: p.glyph.run), key=lambda p: p.glyph.run
            )
        ]
        runs.sort(key=lambda run: run[0].start)
        kept = [item for run in runs for item in run]
    return Line(kept, again)


def _is_plain(members: Sequence[PlacedGlyph]) -> bool:
    """Whether each stands clear of the one before: no print again, no text over another."""
    for before, item in pairwise(members):
        glyph = item.glyph
        if item.start - before.start <= OVERPRINT * glyph.em:
            return False
        if before.end > item.start and before.glyph.run != glyph.run:
            return False
    return True


def _printed_once(members: list[PlacedGlyph]) -> list[PlacedGlyph]:
    """The glyphs without those printed again on their own spot.

    A run of text is printed twice only if most of it stands on itself or on others: where two
    texts lie over each other, a letter may meet its like by chance.
    """
    kept: list[PlacedGlyph] = []
    again: list[tuple[PlacedGlyph, PlacedGlyph]] = []
    for item in members:
        first = _print_before(item, kept)
        if first is None:
            kept.append(item)
        else:
            again.append((item, first))
    if not again:
        return members
    lengths = Counter(p.glyph.run for p in members if not p.glyph.is_space)
    met = {id(p): p.glyph.run for pair in again for p in pair if not p.glyph.is_space}
    meetings = Counter(met.values())
    twice = {run for run, count in meetings.items() if count >= _PRINTED_TWICE * lengths[run]}
    gone = {
        id(item)
        for item, first in again
        if item.glyph.is_space or item.glyph.run in twice or first.glyph.run in twice
    }
    return [item for item in members if id(item) not in gone]


def _print_before(item: PlacedGlyph, kept: Sequence[PlacedGlyph]) -> PlacedGlyph | None:
    """The same character on the same spot, if it is there already."""
    reach = OVERPRINT * item.glyph.em
    for other in reversed(kept):
        if item.start - other.start > reach:
            return None
        if (
            other.glyph.text == item.glyph.text
            and abs(item.base - other.base) <= reach
            and abs(item.start - other.start) <= max(0.1, _SPOT * item.glyph.width)
            and abs(item.glyph.em - other.glyph.em) <= reach
        ):
            return other
    return None


def _overlaps(a: PlacedGlyph, b: PlacedGlyph) -> bool:
    """Whether two neighbours from two runs lie over each other."""
    if a.glyph.is_space or b.glyph.is_space:
        return False
    return a.end - b.start > OVERLAP * min(a.end - a.start, b.end - b.start) > 0
