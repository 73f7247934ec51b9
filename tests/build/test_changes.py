"""What changed is put into a copy of the published database: the same as filling an empty one."""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

import duckdb
import pytest
import yaml
from calling import SEEDS

from pipelines.build import database, parts, store, walk
from pipelines.build import models as models_of_a_build
from pipelines.build import work as work_of_a_build
from pipelines.build.settings import DataFolder, Settings, data_folder, house
from pipelines.errors import BuildError

sys.path.insert(0, str(Path(__file__).parents[1] / "dbt"))

from typing import TYPE_CHECKING

from made_up_databases import build, tables
from made_up_sheets import Sheet

if TYPE_CHECKING:
    from pipelines.build.work import Batch, Work


def sheet(key: str, year: int, amount: str, program: str, name: str) -> Sheet:
    """One goal, one indicator, one program that spends ``amount`` in 2019."""
    made = Sheet(key * 16, fiscal_year=year)
    made.policy()
    made.goal(1)
    made.indicator(1, 1)
    made.value(1, 1, "actual", year - 1, amount)
    made.value(1, 1, "target", year, "1,600")
    made.program(1, 1, program, program_name=name)
    made.link(1, 1, program, 1)
    made.amount("revised", 2019, amount, goal=1, program_key=program)
    made.amount("executed", 2019, "(31.2)", goal=1, program_key=program)
    return made


BEFORE = [
    sheet("a", 2020, "100", "p00000000000a", "同じ事業"),
    sheet("b", 2021, "200", "p00000000000a", "同じ事業の新しい名"),
    sheet("c", 2020, "300", "p00000000000c", "消える事業"),
]
# No other sheet names a year as early as that.
BEFORE[2].rows["normalized.programs"][0]["start_fiscal_year"] = 1971
# b is corrected late and loses the program's newest name, c is withdrawn, d is new.
AFTER = [
    BEFORE[0],
    sheet("b", 2019, "40000", "p00000000000a", "同じ事業の古い名"),
    sheet("d", 1985, "500", "p00000000000d", "新しい事業"),
]


def each_by_itself(*letters: str) -> list[Batch]:
    """A batch a sheet, whose files bear its key for a name (``made_up_sheets.write``)."""
    return [
        {"documents": [letter * 16], "parts": [letter * 16], "is_run": True} for letter in letters
    ]


def test_a_late_correction_a_withdrawal_and_a_new_sheet_leave_what_filling_anew_leaves(
    tmp_path: Path,
) -> None:
    data = data_folder(tmp_path / "data")
    before = build(data, BEFORE, tmp_path / "before.duckdb")
    work: Work = {"base": str(before), "gone": ["c" * 16], "batches": each_by_itself("b", "d")}
    changed = tables(build(data, AFTER, tmp_path / "changed.duckdb", work))
    filled = tables(build(data, AFTER, tmp_path / "filled.duckdb"))
    assert changed == filled
    assert changed != tables(before)
    assert len(changed["comments"]) > 300
    assert not any("消える事業" in row for row in changed["dim_program"])
    # The newest sheet that lists it is a's now.
    assert any("'同じ事業'" in row for row in changed["dim_program"])
    # Its amounts are a's too, now; b's are of other years' sheets.
    assert any("'同じ事業'" in row for row in changed["report_budget_execution"])
    assert not any("消える事業" in row for row in changed["report_budget_execution"])
    # A year before all that were listed.
    assert any("(1985," in row for row in changed["dim_fiscal_year"])


def test_sheets_filled_one_by_one_leave_what_filling_them_together_leaves(tmp_path: Path) -> None:
    data = data_folder(tmp_path / "data")
    work: Work = {"base": None, "gone": [], "batches": each_by_itself("a", "b", "c")}
    one_by_one = tables(build(data, BEFORE, tmp_path / "one-by-one.duckdb", work))
    assert one_by_one == tables(build(data, BEFORE, tmp_path / "together.duckdb"))
    assert len(one_by_one["fact_budget"]) == 6
    # A sheet that no batch names is missed before anything could be published.
    work = {"base": None, "gone": [], "batches": each_by_itself("a", "c")}
    with pytest.raises(BuildError, match="every_source_file_arrives"):
        build(data, BEFORE, tmp_path / "two.duckdb", work)


def test_views_are_made_again_without_dbt_as_long_as_it_is_known_how(tmp_path: Path) -> None:
    data = data_folder(tmp_path / "data")
    before = build(data, BEFORE, tmp_path / "before.duckdb")
    work: Work = {"base": str(before), "gone": ["c" * 16], "batches": each_by_itself("b", "d")}
    ran: list[str] = []
    changed = tables(build(data, AFTER, tmp_path / "changed.duckdb", work, heard=ran.append))
    assert "fact_budget" in ran
    assert not any(name.startswith("stg_") for name in ran)
    # As where another project's models made what is kept, or nothing is.
    (data.dbt / "views.json").unlink()
    ran.clear()
    assert changed == tables(build(data, AFTER, tmp_path / "again.duckdb", work, heard=ran.append))
    assert {"stg_raw__pages", "int_programs_named"} <= {*ran}


@pytest.mark.parametrize("other", ["SHISAKU_MODELS", "SHISAKU_DATA"])
def test_views_of_other_models_or_of_another_folder_are_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    for name in ("SHISAKU_MODELS", "SHISAKU_DATA"):
        monkeypatch.setenv(name, "these")
    kept = database.Views(tmp_path / "views.json")
    store.write_record(kept.place, kept.facts | {"statements": ["create view one as (select 1)"]})
    assert kept.kept() == ["create view one as (select 1)"]
    monkeypatch.setenv(other, "others")
    assert not database.Views(kept.place).kept()
    monkeypatch.delenv(other)
    assert not database.Views(kept.place).kept()


def test_dbt_finds_the_engine_that_the_build_has_opened() -> None:
    profiles = (house() / "dbt_project" / "profiles.yml").read_text(encoding="utf-8")
    profile = yaml.safe_load(profiles)["shisaku"]["outputs"]["duckdb"]
    assert profile["path"] == database.ENGINE
    (attached,) = profile["attach"]
    assert attached["options"] == {"row_group_size": database.ROWS_OF_A_GROUP}
    # What it attached itself would have no limits, or those of the profile.
    assert "settings" not in profile
    assert "config_options" not in profile


def test_reference_tables_are_those_of_the_project_that_builds_wherever_others_lay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = data_folder(tmp_path / "data")
    root = house()
    for name in ("first", "second"):
        for folder in ("dbt_project", "seeds"):
            shutil.copytree(root / folder, tmp_path / name / folder)
    listed = Path("seeds", "reference", "eras.csv")

    def eras(project: Path) -> int:
        """How many eras the database knows that the models of ``project`` fill."""
        monkeypatch.setattr(models_of_a_build, "house", lambda: project)
        database = build(data, BEFORE[:1], tmp_path / "built.duckdb")
        with duckdb.connect(str(database), read_only=True) as connection:
            ((found,),) = connection.execute("select count(*) from reference.eras").fetchall()
        return int(found)

    expected = eras(tmp_path / "first")
    # The two are alike; the first one moves on before the second one builds.
    with (tmp_path / "first" / listed).open("a", encoding="utf-8") as file:
        file.write("未来,F,2040,未,未,2040-01-01,9,,\n")
    assert eras(tmp_path / "second") == expected


def test_a_withdrawal_alone_takes_its_rows_and_puts_none_in(tmp_path: Path) -> None:
    data = data_folder(tmp_path / "data")
    before = build(data, BEFORE, tmp_path / "before.duckdb")
    work: Work = {"base": str(before), "gone": ["c" * 16], "batches": []}
    changed = tables(build(data, BEFORE[:2], tmp_path / "changed.duckdb", work))
    assert changed == tables(build(data, BEFORE[:2], tmp_path / "filled.duckdb"))


def test_what_does_not_fit_into_the_memory_it_may_take_is_filled_anew_with_more(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = data_folder(tmp_path / "data")
    with caplog.at_level(logging.WARNING):
        cramped = tables(build(data, BEFORE, tmp_path / "cramped.duckdb", limit="4MiB"))
    assert cramped == tables(build(data, BEFORE, tmp_path / "ample.duckdb"))
    assert caplog.messages == ["4MiB are too little for the marts; filling them anew"]


@pytest.mark.usefixtures("seed_data")
def test_a_build_reads_one_changed_document_and_goes_on_with_the_published_file(
    tmp_path: Path, seed_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "SHEETS_OF_A_PART", 4)
    monkeypatch.setattr(work_of_a_build, "PAGES_OF_A_BATCH", 3)
    documents = shutil.copytree(SEEDS, tmp_path / "documents")
    for number in range(12):
        (documents / f"{number}.pdf").write_text(f"no PDF at all, number {number}")
    data = DataFolder(shutil.copytree(seed_data, tmp_path / "data"))
    settings = Settings(documents, data, workers=1)
    walk.build(settings)
    parsed = (data.dbt / "partial_parse.msgpack").stat()
    (documents / "0.pdf").write_text("another text, and no PDF either")
    record, is_new = walk.build(settings)
    assert is_new
    # Its name is another, and still dbt has nothing to parse.
    assert (data.dbt / "partial_parse.msgpack").stat().st_mtime_ns == parsed.st_mtime_ns
    with duckdb.connect(str(data.warehouse), read_only=True) as connection:
        named = connection.execute("select build_id from meta_build").fetchall()
    assert named == [(record["build_id"],)]
    assert record["read_anew"]["documents"] == 1
    # The one that came and the one that went; not those that they are typed with.
    assert record["put_in_anew"] == 2
    went_on = tables(data.warehouse)
    again, _ = walk.build(Settings(documents, data, workers=1, again=True))
    assert again["put_in_anew"] is None
    assert tables(data.warehouse) == went_on
    assert again["counts"]["rows"]["fact_budget"] == 48
