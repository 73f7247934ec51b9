"""From a tested build to the published warehouse, in one step; and back.

In: ``building/warehouse.duckdb`` and the record of its build. Out: ``warehouse.duckdb`` replaced,
the file before it kept below ``builds/``. Refuses: a rollback where no earlier file is kept
(:class:`ShisakuError`).

Which build is published is read off the file itself: its SHA-256 stands in one record. So no
second file can disagree with it, whenever the machine stops.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipelines.build import store
from pipelines.errors import ShisakuError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.build.settings import DataFolder

Record = dict[str, Any]
# Records are small; they outlive the files, so that status can tell the story of a folder.
KEPT_RECORDS = 50
# ``20260401T090000`` begins the name of every build.
TIME_LENGTH = 15


def records(data: DataFolder) -> list[Record]:
    """The records of past builds, the newest first; a damaged one is left out."""
    paths = sorted(data.builds.glob("*.json"), reverse=True)
    return [record for path in paths if (record := store.read_record(path))]


def published(data: DataFolder, among: Sequence[Record] | None = None) -> Record | None:
    """The record of the build that is published now; None if none of ours is.

    ``among``: the records, where they have been read already.
    """
    if data.write_ahead_log.exists():
        return None  # someone wrote to the file: what it holds is no longer what was published
    digest = _hash_of(data.warehouse)
    if digest is None:
        return None
    known = records(data) if among is None else among
    return next((record for record in known if record.get("warehouse") == digest), None)


def _hash_of(path: Path) -> str | None:
    """SHA-256 of the file at ``path``, taken once as long as the system saw nobody touch it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return _hash_as_of(path, (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns))


@lru_cache(maxsize=2)
def _hash_as_of(path: Path, _: tuple[int, ...]) -> str | None:
    return store.file_hash(path)


def next_time(data: DataFolder, now: dt.datetime) -> dt.datetime:
    """``now``, or a second past the newest build if the clock says less: builds stay in order."""
    names = [path.stem for path in data.builds.glob("*.json")]
    if failure := store.read_record(data.last_failure):
        names.append(failure["build_id"])
    newest = max((name[:TIME_LENGTH] for name in names), default="")
    try:
        last = dt.datetime.strptime(newest, "%Y%m%dT%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return now
    return max(now, last + dt.timedelta(seconds=1))


def publish(data: DataFolder, record: Record, keep: int) -> Record:
    """Move the tested file into place, keep the one before it; the record as written.

    ``record`` gains the file's SHA-256. ``keep``: how many files before this one stay.
    """
    built = data.building / "warehouse.duckdb"
    with ThreadPoolExecutor(max_workers=1) as beside:
        flushed = beside.submit(store.flush, built)
        record = record | {"warehouse": store.file_hash(built), "bytes": built.stat().st_size}
        flushed.result()
    data.builds.mkdir(exist_ok=True)
    path = data.builds / f"{record['build_id']}.json"
    store.write_record(path, record)
    store.flush(path)
    store.flush(data.builds)
    _set_aside(data)
    _move(built, data)
    prune(data, keep)
    return record


def publish_marts(data: DataFolder, record: Record, marts: str, keep: int) -> Record:
    """Name the tested tables below ``marts`` (a path or a URL) as the published ones.

    ``DATA/spark/published.json`` says where they are; on this machine ``DATA/marts`` leads there,
    changed in one step. ``keep``: how many sets of tables before them stay.
    """
    record = record | {"marts": marts}
    folder = data.root / "spark"
    folder.mkdir(exist_ok=True)
    if "://" not in marts:
        pending = data.root / f".marts{store.PENDING}"
        pending.unlink(missing_ok=True)
        pending.symlink_to(marts)
        pending.replace(data.root / "marts")
        builds = sorted((path for path in folder.iterdir() if path.is_dir()), reverse=True)
        for path in builds[keep + 1 :]:
            shutil.rmtree(path, ignore_errors=True)
    store.write_record(folder / "published.json", record)
    return record


def marts(data: DataFolder) -> Record | None:
    """The record of the build whose marts Spark made last; None if it made none."""
    return store.read_record(data.root / "spark" / "published.json")


def said_of_marts(data: DataFolder) -> str:
    """What to know of marts that Spark made, where a command works on DuckDB's file alone."""
    made = marts(data)
    return f" Spark's marts, Parquet at {made['marts']}, are none of its business." if made else ""


def rollback(data: DataFolder) -> Record:
    """Publish the newest kept file that is older than the present one; its record."""
    now = published(data)
    for record in records(data):
        kept = data.builds / f"{record['build_id']}.duckdb"
        older = now is None or record["build_id"] < now["build_id"]
        if older and store.file_hash(kept) == record["warehouse"]:
            again = store.empty(data.building) / "warehouse.duckdb"
            shutil.copyfile(kept, again)
            store.flush(again)
            _set_aside(data)
            _move(again, data)
            kept.unlink()
            data.building.rmdir()
            return record
    message = f"No earlier build is kept in {data.builds}; the published warehouse stays."
    message += said_of_marts(data)
    raise ShisakuError(message)


def prune(data: DataFolder, keep: int) -> None:
    """Remove all but the newest ``keep`` files and the newest records."""
    for path in sorted(data.builds.glob("*.duckdb"), reverse=True)[keep:]:
        path.unlink(missing_ok=True)
    kept = {path.stem for path in data.builds.glob("*.duckdb")}
    for path in sorted(data.builds.glob("*.json"), reverse=True)[KEPT_RECORDS:]:
        if path.stem not in kept:
            path.unlink(missing_ok=True)


def _set_aside(data: DataFolder) -> None:
    """Give the published file a second name below ``builds/``, if it is a build of ours."""
    now = published(data)
    if now is None:
        return
    kept = data.builds / f"{now['build_id']}.duckdb"
    if kept.exists():
        return
    pending = kept.with_suffix(store.PENDING)
    pending.unlink(missing_ok=True)
    try:
        os.link(data.warehouse, pending)
    except OSError:
        shutil.copyfile(data.warehouse, pending)
    pending.replace(kept)


def _move(built: Path, data: DataFolder) -> None:
    """The one step: readers that hold the old file go on reading it."""
    # What someone wrote to the old file and DuckDB had not moved into it yet lies beside it, by
    # name: whoever opened the new file would find it played back there.
    data.write_ahead_log.unlink(missing_ok=True)
    built.replace(data.warehouse)
    store.flush(data.root)
