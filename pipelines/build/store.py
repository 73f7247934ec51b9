"""Files that are either whole or not there, and records that notice a damaged one.

In: bytes, frames, facts. Out: files below the data folder, written beside their place and moved
into it; a record keeps the hash of each. Refuses: a record or a file whose hash does not fit is
treated as absent, so that its content is made anew; what cannot be written (a full disk, no rights)
raises :class:`BuildError`.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

from pipelines.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import polars as pl

PENDING = ".pending"


def write_bytes(path: Path, content: bytes) -> str:
    """Put ``content`` at ``path`` in one step; its SHA-256."""
    pending = path.with_name(f".{path.name}.{os.getpid()}{PENDING}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pending.write_bytes(content)
        pending.replace(path)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}. See `make doctor`."
        raise BuildError(message) from error
    finally:
        with contextlib.suppress(OSError):
            pending.unlink(missing_ok=True)
    return hashlib.sha256(content).hexdigest()


def write_frame(path: Path, frame: pl.DataFrame) -> str:
    """Put ``frame`` at ``path`` as parquet in one step; the file's SHA-256."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=True)
    return write_bytes(path, buffer.getvalue())


def file_hash(path: Path) -> str | None:
    """SHA-256 of the file at ``path``; None if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def write_record(path: Path, facts: Mapping[str, Any]) -> None:
    """Keep ``facts`` at ``path``, with their own hash."""
    body = json.dumps(facts, sort_keys=True, ensure_ascii=False)
    sealed = {"sha256": hashlib.sha256(body.encode()).hexdigest(), "facts": facts}
    write_bytes(path, json.dumps(sealed, sort_keys=True, ensure_ascii=False).encode())


def read_record(path: Path) -> dict[str, Any] | None:
    """The facts kept at ``path``; None if there are none or if they were damaged."""
    try:
        sealed = json.loads(path.read_bytes())
        facts = sealed["facts"]
        body = json.dumps(facts, sort_keys=True, ensure_ascii=False)
        if hashlib.sha256(body.encode()).hexdigest() != sealed["sha256"]:
            return None
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return facts if isinstance(facts, dict) else None


def whole(files: Mapping[str, str], root: Path) -> bool:
    """Whether every file (path below ``root`` -> SHA-256) is there with that content."""
    return all(file_hash(root / name) == expected for name, expected in files.items())


def keep_only(folder: Path, names: Iterable[str]) -> None:
    """Remove from ``folder`` every file that is not named: leftovers of other builds."""
    kept = set(names)
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name not in kept and path.is_file():
                path.unlink(missing_ok=True)


def empty(folder: Path) -> Path:
    """``folder``, made anew without content."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def flush(path: Path) -> None:
    """Have the system put the file (or folder) at ``path`` on the disk itself."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
