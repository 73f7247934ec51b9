"""Which documents a folder holds, by content, with what their sidecars say.

In: a folder, searched recursively for ``*.pdf`` in any case. Out: :class:`Document` in the order
of their keys, each content once, and :class:`Skipped` for what bears the name but is no document
(a folder, a pipe, a link that leads out, a file that cannot be opened). Refuses: nothing.

A sidecar is ``<name>.yml`` beside ``<name>.pdf``; it may name its file's SHA-256, and then only
speaks for that content.
"""

from __future__ import annotations

import hashlib
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIDECAR_FACTS = (
    "source_url",
    "publisher",
    "title",
    "sheet_code",
    "document_kind",
    "license",
    "attribution",
)
KEY_DIGITS = 16
# A file past this size is not even hashed: it could be endless.
LARGEST_HASHED = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Document:
    """One content: its key, where it lies, and what its sidecar says of it."""

    key: str
    sha256: str
    path: Path
    file_name: str
    size: int
    facts: dict[str, str] = field(default_factory=dict)
    continues: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A name that ends in ``.pdf`` and is no document, or a sidecar that does not speak."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a folder holds."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...]
    duplicates: tuple[str, ...]


def find(folder: Path) -> Inputs:
    """The documents below ``folder`` (see the module)."""
    skipped: list[Skipped] = []
    paths = list(_candidates(folder, skipped))
    with ThreadPoolExecutor(max_workers=min(8, os.cpu_count() or 1)) as pool:
        hashes = list(pool.map(_hash, paths))
    found: dict[str, tuple[Path, str, int]] = {}
    duplicates: list[str] = []
    for path, (digest, size, problem) in zip(paths, hashes, strict=True):
        if problem:
            skipped.append(Skipped(printable(path.name), problem))
        elif digest in found:
            duplicates.append(printable(path.name))
        else:
            found[digest] = (path, digest, size)
    return Inputs(_described(list(found.values()), skipped), tuple(skipped), tuple(duplicates))


def printable(name: str) -> str:
    """``name`` as valid Unicode, whatever bytes the file system holds."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _candidates(folder: Path, skipped: list[Skipped]) -> Iterator[Path]:
    """Regular files named ``*.pdf`` below ``folder``, sorted; the rest goes to ``skipped``."""
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted((*files, *folders)):
            if not name.lower().endswith(".pdf"):
                continue
            path = Path(parent, name)
            if reason := _why_no_file(path, folder):
                skipped.append(Skipped(printable(name), reason))
            else:
                yield path


def _why_no_file(path: Path, folder: Path) -> str | None:
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(folder.resolve()):
            return "is a link that leads out of the folder of documents"
        mode = path.stat().st_mode
    except (OSError, RuntimeError):
        return "is a link that leads nowhere"
    if stat.S_ISREG(mode):
        return None
    return "is a folder" if stat.S_ISDIR(mode) else "is a pipe or a device, not a file"


def _hash(path: Path) -> tuple[str, int, str | None]:
    """SHA-256 and size of a file, or why it cannot be read."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST_HASHED:
                return "", size, f"is larger than {LARGEST_HASHED // 1024**3} GiB"
            return hashlib.file_digest(file, "sha256").hexdigest(), size, None
    except OSError as error:
        return "", 0, f"cannot be opened: {error.strerror}"


def _described(
    found: Sequence[tuple[Path, str, int]], skipped: list[Skipped]
) -> tuple[Document, ...]:
    """Documents with their sidecars' facts, by key."""
    keys = {path: digest[:KEY_DIGITS] for path, digest, _ in found}
    documents = []
    for path, digest, size in found:
        sidecar = _sidecar(path, digest, skipped)
        continued = sidecar.get("continues")
        documents.append(
            Document(
                key=keys[path],
                sha256=digest,
                path=path,
                file_name=printable(path.name),
                size=size,
                facts={name: str(sidecar[name]) for name in SIDECAR_FACTS if sidecar.get(name)},
                continues=keys.get(path.parent / str(continued)) if continued else None,
            )
        )
    return tuple(sorted(documents, key=lambda document: document.key))


def _sidecar(path: Path, digest: str, skipped: list[Skipped]) -> dict[str, Any]:
    """What the sidecar of ``path`` says, or nothing, with the reason in ``skipped``."""
    sidecar = path.with_suffix(".yml")
    if not sidecar.is_file():
        return {}
    import yaml  # noqa: PLC0415 - folders without sidecars start faster

    try:
        said = yaml.safe_load(sidecar.read_bytes())
    except (OSError, yaml.YAMLError, UnicodeError, ValueError) as error:
        reason = f"is not read: {str(error).splitlines()[0]}"
        skipped.append(Skipped(printable(sidecar.name), reason))
        return {}
    if not isinstance(said, dict):
        skipped.append(Skipped(printable(sidecar.name), "is not read: it holds no named facts"))
        return {}
    if said.get("sha256") not in (None, digest):
        reason = "is not read: its sha256 is not that of the file beside it"
        skipped.append(Skipped(printable(sidecar.name), reason))
        return {}
    return said
