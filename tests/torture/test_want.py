"""Without room on the disk or in memory, what is published is a complete, tested build."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from besieged import BUILD, leftovers, sheets_in
from calling import ROOT, shisaku

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.torture

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
