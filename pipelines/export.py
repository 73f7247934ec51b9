"""Taking the warehouse away: every table as Parquet and as CSV, described by a data package.

In: ``warehouse.duckdb`` of a data folder. Out: ``export/`` beside it: ``parquet/<table>.parquet``,
``csv/<table>.csv`` and ``datapackage.json`` (Frictionless: types, descriptions, keys, licences,
attributions). Refuses: a data folder without a warehouse, a column of a type that the contract does
not know (:class:`ShisakuError`); what was exported before then stays.

Parquet holds the exact text. A CSV is opened by spreadsheets, which take some first characters for
a formula: such a text carries one apostrophe in front, and so does a text that begins with an
apostrophe, so that whoever takes one leading apostrophe off has the printed text back.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl

from pipelines import publish
from pipelines.build import store
from pipelines.errors import ShisakuError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.build.settings import DataFolder

Descriptor = dict[str, Any]

# What OWASP's note on CSV injection lists, full-width forms included: Japanese spreadsheets take
# them for the half-width ones. The apostrophe itself is there to keep the way back unambiguous.
STARTS_OF_FORMULAS = "^[=+@＝＋－＠\\t\\r\\n'-]"
# Fixed, so that neither the machine nor its number of threads decides where a row group ends.
ROW_GROUP_ROWS = 122_880
TIME_FORMAT = "%Y-%m-%dT%H:%M:%S"
FIELD_TYPES: dict[str, Descriptor] = {
    "VARCHAR": {"type": "string"},
    "INTEGER": {"type": "integer"},
    "BIGINT": {"type": "integer"},
    "DECIMAL(18,4)": {"type": "number"},
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "date"},
    "TIMESTAMP": {"type": "datetime", "format": TIME_FORMAT},
}
DESCRIPTION = (
    "Japanese ministries' policy sheets (事前分析表) as tables. In the CSV files a text that a "
    "spreadsheet would take for a formula carries one apostrophe in front; the Parquet files hold "
    "the exact text. / 各府省の事前分析表を表形式にしたもの。CSVでは、数式と解釈されうる文字列の"
    "先頭にアポストロフィを1つ付けている。Parquetは印字どおりの文字列である。"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the warehouse: its comment, its columns as fields, its keys."""

    name: str
    comment: str | None
    fields: list[Descriptor]
    primary_key: list[str]
    foreign_keys: list[Descriptor]

    @property
    def schema(self) -> Descriptor:
        """The table as a Table Schema."""
        keys: Descriptor = {"primaryKey": self.primary_key} if self.primary_key else {}
        if self.foreign_keys:
            keys["foreignKeys"] = self.foreign_keys
        return {"fields": self.fields, **keys}


def write(data: DataFolder, threads: int | None = None) -> Path:
    """Export the published warehouse of ``data``; the path of ``datapackage.json``.

    ``threads``: what DuckDB may use, all cores by default; the Parquet files are the same.
    """
    if not data.warehouse.is_file():
        message = f"No warehouse at {data.warehouse}. Run `make build` first."
        message += publish.said_of_marts(data)
        raise ShisakuError(message)
    pending = Path(tempfile.mkdtemp(prefix=".export-", dir=data.root))
    try:
        _export(data.warehouse, pending, threads)
        _replace(data.root / "export", pending)
    except duckdb.Error as error:
        message = f"{data.warehouse} cannot be exported: {error}"
        raise ShisakuError(message) from error
    finally:
        shutil.rmtree(pending, ignore_errors=True)
    return data.root / "export" / "datapackage.json"


def made_safe(column: pl.Expr) -> pl.Expr:
    """A text column with an apostrophe before each text that a spreadsheet would calculate."""
    is_unsafe = column.str.contains(STARTS_OF_FORMULAS)
    return pl.when(is_unsafe).then(pl.lit("'") + column).otherwise(column).name.keep()


def _export(warehouse: Path, folder: Path, threads: int | None) -> None:
    """Write the files and the package that describes them into ``folder``."""
    for name in ("parquet", "csv"):
        (folder / name).mkdir()
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        if threads is not None:
            connection.execute(f"set threads = {threads}")
        tables = _tables(connection)
        for table in tables:
            _write_parquet(connection, table, folder / "parquet" / f"{table.name}.parquet")
            _write_csv(
                folder / "parquet" / f"{table.name}.parquet", folder / "csv" / f"{table.name}.csv"
            )
        package = _package(connection, [_resource(table, folder) for table in tables])
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
    folder.chmod(0o755)


def _write_parquet(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """All rows in the order of the primary key."""
    order = ", ".join(map(_quoted, table.primary_key)) or "all"
    target = str(path).replace("'", "''")
    connection.execute(
        f"copy (select * from main.{_quoted(table.name)} order by {order}) to '{target}' "  # noqa: S608 - names from the catalog
        f"(format parquet, compression zstd, row_group_size {ROW_GROUP_ROWS})"
    )


def _write_csv(parquet: Path, path: Path) -> None:
    """The same rows for spreadsheets: UTF-8 with a byte order mark, lines as RFC 4180 has them."""
    pl.scan_parquet(parquet, glob=False).with_columns(made_safe(pl.col(pl.String))).sink_csv(
        path, include_bom=True, line_terminator="\r\n", datetime_format=TIME_FORMAT
    )


def _tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Every table of the schema ``main`` by name, as the catalog describes it."""
    columns: dict[str, list[Descriptor]] = {}
    keys: dict[str, list[str]] = {}
    references: dict[str, list[Descriptor]] = {}
    for name, kind, own, other, others in connection.execute(
        """
        select
            table_name, constraint_type, constraint_column_names,
            referenced_table, referenced_column_names
        from duckdb_constraints()
        where schema_name = 'main' and constraint_type in ('PRIMARY KEY', 'FOREIGN KEY')
        order by table_name, constraint_index
        """
    ).fetchall():
        if kind == "PRIMARY KEY":
            keys[name] = own
        else:
            reference = {"resource": other, "fields": others}
            references.setdefault(name, []).append({"fields": own, "reference": reference})
    linked = {
        (name, column)
        for name, found in references.items()
        for reference in found
        for column in reference["fields"]
    } | {(name, column) for name, key in keys.items() for column in key}
    for name, column, kind, comment, is_nullable in connection.execute(
        """
        select table_name, column_name, data_type, comment, is_nullable
        from duckdb_columns()
        where schema_name = 'main' and not internal
        order by table_name, column_index
        """
    ).fetchall():
        # An empty text and a missing one look the same in a CSV, so only keys ask for a text.
        required = not is_nullable and (kind != "VARCHAR" or (name, column) in linked)
        columns.setdefault(name, []).append(
            _field(f"{name}.{column}", column, kind, comment, required=required)
        )
    return [
        Table(name, comment, columns[name], keys.get(name, []), references.get(name, []))
        for name, comment in connection.execute(
            """
            select table_name, comment from duckdb_tables()
            where schema_name = 'main' and not internal order by table_name
            """
        ).fetchall()
    ]


def _field(place: str, name: str, kind: str, comment: str | None, *, required: bool) -> Descriptor:
    """A column as a field of a Table Schema; ``ShisakuError`` at a type that is not plain."""
    if kind not in FIELD_TYPES:
        message = f"{place} has the type {kind}, which an export does not know."
        raise ShisakuError(message)
    field = {"name": name, **FIELD_TYPES[kind]}
    if comment:
        field["description"] = comment
    if required:
        field["constraints"] = {"required": True}
    return field


def _resource(table: Table, folder: Path) -> Descriptor:
    """A table as a resource: the CSV for tools that read packages, its Parquet beside it."""
    resource: Descriptor = {"name": table.name}
    if table.comment:
        resource["description"] = table.comment
    return resource | {
        **_file(folder, f"csv/{table.name}.csv"),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": table.schema,
        "parquet": _file(folder, f"parquet/{table.name}.parquet"),
    }


def _file(folder: Path, path: str) -> Descriptor:
    """Where a file of the package is, and what it must be."""
    file = folder / path
    return {
        "path": path,
        "bytes": file.stat().st_size,
        "hash": f"sha256:{store.file_hash(file)}",
    }


def _package(connection: duckdb.DuckDBPyConnection, resources: Sequence[Descriptor]) -> Descriptor:
    """The data package: which build it is of, whose documents, and under which terms."""
    rows = connection.execute("select build_id, built_at, shisaku_version from meta_build")
    build_id, built_at, version = rows.fetchall()[0]
    documents = connection.execute(
        """
        select coalesce(attribution, title, file_name), source_url, license
        from dim_document order by document_key
        """
    ).fetchall()
    package: Descriptor = {
        "profile": "data-package",
        "name": "shisaku",
        "title": "事前分析表",
        "description": DESCRIPTION,
        "version": version,
        "created": built_at.strftime(f"{TIME_FORMAT}Z"),
        "build_id": build_id,
    }
    # "other-at" is the Open Definition's name for other terms that ask for attribution.
    licences = dict.fromkeys(licence for _, _, licence in documents if licence)
    if licences:
        package["licenses"] = [{"name": "other-at", "title": licence} for licence in licences]
    if documents:
        package["sources"] = [
            {"title": title} | ({"path": url} if url else {}) for title, url, _ in documents
        ]
    return package | {"resources": list(resources)}


def _replace(target: Path, made: Path) -> None:
    """Put ``made`` in the place of what was exported before."""
    former = made.with_name(f"{made.name}-former")
    if target.exists():
        target.rename(former)
    made.rename(target)
    shutil.rmtree(former, ignore_errors=True)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
