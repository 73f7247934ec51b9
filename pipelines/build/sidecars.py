"""The sidecar beside a PDF: who published it, under what licence, what it is.

In: the path of a PDF. Out: the :class:`Sidecar` in ``<same name>.yml`` beside it, or ``None`` if
there is none. Refuses (:class:`SidecarError`, in words that name the file): what is no YAML, what
has a field that a sidecar does not know or a value it cannot be, and a ``sha256`` that is not that
of the PDF: a sidecar speaks for one content, not for a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".yml"
LARGEST_BYTES = 100_000

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Hash = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[0-9a-fA-F]{64}$")
]


class SidecarError(Exception):
    """A sidecar that does not speak for the PDF beside it; the message says why."""


class Sidecar(BaseModel):
    """What the person who put a PDF into the folder knows about it. Every field may be missing."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    publisher: Words | None = None
    title: Words | None = None
    sheet_code: Words | None = None
    source_url: Words | None = None
    document_kind: Literal["original", "facsimile", "synthetic"] | None = None
    license: Words | None = None
    attribution: Words | None = None
    sha256: Hash | None = None
    continues: Words | None = None
    """Name of the PDF in the same folder that this one continues: both are one form."""

    @field_validator("continues")
    @classmethod
    def _names_a_file_beside(cls, name: str | None) -> str | None:
        if name is not None and (set(name) & {"/", "\\", "\0"} or name in {".", ".."}):
            message = "is the name of a file in the same folder, without a path"
            raise ValueError(message)
        return name

    @field_validator("source_url")
    @classmethod
    def _is_an_address(cls, address: str | None) -> str | None:
        if address is not None and not address.startswith(("https://", "http://")):
            message = "begins with https:// or http://"
            raise ValueError(message)
        return address


def sidecar_path(pdf: Path) -> Path:
    """Where the sidecar of ``pdf`` lies: ``sheet.pdf`` has ``sheet.yml``."""
    return pdf.with_suffix(SUFFIX)


def read_sidecar(pdf: Path, sha256: str) -> Sidecar | None:
    """The sidecar of ``pdf``, whose content has the hash ``sha256``; ``None`` without one.

    Raises ``SidecarError`` if there is one that does not speak.
    """
    path = sidecar_path(pdf)
    if not path.is_file():
        return None
    sidecar = _parsed(path)
    if sidecar.sha256 is not None and sidecar.sha256 != sha256.lower():
        message = (
            f"{path.name} does not speak for {pdf.name}: it names sha256 {sidecar.sha256}, "
            f"the file has {sha256.lower()}"
        )
        raise SidecarError(message)
    return sidecar


def _parsed(path: Path) -> Sidecar:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            message = f"{path.name} is larger than a sidecar can be ({LARGEST_BYTES:,} bytes)"
            raise SidecarError(message)
        said = yaml.safe_load(path.read_bytes())
    except (OSError, yaml.YAMLError, UnicodeError, ValueError, RecursionError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        message = f"{path.name} is not YAML that can be read: {first}"
        raise SidecarError(message) from error
    if not isinstance(said, dict):
        message = f"{path.name} holds no named facts (publisher: …, title: …)"
        raise SidecarError(message)
    try:
        return Sidecar.model_validate(said)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, problem['loc'])) or 'it'}: {problem['msg']}"
            for problem in error.errors()
        )
        message = f"{path.name} is no sidecar: {problems}"
        raise SidecarError(message) from error
