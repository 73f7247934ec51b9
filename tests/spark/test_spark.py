"""The same documents, read and modelled by this machine with DuckDB, and by Spark: the same marts.

``make test-spark`` installs Spark beside the rest and runs these; they need Java 17 or newer.
"""

from __future__ import annotations

import importlib.util
import shutil
from typing import TYPE_CHECKING

import duckdb
import pytest
from calling import ROOT, SEEDS, shisaku

from tests.synthetic import make_sheet

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.spark,
    pytest.mark.xdist_group("spark"),
    pytest.mark.skipif(
        shutil.which("java") is None, reason="Spark runs on Java, and there is none on this machine"
    ),
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None,
        reason="Spark is not installed: make test-spark does that",
    ),
]
# Says which engine and which build made the marts.
NOT_COMPARED = {"meta_build": ("build_id", "built_at", "engine_version")}
SEEDS_OF_SHEETS = (1, 2, 5)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real sheet, synthetic ones of both families, and files that no one can read."""
    folder = shutil.copytree(SEEDS, tmp_path_factory.mktemp("spark") / "documents")
    for seed in SEEDS_OF_SHEETS:
        (folder / f"{seed}.pdf").write_bytes(make_sheet(seed).pdf)
    (folder / "twice.pdf").write_bytes((folder / "1.pdf").read_bytes())
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "cut.pdf").write_bytes((folder / "1.pdf").read_bytes()[:5_000])
    return folder


@pytest.fixture(scope="module")
def by_duckdb(documents: Path) -> Path:
    data = documents.parent / "duckdb"
    ended = shisaku("build", "--documents", documents, "--data", data)
    assert ended.status == 0, ended.errors
    return data / "warehouse.duckdb"


@pytest.fixture(scope="module")
def by_spark(documents: Path) -> Path:
    """The marts as Spark made them; the folder is named as an object store's would be."""
    data = documents.parent / "spark"
    ended = shisaku(
        "build",
        "--data",
        data,
        timeout=1_200,
        DOCUMENTS=documents.as_uri(),
        ENGINE="spark",
        TARGET="spark",
        SPARK_MASTER="local[2]",
    )
    assert ended.status == 0, ended.errors[-5_000:]
    assert f"Open {data}" in ended.output
    return data / "marts"


def _files(marts: Path, table: str) -> str:
    return f"read_parquet('{marts / table}/*.parquet')"


def test_every_mart_of_both_engines_is_equal_row_for_row(by_duckdb: Path, by_spark: Path) -> None:
    with duckdb.connect(str(by_duckdb), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'main' order by 1"
        ).fetchall()
        assert {name for (name,) in tables} == {path.name for path in by_spark.iterdir()}
        for (name,) in tables:
            left_out = NOT_COMPARED.get(name, ())
            exclude = f" exclude ({', '.join(left_out)})" if left_out else ""
            ours = f'select *{exclude} from "{name}"'  # noqa: S608 - tables of our own
            theirs = f"select *{exclude} from {_files(by_spark, name)}"  # noqa: S608
            for one, other in ((ours, theirs), (theirs, ours)):
                surplus = connection.execute(f"{one} except all {other} limit 3").fetchall()
                assert not surplus, (name, surplus)
        facts = connection.execute("select count(*) from fact_budget").fetchall()
        assert facts[0][0] > 100


def test_types_are_the_same_on_both_engines(by_duckdb: Path, by_spark: Path) -> None:
    with duckdb.connect(str(by_duckdb), read_only=True) as connection:
        for path in sorted(by_spark.iterdir()):
            ours = connection.execute(f'describe select * from "{path.name}"').fetchall()  # noqa: S608
            files = _files(by_spark, path.name)
            theirs = connection.execute(f"describe select * from {files}").fetchall()  # noqa: S608
            # Spark's timestamps bear the time zone of the session, which is UTC.
            plain = [(name, kind.removesuffix(" WITH TIME ZONE")) for name, kind, *_ in theirs]
            assert [(name, kind) for name, kind, *_ in ours] == plain, path.name


def test_a_document_that_fails_on_an_executor_fails_alone(by_spark: Path) -> None:
    query = f"select file_name, status, status_reason from {_files(by_spark, 'dim_document')}"  # noqa: S608
    found = duckdb.sql(query).fetchall()
    failed = {name: reason for name, status, reason in found if status == "failed"}
    assert set(failed) == {"empty.pdf", "cut.pdf"}
    assert failed["empty.pdf"] == "is empty: the file has no content"


def test_the_readme_says_how_to_read_the_marts_from_there() -> None:
    assert "SPARK_MASTER" in (ROOT / "README.md").read_text(encoding="utf-8")
