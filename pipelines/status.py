"""What is published in a data folder, from what, and what was left out.

In: a data folder. Out: lines of text: of DuckDB's file, and of the marts that Spark made, where
it made any. Refuses: nothing; a folder without a warehouse is said to be
one, and so is a file that no build of ours has made.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from pipelines import publish
from pipelines.build import store, summary
from pipelines.build.progress import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipelines.build.settings import DataFolder

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))
SHOWN_REASONS = 20


def lines(data: DataFolder, now: dt.datetime) -> list[str]:
    """The state of ``data`` at ``now`` (with its time zone), for a person."""
    record, marts = publish.published(data), publish.marts(data)
    said = list(_last_failure(data, max((record, marts), key=_build_id)))
    if record:
        size = f" ({record['bytes'] / 1024**2:.1f} MiB)"
        said += _build(record, f"{data.warehouse}{size}", now)
        said += [f"Kept:      {', '.join(_kept(data)) or 'no earlier build'}", ""]
        said += _held(record)
    elif data.warehouse.exists():
        said.append(f"{data.warehouse} is no build of this folder; `make build` replaces it")
    else:
        said.append(f"No warehouse at {data.warehouse}; `make build` makes one")
    if marts:
        said += ["", "Made by Spark, beside it:" if record else "Made by Spark:"]
        said += [*_build(marts, marts["marts"], now), "", *_held(marts)]
    return said


def _build_id(record: Mapping[str, Any] | None) -> str:
    """The name of a build, which begins with its time."""
    return record["build_id"] if record else ""


def _build(record: Mapping[str, Any], place: str, now: dt.datetime) -> list[str]:
    """When a build was made, of what and where it lies."""
    made = dt.datetime.fromisoformat(record["started"])
    return [
        f"Published: {place}",
        f"Build:     {record['build_id']}, {_age(now - made)} ago, {_seconds(record)}",
        f"From:      {visible(record['documents_folder'])}, {len(record['documents'])} documents",
        f"Read with: {', '.join(f'{name} {is_}' for name, is_ in record['libraries'].items())}",
        f"Log:       {record['log']}",
    ]


def _held(record: Mapping[str, Any]) -> list[str]:
    """What its tables hold, and what was left out."""
    return [*summary.lines(record, "", is_new=True)[:-2], *_quarantine(record)]


def _last_failure(data: DataFolder, published: Mapping[str, Any] | None) -> Iterable[str]:
    """What stopped the last build, if none has been published since."""
    failure = store.read_record(data.last_failure)
    if failure and (published is None or failure["build_id"] > published["build_id"]):
        yield f"The last build, {failure['build_id']}, published nothing:"
        yield from (f"  {visible(line)}" for line in failure["reason"].splitlines())
        yield f"  log: {failure['log']}"
        yield ""


def _quarantine(record: Mapping[str, Any]) -> list[str]:
    """Quarantined cells by reason, the most frequent first."""
    reasons = record["counts"]["quarantine"]
    if not reasons:
        return []
    shown = [f"  {count:>8,}  {visible(str(reason))}" for reason, count in reasons[:SHOWN_REASONS]]
    if more := len(reasons) - len(shown):
        shown.append(f"  and {more} reasons more, in qc_quarantined_cells")
    return ["", "Quarantined cells by reason:", *shown]


def _kept(data: DataFolder) -> list[str]:
    return [path.stem for path in sorted(data.builds.glob("*.duckdb"), reverse=True)]


def _age(age: dt.timedelta) -> str:
    for unit, seconds in UNITS:
        if (count := int(age.total_seconds()) // seconds) > 0:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"


def _seconds(record: Mapping[str, Any]) -> str:
    spent, read = record["seconds"]["all"], record["read_anew"]["documents"]
    return f"made in {spent:.1f} s, {read} documents read anew"
