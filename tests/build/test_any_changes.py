"""Whatever comes, goes and changes: going on leaves what filling anew leaves, drawn by chance."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import polars as pl
import pytest

from pipelines.build.settings import data_folder
from pipelines.build.work import is_run
from pipelines.schemas import NORMALIZED_TABLES

sys.path.insert(0, str(Path(__file__).parents[1] / "dbt"))

from made_up_databases import build, tables
from made_up_sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pipelines.build.settings import DataFolder
    from pipelines.build.work import Batch, Work

KEYS = [digit * 16 for digit in "0123456789abcdef"]
# By key, the first year, which the key is made of, too; few, so that sheets share them.
PROGRAMS = {
    f"p{number:012d}": year for number, year in enumerate((None, 1979, 2018, 2018, 2021, 2050))
}
YEARS = (2017, 2018, 2019, 2020)
PRINTED = ("100", "100", "250", "40000", "0", "―", "", "未定")
STEPS = 2


def drawn(chance: Random, key: str) -> Sheet:
    """One sheet: any year and ministry, one to two goals, programs that other sheets list, too."""
    made = Sheet(key, fiscal_year=chance.choice((None, 1985, 2019, 2020, 2021, 2045)))
    document = {
        "publisher": chance.choice((None, "文部科学省", "環境省")),
        "file_name": f"{chance.choice('xyz')}.pdf",
    }
    if is_failed := chance.random() < 0.15:
        document |= {"status": "failed", "status_reason": "is no PDF", "page_count": None}
        made.rows["raw.pages"].clear()
    for layer in ("raw", "normalized"):
        made.rows[f"{layer}.documents"][0].update(document)
    if is_failed:
        made.rows["normalized.documents"][0] |= {"form": None, "title": None, "fiscal_year": None}
        return made
    made.policy()
    for year in YEARS:
        made.amount(chance.choice(("initial", "revised")), year, chance.choice(PRINTED))
    for goal in range(1, chance.randint(2, 3)):
        made.goal(goal)
        made.indicator(goal, 1, aggregation=chance.choice((None, "cumulative")))
        for kind, year in zip(
            ("baseline", "actual", "annual_target", "actual", "target"), (2016, *YEARS), strict=True
        ):
            made.value(goal, 1, kind, year, chance.choice(PRINTED))
        listed = chance.sample(sorted(PROGRAMS), chance.randint(0, 3))
        for order, program in enumerate(listed, 1):
            _list(made, chance, goal, order, program)
    return made


def _list(made: Sheet, chance: Random, goal: int, order: int, program: str) -> None:
    """One program under a goal, its name in one of two ways, with what was spent on it."""
    made.program(
        goal,
        order,
        program,
        program_name=f"{program}の{chance.choice('新旧')}名",
        start_fiscal_year=PROGRAMS[program],
    )
    made.link(goal, order, program, 1, is_listed=chance.random() < 0.8)
    for year in chance.sample(YEARS, 2):
        for stage in ("revised", "executed"):
            made.amount(
                stage,
                year,
                chance.choice(PRINTED),
                goal=goal,
                program_key=program,
                inclusion=chance.choice(("exact", "exact", "inclusive", "exclusive")),
            )


def part_of(key: str) -> str:
    """The part whose files hold the rows of a sheet: four sheets to each."""
    return f"part-{int(key[0], 16) // 4}"


def put_together(data: DataFolder) -> None:
    """Have the typed rows of sheets in the files of their parts, as a build leaves them."""
    for table in NORMALIZED_TABLES:
        folder = data.normalized / table.name
        alone = {path: part_of(path.stem) for path in folder.glob("*.parquet") if path.stem in KEYS}
        for part in set(alone.values()):
            frames = [pl.read_parquet(path) for path in sorted(alone) if alone[path] == part]
            pl.concat(frames).write_parquet(folder / f"{part}.parquet")
        for path in alone:
            path.unlink()


def some_at_a_time(
    chance: Random, changed: Collection[str], present: Collection[str]
) -> list[Batch]:
    """Changed sheets of ``present`` in batches of whole parts, as ``work.batches`` groups them."""
    parts = sorted({part_of(key) for key in changed})
    found: list[Batch] = []
    while parts:
        taken = [parts.pop(0) for _ in range(min(len(parts), chance.randint(1, 3)))]
        keys = [key for key in sorted(changed) if part_of(key) in taken]
        found.append({"documents": keys, "parts": taken, "is_run": is_run(keys, sorted(present))})
    return found


def moved_on(chance: Random, sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The sheets of the next build: some go, some come, some are corrected."""
    gone = chance.sample(sorted(sheets), chance.randint(0, 2))
    new = chance.sample(sorted(set(KEYS) - set(sheets)), chance.randint(0, 2))
    corrected = chance.sample(sorted(set(sheets) - set(gone)), chance.randint(1, 3))
    changed = {key: drawn(chance, key) for key in sorted({*new, *corrected})}
    return {key: sheet for key, sheet in sheets.items() if key not in gone} | changed


@pytest.mark.parametrize("seed", [2])
def test_going_on_from_build_to_build_leaves_what_filling_anew_leaves(
    tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - made-up sheets, no secrets
    data = data_folder(tmp_path / "data")
    sheets = {key: drawn(chance, key) for key in chance.sample(KEYS, 9)}
    everything = some_at_a_time(chance, sheets, sheets)
    work: Work = {"base": None, "gone": [], "batches": everything}
    present = build(data, sheets.values(), tmp_path / "0.duckdb", work, prepared=put_together)
    for step in range(1, STEPS + 1):
        before, sheets = sheets, moved_on(chance, sheets)
        changed = {key for key, sheet in sheets.items() if before.get(key) is not sheet}
        work = {
            "base": str(present),
            "gone": sorted(before.keys() - sheets.keys()),
            "batches": some_at_a_time(chance, changed, sheets),
        }
        kept = tmp_path / f"{step}.duckdb"
        present = build(data, sheets.values(), kept, work, prepared=put_together)
    anew = build(data, sheets.values(), tmp_path / "anew.duckdb", prepared=put_together)
    found, expected = tables(present), tables(anew)
    assert found.keys() == expected.keys()
    assert {name: rows for name, rows in found.items() if rows != expected[name]} == {}
    # The draw reaches what depends on several sheets.
    assert expected["report_budget_execution"]
    assert expected["qc_amounts_that_conflict"]
    assert any(int(row.rsplit(", ", 1)[1].strip(")")) > 1 for row in expected["dim_program"])
