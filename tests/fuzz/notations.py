"""The notation grammar under the fuzzer: each execution reads some strings of one kind.

In: the fuzzer's bytes. Out: nothing, or an error that names what does not hold. The column
grammar works in whole expressions, whose branches no fuzzer sees; the same grammar written a row
at a time (``tests/bench/row_by_row``) is plain Python, which the fuzzer follows branch by branch
and pattern by pattern. Both have to read the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from pipelines.normalize.parse import KINDS, read_column
from tests.bench.row_by_row import COMPARED, READERS
from tests.fuzz.draws import FromBytes, one_of
from tests.fuzz.invariants import STATUSES, BrokenError

# What real sheets print, to begin from.
REAL = [
    line.split("\t")[1].replace("\\n", "\n")
    for line in (Path(__file__).parents[1] / "normalize" / "notations_expected.tsv")
    .read_text(encoding="utf-8")
    .split("\n")[1:-1]
]
LONGEST = 24
TOGETHER = 400

# Strings by kind that were read a row at a time and wait for the columns.
waiting: dict[str, list[tuple[str, dict[str, object]]]] = {kind: [] for kind in KINDS}


def execute(data: bytes) -> None:
    """Read the strings that ``data`` chooses, a row at a time."""
    draw = FromBytes(data)
    kind = one_of(draw, KINDS)
    text = one_of(draw, REAL) if draw.integer(0, 1) else ""
    at = draw.integer(0, len(text))
    text = text[:at] + draw.text(LONGEST) + text[at + draw.integer(0, 3) :]
    waiting[kind].append((text, READERS[kind](text)))
    if len(waiting[kind]) == TOGETHER:
        compare(kind)


def finish() -> None:
    """Compare what waits."""
    for kind in KINDS:
        compare(kind)


def compare(kind: str) -> None:
    """Read in columns what was read in rows; an error names the first string read otherwise."""
    read, waiting[kind] = waiting[kind], []
    frame = read_column(kind, pl.Series("input", [text for text, _ in read], dtype=pl.String()))
    if kind == "amount":
        frame = frame.with_columns(value=pl.col("value_yen"))
    for (text, row), columns in zip(read, frame.iter_rows(named=True), strict=True):
        if said := _broken(kind, row, columns):
            message = f"{kind} {text!r}: {said}"
            raise BrokenError(message)


def _broken(kind: str, row: dict[str, object], columns: dict[str, Any]) -> str | None:
    if columns["status"] not in STATUSES:
        return f"its status is {columns['status']}"
    # A period may be open at one end: 令和２年度まで.
    typed = ("start", "end") if kind == "period" else ("value",)
    if (columns["status"] == "value") != any(columns[name] is not None for name in typed):
        return f"its status is {columns['status']}, its {typed} {[columns[name] for name in typed]}"
    pair = [tuple(either[name] for name in COMPARED[kind]) for either in (columns, row)]
    return None if pair[0] == pair[1] else f"{pair[0]} in columns, {pair[1]} in rows"
