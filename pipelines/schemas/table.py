"""What a parquet table is: its columns, their types, units and meanings.

In: declarations. Out: :class:`Column` and :class:`Table`, and the types that columns have.
Refuses: ``Table.frame`` and ``Table.check`` raise ``ValueError`` for a frame whose columns or
types differ from the declaration, or that lacks a value where one is required.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TEXT = pl.String()
INTEGER = pl.Int32()
YEN = pl.Int64()
NUMBER = pl.Decimal(18, 4)
POINTS = pl.Float64()
FLAG = pl.Boolean()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its polars type and what it means, in English and in Japanese."""

    name: str
    dtype: pl.DataType
    english: str
    japanese: str
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One parquet table: ``layer``/``name`` is its folder below the data folder."""

    layer: str
    name: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pl.Schema:
        """Column names and polars types, in order."""
        return pl.Schema({column.name: column.dtype for column in self.columns})

    def frame(self, rows: Iterable[Mapping[str, Any]] = ()) -> pl.DataFrame:
        """Rows (mappings) as a frame of this table; a missing column is null.

        Raises ``ValueError`` for a column that the table does not have, and for a null where
        the declaration says there is none.
        """
        known = self.schema
        materialised = list(rows)
        if unknown := set().union(*materialised) - known.keys():
            message = f"{self.layer}/{self.name} has no column {sorted(unknown)}"
            raise ValueError(message)
        return self.check(pl.DataFrame(materialised, schema=known, orient="row"))

    def check(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The same frame if it is one of this table; else ``ValueError`` naming the difference."""
        if frame.schema != self.schema:
            message = f"{self.layer}/{self.name}: expected {self.schema}, got {frame.schema}"
            raise ValueError(message)
        required = [column.name for column in self.columns if not column.nullable]
        counts = frame.select(pl.col(required).null_count()).row(0) if required else ()
        if empty := [name for name, count in zip(required, counts, strict=True) if count]:
            message = f"{self.layer}/{self.name}: null in required columns {empty}"
            raise ValueError(message)
        return frame
