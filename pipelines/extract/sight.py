"""What of a page's text a person sees.

In: the ink of a page, as it was drawn. Out: the same ink without the glyphs that leave no mark,
which are counted: white on white paper, under something opaque that was painted later, and lines
of which nothing shows through what they are printed through, which is noted. Refuses nothing.

A glyph that is cut off stays where others of its line are seen: a spreadsheet prints a cell's text
through the cell, and what overflows it is that cell's text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipelines.extract.ink import Box, Glyph, Ink

# A page on which more than this is painted over text is a picture: what it hides cannot be told.
_MOST_COVERS = 3_000
# Share of a glyph's smaller side that may stand out under a cover.
_SLACK = 0.15
# Fewer characters under each other are lines of one character.
_SHORTEST_STACK = 4


def leave_what_is_seen(ink: Ink) -> None:
    """Take out of ``ink.glyphs`` those that nobody sees, and count them."""
    glyphs = ink.glyphs
    if not glyphs:
        return
    unseen = np.zeros(len(glyphs), dtype=bool)
    if not ink.has_shading:
        _find_white(ink, unseen)
    if ink.covers and len(ink.covers) <= _MOST_COVERS:
        _find_covered(glyphs, ink.covers, unseen)
    ink.cut_short = _find_cut_off(glyphs, unseen)
    if not unseen.any():
        return
    gone = unseen.tolist()
    ink.unprinted_characters += sum(
        glyph.characters for glyph, is_gone in zip(glyphs, gone, strict=True) if is_gone
    )
    ink.glyphs = [glyph for glyph, is_gone in zip(glyphs, gone, strict=True) if not is_gone]


def _find_white(ink: Ink, unseen: NDArray[np.bool_]) -> None:
    """White glyphs upon nothing."""
    white = [index for index, glyph in enumerate(ink.glyphs) if glyph.is_white]
    if not white:
        return
    grounds = [*(fill.box for fill in ink.fills), *ink.grounds, *ink.images]
    for index in white:
        centre = ink.glyphs[index].centre
        unseen[index] = not any(ground.holds(*centre) for ground in grounds)


def _find_covered(
    glyphs: Sequence[Glyph], covers: Sequence[tuple[int, Box]], unseen: NDArray[np.bool_]
) -> None:
    """Glyphs whose whole box lies under what was painted after them."""
    middle = np.array([glyph.centre for glyph in glyphs])
    for before, cover in covers:
        x, y = middle[:before, 0], middle[:before, 1]
        under = (x > cover.x0) & (x < cover.x1) & (y > cover.y0) & (y < cover.y1)
        for index in np.flatnonzero(under).tolist():
            box = glyphs[index].box
            # It reaches from ascent to descent: a little of it may stand out and print nothing.
            slack = _SLACK * min(box.x1 - box.x0, box.y1 - box.y0)
            unseen[index] |= cover.encloses(box, slack)


def _find_cut_off(glyphs: Sequence[Glyph], unseen: NDArray[np.bool_]) -> set[Box]:
    """Glyphs of lines of which nothing is seen through their clip; the clips that cut some so."""
    cutting: set[Box] = set()
    for clip, members in _lines(glyphs):
        if not any(
            clip.holds(*glyphs[index].centre) or _meets(glyphs[index].box, clip)
            for index in members
        ):
            unseen[members] = True
            if not all(glyphs[index].is_space for index in members):
                cutting.add(clip)
    return cutting


def _lines(glyphs: Sequence[Glyph]) -> Iterator[tuple[Box, list[int]]]:
    """The glyphs that are printed through one clip, line by line.

    Characters set one under another, as a spreadsheet sets vertical text, are one line; figures
    under each other are not.
    """
    lines: dict[tuple[Box, int], list[int]] = {}
    for index, glyph in enumerate(glyphs):
        if glyph.clip is not None:
            line = (glyph.clip, round(glyph.y * glyph.ux - glyph.x * glyph.uy))
            lines.setdefault(line, []).append(index)
    stacks: dict[tuple[Box, int], list[int]] = {}
    for (clip, _), members in lines.items():
        if len(members) == 1:
            stacks.setdefault((clip, round(glyphs[members[0]].box.x0)), []).extend(members)
        else:
            yield clip, members
    for (clip, _), members in stacks.items():
        letters = sum(glyphs[index].text.isalpha() for index in members)
        if len(members) >= _SHORTEST_STACK and 2 * letters >= len(members):
            yield clip, members
        else:
            yield from ((clip, [index]) for index in members)


def _meets(box: Box, clip: Box) -> bool:
    shared = box.cut(clip)
    return shared.x1 > shared.x0 and shared.y1 > shared.y0
