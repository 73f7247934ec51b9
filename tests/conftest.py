"""What all tests share: the whole build on the one real sheet, made once a session.

The tests run in several processes; the first one that needs the build makes it for all.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from calling import SEEDS, Ended, shisaku
from filelock import FileLock

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def seed_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """The data folder of a build of ``seeds/documents``, and what the build said."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    data, said = shared / "seed-data", shared / "seed-build.json"
    with FileLock(shared / "seed-build.lock"):
        if not said.exists():
            ended = shisaku("build", "--documents", SEEDS, "--data", data)
            said.write_text(json.dumps(vars(ended)), encoding="utf-8")
    ended = Ended(**json.loads(said.read_text(encoding="utf-8")))
    assert ended.status == 0, ended.output + ended.errors
    return data, ended


@pytest.fixture(scope="session")
def seed_data(seed_build: tuple[Path, Ended]) -> Path:
    """The data folder of a build of ``seeds/documents``; not to be changed."""
    return seed_build[0]
