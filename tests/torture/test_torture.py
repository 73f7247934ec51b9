"""Whatever happens, the published warehouse is a complete, tested build.

Too long for ``make test``: ``make torture`` runs these. ``TORTURE_KILLS`` (100) and
``TORTURE_BUILDS`` (20) say how often.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from calling import ROOT, SEEDS, shisaku

from pipelines import publish
from pipelines.build.settings import DataFolder

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.torture

KILLS = int(os.environ.get("TORTURE_KILLS", "100"))
BUILDS = int(os.environ.get("TORTURE_BUILDS", "20"))
READERS = 40
BUILD = [sys.executable, "-m", "pipelines", "build"]


@pytest.fixture
def data(seed_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(seed_data, tmp_path / "data")


@pytest.fixture
def documents(tmp_path: Path) -> Callable[[int], Path]:
    """A folder with the seed sheet and a file that is new in each round."""
    folder = shutil.copytree(SEEDS, tmp_path / "documents")

    def documents(round_: int) -> Path:
        (folder / "new.pdf").write_text(f"no PDF, round {round_}", encoding="utf-8")
        return folder

    return documents


def is_whole(data: Path) -> bool:
    """Whether the published file opens, is a build of ours, and holds the sheet."""
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        counts = connection.execute(
            "select (select count(*) from fact_budget), count(*) from fact_indicator_values"
        ).fetchone()
    return counts == (48, 102) and publish.published(DataFolder(data)) is not None


def leftovers(data: Path) -> list[str]:
    """Files of a build that ended before its time, and processes that still work for it."""
    files = [str(path) for path in data.rglob("*.pending")]
    processes = [
        process.name
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and str(data).encode() in _environment(process)
    ]
    return files + processes + (["building"] if (data / "building").exists() else [])


def _environment(process: Path) -> bytes:
    try:
        return (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
    except OSError:
        return b""


def test_killed_at_any_moment_the_published_file_is_whole_and_the_next_build_works(
    data: Path, documents: Callable[[int], Path]
) -> None:
    chance = random.Random(20200901)  # noqa: S311 - moments, no secrets
    started = time.monotonic()
    assert shisaku("build", "--documents", documents(-1), "--data", data).status == 0
    longest = time.monotonic() - started
    for round_ in range(KILLS):
        command = [*BUILD, "--documents", str(documents(round_)), "--data", str(data)]
        build = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0, longest))
        build.send_signal(signal.SIGKILL)
        build.wait()
        assert is_whole(data), f"round {round_}"
        ended = shisaku("build", "--documents", documents(round_), "--data", data)
        assert ended.status == 0, f"round {round_}: {ended.errors}"
        assert is_whole(data)
        assert leftovers(data) == []


def test_a_full_disk_leaves_the_published_file_and_room_makes_the_next_build_work(
    data: Path, documents: Callable[[int], Path], tmp_path: Path
) -> None:
    """In a small file system of the test's own, in a mount namespace of its own."""
    small = tmp_path / "small"
    small.mkdir()
    size = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
    script = f"""
set -eu
mount -t tmpfs -o size={size + 12 * 2**20} none "$1"
cp -r "$2/." "$1"
before=$(sha256sum < "$1/warehouse.duckdb")
dd if=/dev/zero of="$1/filler" bs=1M count=10 2>/dev/null
for free in 1 2 3 4 5 6 7 8; do
    status=0
    "{sys.executable}" -m pipelines build --documents "$3" --data "$1" --again || status=$?
    test "$status" -ne 0 || break
    test "$status" -eq 1
    test "$before" = "$(sha256sum < "$1/warehouse.duckdb")"
    truncate -s $(( (10 - free) * 1048576 )) "$1/filler"
done
rm "$1/filler"
mount -o remount,size=1G "$1"
"{sys.executable}" -m pipelines build --documents "$3" --data "$1" --again
rm -rf "$2"
cp -r "$1/." "$2"
"""
    ended = subprocess.run(  # noqa: S603 - our own script
        ["unshare", "-rm", "bash", "-c", script, "bash", small, data, documents(0)],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "shisaku: " in ended.stderr, "the disk was never full"
    assert "Traceback" not in ended.stderr
    assert is_whole(data)


@pytest.mark.parametrize("mebibytes", [150, 300, 600, 1200])
def test_out_of_memory_leaves_a_whole_file_and_the_next_build_works(
    data: Path, documents: Callable[[int], Path], mebibytes: int
) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes * 2**20, mebibytes * 2**20))

    command = [*BUILD, "--documents", str(documents(0)), "--data", str(data)]
    subprocess.run(  # noqa: S603 - our own command
        command, cwd=ROOT, preexec_fn=limit, capture_output=True, timeout=300, check=False
    )
    assert is_whole(data)
    ended = shisaku("build", "--documents", documents(0), "--data", data)
    assert ended.status == 0, ended.errors
    assert is_whole(data)
    assert leftovers(data) == []


READER = """
import duckdb, sys, time
queries = 0
while not sys.stdin.closed:
    with duckdb.connect(sys.argv[1], read_only=True, config={"threads": 1}) as connection:
        for _ in range(5):
            found = connection.execute(
                "select (select count(*) from fact_budget), count(*) from fact_indicator_values"
            ).fetchall()
            assert found == [(48, 102)], found
            queries += 1
            time.sleep(0.05)
    import os
    if os.path.exists(sys.argv[2]):
        break
print(queries)
"""


def test_forty_readers_through_twenty_builds_see_no_failed_query_and_no_wrong_count(
    data: Path, documents: Callable[[int], Path], tmp_path: Path
) -> None:
    stop = tmp_path / "stop"
    readers = [
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", READER, str(data / "warehouse.duckdb"), str(stop)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    try:
        for round_ in range(BUILDS):
            ended = shisaku("build", "--documents", documents(round_), "--data", data, timeout=900)
            assert ended.status == 0, ended.errors
    finally:
        stop.touch()
    said = [reader.communicate(timeout=120) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * READERS, said
    assert sum(int(output) for output, _ in said) > READERS * BUILDS
