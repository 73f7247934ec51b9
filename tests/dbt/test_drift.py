"""The parquet tables of the pipeline and the sources of dbt say the same, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from pipelines.schemas import TABLES

if TYPE_CHECKING:
    from conftest import Built

TYPE_NAMES = {
    pl.String(): "string",
    pl.Int32(): "integer",
    pl.Int64(): "bigint",
    pl.Decimal(18, 4): "decimal(18,4)",
    pl.Float64(): "double",
    pl.Boolean(): "boolean",
}
# Staging casts what a source keeps otherwise, and renames what would be unclear further on.
CAST_TO = {"double": "decimal(18,4)"}
RENAMED = {"rule": "value_rule"}
DUCKDB_NAMES = {"string": "varchar"}


def _sources(built: Built) -> dict[str, dict[str, Any]]:
    sources = built.manifest["sources"].values()
    return {f"{source['source_name']}/{source['name']}": source for source in sources}


def test_every_parquet_table_is_a_source_and_every_source_a_parquet_table(good: Built) -> None:
    assert set(_sources(good)) == {f"{table.layer}/{table.name}" for table in TABLES}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.layer}/{table.name}")
def test_a_source_has_the_columns_types_and_nulls_of_its_table(good: Built, table: Any) -> None:  # noqa: ANN401
    columns = _sources(good)[f"{table.layer}/{table.name}"]["columns"].values()
    declared = [
        (column["name"], column["data_type"], not column["config"]["meta"].get("required", False))
        for column in columns
    ]
    assert declared == [
        (column.name, TYPE_NAMES[column.dtype], column.nullable) for column in table.columns
    ]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.layer}/{table.name}")
def test_staging_passes_every_column_of_its_table_on(good: Built, table: Any) -> None:  # noqa: ANN401
    passed_on = good.rows(
        "select column_name, lower(data_type) from duckdb_columns() where table_name = ?",
        f"stg_{table.layer}__{table.name}",
    )
    expected = []
    for column in table.columns:
        name = TYPE_NAMES[column.dtype]
        cast = CAST_TO.get(name, name)
        expected.append((RENAMED.get(column.name, column.name), DUCKDB_NAMES.get(cast, cast)))
    assert passed_on == expected
