"""What a build asks of dbt's process: which tables' rows come from where, in which portions.

In: parts of the documents, and which of these are wanted. Out: :class:`Work`, plain enough for
JSON. Refuses: nothing.

Tables are filled some hundred sheets at a time, so that the memory it takes does not grow with the
documents. DuckDB's own memory is limited to match: what does not fit goes to disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipelines.build.parts import Part

# A hundred sheets: some 35,000 rows of facts and 75,000 cells.
PAGES_OF_A_BATCH = 600
# What a thread of DuckDB needs for that, and what the keys of all tables need beyond it.
THREADS = 4
# DuckDB's own limit where none is set.
MOST_MEMORY = "80%"
MEBIBYTES_OF_A_THREAD = 64
DOCUMENTS_OF_A_MEBIBYTE = 10


class Batch(TypedDict):
    """Documents whose rows go in together, by key, and the names of their parts.

    ``None`` for both: whatever lies in the folders.
    """

    documents: list[str] | None
    parts: list[str] | None


class Work(TypedDict):
    """What the database is to hold.

    ``base``: the published file to go on with, or ``None`` for an empty one. ``gone``: keys of
    documents whose rows are to go from it. ``batches``: whose rows are put in.
    """

    base: str | None
    gone: list[str]
    batches: list[Batch]


EVERYTHING: Work = {"base": None, "gone": [], "batches": [{"documents": None, "parts": None}]}


def batches(parts: Iterable[Part], wanted: Mapping[str, int]) -> list[Batch]:
    """The ``wanted`` documents of ``parts`` (pages by key), in their order, some at a time."""
    return list(_batches(parts, wanted))


def _batches(parts: Iterable[Part], wanted: Mapping[str, int]) -> Iterator[Batch]:
    keys: list[str] = []
    names: list[str] = []
    pages = 0
    for part in parts:
        added = [document.key for document in part.documents if document.key in wanted]
        more = sum(wanted[key] for key in added)
        if keys and pages + more > PAGES_OF_A_BATCH:
            yield {"documents": keys, "parts": names}
            keys, names, pages = [], [], 0
        if added:
            keys, names, pages = keys + added, [*names, part.name], pages + more
    if keys:
        yield {"documents": keys, "parts": names}


def doubled(limit: str | None) -> str:
    """Twice as much memory; what is no number of MiB stays."""
    number, is_mebibytes, _ = (limit or MOST_MEMORY).partition("MiB")
    return f"{2 * int(number)}MiB" if is_mebibytes else number


def means(documents: int, cores: int) -> dict[str, str]:
    """What DuckDB may take to fill the tables of so many documents, as dbt's profile reads it.

    In steps of two: dbt reads its whole project anew when a figure changes.
    """
    threads = max(1, min(THREADS, cores))
    mebibytes = MEBIBYTES_OF_A_THREAD * max(2, threads)
    while mebibytes * DOCUMENTS_OF_A_MEBIBYTE < documents:
        mebibytes *= 2
    return {"SHISAKU_THREADS": str(threads), "SHISAKU_MEMORY_LIMIT": f"{mebibytes}MiB"}
