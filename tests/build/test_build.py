"""The whole build, called as a person calls it."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
import strange_pdfs
from calling import ROOT, SEEDS, Ended, shisaku
from filelock import FileLock

BUILD = [sys.executable, "-m", "pipelines", "build"]
SHEET = SEEDS / "mext-r2-9-1.facsimile.pdf"


def rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def file_of(data: Path) -> bytes:
    return (data / "warehouse.duckdb").read_bytes()


@pytest.fixture
def data(seed_data: Path, tmp_path: Path) -> Path:
    """A data folder of this test's own, in which the seed sheet is already built."""
    return shutil.copytree(seed_data, tmp_path / "data")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder of this test's own that holds the seed sheet and its sidecar."""
    return shutil.copytree(SEEDS, tmp_path / "documents")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, seed_data: Path) -> tuple[Path, Ended]:
    """A build of the seed sheet beside one bad file of each kind."""
    documents = shutil.copytree(SEEDS, tmp_path_factory.mktemp("mixed") / "documents")
    for name, content in strange_pdfs.folder_of_six(SHEET.read_bytes()).items():
        (documents / name).write_bytes(content)
    data = shutil.copytree(seed_data, documents.parent / "data")
    return data, shisaku("build", "--documents", documents, "--data", data)


def test_a_build_ends_with_rows_documents_cells_characters_and_the_path(
    seed_build: tuple[Path, Ended],
) -> None:
    data, ended = seed_build
    lines = ended.output.splitlines()
    assert lines[0].split() == ["table", "rows"]
    counted = {line.split()[0]: line.split()[1] for line in lines[1 : lines.index("")]}
    assert counted["fact_indicator_values"] == "102"
    assert counted["fact_budget"] == "48"
    assert counted["dim_program"] == "15"
    assert counted["bridge_program_indicator"] == "27"
    assert "Documents: 1 read, 0 unrecognized, 0 failed" in lines
    assert any(line.startswith("Cells quarantined: ") for line in lines)
    assert lines[-1] == f"Open {data / 'warehouse.duckdb'}"


def test_characters_of_the_text_layer_and_cells_by_role_add_up(
    seed_build: tuple[Path, Ended],
) -> None:
    _, ended = seed_build
    (characters,) = re.findall(r"text layer: ([\d,]+) = ([\d,]+) in .* \+ ([\d,]+) o", ended.output)
    layer, inside, outside = (int(number.replace(",", "")) for number in characters)
    assert layer == inside + outside > 1_000
    (cells,) = re.findall(r"^Cells quarantined: .* of ([\d,]+) = (.*)$", ended.output, re.MULTILINE)
    assert int(cells[0].replace(",", "")) == sum(
        int(number.replace(",", "")) for number in re.findall(r"[\d,]+", cells[1])
    )


def test_no_change_is_said_and_done_at_once(data: Path, documents: Path) -> None:
    before = file_of(data)
    ended = shisaku("build", "--documents", documents, "--data", data)
    assert ended.status == 0
    assert ended.output.startswith("Nothing has changed since build ")
    assert ended.errors == ""
    assert file_of(data) == before


def test_a_folder_with_bad_files_still_publishes_the_good_sheet(mixed: tuple[Path, Ended]) -> None:
    data, ended = mixed
    assert ended.status == 0, ended.errors
    assert rows(data, "select count(*) from fact_budget") == [(48,)]
    assert rows(data, "select count(*) from fact_indicator_values") == [(102,)]


def test_each_bad_file_has_a_status_and_a_reason_that_a_person_understands(
    mixed: tuple[Path, Ended],
) -> None:
    data, ended = mixed
    found = {
        name: (status, reason)
        for name, status, reason in rows(
            data, "select file_name, status, status_reason from dim_document where status <> 'read'"
        )
    }
    assert set(found) == set(strange_pdfs.folder_of_six(b""))
    for name in ("empty.pdf", "text.pdf", "truncated.pdf", "encrypted.pdf"):
        assert found[name][0] == "failed", name
    for name in ("no-tables.pdf", "image-only.pdf"):
        assert found[name][0] in {"failed", "unrecognized_form"}, name
    reasons = {name: reason for name, (_, reason) in found.items()}
    for name, reason in reasons.items():
        assert len(reason.split()) >= 3, (name, reason)
        assert not re.search(r"Error|Exception|Traceback|0x[0-9a-f]{6}", reason), (name, reason)
        assert f"{name} {reason}" in ended.output
    assert len(set(reasons.values())) >= 5


def test_strict_makes_an_unread_document_an_error_and_publishes_all_the_same(
    mixed: tuple[Path, Ended],
) -> None:
    data, _ = mixed
    documents = data.parent / "documents"
    ended = shisaku("build", "--documents", documents, "--data", data, STRICT="1")
    assert ended.status == 1
    assert "Nothing has changed" in ended.output


def house_with(tmp_path: Path, test: str) -> Path:
    """A copy of the project in which one more dbt test stands."""
    house = tmp_path / "house"
    left_out = shutil.ignore_patterns("target", "logs", "__pycache__", "*.egg-info")
    for name in ("pipelines", "dbt_project", "seeds"):
        shutil.copytree(ROOT / name, house / name, ignore=left_out)
    (house / "dbt_project" / "tests" / "it_fails.sql").write_text(test, encoding="utf-8")
    return house


def test_a_failing_test_publishes_nothing_and_names_itself(
    data: Path, documents: Path, tmp_path: Path
) -> None:
    before = file_of(data)
    house = house_with(tmp_path, "select * from {{ ref('fact_budget') }}")
    ended = shisaku("build", "--documents", documents, "--data", data, house=house)
    assert ended.status == 1
    assert "it_fails" in ended.errors
    assert "48 results" in ended.errors
    assert "Traceback" not in ended.errors
    assert file_of(data) == before
    assert not (data / "building").exists()
    told = shisaku("status", "--data", data)
    assert "published nothing" in told.output
    assert "it_fails" in told.output


def test_a_folder_without_pdfs_publishes_nothing(data: Path, tmp_path: Path) -> None:
    before = file_of(data)
    (tmp_path / "none").mkdir()
    ended = shisaku("build", "--documents", tmp_path / "none", "--data", data)
    assert ended.status == 1
    assert "No PDF that can be opened" in ended.errors
    assert file_of(data) == before


def test_what_is_published_holds_tables_alone_of_plain_types(seed_data: Path) -> None:
    assert rows(seed_data, "select count(*) from duckdb_views() where not internal") == [(0,)]
    types = rows(
        seed_data,
        "select distinct data_type from duckdb_columns() where not internal",
    )
    plain = {"VARCHAR", "INTEGER", "BIGINT", "DECIMAL(18,4)", "BOOLEAN", "DATE", "TIMESTAMP"}
    assert {type_ for (type_,) in types} <= plain


def test_the_published_file_is_written_for_older_duckdb_versions(seed_data: Path) -> None:
    (written,) = rows(seed_data, "select tags from duckdb_databases() where not internal")
    assert written == ({"storage_version": "v1.0.0+"},)


def test_the_file_of_one_sheet_fits_into_a_mail(seed_data: Path) -> None:
    assert (seed_data / "warehouse.duckdb").stat().st_size < 5_000_000


@pytest.mark.parametrize("version", ["1.4", "1.5"])
def test_older_duckdb_versions_read_every_table(seed_data: Path, version: str) -> None:
    folder = Path(sys.prefix) / f"duckdb-{version}"
    assert folder.is_dir(), "make test installs the older versions beside the tests"
    program = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    names = connection.sql(
        "select table_name, comment from duckdb_tables() where schema_name = 'main'"
    ).fetchall()
    read = {name: connection.table(name).fetchall() for name, _ in names}
    counts = {name: len(rows) for name, rows in read.items()}
    print(json.dumps([duckdb.__version__, all(comment for _, comment in names), counts]))
"""
    ended = subprocess.run(  # noqa: S603 - our own program, our own file
        [sys.executable, "-c", program, str(seed_data / "warehouse.duckdb")],
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    is_, all_have_comments, counts = json.loads(ended.stdout)
    assert is_.startswith(version)
    assert all_have_comments
    assert counts["fact_indicator_values"] == 102
    assert counts["fact_budget"] == 48


def test_events_can_be_had_as_json(data: Path, documents: Path) -> None:
    ended = shisaku("build", "--documents", documents, "--data", data, "--again", LOG="json")
    events = [json.loads(line) for line in ended.errors.splitlines()]
    assert {"time", "level", "message"} <= set(events[0])
    assert events[0]["documents"] == 1
    assert events[-1]["message"].startswith("Published ")


def test_a_data_folder_of_any_name_can_be_built_in(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "da ta'\"[x]*{{ 1 }}%s;年 $(id)"
    ended = shisaku("build", "--documents", documents, "--data", data)
    assert ended.status == 0, ended.errors
    assert rows(data, "select count(*) from fact_budget") == [(48,)]


def test_a_second_build_of_the_same_folder_says_so_or_waits(data: Path, documents: Path) -> None:
    (documents / "new.pdf").write_bytes(b"")
    with FileLock(data / ".lock"):
        ended = shisaku("build", "--documents", documents, "--data", data, "--no-wait")
        assert ended.status == 1
        assert "Another build is under way" in ended.errors
        waiting = subprocess.Popen(  # noqa: S603 - our own command
            [*BUILD, "--documents", str(documents), "--data", str(data)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert waiting.stderr is not None
        assert "waiting for it to end" in waiting.stderr.readline()
        assert waiting.poll() is None
    with waiting:
        assert waiting.wait(timeout=300) == 0
    assert rows(data, "select count(*) from dim_document") == [(2,)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_stopped_says_so_and_leaves_nothing_behind(
    data: Path, documents: Path, number: signal.Signals
) -> None:
    before = file_of(data)
    (documents / "new.pdf").write_bytes(b"")
    with subprocess.Popen(  # noqa: S603 - our own command
        [*BUILD, "--documents", str(documents), "--data", str(data)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as build:
        assert build.stderr is not None
        assert "2 documents below" in build.stderr.readline()
        build.send_signal(number)
        said = build.stderr.read()
    assert build.returncode == 128 + number
    assert said.endswith("stopped; what was published before is in place\n")
    assert "Traceback" not in said
    assert file_of(data) == before
    assert not (data / "building").exists()


def test_strict_makes_a_name_that_leads_nowhere_an_error(data: Path, documents: Path) -> None:
    (documents / "gone.pdf").symlink_to("nowhere")
    ended = shisaku("build", "--documents", documents, "--data", data, STRICT="1")
    assert ended.status == 1
    assert "Documents: 1 read, 0 unrecognized, 1 failed" in ended.output
    assert "failed: gone.pdf is a link that leads nowhere" in ended.output
    gone = "select sha256, page_count, status_reason from dim_document where status = 'failed'"
    assert rows(data, gone) == [(None, None, "is a link that leads nowhere")]
