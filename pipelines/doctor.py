"""What is wrong with this machine's setup, and what to do about it.

In: a data folder and a folder of documents. Out: :class:`Finding`, one for each thing that a build
needs. Refuses: nothing; what cannot be checked is a finding.
"""

from __future__ import annotations

import importlib
import os
import platform
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.build import walls
from pipelines.build.settings import MEBIBYTE, DataFolder, data_folder, house
from pipelines.errors import ShisakuError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipelines.build.caged import Caged

OLDEST_PYTHON = (3, 11)
READERS = ("camelot", "polars", "duckdb", "pypdfium2", "dbt.version", "pebble", "filelock")
ENOUGH_DISK = 1024 * MEBIBYTE
ENOUGH_MEMORY = 2048 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``remedy`` is empty where it is as it should be."""

    subject: str
    found: str
    remedy: str = ""


def examine(data: DataFolder, documents: Path) -> Iterator[Finding]:
    """Everything a build needs, in the order in which it would fail."""
    checks: tuple[Callable[[], Finding], ...] = (
        _python,
        _house,
        _libraries,
        _pins,
        lambda: _documents(documents),
        lambda: _writing(data),
        lambda: _locking(data),
        lambda: _disk(data),
        _memory,
        _workers,
        _walls,
        lambda: _published(data),
    )
    for check in checks:
        try:
            yield check()
        except Exception as error:  # noqa: BLE001 - a doctor does not die of what he finds
            yield Finding("this check", f"{type(error).__name__}: {error}", "Report this as a bug.")


def _python() -> Finding:
    found = f"{platform.python_version()} at {sys.executable}"
    fine = sys.version_info >= OLDEST_PYTHON
    return Finding("Python", found, "" if fine else "Install Python 3.11 or newer; make clean.")


def _house() -> Finding:
    try:
        return Finding("Models and reference tables", str(house()))
    except ShisakuError as error:
        return Finding("Models and reference tables", "missing", str(error))


def _libraries() -> Finding:
    broken = []
    for name in READERS:
        try:
            importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - a missing system library raises what it likes
            broken.append(f"{name} ({error})")
    if broken:
        remedy = "make clean; make build. A missing lib….so is the system's: install its package."
        return Finding("Libraries", f"not usable: {', '.join(broken)}", remedy)
    return Finding("Libraries", f"{', '.join(READERS)} are usable")


def _pins() -> Finding:
    """The versions installed against the lock file, where there is one beside the models."""
    lock = house() / "requirements.lock"
    if not lock.is_file():
        return Finding("Pinned versions", "no lock file here; installed as a package")
    pinned = re.findall(
        r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+?) *\\?$", lock.read_text("utf-8"), re.MULTILINE
    )
    others = []
    for name, wanted in pinned:
        try:
            if (is_ := version(name)) != wanted:
                others.append(f"{name} {is_} instead of {wanted}")
        except PackageNotFoundError:
            others.append(f"{name} is missing")
    if others:
        return Finding("Pinned versions", "; ".join(others), "rm -r .venv; make build")
    return Finding("Pinned versions", f"{len(pinned)} as in requirements.lock")


def _documents(documents: Path) -> Finding:
    if not documents.is_dir():
        return Finding("Documents", f"{documents} is no folder", "Name one with DOCUMENTS=folder.")
    count = sum(path.suffix.lower() == ".pdf" for path in documents.rglob("*"))
    found = f"{count} PDFs below {documents}"
    return Finding("Documents", found, "" if count else "Put PDFs there, or name another folder.")


def _writing(data: DataFolder) -> Finding:
    try:
        data_folder(data.root)
    except ShisakuError as error:
        return Finding("Data folder", f"{data.root} cannot be written", str(error))
    with tempfile.NamedTemporaryFile(dir=data.root) as file:
        linked = Path(file.name + ".link")
        try:
            os.link(file.name, linked)
            linked.unlink()
        except OSError:
            return Finding("Data folder", f"{data.root} can be written; kept builds are copies")
    return Finding("Data folder", f"{data.root} can be written")


def _locking(data: DataFolder) -> Finding:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - it may be what is missing

    try:
        with FileLock(data.lock, timeout=0):
            return Finding("Lock", "free")
    except Timeout:
        return Finding("Lock", "held: a build is under way")
    except OSError as error:
        remedy = "Put the data folder on a file system with locks (not every network share has)."
        return Finding("Lock", f"cannot be taken: {error.strerror}", remedy)


def _disk(data: DataFolder) -> Finding:
    free = shutil.disk_usage(data.root).free
    found = f"{free // MEBIBYTE:,} MiB free at {data.root}"
    return Finding("Disk", found, "" if free > ENOUGH_DISK else "Free at least 1 GiB.")


def _memory() -> Finding:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return Finding("Memory", "unknown on this system")
    remedy = "" if size >= ENOUGH_MEMORY else "Read one at a time: shisaku build --workers 1"
    return Finding("Memory", f"{size // MEBIBYTE:,} MiB, {os.cpu_count()} cores", remedy)


def _workers() -> Finding:
    """Whether a caged worker starts and answers."""
    import queue  # noqa: PLC0415

    from pipelines.build.cage import Cages  # noqa: PLC0415
    from pipelines.build.settings import Limits  # noqa: PLC0415

    remedy = "Workers need the right to start processes, and 256 open files (ulimit -u, ulimit -n)."
    answers: queue.SimpleQueue[Caged] = queue.SimpleQueue()
    try:
        with tempfile.TemporaryDirectory() as folder, Cages(1, Limits(), [Path(folder)]) as cages:
            cages.submit(answers.put, os.getpid)
            caged = answers.get(timeout=60)
    except (ShisakuError, OSError, queue.Empty) as error:
        return Finding("Workers", f"do not start: {error}", remedy)
    if caged.reason:
        return Finding("Workers", caged.reason, remedy)
    enforced = sys.platform == "linux"
    found = "start, with limits on memory and time" if enforced else "start, with limits on time"
    return Finding("Workers", found)


def _walls() -> Finding:
    """What the kernel keeps of the cage; Python's own hooks keep the rest."""
    lacking = walls.lacking()
    if not lacking:
        return Finding("Cage", "kept by the kernel: no network, no writing but the results")
    found = f"kept by Python's hooks; missing here: {'; '.join(lacking)}"
    remedy = "Read what strangers send on Linux 5.13 or newer, with Landlock and seccomp."
    return Finding("Cage", found, remedy if sys.platform == "linux" else "")


def _published(data: DataFolder) -> Finding:
    from pipelines import publish  # noqa: PLC0415

    if not data.warehouse.exists():
        return Finding("Warehouse", "none yet")
    if publish.published(data) is None:
        return Finding("Warehouse", "not as a build left it", "make build, or make rollback")
    return Finding("Warehouse", f"{data.warehouse}, as its build left it")
