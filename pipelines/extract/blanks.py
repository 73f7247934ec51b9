"""Glyphs that draw nothing, whatever they mean.

In: a playa font. Out: the CIDs whose glyph in the embedded font program has no outline. Producers
leave the space out of a font's table of meanings; a blank that is known to be one needs none.
Refuses nothing: of a program that cannot be read, no glyph is blank.
"""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import Any

import numpy as np
from playa.font import CIDFont
from playa.fontprogram import CFFFontProgram, TrueTypeFontProgram
from playa.miner import resolve1

from pipelines.extract.streams import is_stream

logger = logging.getLogger(__name__)

# A Type 2 charstring of nothing but a width: numbers, then endchar (Adobe technical note 5177).
_ONLY_WIDTH = re.compile(rb"(?:[\x20-\xf6]|[\xf7-\xfe].|\x1c..|\xff....)?\x0e", re.DOTALL)
_LONG_OFFSETS = 50


def blank_glyphs(font: Any) -> frozenset[int]:  # noqa: ANN401 - playa's fonts have no public base
    """The CIDs of ``font`` that print no mark, as far as its program tells."""
    if not isinstance(font, CIDFont):
        return frozenset()
    try:
        program = resolve1(font.descriptor.get("FontFile2"))
        if is_stream(program):
            return _in_truetype(font, program.buffer)
        program = resolve1(font.descriptor.get("FontFile3"))
        if is_stream(program):
            return _in_cff(font, program.buffer)
    except Exception:  # noqa: BLE001 - any bytes may stand where a font should
        logger.debug("The font program of %.100r cannot be read", font.basefont)
    return frozenset()


def _in_truetype(font: CIDFont, data: bytes) -> frozenset[int]:
    tables = TrueTypeFontProgram(font.basefont, BytesIO(data)).tables
    (head, _), (start, length) = tables[b"head"], tables[b"loca"]
    is_long = data[head + _LONG_OFFSETS : head + _LONG_OFFSETS + 2] != b"\0\0"
    offsets = np.frombuffer(data[start : start + length], ">u4" if is_long else ">u2")
    blank = np.flatnonzero(offsets[1:] == offsets[:-1])
    pairs = resolve1(font.spec.get("CIDToGIDMap"))
    if not is_stream(pairs):
        return frozenset(blank.tolist())
    glyph_of = np.frombuffer(pairs.buffer[: len(pairs.buffer) // 2 * 2], ">u2")
    return frozenset(np.flatnonzero(np.isin(glyph_of, blank)).tolist())


def _in_cff(font: CIDFont, data: bytes) -> frozenset[int]:
    program = CFFFontProgram(font.basefont, BytesIO(data))
    blank = {
        glyph
        for glyph in range(program.nglyphs)
        if _ONLY_WIDTH.fullmatch(program.charstring[glyph])
    }
    if not program.is_cidfont:
        return frozenset(blank)
    return frozenset(cid for cid, glyph in program.cid2gid.items() if glyph in blank)
