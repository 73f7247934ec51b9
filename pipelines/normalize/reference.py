"""The reference tables that drive the grammar, from ``seeds/reference/*.csv``.

In: a table's name. Out: its rows, its words, or a regular expression of its words, longest
first. Refuses: a table that is not there (``FileNotFoundError``). dbt loads the same files.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
#: Beside the package in a checkout, inside it in a wheel.
_FOLDERS = tuple(root / "seeds" / "reference" for root in (_PACKAGE.parent, _PACKAGE / "_house"))


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """Every row of ``table``, in the order of the file."""
    folder = next((folder for folder in _FOLDERS if folder.is_dir()), _FOLDERS[0])
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def column(table: str, name: str, **where: str) -> list[str]:
    """One column of ``table``, of the rows in which every column of ``where`` is as given."""
    return [
        row[name]
        for row in rows(table)
        if all(row[other] == wanted for other, wanted in where.items())
    ]


def mapping(table: str, key: str, value: str) -> dict[str, str]:
    """Two columns of ``table`` as a mapping."""
    return {row[key]: row[value] for row in rows(table)}


def alternation(words: list[str]) -> str:
    """A regular expression for one of ``words``; the longest that fits is taken."""
    return "|".join(
        re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))
    )


def exponents(table: str, word: str) -> dict[str, int]:
    """Powers of ten by word, of a table that has a column ``exponent``."""
    return {row[word]: int(row["exponent"]) for row in rows(table)}
