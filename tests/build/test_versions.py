"""What a changed file has a build do again: never less than what can come out another way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from calling import ROOT

from pipelines.build import versions

READ = {"extraction", "reading"}
# By file, the fingerprints that are to change with it, beside the one over all code.
CHANGES = {
    "pipelines/extract/grid.py": READ,
    "pipelines/schemas/raw.py": READ,
    "pipelines/reading.py": READ,
    "pipelines/build/cage.py": READ,
    "pipelines/build/caged.py": READ,
    "pipelines/build/tasks.py": READ,
    "pipelines/forms/declarations/mext.yaml": {"reading"},
    "pipelines/normalize/tables/budgets.py": {"reading"},
    "seeds/reference/amount_units.csv": {"reading", "models"},
    "dbt_project/models/marts/fact_budget.sql": {"models"},
    "dbt_project/models/marts/fact_budget.yml": {"models"},
    "dbt_project/macros/percent.sql": {"models"},
    "dbt_project/dbt_project.yml": {"models"},
    "pipelines/build/database.py": {"models"},
    "pipelines/build/walk.py": set(),
}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project, which ``versions`` takes for its own."""
    for name in ("pipelines", "dbt_project", "seeds/reference"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.setattr(versions, "__file__", str(tmp_path / "pipelines/build/versions.py"))
    monkeypatch.setattr(versions, "house", lambda: tmp_path)
    return tmp_path


def fingerprints(**limits: int) -> dict[str, str]:
    """Every fingerprint of the copy, by name."""
    now = versions.current(limits)
    names = ("extraction", "reading", "models", "code")
    return {name: str(getattr(now, name)) for name in names}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Names of the fingerprints that differ."""
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_file_does_again_what_it_has_a_say_in(house: Path, name: str) -> None:
    before = fingerprints()
    with (house / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert changed(before, fingerprints()) == CHANGES[name] | {"code"}


def test_a_model_that_moves_to_another_layer_is_another_model(house: Path) -> None:
    before = fingerprints()
    models = house / "dbt_project" / "models"
    (models / "qc" / "qc_summary.sql").rename(models / "reports" / "qc_summary.sql")
    assert changed(before, fingerprints()) == {"models", "code"}


def test_a_copy_of_the_project_elsewhere_reads_the_same(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = fingerprints()
    elsewhere = Path(shutil.move(house / "pipelines", tmp_path / "other" / "pipelines"))
    monkeypatch.setattr(versions, "__file__", str(elsewhere / "build" / "versions.py"))
    (elsewhere / "__pycache__").mkdir(exist_ok=True)
    (elsewhere / "__pycache__" / "new.pyc").write_bytes(b"compiled")
    assert fingerprints() == here


def test_other_limits_read_every_document_again() -> None:
    assert changed(fingerprints(pages=500), fingerprints(pages=2_000)) == READ | {"code"}
