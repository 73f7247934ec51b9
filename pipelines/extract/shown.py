"""The glyphs of one show operation, each where it stands.

In: a playa text object, the facts of its font, and how it is printed. Out: glyphs added to an
:class:`~pipelines.extract.ink.Ink`; what leaves no mark is counted there. Refuses nothing.

Follows ISO 32000-2, 9.4.4. What a font says of its codes is asked of
:class:`~pipelines.extract.fonts.FontFacts`, so playa is told here where the next text begins.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from playa.utils import mult_matrix

from pipelines.extract.actual_text import by_glyph, mends
from pipelines.extract.fonts import Code, middle
from pipelines.extract.ink import Box, Glyph, printed

if TYPE_CHECKING:
    from playa.content import TextObject

    from pipelines.extract.fonts import FontFacts
    from pipelines.extract.ink import Ink

# Centre of a printed character above its baseline, in ems: half-way between the digits' middle
# (0.35) and the ideographs' (0.38); fonts' own ascents are too often wrong.
_CENTRE = 0.37
# Letter spacing up to this many ems spaces out one word; more of it sets words apart.
_WIDEST_SPACING = 0.5


class Print(NamedTuple):
    """How one show operation prints."""

    run: int
    """Its number on the page."""
    paper: Box
    clip: Box | None
    is_visible: bool
    is_white: bool
    stated: str
    """What the file says that it stands for; empty where nothing is said."""


class _Setting(NamedTuple):
    """What the glyphs share that are printed in one size and direction; lengths in points."""

    is_seen: bool
    """Whether they have any size."""
    ux: float
    uy: float
    is_upright: bool
    em: float
    length: float
    """Along the baseline, of an em of the font's displacements."""
    letter: float
    """How much further letter spacing sets the next glyph of a word."""
    up: tuple[float, float]
    """From the middle of a glyph's baseline to its centre."""
    step: float
    """Text space per em of displacement."""
    spacing: float
    word_spacing: float
    """Both in ems of displacement."""


# A page has few sizes, and its show operations come in thousands.
@lru_cache(maxsize=64)
def _setting(  # noqa: PLR0913, PLR0917 - all that it depends on
    matrix: tuple[float, float, float, float],
    size: float,
    scaling: float,
    charspace: float,
    wordspace: float,
    scale: float,
    *,
    is_vertical: bool,
) -> _Setting:
    """The setting of text under ``matrix`` (text space to page) with these parameters of state."""
    a, b, c, d = matrix
    horizontal = scaling * 0.01
    em, stretch = abs(size) * math.hypot(c, d), abs(size * horizontal) * math.hypot(a, b)
    sign = math.copysign(1.0, size * horizontal) / (math.hypot(a, b) or 1.0)
    ux, uy = a * sign, b * sign
    spacing = charspace / size if size else 0.0
    length = em if is_vertical else stretch
    ink_em = em * scale
    return _Setting(
        em > 0 and stretch > 0 and math.isfinite(em + stretch),
        ux,
        uy,
        uy == 0 and ux > 0 and not is_vertical,
        ink_em,
        length,
        spacing * length if spacing <= _WIDEST_SPACING else 0.0,
        (uy * _CENTRE * ink_em, -ux * _CENTRE * ink_em),
        size if is_vertical else size * horizontal,
        spacing,
        wordspace / size if size else 0.0,
    )


def print_text(ink: Ink, item: TextObject, facts: FontFacts, how: Print) -> int:
    """Add the glyphs of ``item`` to ``ink``; how many glyphs there are, seen or not."""
    state, vertical = item.gstate, facts.is_vertical
    a, b, c, d, e, f = mult_matrix(item.line_matrix, item.ctm)
    e, f = e + state.rise * c, f + state.rise * d
    is_seen, ux, uy, upright, em, length, letter, (up_x, up_y), step, spacing, word_spacing = (
        _setting(
            (a, b, c, d),
            state.fontsize,
            state.scaling,
            state.charspace,
            state.wordspace,
            facts.scale,
            is_vertical=vertical,
        )
    )
    stated = _stated(how.stated, item, facts) if how.stated else ()
    run, (left, top, right, bottom), clip, is_visible, white, _ = how
    shown = is_seen and is_visible
    glyphs, count = ink.glyphs, 0
    along, across = item._glyph_offset[::-1] if vertical else item._glyph_offset  # noqa: SLF001
    for part in item.args:
        if not isinstance(part, bytes):
            along -= part * 0.001 * step
            continue
        codes = facts.codes(part)
        if stated:
            codes = _meant(codes, stated[count:])
        count += len(codes)
        for code in codes:
            displacement = code.displacement
            if vertical:
                x, y = e + across * a + along * c, f + across * b + along * d
            else:
                x, y = e + along * a + across * c, f + along * b + across * d
            along += step * (displacement + spacing + (word_spacing if code.is_word_space else 0.0))
            if shown:
                if vertical:
                    width = abs(displacement) * length
                    advance = width - letter
                    centre = cx, cy = x - uy * width / 2, y + ux * width / 2
                else:
                    width = displacement * length
                    advance = width + letter
                    middle = width * code.middle
                    centre = cx, cy = x + ux * middle + up_x, y + uy * middle + up_y
                if left <= cx <= right and top <= cy <= bottom:
                    glyphs.append(
                        Glyph(
                            code.text,
                            x,
                            y,
                            ux,
                            uy,
                            em,
                            width,
                            advance,
                            centre,
                            run,
                            vertical,
                            upright,
                            code.read is not None,
                            code.is_space,
                            code.characters,
                            white,
                            clip,
                        )
                    )
                    continue
            ink.unprinted_characters += code.characters
    item._next_glyph_offset = (across, along) if vertical else (along, across)  # noqa: SLF001
    return count


def _meant(codes: tuple[Code, ...], stated: tuple[str, ...]) -> tuple[Code, ...]:
    """The codes, each with the meaning that the file states for it where that mends its own."""
    return tuple(
        replace(
            code,
            read=text,
            text=text,
            is_space=text.isspace(),
            characters=printed(text),
            middle=middle(text, code.displacement),
        )
        if mends(text, code.read)
        else code
        for code, text in zip(codes, stated, strict=False)
    )


def _stated(text: str, item: TextObject, facts: FontFacts) -> tuple[str, ...]:
    """The stated text, glyph by glyph."""
    return by_glyph(
        text, sum(len(facts.codes(part)) for part in item.args if isinstance(part, bytes))
    )
