"""Killed at any moment, whoever is killed, what is published is a complete, tested build.

``TORTURE_KILLS`` (100) and ``TORTURE_SEED`` say how often and when; what happened is printed.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from besieged import BUILD, descendants, leftovers, sheets_in
from calling import ROOT, shisaku

from pipelines import publish
from pipelines.build.settings import DataFolder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.torture

KILLS = int(os.environ.get("TORTURE_KILLS", "100"))
SEED = int(os.environ.get("TORTURE_SEED", "20200901"))
# What the last line of a build's log says about where it was.
PHASES = {"Build ": "starting", "Reading": "reading", "Building": "modelling", "Publish": "ended"}


def phase_of(data: Path, logs_before: set[Path]) -> str:
    """Where the build was that wrote the newest log."""
    written = sorted(set((data / "logs").glob("2*.log")) - logs_before)
    if not written:
        return "before the first line"
    last = written[-1].read_text(encoding="utf-8").splitlines()[-1:]
    said = last[0].split(" ", 1)[1] if last else ""
    return next((phase for start, phase in PHASES.items() if said.startswith(start)), "reading")


def strike(build: subprocess.Popen[bytes], whom: str, chance: random.Random) -> bool:
    """Kill the build, with all it has started, or only one of those; whether there was one."""
    if build.poll() is not None:
        return False
    if whom == "one of its processes":
        started = descendants(build.pid)
        if not started:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(chance.choice(started), signal.SIGKILL)
    elif whom == "all of them":
        os.killpg(build.pid, signal.SIGKILL)
    else:
        build.kill()
    return True


def test_killed_at_any_moment_the_published_file_is_whole_and_the_next_build_works(
    data: Path, documents: Callable[[int], Path]
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - moments, no secrets
    started = time.monotonic()
    assert shisaku("build", "--documents", documents(-1), "--data", data).status == 0
    usual = time.monotonic() - started
    struck: Counter[str] = Counter()
    published: Counter[str] = Counter()
    round_ = 0
    while struck.total() < KILLS:
        round_ += 1
        whom = ("the build alone", "all of them", "one of its processes")[round_ % 3]
        before = publish.published(DataFolder(data))
        assert before is not None
        logs = set((data / "logs").glob("2*.log"))
        build = subprocess.Popen(  # noqa: S603 - our own command
            [*BUILD, "--documents", str(documents(round_)), "--data", str(data)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0, usual))
        where = ""
        if strike(build, whom, chance):
            where = f"{whom}, {phase_of(data, logs)}"
            struck[where] += 1
        build.wait(timeout=300)
        # A killed reader costs its document; everything else costs the build.
        assert sheets_in(data) in {1, 2}, f"round {round_}: {whom}"
        now = publish.published(DataFolder(data))
        assert now is not None
        published["old" if now["build_id"] == before["build_id"] else "new"] += 1
        started = time.monotonic()
        ended = shisaku("build", "--documents", documents(round_), "--data", data)
        assert ended.status == 0, f"round {round_}: {ended.errors}"
        assert "Traceback" not in ended.errors
        if "Nothing has changed" not in ended.output:
            usual = (usual + time.monotonic() - started) / 2
        assert sheets_in(data) == 2, f"round {round_}: {whom}"
        assert leftovers(data) == [], f"round {round_}: {whom}"
        print(f"build {round_}, kill {struck.total()}: {where or 'it had ended'}", flush=True)  # noqa: T201
    print(f"\n{struck.total()} kills in {round_} builds; then published: {dict(published)}")  # noqa: T201
    for where, count in sorted(struck.items()):
        print(f"  {count:>3} {where}")  # noqa: T201
