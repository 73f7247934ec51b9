r"""What the grammar makes of strings, one a line: the command ``parse``.

In: lines, a kind of notation, for amounts the unit of the governing label. Out: JSON Lines with
``input``, ``status``, ``value`` (the exact decimal, ISO date or Western year, as a string),
``start`` and ``end`` (periods), ``unit``, ``qualifier``, ``inclusion`` and ``rule``; an amount's
value is in yen. Refuses: a kind or a file that is not there (:class:`UsageError`).

A line break inside a cell is written ``\n``.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

import polars as pl

from pipelines.errors import UsageError
from pipelines.normalize import amounts, dates, periods, values, years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

FIELDS = ("status", "value", "start", "end", "unit", "qualifier", "inclusion", "rule")
# Lines typed at once: whole columns are fast, and memory stays flat however long the input is.
LINES_AT_ONCE = 100_000

GRAMMARS: dict[str, Callable[[pl.Expr, pl.Expr | None], pl.Expr]] = {
    "fiscal_year": lambda text, _: years.parse_fiscal_year(text),
    "period": lambda text, _: periods.parse_period(text),
    "date": lambda text, _: dates.parse_date(text),
    "amount": amounts.parse_amount,
    "value": lambda text, _: values.parse_value(text),
}
# What a kind calls the field that is printed as ``value``.
VALUE_FIELDS = {"amount": "value_yen"}


def lines_of(file: Path | None) -> Iterator[str]:
    """The lines of ``file``, or of standard input, without their ends."""
    try:
        with contextlib.closing(file.open("rb") if file else sys.stdin.buffer) as source:
            for line in io.TextIOWrapper(source, encoding="utf-8-sig", newline="\n"):
                yield line.removesuffix("\n").removesuffix("\r")
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}."
        raise UsageError(message) from error
    except UnicodeDecodeError as error:
        message = f"{file or 'Standard input'} is not UTF-8 (byte {error.start})."
        raise UsageError(message) from error


def parsed(lines: Iterable[str], kind: str, unit: str | None) -> Iterator[str]:
    """One JSON object a line of ``lines``, in their order."""
    if kind not in GRAMMARS:
        message = f"There is no kind {kind!r}; the kinds are {', '.join(GRAMMARS)}."
        raise UsageError(message)
    label = pl.lit(unit, pl.String()) if unit else None
    remaining = iter(lines)
    while some := list(islice(remaining, LINES_AT_ONCE)):
        for row in _typed(some, kind, label).iter_rows(named=True):
            yield json.dumps(row, ensure_ascii=False)


def _typed(lines: list[str], kind: str, label: pl.Expr | None) -> pl.DataFrame:
    """``input`` and every field as a string, null where the grammar has none."""
    text = pl.col("input").str.replace_all(r"\n", "\n", literal=True)
    frame = pl.DataFrame({"input": lines}, schema={"input": pl.String()})
    typed = frame.with_columns(GRAMMARS[kind](text, label).alias("typed"))
    dtype: Any = typed.schema["typed"]
    known = {field.name: field.dtype for field in dtype.fields}
    return typed.select(
        "input",
        *(
            _printed(pl.col("typed").struct.field(source), known[source]).alias(name)
            if (source := VALUE_FIELDS.get(kind, name) if name == "value" else name) in known
            else pl.lit(None, pl.String()).alias(name)
            for name in FIELDS
        ),
    )


def _printed(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """A column as text; a decimal without the zeros that its type adds at the end."""
    text = column.cast(pl.String())
    if isinstance(dtype, pl.Decimal):
        return text.str.replace(r"(\.\d*?)0+$", "${1}").str.strip_suffix(".")
    return text
