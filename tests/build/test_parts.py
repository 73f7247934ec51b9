"""Which documents are turned into typed rows together."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipelines.build.inputs import Document
from pipelines.build.parts import divide, sheets


def document(name: str, continues: str | None = None) -> Document:
    digest = hashlib.sha256(name.encode()).hexdigest()
    before = hashlib.sha256(continues.encode()).hexdigest()[:16] if continues else None
    return Document(digest[:16], digest, Path(f"{name}.pdf"), f"{name}.pdf", 1, continues=before)


def named(chains: list[tuple[Document, ...]]) -> set[tuple[str, ...]]:
    return {tuple(document.file_name for document in chain) for chain in chains}


def test_documents_that_continue_one_another_are_one_sheet_in_reading_order() -> None:
    documents = [document("c", "b"), document("a"), document("d"), document("b", "a")]
    assert named(sheets(documents)) == {("a.pdf", "b.pdf", "c.pdf"), ("d.pdf",)}


def test_a_chain_that_runs_in_a_circle_falls_apart_into_single_documents() -> None:
    documents = [document("a", "b"), document("b", "a"), document("c", "c")]
    assert named(sheets(documents)) == {("a.pdf",), ("b.pdf",), ("c.pdf",)}


def test_two_documents_that_claim_the_same_place_are_not_both_put_there() -> None:
    documents = [document("a"), document("b", "a"), document("c", "a")]
    chains = named(sheets(documents))
    assert sorted(name for chain in chains for name in chain) == ["a.pdf", "b.pdf", "c.pdf"]


def test_every_document_is_in_exactly_one_part() -> None:
    documents = [document(str(number)) for number in range(500)]
    parts = divide(documents)
    divided = [document.key for part in parts for document in part.documents]
    assert sorted(divided) == sorted(document.key for document in documents)
    assert len({part.name for part in parts}) == len(parts)


def test_a_part_stays_small_however_many_documents_there_are() -> None:
    for count in (1, 40, 2_000):
        parts = divide([document(str(number)) for number in range(count)])
        sizes = [len(part.sheets) for part in parts]
        assert max(sizes) <= 16
        # Typing whole columns at once pays only if parts are not tiny either.
        assert count / len(sizes) >= min(count, 8)


def test_one_document_more_leaves_the_other_parts_alone() -> None:
    documents = [document(str(number)) for number in range(500)]
    before = {part.name: part for part in divide(documents)}
    for number in range(20):
        after = {part.name: part for part in divide([*documents, document(f"new {number}")])}
        # Its own part, or the few that the next bits of the keys split that one into.
        anew = [part for name, part in after.items() if before.get(name) != part]
        assert sum(len(part.sheets) for part in anew) <= 17
