"""Of a part that changed, the sheets that did are typed; the rows are those of typing it whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from pipelines.build import store, tasks
from pipelines.build.kept import KeptRows
from pipelines.build.settings import DataFolder
from tests.fuzz.sheets import good_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KEYS = [letter * 16 for letter in "abcd"]


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder with four sheets, read, and two parts of two of them, typed."""
    data = DataFolder(tmp_path)
    for key, read in zip(KEYS, good_sheets(), strict=False):
        named = {"document_key": pl.lit(key)}
        cells = read.cells.with_columns(
            cell_key=pl.col("cell_key").str.replace("^0{16}", key), **named
        )
        for table, frame in (("pages", read.pages.with_columns(**named)), ("cells", cells)):
            store.write_frame(data.raw / table / f"{key}.parquet", frame)
    kept = KeptRows(data)
    for part, keys in (("part-0", KEYS[:2]), ("part-1", KEYS[2:])):
        kept.keep(part, part, {key: f"of {key}" for key in keys}, typed(data, part, keys))
    return data


def typed(
    data: DataFolder, part: str, keys: Sequence[str], places: dict[str, str] | None = None
) -> dict[str, str]:
    """The files of ``part``; of documents in ``places``, the rows stay."""
    places = places or {}
    rows: list[dict[str, Any]] = [
        {"document_key": key, "sha256": key * 4, "file_name": "a.pdf", "status": "read"}
        for key in keys
        if key not in places
    ]
    files, failures = tasks.read_part(
        part,
        [([row], True) for row in rows],
        [(key, places.get(key)) for key in keys],
        str(data.root),
    )
    assert not failures
    return files


def test_rows_that_stay_and_rows_that_are_typed_make_the_files_that_typing_all_makes(
    data: DataFolder,
) -> None:
    whole = typed(data, "part-all", KEYS)
    # Two parts become one; c is typed anew, and stands in its place between the others.
    merged = typed(
        data, "part-all", KEYS, {KEYS[0]: "part-0", KEYS[1]: "part-0", KEYS[3]: "part-1"}
    )
    assert merged == whole
    assert store.whole(merged, data.root)
    cells = pl.read_parquet(data.normalized / "cells" / "part-all.parquet")
    assert cells["document_key"].unique(maintain_order=True).to_list() == KEYS
    # One that is gone takes its rows along; nothing is typed.
    assert typed(data, "part-0", KEYS[:1], {KEYS[0]: "part-0"}) == typed(data, "part-0", KEYS[:1])


def test_rows_stay_where_what_they_came_of_is_the_same(data: DataFolder) -> None:
    now = {key: f"of {key}" for key in KEYS}
    everywhere = {KEYS[0]: "part-0", KEYS[1]: "part-0", KEYS[2]: "part-1", KEYS[3]: "part-1"}
    assert KeptRows(data).places(now) == everywhere
    changed = now | {KEYS[1]: "of another reading"}
    assert KeptRows(data).places(changed) == {
        key: part for key, part in everywhere.items() if key != KEYS[1]
    }
    assert KeptRows(data).places({"e" * 16: "of what is new"}) == {}


@pytest.mark.parametrize("damage", ["file", "record"])
def test_rows_of_a_part_that_was_damaged_do_not_stay(data: DataFolder, damage: str) -> None:
    if damage == "file":
        path = data.normalized / "budget_amounts" / "part-0.parquet"
        frame = pl.read_parquet(path)
        frame.with_columns(amount_yen=pl.col("amount_yen") + 1).write_parquet(path)
    else:
        path = data.cache / "parts" / "part-0.json"
        path.write_bytes(path.read_bytes().replace(b"of aaaa", b"of aaab"))
    now = {key: f"of {key}" for key in KEYS} | {KEYS[0]: f"of aaab{'a' * 12}"}
    assert KeptRows(data).places(now) == {KEYS[2]: "part-1", KEYS[3]: "part-1"}
