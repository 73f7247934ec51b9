"""The file opens with what people have: the strings of the README, against a real build.

The dialect ``duckdb-engine`` is installed beside the tests with SQLAlchemy 1.4, as Superset has
it: with SQLAlchemy 2 its reflection asks DuckDB for types that only PostgreSQL has.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest
from calling import ROOT, SEEDS

# What the README's table says to connect with, by the tool's first word.
STRINGS = {
    found["tool"]: found["string"]
    for found in re.finditer(
        r"^\| (?P<tool>\w+)[^|]*\| `(?P<string>[^`]+)` \|",
        (ROOT / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}
DIALECT = Path(sys.prefix) / "sqlalchemy"
REFLECTION = """
import json, sys
import sqlalchemy

engine = sqlalchemy.create_engine(sys.argv[1])
everything = sqlalchemy.MetaData()
everything.reflect(bind=engine, schema="main")
with engine.connect() as connection:
    tables = {
        table.name: {
            "comment": table.comment,
            "columns": {column.name: column.comment for column in table.columns},
            "types": {column.name: str(column.type) for column in table.columns},
            "rows": connection.execute(
                sqlalchemy.select(sqlalchemy.func.count()).select_from(table)
            ).scalar(),
        }
        for table in everything.tables.values()
    }
    try:
        connection.execute(sqlalchemy.text("delete from fact_budget"))
        refused = ""
    except sqlalchemy.exc.DBAPIError as error:
        refused = str(error.orig)
print(json.dumps({"tables": tables, "refused": refused}))
"""


@pytest.fixture(scope="module")
def warehouse(seed_data: Path) -> Path:
    return seed_data / "warehouse.duckdb"


@pytest.fixture(scope="module")
def reflected(warehouse: Path) -> dict[str, Any]:
    """What SQLAlchemy finds in the warehouse through the README's string."""
    assert DIALECT.is_dir(), "make test installs the dialect beside the tests"
    ended = subprocess.run(  # noqa: S603 - our own program, our own file
        [sys.executable, "-c", REFLECTION, of(STRINGS["SQLAlchemy"], warehouse)],
        env={"PYTHONPATH": str(DIALECT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def of(string: str, warehouse: Path) -> str:
    """The README's string, for a warehouse elsewhere."""
    named = re.sub(r"/path/to/warehouse\.duckdb|data/warehouse\.duckdb", str(warehouse), string)
    assert named != string
    return named


def told(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_python_reads_the_file_and_cannot_change_it(warehouse: Path) -> None:
    before = warehouse.read_bytes()
    connect = of(STRINGS["Python"], warehouse)
    with eval(connect, {"duckdb": duckdb}) as connection:  # noqa: S307 - the README's own
        # The sheet prints 12 amounts of the policy and 36 of its programs.
        assert connection.execute("select count(*) from fact_budget").fetchall() == [(48,)]
        with pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("delete from fact_budget")
    assert warehouse.read_bytes() == before


def test_two_readers_have_the_file_open_at_once(warehouse: Path) -> None:
    program = (
        "import duckdb, sys; "
        "print(duckdb.connect(sys.argv[1], read_only=True).table('fact_budget').count('*'))"
    )
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute("from fact_budget").fetchone()
        ended = subprocess.run(  # noqa: S603 - our own program, our own file
            [sys.executable, "-c", program, str(warehouse)], capture_output=True, check=False
        )
    assert ended.returncode == 0, ended.stderr


def test_a_build_ends_well_below_an_open_reader_and_no_reader_sees_half_of_it(
    seed_data: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(seed_data, tmp_path / "data")
    warehouse = data / "warehouse.duckdb"
    question = "select build_id, (select count(*) from fact_budget) from meta_build"
    # Within one process, DuckDB would hand every reader the file that the first one opened.
    keeps_open = (
        "import duckdb, sys; connection = duckdb.connect(sys.argv[1], read_only=True); "
        "ask = lambda: print(connection.execute(sys.argv[2]).fetchone(), flush=True); "
        "ask(); input(); ask()"
    )
    reader = subprocess.Popen(  # noqa: S603 - our own program, our own file
        [sys.executable, "-c", keeps_open, str(warehouse), question],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout
    first = reader.stdout.readline()
    build = subprocess.Popen(
        [sys.executable, "-m", "pipelines", "build", "--again"],
        cwd=ROOT,
        env={"PATH": "", "DATA": str(data), "DOCUMENTS": str(SEEDS)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    seen = set()
    while build.poll() is None:
        seen.update(told(warehouse, question))
        time.sleep(0.02)
    assert build.returncode == 0, build.stderr and build.stderr.read()
    seen.update(told(warehouse, question))
    then, _ = reader.communicate("\n", timeout=60)
    # The one who kept it open still reads the build before; the others read it or the new one.
    assert then == first
    assert len({build_id for build_id, _ in seen}) == 2
    assert {amounts for _, amounts in seen} == {48}


def test_sqlalchemy_reflects_every_table_and_column(
    warehouse: Path, reflected: dict[str, Any]
) -> None:
    there = told(
        warehouse,
        "select table_name, list(column_name order by column_index) from duckdb_columns() "
        "where schema_name = 'main' and not internal group by all",
    )
    assert len(there) > 30
    found = {name: list(table["columns"]) for name, table in reflected["tables"].items()}
    assert found == dict(there)


def test_sqlalchemy_reflects_every_comment(warehouse: Path, reflected: dict[str, Any]) -> None:
    for name, comment in told(
        warehouse, "select table_name, comment from duckdb_tables() where schema_name = 'main'"
    ):
        assert comment
        assert reflected["tables"][name]["comment"] == comment
    for name, column, comment in told(
        warehouse,
        "select table_name, column_name, comment from duckdb_columns() "
        "where schema_name = 'main' and not internal",
    ):
        assert comment
        assert reflected["tables"][name]["columns"][column] == comment


def test_sqlalchemy_knows_the_types_that_charts_depend_on(reflected: dict[str, Any]) -> None:
    types = reflected["tables"]["report_indicator_progress"]["types"]
    assert types["fiscal_year_start_date"] == "DATE"
    assert types["fiscal_year"] == "INTEGER"
    assert types["actual_value"].startswith("NUMERIC")
    assert types["is_target_reached"] == "BOOLEAN"


def test_sqlalchemy_reads_rows_and_changes_none(reflected: dict[str, Any]) -> None:
    assert reflected["tables"]["fact_indicator_values"]["rows"] == 102
    assert "read-only" in reflected["refused"]
