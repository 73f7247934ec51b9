"""Which documents lie below a URL, found by Spark.

In: the URL of a folder or an object store. Out: :class:`Inputs`, as ``build.inputs`` gives them
for a folder of this machine; sidecars, which are small, are copied beside one another below a
local folder. Refuses: nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.build.inputs import Inputs, printable, with_content, without_content
from pipelines.build.store import empty, file_hash
from pipelines.spark.read import EMPTY, PASSED_OVER, contents
from pipelines.spark.session import open_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyspark.sql import SparkSession

    from pipelines.build.inputs import Document


def find(source: str, mirror: Path) -> Inputs:
    """The documents below ``source``; what their sidecars say lies below ``mirror``."""
    session = open_session("shisaku documents", str(mirror))
    hashed = contents(session, source).selectExpr("path", "sha2(content, 256) as sha256")
    hashes = {row.path: row.sha256 for row in hashed.collect()}
    files = [(path, size) for path, size in _listed(session, source) if _is_pdf(path)]
    start = _shared_start([path for path, _ in files])
    empty(mirror)
    for row in contents(session, source, "*.yml").collect():
        beside = mirror / str(row.path).removeprefix(start)
        if beside.resolve().is_relative_to(mirror.resolve()):
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(row.content)
    documents: dict[str, Document] = {}
    duplicates = []
    for place, size in sorted(files):
        path = mirror / place.removeprefix(start)
        sha256 = EMPTY if size == 0 else hashes.get(place)
        if sha256 is None:
            documents[place] = without_content(path, place.removeprefix(start), PASSED_OVER)
        elif sha256 in documents:
            duplicates.append(printable(path.name))
        else:
            sidecar = file_hash(path.with_suffix(".yml"))
            documents[sha256] = with_content(path, sha256, size, sidecar)
    ordered = sorted(documents.values(), key=lambda document: document.key)
    return Inputs(tuple(ordered), (), tuple(duplicates))


def _is_pdf(path: str) -> bool:
    """Whether a file is one by its name."""
    return path.lower().endswith(".pdf")


def _listed(session: SparkSession, source: str) -> Iterator[tuple[str, int]]:
    """Every file below ``source`` and its bytes, those too that Spark's own readers pass over."""
    context: Any = session.sparkContext
    path = context._jvm.org.apache.hadoop.fs.Path(source)  # noqa: SLF001 - Spark has no other way
    found = path.getFileSystem(context._jsc.hadoopConfiguration()).listFiles(path, True)  # noqa: FBT003, SLF001
    while found.hasNext():
        status = found.next()
        yield status.getPath().toString(), status.getLen()


def _shared_start(paths: list[str]) -> str:
    """What all paths begin with, up to a slash."""
    folders = [path.rsplit("/", 1)[0] + "/" for path in paths]
    if not folders:
        return ""
    first, last = min(folders), max(folders)
    length = next((at for at in range(len(first)) if first[: at + 1] != last[: at + 1]), len(first))
    return first[:length].rsplit("/", 1)[0] + "/"
