"""A machine without a Java that Spark can use is told so before Spark falls over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines.errors import UsageError
from pipelines.spark.session import open_session

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that JAVA_HOME names; nothing is in it yet."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    (tmp_path / "bin").mkdir()
    return tmp_path


@pytest.mark.parametrize(("version", "number"), [("11.0.21", 11), ("1.8.0_392", 8)])
def test_a_java_that_is_too_old_is_named_with_what_to_do(
    home: Path, version: str, number: int
) -> None:
    java = home / "bin" / "java"
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    with pytest.raises(UsageError, match=f"Java 17 or newer: .* is Java {number}[.] Install one"):
        open_session("a name", str(home))


def test_a_java_home_without_java_is_named(home: Path) -> None:
    with pytest.raises(UsageError, match=r"none below JAVA_HOME=.* Install one"):
        open_session("a name", str(home))


def test_no_java_at_all_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=r"there is none here\. Install one"):
        open_session("a name", str(tmp_path))
