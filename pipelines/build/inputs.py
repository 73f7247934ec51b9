"""Which documents a folder holds, by content, with what their sidecars say.

In: a folder, searched recursively for ``*.pdf`` in any case. Out: :class:`Document` in the order
of their keys, each content once; what bears the name and cannot be opened (a folder, a pipe, a
link that leads out, a file without leave to read it) is a document without content, and says why.
:class:`Skipped` for a folder that is not looked into and a sidecar that does not speak. Refuses:
nothing.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

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
    """One content: its key, where it lies, its sidecar's SHA-256 and what that says.

    ``unopened`` is why there is no content, and no SHA-256 of it; the key is the place's then.
    """

    key: str
    sha256: str | None
    path: Path
    file_name: str
    size: int
    unopened: str | None = None
    sidecar: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    continues: str | None = None

    def row(self) -> dict[str, str | None]:
        """Its row of ``RAW_DOCUMENTS``, as far as it is known before it is read."""
        return {
            "document_key": self.key,
            "sha256": self.sha256,
            "file_name": self.file_name,
            **self.facts,
            "continues": self.continues,
            "status_reason": self.unopened,
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """A folder that is not looked into, or a sidecar that does not speak."""

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
        hashes = list(pool.map(lambda path: _hash(path, folder), paths))
    documents: dict[str, Document] = {}
    duplicates: list[str] = []
    for path, (digest, size, problem) in zip(paths, hashes, strict=True):
        if problem:
            place = str(path.relative_to(folder))
            documents[place] = without_content(path, place, problem)
        elif digest in documents:
            duplicates.append(printable(path.name))
        else:
            documents[digest] = with_content(path, digest, size, _sidecar(path, folder, skipped))
    ordered = sorted(documents.values(), key=lambda document: document.key)
    return Inputs(tuple(ordered), tuple(skipped), tuple(duplicates))


def told_apart(found: Inputs, folder: Path) -> list[list[str | None]]:
    """Everything in ``found`` that can change what is made of the documents below ``folder``.

    Where a document lies there says which ones its sidecar may mean.
    """
    documents = [
        [
            document.key,
            document.sha256,
            printable(str(document.path.relative_to(folder))),
            document.unopened,
            document.sidecar,
        ]
        for document in found.documents
    ]
    return documents + [[skipped.name, skipped.reason] for skipped in found.skipped]


def with_content(path: Path, sha256: str, size: int, sidecar: str | None) -> Document:
    """A document known by its content."""
    return Document(
        key=sha256[:KEY_DIGITS],
        sha256=sha256,
        path=path,
        file_name=printable(path.name),
        size=size,
        sidecar=sidecar,
    )


def without_content(path: Path, place: str, reason: str) -> Document:
    """A document that cannot be opened, known by its place in the folder alone."""
    digest = hashlib.sha256(b"place:" + place.encode("utf-8", "surrogateescape")).hexdigest()
    return Document(
        key=digest[:KEY_DIGITS],
        sha256=None,
        path=path,
        file_name=printable(path.name),
        size=0,
        unopened=reason,
    )


def opened(path: Path) -> BufferedReader:
    """A file to read from; ``OSError`` if it is none.

    A pipe has nobody who writes to it, a device has no end: neither is waited for.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a file", str(path))
    return os.fdopen(descriptor, "rb")


def printable(name: str) -> str:
    """``name`` as valid Unicode, whatever bytes the file system holds."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _candidates(folder: Path, skipped: list[Skipped]) -> Iterator[Path]:
    """Whatever is named ``*.pdf`` below ``folder``, sorted; folders passed over are skipped."""

    def not_opened(error: OSError) -> None:
        name = printable(Path(error.filename).name)
        skipped.append(Skipped(name, f"is a folder that cannot be opened: {error.strerror}"))

    for parent, folders, files in os.walk(folder, onerror=not_opened):
        folders.sort()
        for name in sorted((*files, *folders)):
            path = Path(parent, name)
            if name.lower().endswith(".pdf"):
                yield path
            elif name in folders and path.is_symlink():
                skipped.append(Skipped(printable(name), "is a link to a folder: not followed"))


def _sidecar(pdf: Path, folder: Path, skipped: list[Skipped]) -> str | None:
    """SHA-256 of the sidecar of ``pdf``; None if it has none that can be read."""
    path = pdf.with_suffix(".yml")
    if not os.path.lexists(path):
        return None
    digest, _, problem = _hash(path, folder)
    if problem:
        skipped.append(Skipped(printable(path.name), problem))
    return digest or None


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


def _hash(path: Path, folder: Path) -> tuple[str, int, str | None]:
    """SHA-256 and size of a file in ``folder``, or why it cannot be read."""
    if reason := _why_no_file(path, folder):
        return "", 0, reason
    try:
        with opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST_HASHED:
                return "", size, f"is larger than {LARGEST_HASHED // 1024**3} GiB"
            return hashlib.file_digest(file, "sha256").hexdigest(), size, None
    except OSError as error:
        return "", 0, f"cannot be opened: {error.strerror}"


def described(found: Inputs) -> Inputs:
    """The same documents with what their sidecars say; one that does not speak is skipped."""
    if not any(document.sidecar for document in found.documents):
        return found
    from pipelines.build.sidecars import SidecarError, read_sidecar  # noqa: PLC0415 - pydantic

    keys = {document.path: document.key for document in found.documents}
    skipped = list(found.skipped)
    documents = []
    for document in found.documents:
        said = None
        try:
            if document.sidecar and document.sha256:
                said = read_sidecar(document.path, document.sha256)
        except SidecarError as error:
            skipped.append(Skipped(printable(document.path.with_suffix(".yml").name), str(error)))
        facts = said.model_dump(include=set(SIDECAR_FACTS), exclude_none=True) if said else {}
        continued = document.path.parent / said.continues if said and said.continues else None
        continues = keys.get(continued) if continued else None
        if continued and continues is None:
            reason = f"continues {continued.name}, which is not beside it; it is read by itself"
            skipped.append(Skipped(document.file_name, reason))
        documents.append(replace(document, facts=facts, continues=continues))
    return replace(found, documents=tuple(documents), skipped=tuple(skipped))
