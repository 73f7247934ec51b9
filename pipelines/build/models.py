"""dbt beside the build: started first, used last.

In: the data folder; the build's name and versions, once they are known. Out: :class:`Models`, which
builds and tests the marts in ``building/warehouse.duckdb``, or writes the documentation site.
Refuses: a model or a test that fails raises :class:`BuildError`, naming it.
"""

from __future__ import annotations

import contextlib
import glob
import json
import os
import subprocess
import sys
from logging import WARNING
from typing import TYPE_CHECKING, Any, Self

from pipelines.build import progress, store
from pipelines.build.settings import DataFolder, house
from pipelines.build.work import EVERYTHING, MOST_MEMORY, Work
from pipelines.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

SHOWN_FAILURES = 10
# How DuckDB says that its memory is limited too much.
OUT_OF_MEMORY = ("Out of Memory Error", "failed to pin block", "could not allocate block")


class Models:
    """The dbt process of one build; leaving its context ends it."""

    def __init__(self, data: DataFolder, log: Path) -> None:
        self.data = data
        self.database = data.building / "warehouse.duckdb"
        self.log = log
        self.is_ready = False
        self.project = house() / "dbt_project"
        self.environment = os.environ | {
            # It becomes the start of a pattern: what its own name holds is to match itself alone.
            "SHISAKU_DATA": glob.escape(str(data.root)),
            "SHISAKU_DATABASE": str(self.database),
            "DBT_PROJECT_DIR": str(self.project),
            "DBT_PROFILES_DIR": str(self.project),
            "DBT_TARGET_PATH": str(_scratch(data, self.project)),
            "DBT_LOG_PATH": str(data.logs),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
            "PYTHONSAFEPATH": "1",
            "PYTHONWARNINGS": "ignore",
            # What one of dbt's threads gives back, another can take.
            "MALLOC_ARENA_MAX": "1",
            "SHISAKU_PARENT": str(os.getpid()),
        }
        self.named: Mapping[str, str] = {}
        data.logs.mkdir(parents=True, exist_ok=True)
        self.process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        with self.log.open("ab") as errors:
            return subprocess.Popen(
                [sys.executable, "-m", "pipelines.build.dbt_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=self.environment,
                cwd=self.project,
                text=True,
                encoding="utf-8",
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        self.process.kill()
        self.process.wait()

    def prepare(self, named: Mapping[str, str]) -> None:
        """Have the project parsed and a database made ready, for a build that ``named`` tells of.

        Until then the process imports dbt, which takes most of its start.
        """
        self.named = named
        self._tell({"command": "prepare", "named": named})

    def build(self, heard: Callable[[str], None], work: Work = EVERYTHING) -> dict[str, Any]:
        """Build and test the marts; counts of what they hold. ``heard`` is told of each node.

        The limit of DuckDB's memory keeps it the same for any number of ordinary documents. One
        document can be so large that it does not fit: better a build that takes much of the machine
        than none.
        """
        asked = {"command": "build", "work": work}
        try:
            return self._ask(asked, heard)
        except BuildError as error:
            limit = self.named.get("SHISAKU_MEMORY_LIMIT", MOST_MEMORY)
            is_memory = any(words in str(error) for words in OUT_OF_MEMORY)
            if limit == MOST_MEMORY or not is_memory:
                raise
        progress.tell(f"{limit} are too little for the marts; filling them anew", WARNING)
        self._end()
        self.process, self.is_ready = self._started(), False
        self.prepare({**self.named, "SHISAKU_MEMORY_LIMIT": MOST_MEMORY})
        return self._ask(asked, heard)

    def docs(self, fill: Callable[[], object]) -> None:
        """Write the site below ``dbt``, from the database that ``fill`` puts in place."""
        self._wait_until_ready()
        fill()
        self._ask({"command": "docs"}, lambda _: None)

    def _wait_until_ready(self) -> None:
        """Return when the project is parsed and an empty database stands ready."""
        if not self.is_ready:
            self._answer("ready", lambda _: None)
            self.is_ready = True

    def _ask(self, asked: Mapping[str, Any], heard: Callable[[str], None]) -> dict[str, Any]:
        self._wait_until_ready()
        self._tell(asked)
        return self._answer("done", heard)

    def _tell(self, asked: Mapping[str, Any]) -> None:
        assert self.process.stdin is not None  # noqa: S101 - opened as a pipe
        # Where the process is gone there will be no answer, and that is said then.
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(asked) + "\n")
            self.process.stdin.flush()

    def _answer(self, wanted: str, heard: Callable[[str], None]) -> dict[str, Any]:
        """The next answer of the kind ``wanted``, told of each finished node on the way."""
        assert self.process.stdout is not None  # noqa: S101 - opened as a pipe
        for line in self.process.stdout:
            answer: dict[str, Any] = json.loads(line)
            if answer["event"] == "node":
                heard(answer["name"])
            if answer["event"] == "done":
                self._judge(answer["failures"])
            if answer["event"] == wanted:
                return answer
        status = self.process.wait()
        message = f"dbt ended without an answer (status {status}). Its last words: {self.log}"
        raise BuildError(message)

    def _judge(self, failures: Sequence[tuple[str, str]]) -> None:
        """``BuildError`` naming the first failures, if there are any."""
        if not failures:
            return
        shown = [f"  {name}: {reason}" for name, reason in failures[:SHOWN_FAILURES]]
        if (more := len(failures) - len(shown)) > 0:
            shown.append(f"  and {more} more")
        message = "\n".join(
            [
                f"{len(failures)} of the warehouse's models or tests failed:",
                *shown,
                f"Their SQL is below {self.data.dbt}, the story in {self.log}",
            ]
        )
        raise BuildError(message)


def _scratch(data: DataFolder, project: Path) -> Path:
    """Where dbt keeps its parsed project, emptied if that lay elsewhere.

    dbt knows files again by their content alone, and reads the reference tables from the place
    where it saw them first: a project that has moved, or another one whose tables differ by now.
    """
    place = data.dbt / "project.json"
    facts = {"project": str(project)}
    if store.read_record(place) != facts:
        store.empty(data.dbt)
        store.write_record(place, facts)
    return data.dbt
