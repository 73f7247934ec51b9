"""The golden tables of the one real sheet, typed, and the warehouse built from that sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GOLDEN = Path(__file__).parent / "mext-r2-9-1"

_TYPES: dict[str, Callable[[str], Any]] = {
    "goal_number": int,
    "indicator_number": int,
    "listing_order": int,
    "page_number": int,
    "page_count": int,
    "fiscal_year": int,
    "start_fiscal_year": int,
    "evaluation_fiscal_year": int,
    "amount_yen": int,
    "value_numeric": Decimal,
    "amount_printed": Decimal,
    "is_additive": {"true": True, "false": False}.__getitem__,
    "start_date": date.fromisoformat,
    "end_date": date.fromisoformat,
}

Row = dict[str, Any]


@pytest.fixture(scope="session")
def golden() -> Callable[[str], list[Row]]:
    """Read one golden table: a list of rows, typed as the contract types them."""

    def read(name: str) -> list[Row]:
        text = (GOLDEN / f"{name}.tsv").read_text(encoding="utf-8")
        header, *lines = text.removesuffix("\n").split("\n")
        columns = header.split("\t")
        return [
            {
                column: _TYPES.get(column, str)(printed) if printed else None
                for column, printed in zip(columns, line.split("\t"), strict=True)
            }
            for line in lines
        ]

    return read


@pytest.fixture(scope="session")
def published_text() -> str:
    """The text of the sheet as the ministry published it."""
    return (GOLDEN / "published-text.txt").read_text(encoding="utf-8")


@pytest.fixture
def warehouse(seed_data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the warehouse built from ``seeds/documents``."""
    with duckdb.connect(str(seed_data / "warehouse.duckdb"), read_only=True) as connection:
        yield connection
