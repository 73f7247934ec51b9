"""Reading costs what changed, and never believes a file that is not the one it wrote."""

from __future__ import annotations

import dataclasses
import shutil
from typing import TYPE_CHECKING

import polars as pl
import pytest
from calling import SEEDS

from pipelines.build import inputs, store, versions
from pipelines.build.read import read_all
from pipelines.build.settings import DataFolder, Limits, Settings
from pipelines.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Read = dict[str, int]


def anew(documents: int, parts: int, may_pass: int = 0) -> Read:
    return {"documents": documents, "parts": parts, "may_pass": may_pass}


NOTHING = anew(documents=0, parts=0)


@pytest.fixture
def data(seed_data: Path, tmp_path: Path) -> Path:
    """A data folder of this test's own, in which the seed sheet is already read."""
    return shutil.copytree(seed_data, tmp_path / "data")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder of this test's own that holds the seed sheet and its sidecar."""
    return shutil.copytree(SEEDS, tmp_path / "documents")


@pytest.fixture
def read(data: Path, documents: Path) -> Callable[..., Read]:
    """Read the documents once more; how many documents and parts were read anew."""

    def read(**changed_versions: str) -> Read:
        settings = Settings(documents, DataFolder(data), workers=1)
        now = versions.current(settings.limits.as_dict())
        read_with = dataclasses.replace(now, **changed_versions)
        found = inputs.described(inputs.find(documents)).documents
        return read_all(settings, found, read_with).anew

    return read


def keys(data: Path, table: str) -> set[str]:
    return {path.stem for path in (data / "raw" / table).iterdir()}


def test_what_has_not_changed_is_not_read(read: Callable[..., Read]) -> None:
    assert read() == NOTHING


def test_one_document_more_reads_that_one_and_one_less_reads_none(
    read: Callable[..., Read], data: Path, documents: Path
) -> None:
    (sheet,) = keys(data, "cells")
    (documents / "empty.pdf").write_bytes(b"")
    assert read() == anew(documents=1, parts=1)
    # The SHA-256 of nothing.
    assert keys(data, "cells") == keys(data, "pages") == {sheet, "e3b0c44298fc1c14"}
    (documents / "empty.pdf").unlink()
    # The part that both were in is typed without it.
    assert read() == anew(documents=0, parts=1)
    assert keys(data, "cells") == keys(data, "pages") == {sheet}
    listed = pl.read_parquet(data / "raw" / "documents" / "*.parquet")
    assert listed["document_key"].to_list() == [sheet]


def test_a_new_reader_reads_every_document_and_a_new_grammar_only_types_them(
    read: Callable[..., Read],
) -> None:
    assert read(reading="another grammar") == anew(documents=0, parts=1)
    assert read(extraction="another reader", reading="and so") == anew(documents=1, parts=1)


def test_a_changed_sidecar_types_the_document_anew_without_reading_it(
    read: Callable[..., Read], data: Path, documents: Path
) -> None:
    (sidecar,) = documents.glob("*.yml")
    said = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(said.replace("publisher: 文部科学省", "publisher: 文科省"), encoding="utf-8")
    assert read() == anew(documents=0, parts=1)
    typed = pl.read_parquet(data / "normalized" / "documents" / "*.parquet")
    assert typed["publisher"].to_list() == ["文科省"]


@pytest.mark.parametrize("damage", ["change", "cut", "remove", "swap"])
@pytest.mark.parametrize("table", ["raw/cells", "raw/pages"])
def test_a_damaged_reading_is_noticed_and_made_anew(
    read: Callable[..., Read], data: Path, table: str, damage: str
) -> None:
    (file,) = (data / table).iterdir()
    content = file.read_bytes()
    if damage == "change":
        pl.read_parquet(file).with_columns(document_key=pl.lit("another")).write_parquet(file)
    elif damage == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif damage == "remove":
        file.unlink()
    else:
        other = "raw/pages" if table == "raw/cells" else "raw/cells"
        file.write_bytes((data / other / file.name).read_bytes())
    assert read()["documents"] == 1
    assert file.read_bytes() == content


def test_damaged_typed_rows_are_noticed_and_made_anew(
    read: Callable[..., Read], data: Path
) -> None:
    (file,) = (data / "normalized" / "budget_amounts").iterdir()
    content = file.read_bytes()
    pl.read_parquet(file).with_columns(amount_yen=pl.col("amount_yen") + 1).write_parquet(file)
    assert read() == anew(documents=0, parts=1)
    assert file.read_bytes() == content


def test_a_document_more_leaves_the_rows_of_the_sheets_beside_it_as_they_are(
    read: Callable[..., Read], data: Path, documents: Path
) -> None:
    # What typing cannot have put there shows what was not typed.
    (file,) = (data / "normalized" / "policies").iterdir()
    record = data / "cache" / "parts" / f"{file.stem}.json"
    kept = store.read_record(record)
    assert kept
    mark = pl.read_parquet(file).with_columns(bureau=pl.lit("a mark"))
    kept["files"][f"normalized/policies/{file.name}"] = store.write_frame(file, mark)
    store.write_record(record, kept)
    (documents / "empty.pdf").write_bytes(b"")
    assert read() == anew(documents=1, parts=1)
    assert set(pl.read_parquet(file)["bureau"]) == {"a mark"}
    assert pl.read_parquet(data / "normalized" / "documents" / file.name).height == 2
    # Another grammar types them all.
    assert read(reading="another grammar") == anew(documents=0, parts=1)
    assert "a mark" not in set(pl.read_parquet(file)["bureau"])


def test_a_record_of_another_document_is_not_believed(
    read: Callable[..., Read], data: Path
) -> None:
    (record,) = (data / "cache" / "documents").iterdir()
    record.write_bytes(record.read_bytes().replace(b'"sha256": "5fe7', b'"sha256": "6fe7'))
    assert read()["documents"] == 1


def test_a_document_past_a_limit_fails_with_that_as_its_reason(data: Path, documents: Path) -> None:
    settings = Settings(documents, DataFolder(data), workers=1, limits=Limits(pages=5))
    read_with = versions.current(settings.limits.as_dict())
    found = inputs.described(inputs.find(documents)).documents
    assert read_all(settings, found, read_with).anew == anew(documents=1, parts=1)
    typed = pl.read_parquet(data / "normalized" / "documents" / "*.parquet")
    assert typed["status"].to_list() == ["failed"]
    assert typed["status_reason"].to_list() == ["has more than 5 pages"]


def test_a_machine_that_cannot_start_workers_stops_the_build_and_blames_no_document(
    read: Callable[..., Read], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_worker(*_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    record = next((data / "cache" / "documents").iterdir())
    before = record.read_bytes()
    monkeypatch.setattr("pebble.pool.process.launch_process", no_worker)
    with pytest.raises(BuildError, match="No worker can be started"):
        read(extraction="another reader", reading="and so")
    assert record.read_bytes() == before


def test_a_document_that_vanished_is_read_again_when_it_is_back(
    data: Path, documents: Path
) -> None:
    settings = Settings(documents, DataFolder(data), workers=1, limits=Limits(pages=400))
    read_with = versions.current(settings.limits.as_dict())
    found = inputs.described(inputs.find(documents)).documents
    (sheet,) = documents.glob("*.pdf")
    away = sheet.rename(sheet.with_suffix(".away"))
    assert read_all(settings, found, read_with).anew == anew(documents=1, parts=1, may_pass=1)
    typed = pl.read_parquet(data / "normalized" / "documents" / "*.parquet")
    assert typed["status_reason"].to_list() == [
        "could not be opened any more while the build was under way: No such file or directory"
    ]
    away.rename(sheet)
    assert read_all(settings, found, read_with).anew == anew(documents=1, parts=1)
    assert read_all(settings, found, read_with).anew == NOTHING


def test_a_document_that_changes_back_is_read_again(data: Path, documents: Path) -> None:
    settings = Settings(documents, DataFolder(data), workers=1, limits=Limits(pages=400))
    read_with = versions.current(settings.limits.as_dict())
    found = inputs.described(inputs.find(documents)).documents
    (sheet,) = documents.glob("*.pdf")
    content = sheet.read_bytes()
    sheet.write_bytes(content + b"%")
    assert read_all(settings, found, read_with).anew["may_pass"] == 1
    sheet.write_bytes(content)
    assert read_all(settings, found, read_with).anew == anew(documents=1, parts=1)
