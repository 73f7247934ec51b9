"""The last words of a build: what is in the warehouse, what was left out, where it lies.

In: the record of a build. Out: lines of text. Refuses: nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.build.progress import visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHOWN_DOCUMENTS = 20


def unread(record: Mapping[str, Any]) -> list[list[str]]:
    """File name, status and reason of each document that was not read."""
    return list(record["counts"]["reasons"])


def lines(record: Mapping[str, Any], warehouse: Path | str, *, is_new: bool) -> list[str]:
    """What a build prints at its end."""
    counts = record["counts"]
    said = []
    if not is_new:
        said += [f"Nothing has changed since build {record['build_id']}; nothing was done.", ""]
    width = max(len(name) for name in counts["rows"])
    said += [f"{'table':<{width}}  {'rows':>10}"]
    said += [f"{name:<{width}}  {rows:>10,}" for name, rows in counts["rows"].items()]
    said += ["", *_documents(record), _cells(counts), _characters(counts), "", f"Open {warehouse}"]
    return said


def _documents(record: Mapping[str, Any]) -> list[str]:
    """The documents by status, then those that were not read, with the reason."""
    counts = record["counts"]
    by_status = dict(counts["documents"])
    said = [
        "Documents: {} read, {} unrecognized, {} failed".format(
            *(by_status.get(status, 0) for status in ("read", "unrecognized_form", "failed"))
        )
        + (f", {count} skipped" if (count := len(record["skipped"])) else ""),
    ]
    left_out = unread(record)
    said += [
        visible(f"  {status}: {name} {reason}")
        for name, status, reason in left_out[:SHOWN_DOCUMENTS]
    ]
    said += [
        visible(f"  skipped: {name} {reason}")
        for name, reason in record["skipped"][:SHOWN_DOCUMENTS]
    ]
    more = max(0, len(left_out) - SHOWN_DOCUMENTS) + max(
        0, len(record["skipped"]) - SHOWN_DOCUMENTS
    )
    if more:
        said.append(f"  and {more} more: see dim_document.status_reason and {record['log']}")
    if count := record["read_anew"]["may_pass"]:
        said.append(f"  {count} of these failed by what may pass; the next build reads them again")
    if record["duplicates"]:
        names = ", ".join(record["duplicates"][:SHOWN_DOCUMENTS])
        said.append(visible(f"  read once, present twice: {names}"))
    return said


def _cells(counts: Mapping[str, Any]) -> str:
    roles = dict(counts["roles"])
    order = ("label", "value", "title", "note", "empty", "quarantined")
    named = " + ".join(f"{roles.get(role, 0):,} {role}" for role in order)
    return (
        f"Cells quarantined: {roles.get('quarantined', 0):,} of {sum(roles.values()):,} = {named}"
    )


def _characters(counts: Mapping[str, Any]) -> str:
    ((layer, in_cells, outside, twice),) = counts["characters"]
    return (
        f"Characters in the text layer: {layer:,} = {in_cells:,} in cells + {outside:,} outside"
        + (f" ({twice:,} of them printed twice on one spot)" if twice else "")
    )
