"""What a build asks of dbt's process: which tables' rows come from where, in which portions.

In: parts of the documents, and which of these are wanted. Out: :class:`Work`, plain enough for
JSON. Refuses: nothing.

Tables are filled a hundred sheets at a time, so that a thousand take no more memory than a hundred.
DuckDB's own memory is limited to match: what does not fit goes to disk. Of very many documents more
go in together, and more memory is given: each time costs something, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from pipelines.build.settings import MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipelines.build.parts import Part

# A hundred sheets: some 35,000 rows of facts and 75,000 cells. What a thread of DuckDB needs for
# that, and how many documents there may be until both are doubled.
PAGES_OF_A_BATCH = 600
MEBIBYTES_OF_A_THREAD = 96
DOCUMENTS_OF_A_MEBIBYTE = 27
THREADS = 4
# DuckDB's own limit where none is set.
MOST_MEMORY = "80%"


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


def batches(parts: Sequence[Part], wanted: Mapping[str, int]) -> list[Batch]:
    """The ``wanted`` documents of ``parts`` (pages by key), in their order, some at a time."""
    documents = sum(len(list(part.documents)) for part in parts)
    most = PAGES_OF_A_BATCH * _mebibytes(documents) // MEBIBYTES_OF_A_THREAD
    return list(_batches(parts, wanted, most))


def _batches(parts: Iterable[Part], wanted: Mapping[str, int], most: int) -> Iterator[Batch]:
    """Batches of at most so many pages, where one part has no more."""
    keys: list[str] = []
    names: list[str] = []
    pages = 0
    for part in parts:
        added = [document.key for document in part.documents if document.key in wanted]
        more = sum(wanted[key] for key in added)
        if keys and pages + more > most:
            yield {"documents": keys, "parts": names}
            keys, names, pages = [], [], 0
        if added:
            keys, names, pages = keys + added, [*names, part.name], pages + more
    if keys:
        yield {"documents": keys, "parts": names}


def going_on(limit: str | None, base: int) -> str:
    """What a build may take that goes on with a file of ``base`` bytes, where ``limit`` is anew's.

    Beside what two tables need that are filled at a time, the keys of all that is there, some two
    fifths of the file, come into memory while some are changed. What is no number of MiB stays.
    """
    number, is_mebibytes, _ = (limit or MOST_MEMORY).partition("MiB")
    return f"{2 * int(number) + base // (2 * MEBIBYTE)}MiB" if is_mebibytes else number


def means(documents: int, cores: int) -> dict[str, str]:
    """What DuckDB may take to fill the tables of so many documents, as dbt's profile reads it."""
    mebibytes = _mebibytes(documents)
    threads = min(THREADS, cores, mebibytes // MEBIBYTES_OF_A_THREAD)
    return {"SHISAKU_THREADS": str(threads), "SHISAKU_MEMORY_LIMIT": f"{mebibytes}MiB"}


def _mebibytes(documents: int) -> int:
    """In steps of two: dbt reads its whole project anew when a figure changes."""
    mebibytes = MEBIBYTES_OF_A_THREAD
    while mebibytes * DOCUMENTS_OF_A_MEBIBYTE < documents:
        mebibytes *= 2
    return mebibytes
