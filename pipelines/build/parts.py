"""Which documents are turned into typed rows together, and what was already.

In: documents. Out: :class:`Sheet` (the documents of one form, in reading order) grouped into
:class:`Part`: a fixed share of all keys, so that one changed document redoes one part, and a part
is small however many documents there are. Refuses: a chain of ``continues`` that runs in a
circle: each of its documents is read by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.build.inputs import Document

# Parts at most; a share of a byte of the key.
PARTS = 64


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the sheets, named for their keys."""

    name: str
    sheets: tuple[tuple[Document, ...], ...]

    @property
    def documents(self) -> Iterable[Document]:
        """Every document of the part, in order."""
        return (document for sheet in self.sheets for document in sheet)


def divide(documents: Sequence[Document]) -> list[Part]:
    """The parts of ``documents``, by name."""
    parts: dict[str, list[tuple[Document, ...]]] = {}
    for sheet in sheets(documents):
        share = int(sheet[0].key[:2], 16) * PARTS // 256
        parts.setdefault(f"part-{share:02d}", []).append(sheet)
    return [Part(name, tuple(parts[name])) for name in sorted(parts)]


def sheets(documents: Sequence[Document]) -> list[tuple[Document, ...]]:
    """Documents that are one form together, in the order their sidecars give."""
    by_key = {document.key: document for document in documents}
    following: dict[str, Document] = {}
    for document in documents:
        if document.continues in by_key and document.continues != document.key:
            following.setdefault(str(document.continues), document)
    continued = {document.key for document in following.values()}
    chains: list[tuple[Document, ...]] = []
    placed: set[str] = set()
    for head in documents:
        if head.key in continued:
            continue
        chain = [head]
        while (after := following.get(chain[-1].key)) is not None:
            chain.append(after)
        chains.append(tuple(chain))
        placed.update(document.key for document in chain)
    chains += [(document,) for document in documents if document.key not in placed]
    return sorted(chains, key=lambda chain: chain[0].key)
