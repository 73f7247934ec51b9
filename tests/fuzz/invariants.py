"""What holds of every reading, whatever was printed.

In: readings, and the typed tables made of them. Out: what does not hold, in words; nothing if all
does. These are the contract's own sentences, not the program's: a sheet on which one fails is a
sheet on which the warehouse would say something that no page says, or could not be built at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipelines.normalize import soundness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipelines.extract import Extraction
    from pipelines.forms import Readings

ROLES = {"label", "value", "title", "note", "empty", "quarantined"}
STATUSES = ("value", "dash", "blank", "undecided", "pending", "text", "unparsed")


class BrokenError(AssertionError):
    """Something that holds of every reading does not hold."""


def broken_by_reading(extraction: Extraction, readings: Readings) -> Iterator[str]:
    """What does not hold of one sheet as printed."""
    cells = dict(extraction.cells.select("cell_key", "raw_text").iter_rows())
    roles = readings.roles.by_key
    if roles.keys() != cells.keys():
        yield f"cells without a role, or roles without a cell: {roles.keys() ^ cells.keys()}"
    for key, (role, reason) in roles.items():
        if role not in ROLES or (role == "quarantined") != (reason is not None):
            yield f"{key} has the role {role} for the reason {reason}"
        if (role == "empty") != (not "".join(cells.get(key, "x").split())):
            yield f"{key} is {role} and says {cells.get(key)!r}"
    for row in (*readings.values, *readings.budgets):
        key, text = row["cell_key"], row["raw_text"]
        if key not in cells:
            yield f"a value stands in {key}, which is no cell"
        elif text is not None and not _holds(cells, key, text):
            yield f"{text!r} is not in its cell {cells[key]!r}"


def _holds(cells: Mapping[str, str], key: str, text: str) -> bool:
    """Whether the text stands in the cell, or begins there and goes on in others (overleaf)."""
    wanted, printed = ("".join(each.split()) for each in (text, cells[key]))
    if wanted in printed:
        return True
    others = ["".join(other.split()) for other in cells.values()]
    return wanted.startswith(printed) and any(
        wanted[len(printed) :] == other or other.startswith(wanted) for other in others
    )


def broken_by_typing(tables: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    """What does not hold of the typed tables."""
    yield from (f"{key}: {reason}" for key, reason in soundness.unsound(tables).items())
    for table, number in (("indicator_values", "value_numeric"), ("budget_amounts", "amount_yen")):
        frame = tables[table]
        wrong = frame.filter(
            (pl.col(number).is_not_null() != (pl.col("value_status") == "value"))
            | ~pl.col("value_status").is_in(STATUSES)
        )
        if wrong.height:
            yield f"{table} has a number without a value or the reverse: {wrong.row(0, named=True)}"
    unparsed = pl.concat(
        [
            tables[table].filter(pl.col("value_status") == "unparsed").select("cell_key")
            for table in ("indicator_values", "budget_amounts")
        ]
    )
    seen = unparsed.join(
        tables["cells"].filter(pl.col("role") == "quarantined"), on="cell_key", how="anti"
    )
    if seen.height:
        yield f"a value was not read and its cell is not put aside: {seen.row(0)}"
    roles = tables["cells"]["role"]
    if not roles.is_in(list(ROLES)).all():
        yield f"roles: {roles.unique().to_list()}"
