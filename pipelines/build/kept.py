"""What earlier builds left: which documents are read already, and which typed rows are there.

In: documents, and the versions they are read with; signatures (everything that can change a
document's rows). Out: the facts of each document, and where rows that bear a signature are kept.
Refuses: a file or a record whose hash does not fit, or that came of another content or another
reader, is treated as absent.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from pipelines.build import store, versions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipelines.build.inputs import Document
    from pipelines.build.parts import Part
    from pipelines.build.settings import DataFolder

Facts = dict[str, Any]


class KeptReadings:
    """What each document was read as, by this build or an earlier one."""

    def __init__(self, data: DataFolder, read_with: versions.Versions) -> None:
        self.root = data.root
        self.folder = data.cache / "documents"
        self.versions = read_with
        self.read: dict[str, Facts] = {}
        # By document, its sheet's: of those whose part is looked at, until they are read anew.
        self.signatures: dict[str, str] = {}

    @property
    def pages(self) -> dict[str, int]:
        """How many pages each document has."""
        return {key: read["page_count"] or 0 for key, read in self.read.items()}

    @property
    def may_pass(self) -> int:
        """How many documents failed for a reason of the moment."""
        return sum(bool(read.get("may_pass")) for read in self.read.values())

    def knows(self, document: Document) -> bool:
        """Whether an earlier build met a document, though it may have to be read again."""
        return self._record(document).exists()

    def holds(self, document: Document) -> bool:
        """Whether what is kept of a document came of the same content and the same reader."""
        kept = store.read_record(self._record(document))
        if kept and self._is_of(kept, document):
            self.read[document.key] = kept
            return True
        return False

    def is_sound(self, document: Document) -> bool:
        """Whether a document could be read."""
        return self.read[document.key]["reason"] is None

    def keep(
        self,
        document: Document,
        files: Mapping[str, str],
        reason: str | None,
        *,
        page_count: int | None,
        may_pass: bool,
    ) -> None:
        """Remember what came of a document: ``files`` with their hashes, why it failed if it did.

        ``may_pass``: it may be read another time, so that the next build tries again.
        """
        self._keep(
            document,
            {
                "document_key": document.key,
                "sha256": document.sha256,
                "version": self.versions.extraction,
                "page_count": page_count,
                "reason": reason,
                "may_pass": may_pass,
                "files": dict(files),
            },
        )

    def fail(self, document: Document, reason: str, *, may_pass: bool) -> None:
        """Say of a document that was read that its form cannot be."""
        self._keep(document, self.read[document.key] | {"reason": reason, "may_pass": may_pass})

    def facts(self, document: Document) -> Facts:
        """The document's row of ``RAW_DOCUMENTS``."""
        read = self.read[document.key]
        return {
            **document.row(),
            "page_count": read["page_count"],
            "status": "failed" if read["reason"] else "read",
            "status_reason": read["reason"],
        }

    def signatures_of(self, part: Part) -> dict[str, str]:
        """By document of a part, everything that can change its rows, as a hash."""
        return {document.key: self._signature(sheet) for sheet in part.sheets for document in sheet}

    def signature_of(self, part: Part) -> str:
        """One hash over all that makes the rows of a part."""
        return versions.digest([self._signature(sheet) for sheet in part.sheets])

    def _signature(self, sheet: Sequence[Document]) -> str:
        """Everything that can change the rows of the documents of one form."""
        known = {self.signatures.get(document.key) for document in sheet}
        signature = known.pop() if len(known) == 1 else None
        if signature is None:
            signature = versions.digest(
                self.versions.reading,
                [[self.facts(document), self.read[document.key]["files"]] for document in sheet],
            )
            self.signatures |= dict.fromkeys((document.key for document in sheet), signature)
        return signature

    def _keep(self, document: Document, read: Facts) -> None:
        self.read[document.key] = read
        self.signatures.pop(document.key, None)
        store.write_record(self._record(document), read)

    def _is_of(self, kept: Facts, document: Document) -> bool:
        return (
            kept["version"] == self.versions.extraction
            and kept["document_key"] == document.key
            and kept["sha256"] == document.sha256
            and (document.unopened is None or kept["reason"] == document.unopened)
            and not kept.get("may_pass")
            and store.whole(kept["files"], self.root)
        )

    def _record(self, document: Document) -> Path:
        return self.folder / f"{document.key}.json"


class KeptRows:
    """The parts that earlier builds left, by name."""

    def __init__(self, data: DataFolder) -> None:
        self.root = data.root
        self.folder = data.cache / "parts"

    def holds(self, part: str, signature: str) -> bool:
        """Whether the rows of ``part`` are those that ``signature`` stands for."""
        kept = store.read_record(self._record(part))
        return bool(kept and kept["signature"] == signature and self._is_whole(kept))

    def places(self, signatures: Mapping[str, str]) -> dict[str, str]:
        """By document, the part that its rows lie in; those are left out that have changed.

        Sheets move to another part where there are more or fewer than before beside them.
        """
        parts = {self._parts[key] for key in signatures if key in self._parts}
        records = {part: store.read_record(self._record(part)) for part in parts}
        return {
            key: part
            for part, kept in records.items()
            if kept and self._is_whole(kept)
            for key, signature in kept.get("documents", {}).items()
            if signatures.get(key) == signature
        }

    def keep(
        self, part: str, signature: str, documents: Mapping[str, str], files: Mapping[str, str]
    ) -> None:
        """Remember what the rows of ``part`` and of each of its ``documents`` came of."""
        facts = {"signature": signature, "documents": dict(documents), "files": dict(files)}
        store.write_record(self._record(part), facts)

    @cached_property
    def _parts(self) -> dict[str, str]:
        """The part that each document lay in when the build began."""
        records = {path.stem: store.read_record(path) for path in self.folder.glob("*.json")}
        return {
            key: part for part, kept in records.items() if kept for key in kept.get("documents", {})
        }

    def _is_whole(self, kept: Mapping[str, Any]) -> bool:
        return store.whole(kept["files"], self.root)

    def _record(self, part: str) -> Path:
        return self.folder / f"{part}.json"
