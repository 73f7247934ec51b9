"""What a build asks of dbt's process: batches of documents, and what DuckDB may take for them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipelines.build.inputs import Document
from pipelines.build.parts import Part, divide
from pipelines.build.settings import MEBIBYTE
from pipelines.build.work import EVERYTHING, Batch, batches, going_on, means, with_lists


def documents(count: int) -> list[Document]:
    digests = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(count)]
    return [Document(d[:16], d, Path(f"{d}.pdf"), f"{d}.pdf", 1) for d in digests]


def keys(found: list[Batch]) -> list[str]:
    return [key for batch in found for key in batch["documents"] or ()]


def test_what_duckdb_does_not_count_is_taken_off_its_limit() -> None:
    # 56 MiB, and of the 24 that are over one less for every 40 documents.
    assert means(100, 2) == {"SHISAKU_THREADS": "1", "SHISAKU_MEMORY_LIMIT": "78MiB"}
    assert means(1_000, 2) == {"SHISAKU_THREADS": "1", "SHISAKU_MEMORY_LIMIT": "56MiB"}


def test_very_many_documents_may_take_more_and_use_more_cores() -> None:
    # 28,000 documents, 27 to a mebibyte, are 1,038; the next step of two from 56 is 1,792.
    assert means(28_000, 2) == {"SHISAKU_THREADS": "2", "SHISAKU_MEMORY_LIMIT": "1792MiB"}


def test_each_wanted_document_is_in_one_batch_and_no_other_is() -> None:
    parts = divide(documents(400))
    wanted = {document.key: 6 for part in parts[::2] for document in part.documents}
    found = batches(parts, wanted)
    assert sorted(keys(found)) == sorted(wanted)
    assert [name for batch in found for name in batch["parts"] or ()] == [
        part.name for part in parts[::2]
    ]


def test_a_batch_holds_some_75_sheets_however_many_documents_there_are() -> None:
    for count in (100, 1_000):
        parts = divide(documents(count))
        found = batches(parts, {document.key: 6 for part in parts for document in part.documents})
        # Six pages each: 75 are 450. A part is left for the next batch whole: 16 sheets at most.
        assert max(len(batch["documents"] or ()) for batch in found) <= 75
        assert len(found) <= 1 + count // (75 - 16)


def test_a_batch_is_a_run_where_no_other_document_lies_between_its_own() -> None:
    parts = divide(documents(400))
    everything = {document.key: 6 for part in parts for document in part.documents}
    assert all(batch["is_run"] for batch in batches(parts, everything))
    ordered = sorted(everything)
    for some, is_run in ((ordered[7:8], True), (ordered[7:9], True), (ordered[7:10:2], False)):
        (batch,) = batches(parts, dict.fromkeys(some, 6))
        assert batch["is_run"] is is_run


def test_a_batch_that_is_no_run_may_take_more() -> None:
    run: Batch = {"documents": ["a"], "parts": ["part-all"], "is_run": True}
    some: Batch = {"documents": ["a", "c"], "parts": ["part-all"], "is_run": False}
    assert with_lists("56MiB", [run]) == "56MiB"
    # 16 MiB for the table that the list is looked up in.
    assert with_lists("56MiB", [run, some]) == "72MiB"
    assert with_lists("80%", [some]) == "80%"
    # Whatever lies in the folders is no list.
    assert with_lists("56MiB", EVERYTHING["batches"]) == "56MiB"


def test_one_part_with_more_pages_than_a_batch_has_goes_in_by_itself() -> None:
    few = documents(3)
    parts = [Part(document.key, ((document,),)) for document in few]
    pages = dict(zip((document.key for document in few), (10, 5_000, 10), strict=True))
    assert [batch["documents"] for batch in batches(parts, pages)] == [[d.key] for d in few]


def test_a_build_that_goes_on_has_room_for_the_keys_that_are_there() -> None:
    # Twice 64 MiB, and half of a file of 300 MiB.
    assert going_on("64MiB", 300 * MEBIBYTE) == "278MiB"
    assert going_on("80%", 300 * MEBIBYTE) == "80%"
