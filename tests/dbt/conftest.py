"""Warehouses that dbt builds from made-up sheets, once a session.

In: typed rows (``made_up_sheets``). Out: fixtures ``good``, ``empty`` and ``broken``, each a
:class:`Built`: the database, the results of every node, dbt's manifest.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from filelock import FileLock
from made_up_sheets import Sheet, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PROJECT = Path(__file__).parents[2] / "dbt_project"
RUN_DBT = "from dbt.cli.main import cli; cli()"
LOGGED = ("--log-format-file", "json", "--show-all-deprecations")


@dataclass(frozen=True)
class Built:
    """What one build left behind."""

    database: Path
    manifest: dict[str, Any]
    status: dict[str, str]
    """Status of each node that ran (success, pass, error, fail, skipped), by its name."""
    said: str
    warnings: list[str]
    """What dbt warned of, deprecations included."""

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """The answer to ``query``, its question marks filled with ``values``."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(query, values).fetchall()

    def named(self, *statuses: str) -> set[str]:
        """The nodes that ended in one of ``statuses``."""
        return {name for name, status in self.status.items() if status in statuses}


@pytest.fixture(scope="session")
def dbt(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Built]:
    """Builds a warehouse: ``dbt(name, sheets, commands)``.

    Tests run in several processes: the first that needs a warehouse builds it for all.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "dbt"
    folder.mkdir(exist_ok=True)

    def build(name: str, sheets: Sequence[Sheet], commands: Sequence[Sequence[str]]) -> Built:
        kept = folder / f"{name}.json"
        with FileLock(folder / "dbt.lock"):
            if not kept.exists():
                kept.write_text(json.dumps(_run(folder, name, sheets, commands)))
        return Built(folder / f"{name}.duckdb", **json.loads(kept.read_text()))

    return build


def _run(
    folder: Path, name: str, sheets: Sequence[Sheet], commands: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """Build ``name``.duckdb in ``folder``; what else a :class:`Built` holds."""
    # Unchanged paths let dbt keep what it has parsed.
    data, database = folder / "data", folder / "building" / "warehouse.duckdb"
    database.parent.mkdir(exist_ok=True)
    shutil.rmtree(data, ignore_errors=True)
    write(data, *sheets)
    environment = os.environ | {
        "SHISAKU_DATA": str(data),
        "SHISAKU_DATABASE": str(database),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "SHISAKU_BUILD_ID": name,
        "SHISAKU_BUILT_AT": "2026-04-01 09:30:00",
    }
    status: dict[str, str] = {}
    said, log = "", folder / "logs" / "dbt.log"
    log.unlink(missing_ok=True)
    for command in commands:
        ended = subprocess.run(  # noqa: S603 - dbt itself
            [sys.executable, "-c", RUN_DBT, *LOGGED, *command],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        said += ended.stdout + ended.stderr
        results = folder / "target" / "run_results.json"
        assert results.exists(), said
        for result in json.loads(results.read_text())["results"]:
            status[_name(result["unique_id"])] = result["status"]
    database.rename(folder / f"{name}.duckdb")
    manifest = json.loads((folder / "target" / "manifest.json").read_text())
    events = map(json.loads, log.read_text("utf-8").splitlines())
    warnings = [event["info"]["msg"] for event in events if event["info"]["level"] == "warn"]
    return {"manifest": manifest, "status": status, "said": said, "warnings": warnings}


def _name(unique_id: str) -> str:
    """A node's own name: ``test.shisaku.unique_fact_budget_budget_key.0a1b`` -> the third part."""
    return unique_id.split(".")[-1 if unique_id.startswith("unit_test") else 2]


def two_years() -> list[Sheet]:
    """Two years' sheets of one policy, one sheet of no known form, one file nobody can open."""
    first = Sheet("aaaaaaaaaaaaaaaa", fiscal_year=2020)
    first.rows["normalized.documents"][0]["sheet_code"] = "文R2－9－1"
    first.policy()
    for goal in (1, 2):
        first.goal(goal)
    first.indicator(1, 1)
    first.value(1, 1, "baseline", 2016, "43")
    first.value(1, 1, "actual", 2018, "1,291")
    first.value(1, 1, "actual", 2019, "1,582")
    first.value(1, 1, "annual_target", 2019, "1,400")
    first.value(1, 1, "target", 2020, "1,600")
    first.indicator(1, 2, aggregation="cumulative")
    first.value(1, 2, "baseline", None, "―")
    first.value(1, 2, "target", None, "過去最高値同程度", period_text="事業終了時")
    first.program(1, 1, "p00000000000a")
    first.program(2, 1, "p00000000000a")
    first.program(2, 2, "p00000000000b")
    first.link(1, 1, "p00000000000a", 1)
    first.link(1, 1, "p00000000000a", 9, is_listed=False)
    first.amount("revised", 2019, "100")
    first.amount("executed", 2019, "90")
    for goal in (1, 2):
        first.amount("revised", 2019, "30.5", goal=goal, program_key="p00000000000a")
        first.amount("executed", 2019, "(31.2)", goal=goal, program_key="p00000000000a")
    pot = {"goal": 2, "program_key": "p00000000000b", "inclusion": "inclusive"}
    first.amount("revised", 2019, "500", **pot)
    first.amount("executed", 2019, "(480)", inclusion_source="inherited", **pot)
    first.amount("initial", 2020, "―", goal=1, program_key="p00000000000a")
    first.cell("？？", "quarantined", "no label governs it")

    second = Sheet("bbbbbbbbbbbbbbbb", fiscal_year=2021)
    second.policy()
    second.goal(1)
    second.program(1, 1, "p00000000000a", program_name="改めた名")
    second.amount("revised", 2019, "32", goal=1, program_key="p00000000000a")

    other = Sheet("cccccccccccccccc")
    other.cell("別の様式", "note")
    other.rows["normalized.documents"][0] |= {
        "form": None,
        "status": "unrecognized_form",
        "status_reason": "no declared form has these labels",
    }

    failed = Sheet("dddddddddddddddd")
    failed.rows["raw.pages"].clear()
    for table in ("raw.documents", "normalized.documents"):
        failed.rows[table][0] |= {
            "status": "failed",
            "status_reason": "the file is encrypted",
            "page_count": None,
        }
    failed.rows["normalized.documents"][0] |= {"form": None, "fiscal_year": None}
    return [first, second, other, failed]


@pytest.fixture(scope="session")
def good(dbt: Callable[..., Built]) -> Built:
    """The warehouse of :func:`two_years`, with every test of the project, unit tests included.

    The project is parsed anew: what dbt kept of an earlier parse would not be warned of again.
    """
    return dbt("good", two_years(), [["build", "--no-partial-parse"]])


@pytest.fixture(scope="session")
def shuffled(dbt: Callable[..., Built]) -> Built:
    """The warehouse of :func:`two_years`, its sheets in the other order."""
    return dbt("shuffled", two_years()[::-1], [["build", "--selector", "build"]])


@pytest.fixture(scope="session")
def empty(dbt: Callable[..., Built]) -> Built:
    """The warehouse of no document at all."""
    return dbt("empty", [], [["build", "--selector", "build"]])
