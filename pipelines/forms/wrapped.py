"""A figure that a narrow column wraps over lines, put together again.

In: the text of a cell, and why each of its lines ends. Out: the text, where a wrapped line ends
within a figure or within a note in brackets without the line's end. Refuses to join what would be
no figure, and lines that may well be two figures: equally long, or the lower one longer, in no
brackets.
"""

from __future__ import annotations

import re
import unicodedata

from pipelines.schemas import BROKEN, WRAPPED

_ENDS_IN_FIGURE = re.compile(r"[0-9０-９.,．，%％]+$")
_BEGINS_WITH_FIGURE = re.compile(r"[0-9０-９.,．，%％]+")
_WELL_FORMED = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?%?")
#: A bracket that is open where a figure begins, and one closed behind it, after a unit at most.
_OPEN = re.compile(r"[(（][^()（）]*$")
_CLOSED = re.compile(r"[^()（）0-9０-９]{0,4}[)）]")
#: Longer texts are prose, in which a line's end is none of a figure's.
_LONGEST = 40


def unwrapped(text: str, ends: str) -> str:
    """``text`` without the line ends that wrap a figure or a note; ``ends``: a letter each."""
    lines = text.split("\n")
    is_short = len("".join(text.split())) <= _LONGEST and any(map(str.isdigit, text))
    if WRAPPED not in ends or len(ends) != len(lines) - 1 or not is_short:
        return text
    joined = _with_figures(lines, ends)
    return _with_notes(*joined)


def _with_figures(lines: list[str], ends: str) -> tuple[list[str], str]:
    """Lines with each chain of wrapped pieces of one figure put into one."""
    whole, left = [lines[0]], ""
    pieces: list[str] = [lines[0]]
    for end, line in zip(ends, lines[1:], strict=True):
        if end == WRAPPED and _may_go_on(pieces[-1], line):
            pieces.append(line)
            whole[-1] += line
            continue
        whole, left = _checked(whole, left, pieces, end)
        whole.append(line)
        left += end
        pieces = [line]
    return _checked(whole, left, pieces, "")


def _may_go_on(upper: str, lower: str) -> bool:
    return bool(_ENDS_IN_FIGURE.search(upper) and _BEGINS_WITH_FIGURE.match(lower))


def _checked(whole: list[str], left: str, pieces: list[str], end: str) -> tuple[list[str], str]:
    """The chain as one line if it is one figure, else its lines as they were.

    ``end``: why the last of them ends. Where its unit or a note is wrapped behind it, it is full.
    """
    if len(pieces) == 1 or _is_one_figure(pieces, is_full=end == WRAPPED):
        return whole, left
    return [*whole[:-1], *pieces], left + BROKEN * (len(pieces) - 1)


def _is_one_figure(pieces: list[str], *, is_full: bool) -> bool:
    first = _folded(_ENDS_IN_FIGURE.search(pieces[0]))
    last = _folded(_BEGINS_WITH_FIGURE.match(pieces[-1]))
    between = [_folded(_BEGINS_WITH_FIGURE.fullmatch(piece)) for piece in pieces[1:-1]]
    if not _WELL_FORMED.fullmatch("".join([first, *between, last])):
        return False
    lines = [first, *between]
    is_shorter = len(last) < max(len(line) for line in lines)
    return (
        is_shorter
        or is_full
        or _is_in_brackets(pieces)
        or any(not _WELL_FORMED.fullmatch(piece) for piece in [*lines, last])
    )


def _is_in_brackets(pieces: list[str]) -> bool:
    """Whether a bracket that opens before the figure closes behind it: within, there is one."""
    before = _ENDS_IN_FIGURE.sub("", pieces[0])
    behind = _BEGINS_WITH_FIGURE.sub("", pieces[-1], count=1)
    return bool(_OPEN.search(before) and _CLOSED.match(behind))


def _folded(match: re.Match[str] | None) -> str:
    return unicodedata.normalize("NFKC", match.group()) if match else " "


def _with_notes(lines: list[str], ends: str) -> str:
    """The lines as one text; a wrapped one that ends within brackets goes on without an end."""
    text = lines[0]
    for end, line in zip(ends, lines[1:], strict=True):
        is_open = sum(text.count(mark) for mark in "(（") > sum(text.count(mark) for mark in ")）")
        parts_words = text[-1:].isascii() and line[:1].isascii()
        text += line if end == WRAPPED and is_open and not parts_words else f"\n{line}"
    return text
