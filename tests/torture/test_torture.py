"""Whatever happens, the published warehouse is a complete, tested build.

Too long for ``make test``: ``make torture`` runs these. ``TORTURE_KILLS`` (100), ``TORTURE_BUILDS``
(20) and ``TORTURE_SEED`` say how often and when; what happened is printed (``-s`` shows it).
"""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from calling import ROOT, SEEDS, shisaku

from pipelines import publish
from pipelines.build.settings import DataFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.torture

KILLS = int(os.environ.get("TORTURE_KILLS", "100"))
BUILDS = int(os.environ.get("TORTURE_BUILDS", "20"))
SEED = int(os.environ.get("TORTURE_SEED", "20200901"))
READERS = 40
BUILD = [sys.executable, "-m", "pipelines", "build"]
SHEET = SEEDS / "mext-r2-9-1.facsimile.pdf"
# What the last line of a build's log says about where it was.
PHASES = {"Build ": "starting", "Reading": "reading", "Building": "modelling", "Publish": "ended"}


@pytest.fixture
def data(seed_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(seed_data, tmp_path / "data")


@pytest.fixture
def documents(tmp_path: Path) -> Callable[[int], Path]:
    """A folder with the seed sheet, and the same sheet once more with an end new in each round."""
    folder = shutil.copytree(SEEDS, tmp_path / "documents")

    def documents(round_: int) -> Path:
        (folder / "new.pdf").write_bytes(SHEET.read_bytes() + b"\n%% round %d" % round_)
        return folder

    return documents


def sheets_in(data: Path) -> int:
    """How many sheets the published file holds, whole; it is a build that passed its tests.

    Its SHA-256 stands in the record that is written when all tests have passed.
    """
    assert publish.published(DataFolder(data)) is not None
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        ((sheets, budgets, values),) = connection.execute("""
            select
                (select count(*) from dim_document where status = 'read'),
                (select count(*) from fact_budget),
                (select count(*) from fact_indicator_values)
        """).fetchall()
    assert (budgets, values) == (48 * sheets, 102 * sheets)
    return int(sheets)


def leftovers(data: Path) -> list[str]:
    """Files of a build that ended before its time, and processes that still work for it."""
    files = [str(path) for path in data.rglob("*.pending")]
    ends = time.monotonic() + 20
    while (processes := working_for(data)) and time.monotonic() < ends:
        time.sleep(0.1)
    return files + processes + (["building"] if (data / "building").exists() else [])


def working_for(data: Path) -> list[str]:
    return [
        process.name
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and str(data).encode() in _environment(process)
    ]


def _environment(process: Path) -> bytes:
    try:
        return (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
    except OSError:
        return b""


def descendants(process: int) -> list[int]:
    """The processes that a build has started, and theirs."""
    children: list[int] = []
    with contextlib.suppress(OSError):
        listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
        children = [int(child) for child in listed.split()]
    return children + [each for child in children for each in descendants(child)]


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


FULL_DISK = """
set -eu
mount -t tmpfs -o size={size} none "$1"
cp -r "$2/." "$1"
before=$(sha256sum < "$1/warehouse.duckdb")
dd if=/dev/zero of="$1/filler" bs=1K count={filler} 2>/dev/null
for free in $(seq 40); do
    status=0
    "{python}" -m pipelines build --documents "$3" --data "$1" || status=$?
    test "$status" -ne 0 || break
    test "$status" -eq 1
    test "$before" = "$(sha256sum < "$1/warehouse.duckdb")"
    test ! -e "$1/building"
    echo "full with $((free - 1)) MiB more" >&2
    truncate -s $(( ({filler} - free * 1024) * 1024 )) "$1/filler"
done
rm "$1/filler"
mount -o remount,size=1G "$1"
"{python}" -m pipelines build --documents "$3" --data "$1" --again
rm -rf "$2"
cp -r "$1/." "$2"
"""


def test_a_full_disk_leaves_the_published_file_and_room_makes_the_next_build_work(
    data: Path, documents: Callable[[int], Path], tmp_path: Path
) -> None:
    """In a small file system of the test's own, in a mount namespace of its own."""
    allowed = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)  # noqa: S607
    if allowed.returncode:
        pytest.skip("this machine allows no file system of the test's own (unshare -rm)")
    small = tmp_path / "small"
    small.mkdir()
    size = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
    filler = 40 * 1024
    script = FULL_DISK.format(
        size=size + (filler + 1024) * 1024 + 2**21, filler=filler, python=sys.executable
    )
    ended = subprocess.run(  # noqa: S603 - our own script
        ["unshare", "-rm", "bash", "-c", script, "bash", small, data, documents(0)],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    full = [line for line in ended.stderr.splitlines() if line.startswith("full with")]
    assert full, "the disk was never full"
    assert "Traceback" not in ended.stderr
    assert "a bug" not in ended.stderr
    assert sheets_in(data) == 2
    assert leftovers(data) == []
    print(f"\n{len(full)} builds on a full disk, then one with room")  # noqa: T201


@pytest.fixture
def cgroup() -> Iterator[Callable[[int], Path]]:
    """A control group of the test's own with so many bytes of memory; gone afterwards."""
    made: list[Path] = []

    def cgroup(size: int) -> Path:
        for root, limit in (
            ("/sys/fs/cgroup/memory", "memory.limit_in_bytes"),
            ("/sys/fs/cgroup", "memory.max"),
        ):
            path = Path(root, f"shisaku-torture-{os.getpid()}")
            try:
                path.mkdir()
                made.append(path)
                (path / limit).write_text(str(size), encoding="ascii")
            except OSError:
                continue
            return path
        pytest.skip("this machine allows no control group of the test's own")

    yield cgroup
    for path in made:
        with contextlib.suppress(OSError):
            path.rmdir()


def starve(
    data: Path, documents: Path, limit: Callable[[], None]
) -> subprocess.CompletedProcess[bytes]:
    """How a build with too little memory ended; the file is whole, and the next build works."""
    ended = subprocess.run(  # noqa: S603 - our own command
        [*BUILD, "--documents", str(documents), "--data", str(data)],
        cwd=ROOT,
        preexec_fn=limit,
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert sheets_in(data) in {1, 2}
    after = shisaku("build", "--documents", documents, "--data", data)
    assert after.status == 0, after.errors
    assert sheets_in(data) == 2
    assert leftovers(data) == []
    return ended


@pytest.mark.parametrize("mebibytes", [100, 200, 300, 400, 500])
def test_killed_by_the_system_for_want_of_memory_the_published_file_is_whole(
    data: Path,
    documents: Callable[[int], Path],
    cgroup: Callable[[int], Path],
    mebibytes: int,
) -> None:
    group = cgroup(mebibytes * 2**20)

    def enter() -> None:
        (group / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")

    ended = starve(data, documents(0), enter)
    assert b"Traceback" not in ended.stderr
    print(f"\n{mebibytes} MiB: status {ended.returncode}")  # noqa: T201


@pytest.mark.parametrize("mebibytes", [150, 300, 600, 900, 1200, 1500, 2000])
def test_out_of_address_space_leaves_a_whole_file_and_the_next_build_works(
    data: Path, documents: Callable[[int], Path], mebibytes: int
) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes * 2**20, mebibytes * 2**20))

    ended = starve(data, documents(0), limit)
    print(f"\n{mebibytes} MiB of addresses: status {ended.returncode}")  # noqa: T201


READER = """
import duckdb, os, sys, time
queries = 0
while not os.path.exists(sys.argv[2]):
    with duckdb.connect(sys.argv[1], read_only=True, config={"threads": 1}) as connection:
        connection.execute("set enable_progress_bar = false")
        for _ in range(5):
            found = connection.execute(
                "select (select count(*) from fact_budget), count(*) from fact_indicator_values"
            ).fetchall()
            assert found in ([(48, 102)], [(96, 204)]), found
            queries += 1
            time.sleep(0.5)
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
    said = [reader.communicate(timeout=300) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * READERS, said
    queries = sum(int(output) for output, _ in said)
    assert queries > READERS * BUILDS
    print(f"\n{READERS} readers, {BUILDS} builds, {queries:,} queries")  # noqa: T201
