"""The SQL of a Markdown file with the output that is printed below each query.

In: the text of a file. Out: pairs of query and table as printed. A query is a fenced block of
``sql``; its output is the Markdown table that follows it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

QUERY = re.compile(
    r"^```sql\n(?P<query>.*?)^```\n\n(?P<table>(?:^\|[^\n]*\n)*)", re.MULTILINE | re.DOTALL
)


def queries(text: str) -> list[tuple[str, str]]:
    """Every query of ``text`` with the table printed below it (empty if there is none)."""
    return [(found["query"], found["table"]) for found in QUERY.finditer(text)]


def table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Rows as a Markdown table: numbers right, with thousands separated, nothing for a null."""
    numeric = [
        any(isinstance(row[i], int | Decimal) and not isinstance(row[i], bool) for row in rows)
        and not names[i].endswith(("year", "number"))
        for i in range(len(names))
    ]
    lines = [
        _line(names),
        _line(["---:" if is_numeric else "---" for is_numeric in numeric]),
        *(
            _line(
                [
                    _printed(value, is_numeric=is_numeric)
                    for value, is_numeric in zip(row, numeric, strict=True)
                ]
            )
            for row in rows
        ),
    ]
    return "".join(lines)


def _line(values: Sequence[str]) -> str:
    return f"| {' | '.join(values)} |\n"


def _printed(value: object, *, is_numeric: bool) -> str:
    if value is None:
        return ""
    if is_numeric:
        return f"{value:,f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else f"{value:,}"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).replace("\n", " ").replace("|", "\\|")
