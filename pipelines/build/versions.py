"""What a reading was made with: hashes over code, reference tables and library versions.

In: the installed package and its house. Out: three fingerprints (extraction, reading, models), so
that a change redoes what it touches and nothing else. Refuses: nothing.
"""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.build.settings import house

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

READERS = ("camelot-py", "playa-pdf", "pypdfium2", "opencv-python-headless", "polars")
ENGINES = ("dbt-core", "dbt-duckdb", "duckdb")
LEFT_OUT = {"target", "logs", "dbt_packages", "__pycache__"}


@dataclass(frozen=True, slots=True)
class Versions:
    """Fingerprints, each over all that can change what its stage puts out."""

    extraction: str
    reading: str
    models: str
    code: str
    libraries: Mapping[str, str]

    @property
    def readers(self) -> str:
        """Libraries that read documents, for people: ``camelot-py 2.0.0, …``."""
        return ", ".join(f"{name} {self.libraries[name]}" for name in READERS)


def current(limits: Mapping[str, int]) -> Versions:
    """The fingerprints of what is installed, under these limits."""
    package, root = Path(__file__).resolve().parent.parent, house()
    libraries = {name: _version(name) for name in (*READERS, *ENGINES)}
    reference = _files(root / "seeds" / "reference")
    readers = {name: libraries[name] for name in READERS}
    extraction = digest(
        _content(
            (*_files(package / "extract"), *_files(package / "schemas"), package / "reading.py")
        ),
        readers,
        limits,
    )
    reading = digest(
        extraction,
        _content((*_files(package / "forms"), *_files(package / "normalize"), *reference)),
        platform.python_version(),
    )
    models = digest(
        _content((*_files(root / "dbt_project"), *reference)),
        {name: libraries[name] for name in ENGINES},
    )
    code = digest(reading, models, _content(_files(package)))
    return Versions(extraction, reading, models, code, libraries)


def digest(*parts: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
    """SHA-256 over ``parts``, told apart from one another."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _files(folder: Path) -> list[Path]:
    """Every file below ``folder`` that is source, sorted."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not LEFT_OUT.intersection(path.relative_to(folder).parts)
    )


def _content(paths: Iterable[Path]) -> list[list[str]]:
    return [
        [path.name, hashlib.sha256(path.read_bytes()).hexdigest()]
        for path in paths
        if path.is_file()
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
