"""The data folder and the documents that builds are besieged with."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from calling import SEEDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHEET = SEEDS / "mext-r2-9-1.facsimile.pdf"


@pytest.fixture
def data(seed_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(seed_data, tmp_path / "data")


@pytest.fixture
def documents(tmp_path: Path) -> Callable[[int], Path]:
    """A folder with the seed sheet, and the same sheet once more with an end new in each round."""
    folder = shutil.copytree(SEEDS, tmp_path / "documents")

    def documents(round_: int) -> Path:
        (folder / "new.pdf").write_bytes(SHEET.read_bytes() + b"\n%% round %d" % round_)
        return folder

    return documents
