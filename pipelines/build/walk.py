"""The steps of a build, in order: find, read, turn into typed rows, model, test, publish.

In: :class:`Settings`. Out: the record of the build that is published now, and whether this call
made it. Refuses: a folder without any PDF, and whatever ``models`` refuses; the warehouse that
was published before then stays as it is.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.metadata
import logging
import shutil
import time
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipelines import publish
from pipelines.build import inputs, parts, progress, store, versions
from pipelines.build.settings import cores
from pipelines.build.work import EVERYTHING, Work, batches, means
from pipelines.errors import BuildError, ShisakuError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipelines.build.read import Read
    from pipelines.build.settings import DataFolder, Settings

NOT_KEPT_LOGS = 20
# A larger share of changed documents than this, and the marts are filled anew.
MOST_CHANGED = 0.5
# Every table takes a few blocks of the file, however few its rows: small blocks keep a file of few
# sheets small (3 MB instead of 27 MB for one). Of a thousand sheets they make it half as large
# again, and slower to read.
BLOCK_BYTES, SMALL_BLOCK_BYTES = 262_144, 16_384
FEW_DOCUMENTS = 50


def build(settings: Settings) -> tuple[publish.Record, bool]:
    """The record of the build that is published afterwards, and whether it is a new one."""
    read_with = versions.current(settings.limits.as_dict())
    may_stay = not settings.again and settings.target == "duckdb" and settings.source is None
    looked = inputs.find(settings.documents) if may_stay else None
    if looked:
        record = _published_from(settings.data, _fingerprint(settings, looked, read_with))
        if record:
            return record, False
    with locked(settings.data, wait=settings.wait) as waited:
        found = looked if looked and not waited else _found(settings)
        if all(document.unopened for document in found.documents):
            message = (
                f"No PDF that can be opened below {settings.place_of_documents}"
                f"{_first_reason(found)}; "
                "the published warehouse stays. Name another folder with DOCUMENTS=."
            )
            raise BuildError(message)
        fingerprint = _fingerprint(settings, found, read_with)
        # The build that this one may have waited for can have been the same.
        record = _published_from(settings.data, fingerprint) if may_stay else None
        if record:
            return record, False
        started = dt.datetime.now(dt.UTC)
        build_id = f"{publish.next_time(settings.data, started):%Y%m%dT%H%M%S}-{fingerprint[:8]}"
        log = settings.data.logs / f"{build_id}.log"
        with progress.written_to(log), _workplace(settings.data):
            record = {
                "build_id": build_id,
                "started": started.isoformat(timespec="seconds"),
                "fingerprint": fingerprint,
                "documents_folder": settings.place_of_documents,
                "log": str(log),
            }
            try:
                return _build(settings, inputs.described(found), read_with, record), True
            except Exception as error:
                _keep_failure(settings.data, record, error)
                raise


def _build(
    settings: Settings, found: inputs.Inputs, read_with: versions.Versions, record: dict[str, Any]
) -> publish.Record:
    """All steps, with the lock held and the workplace empty."""
    from pipelines.build.models import Models  # noqa: PLC0415 - a no-change build needs neither
    from pipelines.build.read import Read, read_all  # noqa: PLC0415

    clock = time.monotonic()
    data = settings.data
    progress.tell(
        f"Build {record['build_id']}: {len(found.documents)} documents below "
        f"{settings.place_of_documents}",
        build_id=record["build_id"],
        documents=len(found.documents),
    )
    for skipped in found.skipped:
        progress.tell(f"{skipped.name} {skipped.reason}", 30, file_name=skipped.name)
    named = {
        "SHISAKU_BUILD_ID": record["build_id"],
        "SHISAKU_BUILT_AT": record["started"][:19].replace("T", " "),
        "SHISAKU_VERSION": importlib.metadata.version("shisaku"),
        "SHISAKU_READER_VERSIONS": read_with.readers,
        "SHISAKU_CODE_SHA256": read_with.code,
        "SHISAKU_MODELS": read_with.models,
        "SHISAKU_BLOCK_BYTES": str(_block_bytes(len(found.documents))),
        **means(len(found.documents), cores()),
    }
    lake = settings.lake or str(data.root)
    place = f"{lake}/spark/{record['build_id']}"
    if settings.target == "spark":
        named |= {"SHISAKU_TARGET": "spark", "SHISAKU_LAKE": lake, "SHISAKU_DATABASE": place}
    read = Read({"documents": len(found.documents), "parts": 0, "may_pass": 0}, {}, {})
    with Models(data, data.logs / f"{record['build_id']}.log") as models:
        before = _gone_on_with(settings, read_with, len(found.documents))
        if before is not None:
            named["SHISAKU_BASE"] = str(data.warehouse)
        models.prepare(named)
        if settings.engine == "spark":
            _read_by_spark(settings, found, lake)
        else:
            read = read_all(settings, found.documents, read_with)
        reading_seconds = time.monotonic() - clock
        work = _work(settings, found, before, read)
        put_in = None if work["base"] is None else _changed(work)
        went_on = "" if put_in is None else f", going on from {put_in} changed"
        progress.tell(f"Building and testing the marts{went_on}", seconds=round(reading_seconds, 3))
        with progress.counting("models and tests", None) as advance:
            counts = models.build(lambda name: advance(1, name), work)
    record |= {
        "documents": {document.key: document.file_name for document in found.documents},
        "read_anew": read.anew,
        "signatures": read.signatures,
        "put_in_anew": put_in,
        "skipped": [[skipped.name, skipped.reason] for skipped in found.skipped],
        "duplicates": list(found.duplicates),
        "libraries": dict(read_with.libraries),
        "code": read_with.code,
        "models": read_with.models,
        "counts": {name: counts[name] for name in counts if name not in {"event", "failures"}},
        "seconds": {
            "reading": round(reading_seconds, 3),
            "all": round(time.monotonic() - clock, 3),
        },
    }
    if settings.target == "spark":
        record = publish.publish_marts(data, record, f"{place}/main.db", settings.keep)
    else:
        record = publish.publish(data, record, settings.keep)
    progress.tell(
        f"Published {record.get('marts', data.warehouse)}", seconds=record["seconds"]["all"]
    )
    return record


def _found(settings: Settings) -> inputs.Inputs:
    """The documents, found by this machine in a folder or by Spark below a URL."""
    if settings.source is None:
        return inputs.find(settings.documents)
    from pipelines.spark.find import find  # noqa: PLC0415 - an extra

    return find(settings.source, settings.documents)


def _read_by_spark(settings: Settings, found: inputs.Inputs, lake: str) -> None:
    """Fill ``raw/`` and ``normalized/`` below ``lake``; every document is read."""
    from pipelines.spark import read, session  # noqa: PLC0415 - an extra

    source = settings.place_of_documents
    progress.tell(f"Reading {len(found.documents)} documents on Spark")
    spark = session.open_session("shisaku reading", f"{lake}/spark")
    try:
        read.read_all(spark, source, found.documents, lake, settings.limits)
    finally:
        spark.stop()


def _first_reason(found: inputs.Inputs) -> str:
    """Why the first one cannot be opened, for a message about all of them."""
    if not found.documents:
        return ""
    first, more = found.documents[0], len(found.documents) - 1
    rest = f", and {more} more" if more else ""
    return f" ({first.file_name} {first.unopened}{rest})"


def _gone_on_with(
    settings: Settings, read_with: versions.Versions, documents: int
) -> publish.Record | None:
    """The record of the published file, if that of so many documents can be made from it.

    That is so where the same models made it, in blocks of the size that these will have.
    """
    if settings.target != "duckdb" or settings.engine == "spark" or settings.again:
        return None
    before = publish.published(settings.data)
    if before is None or before.get("models") != read_with.models:
        return None
    were = len(before.get("signatures") or {})
    return before if _block_bytes(were) == _block_bytes(documents) else None


def _work(
    settings: Settings, found: inputs.Inputs, before: publish.Record | None, read: Read
) -> Work:
    """What the marts are filled from: the file of ``before`` and what has changed since, or anew.

    Anew, too, where so much has changed that this costs less.
    """
    signatures = read.signatures
    if settings.target != "duckdb" or not signatures:
        return EVERYTHING  # Spark names its files in its own way
    all_parts = parts.divide(found.documents)
    anew: Work = {"base": None, "gone": [], "batches": batches(all_parts, read.pages)}
    if before is None:
        return anew
    old: Mapping[str, str] = before.get("signatures") or {}
    changed = {
        key: read.pages[key] for key, signature in signatures.items() if old.get(key) != signature
    }
    work: Work = {
        "base": str(settings.data.warehouse),
        "gone": sorted(old.keys() - signatures.keys()),
        "batches": batches(all_parts, changed),
    }
    return work if _changed(work) <= MOST_CHANGED * len(found.documents) else anew


def _changed(work: Work) -> int:
    """How many documents are put in or go."""
    return len(work["gone"]) + sum(len(batch["documents"] or ()) for batch in work["batches"])


def _block_bytes(documents: int) -> int:
    """The blocks that the database's file is made of: small for few documents."""
    return SMALL_BLOCK_BYTES if documents <= FEW_DOCUMENTS else BLOCK_BYTES


def _keep_failure(data: DataFolder, record: dict[str, Any], error: Exception) -> None:
    """Leave word of what stopped a build: in its log, and for ``status``."""
    ours = not isinstance(error, ShisakuError)
    story = traceback.format_exc() if ours else ""
    progress.tell("Nothing was published", logging.ERROR, story=story or str(error), is_said=True)
    with contextlib.suppress(OSError):
        reason = f"{type(error).__name__}: {error}" if ours else str(error)
        store.write_record(data.last_failure, record | {"reason": reason})


@contextmanager
def locked(data: DataFolder, *, wait: bool) -> Iterator[bool]:
    """Hold the data folder's lock, which the system frees when its holder dies.

    What is given says whether it had to be waited for.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - a no-change build takes no lock

    lock = FileLock(data.lock)
    waited = False
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if not wait:
            message = f"Another build is under way in {data.root}. Try again when it has ended."
            raise BuildError(message) from None
        progress.tell(f"Another build is under way in {data.root}; waiting for it to end")
        lock.acquire()
        waited = True
    try:
        yield waited
    finally:
        lock.release()


@contextmanager
def _workplace(data: DataFolder) -> Iterator[None]:
    """An empty folder for the build, gone when it ends; leftovers of a killed one go first."""
    for path in data.root.rglob(f".*{store.PENDING}"):
        path.unlink(missing_ok=True)
    for path in data.builds.glob(f"*{store.PENDING}"):
        path.unlink(missing_ok=True)
    store.empty(data.building)
    for path in sorted(data.logs.glob("*.log"), reverse=True)[NOT_KEPT_LOGS:]:
        path.unlink(missing_ok=True)
    try:
        yield
    finally:
        shutil.rmtree(data.building, ignore_errors=True)


def _published_from(data: DataFolder, fingerprint: str) -> publish.Record | None:
    """The record of the published build, if these very inputs and this code made it."""
    # Their names first: that it is the published one that they name takes a look at a large file.
    records = publish.records(data)
    if not any(record["fingerprint"] == fingerprint for record in records):
        return None
    record = publish.published(data, records)
    if record is None or record["fingerprint"] != fingerprint or record["read_anew"]["may_pass"]:
        return None
    return record


def _fingerprint(settings: Settings, found: inputs.Inputs, read_with: versions.Versions) -> str:
    """Everything that can change what is published."""
    return versions.digest(read_with.code, inputs.told_apart(found, settings.documents))
