"""What a build asks of dbt's process: which tables' rows come from where, in which portions.

In: parts of the documents, and which of these are wanted. Out: :class:`Work`, plain enough for
JSON. Refuses: nothing.

Tables are filled some sheets at a time, so that a thousand take no more memory than a hundred.
DuckDB's own memory is limited to match: what does not fit goes to disk. Of very many documents more
go in together, and more memory is given: each time costs something, too.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, TypedDict

from pipelines.build.settings import MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipelines.build.parts import Part

# Some 75 sheets: 25,000 rows of facts and 55,000 cells. What a thread of DuckDB needs for
# that, and how many documents there may be until both are doubled.
PAGES_OF_A_BATCH = 450
MEBIBYTES_OF_A_THREAD = 56
DOCUMENTS_OF_A_MEBIBYTE = 27
# Beside its limit DuckDB takes what it does not count, more of it for larger tables. Few
# documents leave room for that: with a mebibyte less for each so many, dbt's process is as large
# with a thousand sheets as with a hundred.
SPARE_MEBIBYTES = 24
DOCUMENTS_OF_A_SPARE_MEBIBYTE = 40
# What it takes more to look up documents that are no run: a sheet can go on in another file.
MEBIBYTES_OF_A_LIST = 16
THREADS = 4
# DuckDB's own limit where none is set.
MOST_MEMORY = "80%"


class Batch(TypedDict):
    """Documents whose rows go in together, by key, and the names of their parts.

    ``None`` for both: whatever lies in the folders. ``is_run``: no other document's key lies
    between the first and the last of these.
    """

    documents: list[str] | None
    parts: list[str] | None
    is_run: bool


class Work(TypedDict):
    """What the database is to hold.

    ``base``: the published file to go on with, or ``None`` for an empty one. ``gone``: keys of
    documents whose rows are to go from it. ``batches``: whose rows are put in.
    """

    base: str | None
    gone: list[str]
    batches: list[Batch]


EVERYTHING: Work = {
    "base": None,
    "gone": [],
    "batches": [{"documents": None, "parts": None, "is_run": False}],
}


def batches(parts: Sequence[Part], wanted: Mapping[str, int]) -> list[Batch]:
    """The ``wanted`` documents of ``parts`` (pages by key), in their order, some at a time."""
    keys = sorted(document.key for part in parts for document in part.documents)
    most = PAGES_OF_A_BATCH * _mebibytes(len(keys)) // MEBIBYTES_OF_A_THREAD
    return [
        {"documents": documents, "parts": names, "is_run": is_run(documents, keys)}
        for documents, names in _lots(parts, wanted, most)
    ]


def is_run(some: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether ``some`` follow one another in ``keys``, which are sorted."""
    return bisect_right(keys, max(some)) - bisect_left(keys, min(some)) == len(some)


def _lots(
    parts: Iterable[Part], wanted: Mapping[str, int], most: int
) -> Iterator[tuple[list[str], list[str]]]:
    """Documents and parts of at most so many pages, where one part has no more."""
    keys: list[str] = []
    names: list[str] = []
    pages = 0
    for part in parts:
        added = [document.key for document in part.documents if document.key in wanted]
        more = sum(wanted[key] for key in added)
        if keys and pages + more > most:
            yield keys, names
            keys, names, pages = [], [], 0
        if added:
            keys, names, pages = keys + added, [*names, part.name], pages + more
    if keys:
        yield keys, names


def with_lists(limit: str, batches: Iterable[Batch]) -> str:
    """``limit``, and more where a batch is no run: DuckDB looks its documents up in a table."""
    number, is_mebibytes, _ = limit.partition("MiB")
    has_lists = any(batch["documents"] and not batch["is_run"] for batch in batches)
    if not is_mebibytes or not has_lists:
        return limit
    return f"{int(number) + MEBIBYTES_OF_A_LIST}MiB"


def going_on(limit: str | None, base: int) -> str:
    """What a build may take that goes on with a file of ``base`` bytes, where ``limit`` is anew's.

    Beside what two tables need that are filled at a time, the keys of all that is there, some two
    fifths of the file, come into memory while some are changed. What is no number of MiB stays.
    """
    number, is_mebibytes, _ = (limit or MOST_MEMORY).partition("MiB")
    return f"{2 * int(number) + base // (2 * MEBIBYTE)}MiB" if is_mebibytes else number


def means(documents: int, cores: int) -> dict[str, str]:
    """What DuckDB may take to fill the tables of so many documents, as dbt's process reads it."""
    mebibytes = _mebibytes(documents)
    threads = min(THREADS, cores, mebibytes // MEBIBYTES_OF_A_THREAD)
    spare = max(0, SPARE_MEBIBYTES - documents // DOCUMENTS_OF_A_SPARE_MEBIBYTE)
    return {"SHISAKU_THREADS": str(threads), "SHISAKU_MEMORY_LIMIT": f"{mebibytes + spare}MiB"}


def _mebibytes(documents: int) -> int:
    """What the batches of so many documents need, in steps of two."""
    mebibytes = MEBIBYTES_OF_A_THREAD
    while mebibytes * DOCUMENTS_OF_A_MEBIBYTE < documents:
        mebibytes *= 2
    return mebibytes
