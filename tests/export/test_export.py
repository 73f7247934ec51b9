"""What is taken away: the same rows, typed and described, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import duckdb
import frictionless
import polars as pl
import pytest
from calling import shisaku

from pipelines import export
from pipelines.build.settings import DataFolder
from pipelines.errors import ShisakuError

if TYPE_CHECKING:
    from pathlib import Path


# What an export asks a warehouse for besides its tables.
BUILD = """
    create table meta_build as
    select 'b' as build_id, timestamp '2026-01-02 03:04:05' as built_at, '0' as shisaku_version
"""
DOCUMENT = """
    create table dim_document as
    select
        'd' as document_key, 'd.pdf' as file_name, null::varchar as title,
        null::varchar as attribution, null::varchar as license, null::varchar as source_url
"""


@pytest.fixture(scope="module")
def folder(seed_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the seed build, written beside a link to its warehouse."""
    data = tmp_path_factory.mktemp("exported")
    (data / "warehouse.duckdb").hardlink_to(seed_data / "warehouse.duckdb")
    ended = shisaku("export", "--data", data)
    assert ended.status == 0, ended.errors
    assert ended.output == f"Data package: {data}/export/datapackage.json\n"
    return data / "export"


@pytest.fixture(scope="module")
def package(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def made(path: Path, *statements: str) -> DataFolder:
    """A data folder with a small warehouse: what an export needs, and what ``statements`` make."""
    path.mkdir(exist_ok=True)
    with duckdb.connect(str(path / "warehouse.duckdb")) as connection:
        for statement in (BUILD, DOCUMENT, *statements):
            connection.execute(statement)
    return DataFolder(path)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_frictionless_library_finds_every_file_as_the_package_says(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    assert report.stats["tasks"] == len(list((folder / "csv").iterdir())) > 30


def test_every_table_is_there_twice_with_all_its_rows(folder: Path, seed_data: Path) -> None:
    with duckdb.connect(str(seed_data / "warehouse.duckdb"), read_only=True) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where schema_name = 'main'"
            ).fetchall()
        ]
        assert {path.stem for path in (folder / "csv").iterdir()} == set(names)
        assert {path.stem for path in (folder / "parquet").iterdir()} == set(names)
        for name in names:
            path = folder / "parquet" / f"{name}.parquet"
            for one, other in ((name, f"'{path}'"), (f"'{path}'", name)):
                missing = connection.execute(f"from {one} except all from {other}").fetchall()
                assert missing == [], name
            (count,) = connection.execute(f"select count(*) from {name}").fetchall()[0]  # noqa: S608
            assert len(rows_of(folder / "csv" / f"{name}.csv")) == count + 1, name


def test_a_csv_begins_with_the_mark_that_a_spreadsheet_knows_utf_8_by(folder: Path) -> None:
    for path in (folder / "csv").iterdir():
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name


def test_a_dash_alone_and_every_start_of_a_formula_carry_an_apostrophe_in_a_csv(
    tmp_path: Path,
) -> None:
    texts = [
        "=1+1",
        "+1",
        "-",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－",
        "＠a",
        "'=1",
    ]
    harmless = ["―", "△5", "1-2", "令和元年度", "(30,205,833)", " =1"]
    values = ", ".join(
        f"({i}, '{text.replace(chr(39), chr(39) * 2)}', 'x')"
        for i, text in enumerate([*texts, *harmless])
    )
    data = made(
        tmp_path,
        "create table t (i integer primary key, raw_text varchar, other varchar)",
        f"insert into t values {values}",  # noqa: S608 - the texts above
    )
    export.write(data)
    _, *rows = rows_of(tmp_path / "export" / "csv" / "t.csv")
    assert [row[1] for row in rows] == [f"'{text}" for text in texts] + harmless
    assert {row[2] for row in rows} == {"x"}
    exact = pl.read_parquet(tmp_path / "export" / "parquet" / "t.parquet")["raw_text"]
    assert exact.to_list() == texts + harmless


def test_numbers_below_zero_stay_numbers_and_a_missing_text_stays_apart_from_an_empty_one(
    tmp_path: Path,
) -> None:
    data = made(
        tmp_path,
        "create table t (i integer primary key, n decimal(18,4), b bigint, s varchar)",
        "insert into t values (-1, -2.5, -9007199254740993, ''), (0, null, null, null)",
    )
    export.write(data)
    text = (tmp_path / "export" / "csv" / "t.csv").read_text(encoding="utf-8-sig")
    lines = text.splitlines()
    assert lines[1] == '-1,-2.5000,-9007199254740993,""'
    assert lines[2] == "0,,,"


def test_a_column_says_its_type_and_its_meaning_in_both_languages(package: dict[str, Any]) -> None:
    resources = {resource["name"]: resource for resource in package["resources"]}
    fields = {field["name"]: field for field in resources["fact_budget"]["schema"]["fields"]}
    assert fields["amount_yen"]["type"] == "integer"
    assert fields["amount_printed"]["type"] == "number"
    assert fields["is_additive"]["type"] == "boolean"
    assert fields["raw_text"]["type"] == "string"
    for resource in resources.values():
        for described in (resource, *resource["schema"]["fields"]):
            assert " / " in described["description"], (resource["name"], described["name"])


def test_keys_are_told_as_the_warehouse_enforces_them(package: dict[str, Any]) -> None:
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"]}
    assert schemas["fact_budget"]["primaryKey"] == ["budget_key"]
    assert {
        "fields": ["cell_key"],
        "reference": {"resource": "cells", "fields": ["cell_key"]},
    } in schemas["fact_budget"]["foreignKeys"]
    assert all("primaryKey" in schema for schema in schemas.values())


def test_the_sheets_attribution_and_terms_go_along(package: dict[str, Any]) -> None:
    # As the sidecar of the sheet has them.
    assert [source["title"] for source in package["sources"]] == [
        "出典：文部科学省「令和２年度実施施策に係る事前分析表（文R2－9－1）」をもとに再組版"
    ]
    assert [licence["title"] for licence in package["licenses"]] == [
        "文部科学省ウェブサイト利用規約（政府標準利用規約に準拠、CC BY 4.0互換）"
    ]


def test_a_document_without_a_sidecar_is_named_by_its_file_and_no_licence_is_made_up(
    tmp_path: Path,
) -> None:
    path = export.write(made(tmp_path))
    package = json.loads(path.read_text(encoding="utf-8"))
    assert package["sources"] == [{"title": "d.pdf"}]
    assert "licenses" not in package


def test_the_same_rows_give_the_same_parquet_bytes_on_one_thread_and_on_four(
    tmp_path: Path,
) -> None:
    # Several row groups, texts that repeat and texts that do not, laid down out of order.
    rows = (
        "select hash(i)::varchar as k, i % 7 as n, (i % 13)::varchar as s, md5(i::varchar) as u "
        "from range(400000) t(i)"
    )
    contents = []
    for threads, order in ((1, "i"), (4, "i desc"), (4, "i")):
        data = made(
            tmp_path / f"{threads}-{order}",
            "create table t (k varchar primary key, n bigint, s varchar, u varchar)",
            f"insert into t {rows} order by {order}",
        )
        export.write(data, threads=threads)
        contents.append((data.root / "export" / "parquet" / "t.parquet").read_bytes())
    assert contents[0] == contents[1] == contents[2]
    path = tmp_path / "4-i" / "export" / "parquet" / "t.parquet"
    groups = duckdb.execute(
        "select distinct row_group_id, row_group_num_rows from parquet_metadata($1) order by 1",
        [str(path)],
    ).fetchall()
    assert [rows for _, rows in groups] == [122_880, 122_880, 122_880, 31_360]


def test_an_export_takes_the_place_of_the_one_before_and_leaves_nothing_beside_it(
    tmp_path: Path,
) -> None:
    data = made(tmp_path)
    export.write(data)
    (tmp_path / "export" / "stale.csv").touch()
    export.write(data)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export", "warehouse.duckdb"]
    assert not (tmp_path / "export" / "stale.csv").exists()


def test_a_type_that_is_not_plain_is_refused_and_the_export_before_stays(tmp_path: Path) -> None:
    data = made(tmp_path)
    export.write(data)
    with duckdb.connect(str(data.warehouse)) as connection:
        connection.execute("create table odd as select [1] as numbers")
    with pytest.raises(ShisakuError, match=r"odd\.numbers has the type INTEGER\[\]"):
        export.write(data)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export", "warehouse.duckdb"]


def test_without_a_warehouse_a_person_is_told_what_to_do(tmp_path: Path) -> None:
    ended = shisaku("export", "--data", tmp_path)
    assert ended.status == 1
    assert "Run `make build` first." in ended.errors
    assert "Traceback" not in ended.errors
