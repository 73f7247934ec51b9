"""Where the choices of a made-up sheet come from: a fuzzer's bytes, or a seed.

In: bytes, or a number. Out: a :class:`Draw`. Refuses: nothing; spent bytes give zeros.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

Item = TypeVar("Item")
# Characters that notations and labels are made of, and some that no sheet should hold.
ALPHABET = (
    "0123456789０１２３４５６７８９一二三四五六七八九十百千万億兆〇元明治大正昭和平成令和年度月日"
    "HRSMT.,，．、・-－―—–−▲△%％()（）[]【】①②③④⑤⑥⑦⑧⑨㋿㍻㌫円人件校社約以上下未満程達成目標測定指"
    "基準値実績予算額執行当初内外数うち単位※注 \u3000\n\t～〜~:：/／+＋=＝"
    "\u200b\u202e\u0301\ufeff\U00020bb7\U0001f600ａｚﾞﾟｶｱ"
)


class Draw(Protocol):
    """A source of choices."""

    def integer(self, low: int, high: int) -> int:
        """A number from ``low`` to ``high``, both included."""

    def text(self, longest: int) -> str:
        """A string of at most so many characters."""


class FromBytes:
    """Choices read off bytes, so that a fuzzer can change one at a time."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def integer(self, low: int, high: int) -> int:
        """Two bytes make a choice among few, four one among many."""
        width = 2 if high - low < 2**16 else 4
        taken = self.data[self.at : self.at + width]
        self.at += width
        return low + int.from_bytes(taken, "little") % (high - low + 1)

    def text(self, longest: int) -> str:
        """A length, then a character a byte: the alphabet has fewer than 256."""
        length = self.integer(0, longest)
        taken = self.data[self.at : self.at + length]
        self.at += length
        return "".join(ALPHABET[byte % len(ALPHABET)] for byte in taken)


class FromSeed:
    """Choices by a seed, for tests."""

    def __init__(self, seed: int) -> None:
        self.source = random.Random(seed)  # noqa: S311 - reproducible, no secret

    def integer(self, low: int, high: int) -> int:
        """Any of them alike."""
        return self.source.randint(low, high)

    def text(self, longest: int) -> str:
        """Short ones are likelier."""
        length = self.source.randint(0, self.source.randint(0, longest))
        return "".join(self.source.choice(ALPHABET) for _ in range(length))


def one_of(draw: Draw, items: Sequence[Item]) -> Item:
    """One of ``items``, which are not none."""
    return items[draw.integer(0, len(items) - 1)]
