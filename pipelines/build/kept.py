"""Which typed rows are there already, and in which part's files.

In: signatures of documents (everything that can change their rows). Out: where rows that bear the
same one are kept. Refuses: a file or a record whose hash does not fit is treated as absent.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from pipelines.build import store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipelines.build.settings import DataFolder


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
