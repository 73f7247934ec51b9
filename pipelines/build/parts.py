"""Which documents are turned into typed rows together, and what was already.

In: documents. Out: sheets (the documents of one form, in reading order) grouped into
:class:`Part`: those whose keys begin with the same bits, as many bits as it takes to have few
sheets in each. So a part is small however many documents there are, and one changed document
redoes one part; whole columns of it are typed at once, which costs a sixth of sheet by sheet.
Refuses: a chain of ``continues`` that runs in a circle: each of its documents is read by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipelines.build.inputs import Document

# More sheets than this and a part is parted by the next bit of their keys.
SHEETS_OF_A_PART = 16


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
    return list(_parted("", sheets(documents)))


def _parted(bits: str, chains: Sequence[tuple[Document, ...]]) -> Iterator[Part]:
    """``chains`` have keys that begin with ``bits``; parts that are small enough."""
    if not chains:
        return
    if len(chains) <= SHEETS_OF_A_PART:
        yield Part(f"part-{bits or 'all'}", tuple(chains))
        return
    for bit in "01":
        below = bits + bit
        yield from _parted(below, [chain for chain in chains if _bits(chain).startswith(below)])


def _bits(chain: tuple[Document, ...]) -> str:
    key = chain[0].key
    return f"{int(key, 16):0{4 * len(key)}b}"


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
