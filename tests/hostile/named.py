"""Files whose names mean harm: all of them are read, under the very name they have.

In: the bytes of a PDF, and what has to come of it. Out: :class:`~.parts.Bad` files, each with a
different end, so that no two are one content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .parts import Bad

if TYPE_CHECKING:
    from collections.abc import Iterator

SQL = "'); drop table fact_budget; -- \" ; attach '/etc/passwd'; select 1 where '1'='1"
HTML = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}"
NAMES = (
    SQL.replace("/", "_"),
    HTML.replace("/", "_"),
    "two\nlines",
    "tab\tand\rreturn",
    "$(touch pwned);`touch pwned`",
    "quotes'\"and\\backslash",
    "..",
    "..\\..\\up",
    "-rf",
    " ",
    "\u202egnp",
    "clear\x1b[2J\x9b2J\x07",
    "*?[a]",
    "長" * 83 + "ab",
    "%s%n{0}",
    "=cmd|' C calc'!A0",
    "nul",
    "e\u0301 and \u00e9",
)


def files(content: bytes, outcome: str) -> Iterator[Bad]:
    """The file under every name."""
    for number, name in enumerate(NAMES):
        yield Bad(f"{name}.pdf", content + b"\n%% %d" % number, outcome)
