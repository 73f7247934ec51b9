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
    from collections.abc import Mapping

READERS = ("camelot-py", "playa-pdf", "pypdfium2", "opencv-python-headless", "polars")
ENGINES = ("dbt-core", "dbt-duckdb", "duckdb")
# Of the build's own code, what decides which cells and rows are kept, and which rows are in tables.
READS = ("cage.py", "caged.py", "forked.py", "tasks.py", "walls.py")
FILLS = ("database.py", "dbt_process.py", "work.py")
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
    readers = {name: libraries[name] for name in READERS}
    reference = root / "seeds" / "reference"
    extraction = digest(
        _content(package / "extract", package / "schemas", package / "reading.py"),
        _content(*(package / "build" / name for name in READS)),
        readers,
        limits,
        # With it comes what is known of characters.
        platform.python_version(),
    )
    reading = digest(
        extraction, _content(package / "forms", package / "normalize"), _content(reference)
    )
    models = digest(
        _content(root / "dbt_project"),
        _content(reference),
        _content(*(package / "build" / name for name in FILLS)),
        {name: libraries[name] for name in ENGINES},
    )
    code = digest(reading, models, _content(package))
    return Versions(extraction, reading, models, code, libraries)


def digest(*parts: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
    """SHA-256 over ``parts``, told apart from one another."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _content(*places: Path) -> list[list[str]]:
    """Where each file in ``places`` (folders, or files) that is source lies there; its SHA-256.

    A model's place says how it is made, a module's what it is.
    """
    return [
        [str(path.relative_to(place.parent)), hashlib.sha256(path.read_bytes()).hexdigest()]
        for place in places
        for path in ([place] if place.is_file() else sorted(place.rglob("*")))
        if path.is_file() and not LEFT_OUT.intersection(path.relative_to(place).parts)
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
