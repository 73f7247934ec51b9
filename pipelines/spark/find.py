"""Which documents lie below a URL, found by Spark.

In: the URL of a folder or an object store. Out: :class:`Inputs`, as ``build.inputs`` gives them
for a folder of this machine; sidecars, which are small, are copied beside one another below a
local folder. Refuses: nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.build.inputs import KEY_DIGITS, Document, Inputs, printable
from pipelines.build.store import empty, file_hash
from pipelines.spark.read import contents
from pipelines.spark.session import open_session

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import Row


def find(source: str, mirror: Path) -> Inputs:
    """The documents below ``source``; what their sidecars say lies below ``mirror``."""
    session = open_session("shisaku documents", str(mirror))
    files = (
        contents(session, source)
        .selectExpr("path", "length", "sha2(content, 256) sha256")
        .collect()
    )
    start = _shared_start(files)
    empty(mirror)
    for row in contents(session, source, "*.yml").collect():
        beside = mirror / str(row.path).removeprefix(start)
        if beside.resolve().is_relative_to(mirror.resolve()):
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(row.content)
    documents: dict[str, Document] = {}
    duplicates = []
    for row in sorted(files, key=lambda row: str(row.path)):
        path = mirror / str(row.path).removeprefix(start)
        if row.sha256 in documents:
            duplicates.append(printable(path.name))
            continue
        documents[row.sha256] = Document(
            key=row.sha256[:KEY_DIGITS],
            sha256=row.sha256,
            path=path,
            file_name=printable(path.name),
            size=row.length,
            sidecar=file_hash(path.with_suffix(".yml")),
        )
    ordered = sorted(documents.values(), key=lambda document: document.key)
    return Inputs(tuple(ordered), (), tuple(duplicates))


def _shared_start(files: list[Row]) -> str:
    """What the paths of all files begin with, up to a slash."""
    folders = [str(row.path).rsplit("/", 1)[0] + "/" for row in files]
    if not folders:
        return ""
    first, last = min(folders), max(folders)
    length = next((at for at in range(len(first)) if first[: at + 1] != last[: at + 1]), len(first))
    return first[:length].rsplit("/", 1)[0] + "/"
