"""Where a build reads and writes, and what one document may cost.

In: the folders and limits of a call. Out: :class:`Settings` and every path below the data folder.
Refuses: a folder of documents that is not there (:class:`UsageError`).
"""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.errors import UsageError

MEBIBYTE = 1024 * 1024
# dbt's DuckDB adapter takes the database's path for an address and these for the parts of one.
NOT_IN_A_DATA_FOLDER = frozenset("?#")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost; a real sheet needs a tenth of each, or less."""

    file_bytes: int = 128 * MEBIBYTE
    pages: int = 500
    page_points: int = 14_400
    memory_bytes: int = 1_536 * MEBIBYTE
    processor_seconds: int = 60
    wall_seconds: int = 180

    def as_dict(self) -> dict[str, int]:
        """The limits by name, as they enter the fingerprint of a reading."""
        return dataclasses.asdict(self)


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Every path that a build writes; nothing is written anywhere else."""

    root: Path

    @property
    def warehouse(self) -> Path:
        """The published file."""
        return self.root / "warehouse.duckdb"

    @property
    def write_ahead_log(self) -> Path:
        """Where DuckDB puts what is written to the published file; no build leaves one."""
        return self.root / "warehouse.duckdb.wal"

    @property
    def lock(self) -> Path:
        """Held by the one build that is under way; the system lets go of it when that dies."""
        return self.root / ".lock"

    @property
    def raw(self) -> Path:
        """Cells as printed: ``raw/<table>/<document_key>.parquet``."""
        return self.root / "raw"

    @property
    def normalized(self) -> Path:
        """Typed rows: ``normalized/<table>/<part>.parquet``."""
        return self.root / "normalized"

    @property
    def cache(self) -> Path:
        """What was read with which version, and the hashes of what came out."""
        return self.root / "cache"

    @property
    def building(self) -> Path:
        """The build under way; emptied when one starts and when it ends."""
        return self.root / "building"

    @property
    def builds(self) -> Path:
        """Records of past builds, and the last published files."""
        return self.root / "builds"

    @property
    def last_failure(self) -> Path:
        """What stopped the last build that published nothing."""
        return self.builds / "last-failure.record"

    @property
    def docs(self) -> Path:
        """The documentation site."""
        return self.root / "docs"

    @property
    def dbt(self) -> Path:
        """The scratch of dbt: its parsed project."""
        return self.root / "dbt"

    @property
    def logs(self) -> Path:
        """One log file a build."""
        return self.root / "logs"

    @property
    def sidecars(self) -> Path:
        """What lies beside documents that Spark finds below a URL."""
        return self.root / "sidecars"

    @property
    def reader_log(self) -> Path:
        """What libraries printed while they read the documents of the last build."""
        return self.logs / "readers.log"


@dataclass(frozen=True, slots=True)
class Settings:
    """One call of the build."""

    documents: Path
    data: DataFolder
    strict: bool = False
    again: bool = False
    wait: bool = True
    workers: int | None = None
    keep: int = 3
    # Who reads and who builds the marts: this machine and DuckDB, or Spark.
    engine: str = "local"
    target: str = "duckdb"
    # Where Spark finds the documents and puts its parquet, where that is no folder of this machine.
    source: str | None = None
    lake: str | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def place_of_documents(self) -> str:
        """Where the documents are read from, as the call named it: a folder or a URL."""
        return self.source or str(self.documents)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def house() -> Path:
    """The folder that holds ``dbt_project`` and ``seeds``: the checkout, or inside the wheel."""
    package = Path(__file__).resolve().parent.parent
    for root in (package.parent, package / "_house"):
        if (root / "dbt_project" / "dbt_project.yml").is_file():
            return root
    message = f"No dbt_project beside {package}. Install shisaku anew, or run it in its checkout."
    raise UsageError(message)


def documents_url(documents: str, engine: str) -> str | None:
    """``documents`` if that is a URL, for Spark to read; ``UsageError`` without it."""
    if "://" not in documents:
        return None
    if engine != "spark":
        message = f"{documents} is no folder of this machine; Spark reads it: ENGINE=spark."
        raise UsageError(message)
    return documents.rstrip("/")


def lake(place: str | None, engine: str, target: str) -> str | None:
    """``place`` without its last slash; ``UsageError`` where no Spark is to use it."""
    if place is None:
        return None
    if engine != "spark" or target != "spark":
        message = "LAKE= is where Spark reads and writes: it goes with ENGINE=spark TARGET=spark."
        raise UsageError(message)
    return place.rstrip("/") if "://" in place else str(Path(place).resolve())


def documents_folder(path: Path) -> Path:
    """``path`` as a folder of documents, absolute; ``UsageError`` if it is none."""
    if not path.is_dir():
        what = "is a file, not a folder" if path.exists() else "does not exist"
        message = f"The folder of documents {path} {what}. Name one with DOCUMENTS=folder."
        raise UsageError(message)
    return path.resolve()


def data_folder_to_read(path: Path) -> DataFolder:
    """``path`` as a data folder that is only looked at; it need not be there."""
    return DataFolder(path.resolve())


def data_folder(path: Path) -> DataFolder:
    """``path`` as a data folder, absolute and made if need be; ``UsageError`` if it cannot be."""
    if held := set(str(path.resolve())) & NOT_IN_A_DATA_FOLDER:
        message = f"dbt cannot work below a name with {' or '.join(sorted(held))}: {path}. "
        raise UsageError(message + "Name another folder with DATA=.")
    try:
        path.mkdir(parents=True, exist_ok=True)
        (path / ".lock").touch()
    except OSError as error:
        message = f"Nothing can be written to {path}: {error.strerror}. Name another with DATA=."
        raise UsageError(message) from error
    return DataFolder(path.resolve())
