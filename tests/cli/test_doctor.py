"""The doctor on machines that lack something: each lack is found, with what to do about it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

from calling import ROOT, SEEDS, Ended, shisaku

from pipelines import doctor
from pipelines.build import walls
from pipelines.build.settings import DataFolder

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def found(ended: Ended) -> dict[str, str]:
    """What is wrong, by subject."""
    lines = [line for line in ended.output.splitlines() if line.startswith("WRONG ")]
    return dict(line.removeprefix("WRONG ").split(": ", 1) for line in lines)


def test_on_a_sound_machine_nothing_is_wrong(tmp_path: Path) -> None:
    ended = shisaku("doctor", "--documents", SEEDS, "--data", tmp_path)
    assert found(ended).keys() <= {"Disk", "Memory", "Cage"}, ended.output


def test_a_library_without_its_system_part_is_named(tmp_path: Path) -> None:
    (tmp_path / "cv2.py").write_text("raise ImportError('libGL.so.1: cannot open')", "utf-8")
    ended = shisaku("doctor", "--data", tmp_path / "data", PYTHONPATH=str(tmp_path))
    assert ended.status == 1
    assert "camelot (libGL.so.1: cannot open)" in found(ended)["Libraries"]
    built = shisaku("build", "--data", tmp_path / "data", PYTHONPATH=str(tmp_path))
    assert built.status == 1
    assert "libGL.so.1" in built.errors
    assert "make doctor" in built.errors
    assert "Traceback" not in built.errors
    assert "a bug" not in built.errors


def test_a_machine_that_starts_no_worker_is_told_what_one_needs(tmp_path: Path) -> None:
    def few_files() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))

    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pipelines", "doctor", "--data", str(tmp_path)],
        cwd=ROOT,
        preexec_fn=few_files,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "WRONG Workers: do not start" in ended.stdout
    assert "ulimit -n" in ended.stdout


def test_an_empty_folder_and_a_foreign_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "warehouse.duckdb").write_text("someone else's", encoding="utf-8")
    wrong = found(shisaku("doctor", "--documents", tmp_path / "documents", "--data", tmp_path))
    assert wrong["Documents"].startswith("0 PDFs")
    assert wrong["Warehouse"] == "not as a build left it"


def test_a_kernel_without_walls_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls, "_landlock_version", lambda: -1)
    findings = {each.subject: each for each in doctor.examine(DataFolder(tmp_path), SEEDS)}
    assert "Landlock" in findings["Cage"].found
    assert findings["Cage"].remedy
    assert os.fspath(tmp_path) in findings["Data folder"].found
