"""Publishing in one step, and the way back."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, Any

import pytest

from pipelines import publish
from pipelines.build.settings import DataFolder
from pipelines.errors import ShisakuError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


def put(data: DataFolder, build_id: str, *, keep: int = 3) -> dict[str, Any]:
    data.building.mkdir(exist_ok=True)
    (data.building / "warehouse.duckdb").write_text(f"the tables of {build_id}", encoding="utf-8")
    return publish.publish(data, {"build_id": build_id, "fingerprint": build_id}, keep)


def shown(data: DataFolder) -> str:
    return data.warehouse.read_text(encoding="utf-8")


def kept(data: DataFolder) -> list[str]:
    return sorted(path.stem for path in data.builds.glob("*.duckdb"))


def test_what_was_built_is_what_is_published(data: DataFolder) -> None:
    put(data, "20260101")
    assert shown(data) == "the tables of 20260101"
    published = publish.published(data)
    assert published is not None
    assert published["build_id"] == "20260101"
    assert not (data.building / "warehouse.duckdb").exists()


def test_a_reader_that_holds_the_file_open_goes_on_reading_the_old_one(data: DataFolder) -> None:
    put(data, "20260101")
    with data.warehouse.open(encoding="utf-8") as reader:
        put(data, "20260102")
        assert reader.read() == "the tables of 20260101"
    assert shown(data) == "the tables of 20260102"


def test_as_many_earlier_builds_are_kept_as_asked_for(data: DataFolder) -> None:
    for day in range(1, 6):
        put(data, f"2026010{day}", keep=2)
    assert kept(data) == ["20260103", "20260104"]


def test_rolling_back_publishes_the_build_before_and_again_the_one_before_that(
    data: DataFolder,
) -> None:
    for day in (1, 2, 3):
        put(data, f"2026010{day}")
    assert publish.rollback(data)["build_id"] == "20260102"
    assert shown(data) == "the tables of 20260102"
    assert publish.rollback(data)["build_id"] == "20260101"
    assert shown(data) == "the tables of 20260101"
    with pytest.raises(ShisakuError, match="No earlier build is kept"):
        publish.rollback(data)
    assert shown(data) == "the tables of 20260101"


def test_a_kept_build_that_was_damaged_is_never_published(data: DataFolder) -> None:
    for day in (1, 2, 3):
        put(data, f"2026010{day}")
    (data.builds / "20260102.duckdb").write_text("damaged", encoding="utf-8")
    assert publish.rollback(data)["build_id"] == "20260101"


def test_a_file_that_no_build_has_made_is_not_taken_for_one(data: DataFolder) -> None:
    put(data, "20260101")
    data.warehouse.write_text("someone else's", encoding="utf-8")
    assert publish.published(data) is None
    put(data, "20260102")
    assert kept(data) == []


@pytest.mark.parametrize("step", ["write_record", "_set_aside", "_move"])
def test_stopped_before_any_step_the_old_or_the_new_build_is_published(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    put(data, "20260101")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    owner = publish if hasattr(publish, step) else publish.store
    with monkeypatch.context() as stopped:
        stopped.setattr(owner, step, stop)
        with pytest.raises(KeyboardInterrupt):
            put(data, "20260102")
    published = publish.published(data)
    assert published is not None
    assert published["build_id"] == "20260101"
    assert shown(data) == "the tables of 20260101"
    put(data, "20260103")
    assert shown(data) == "the tables of 20260103"


def test_a_file_system_without_hard_links_keeps_copies(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    put(data, "20260101")
    put(data, "20260102")
    assert kept(data) == ["20260101"]
    assert publish.rollback(data)["build_id"] == "20260101"


def test_builds_stay_in_order_when_the_clock_goes_backwards(data: DataFolder) -> None:
    now = dt.datetime(2026, 1, 2, 9, 0, 0, tzinfo=dt.UTC)
    assert publish.next_time(data, now) == now
    put(data, "20260102T090000-abc")
    assert publish.next_time(data, now) == now + dt.timedelta(seconds=1)
    assert publish.next_time(data, now - dt.timedelta(days=400)) == now + dt.timedelta(seconds=1)
    assert publish.next_time(data, now + dt.timedelta(days=1)) == now + dt.timedelta(days=1)


def test_what_someone_wrote_to_the_published_file_is_not_played_back_into_the_next(
    data: DataFolder,
) -> None:
    put(data, "20260101")
    data.write_ahead_log.write_bytes(b"rows that were never printed")
    assert publish.published(data) is None
    put(data, "20260102")
    assert not data.write_ahead_log.exists()
    assert publish.published(data) is not None


def test_rolling_back_leaves_nothing_behind(data: DataFolder) -> None:
    put(data, "20260101")
    put(data, "20260102")
    publish.rollback(data)
    assert not data.building.exists()
