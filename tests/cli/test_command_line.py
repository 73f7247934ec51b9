"""The command line's manners: help for everything, sentences instead of tracebacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from calling import ROOT, Ended, shisaku

from pipelines import publish
from pipelines.build.settings import DataFolder

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = ("build", "docs", "parse", "status", "doctor", "rollback")


def is_a_sentence_and_no_traceback(ended: Ended) -> bool:
    return ended.errors.strip() != "" and "Traceback" not in ended.errors


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help(command: str) -> None:
    ended = shisaku(*command.split(), "--help")
    assert ended.status == 0
    assert "Usage:" in ended.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("build", "--nonsense"),
        ("build", "--documents", "/nowhere/at/all"),
        ("build", "--documents", "Makefile"),
        ("build", "--data", "/proc/nothing/can/be/written"),
        ("build", "--data", "what?"),
        ("build", "--workers", "0"),
        ("parse",),
        ("parse", "--kind", "nonsense"),
    ],
    ids=" ".join,
)
def test_a_wrong_call_exits_with_2_and_says_what_is_wrong(arguments: tuple[str, ...]) -> None:
    ended = shisaku(*arguments)
    assert ended.status == 2
    assert is_a_sentence_and_no_traceback(ended)


def test_docs_before_any_build_says_what_to_do(tmp_path: Path) -> None:
    ended = shisaku("docs", "--data", tmp_path)
    assert ended.status == 1
    assert "make build" in ended.errors
    assert "Traceback" not in ended.errors


def test_rollback_without_an_earlier_build_exits_with_1(tmp_path: Path) -> None:
    ended = shisaku("rollback", "--data", tmp_path)
    assert ended.status == 1
    assert "No earlier build is kept" in ended.errors


def test_status_of_an_empty_folder_says_how_to_make_a_warehouse(tmp_path: Path) -> None:
    ended = shisaku("status", "--data", tmp_path)
    assert ended.status == 0
    assert "make build" in ended.output


def test_looking_at_a_folder_makes_nothing_there(tmp_path: Path) -> None:
    ended = shisaku("status", "--data", tmp_path / "none")
    assert ended.status == 0
    assert "make build" in ended.output
    assert not (tmp_path / "none").exists()


def test_status_tells_the_last_build(seed_data: Path) -> None:
    ended = shisaku("status", "--data", seed_data)
    assert ended.status == 0
    assert f"Published: {seed_data / 'warehouse.duckdb'}" in ended.output
    assert "1 documents read anew" in ended.output


def test_marts_of_spark_are_told_of_and_no_other_command_takes_them_for_the_warehouse(
    seed_data: Path, tmp_path: Path
) -> None:
    record = publish.published(DataFolder(seed_data))
    assert record is not None
    data = DataFolder(tmp_path / "data")
    data.root.mkdir()
    marts = str(data.root / "spark" / "20260401T090000-0000" / "main.db")
    publish.publish_marts(data, record | {"build_id": "20260401T090000-0000"}, marts, keep=0)
    told = shisaku("status", "--data", data.root)
    assert told.status == 0
    assert f"No warehouse at {data.warehouse}" in told.output
    assert f"Made by Spark:\nPublished: {marts}\n" in told.output
    assert "fact_budget" in told.output
    for command in ("export", "rollback"):
        ended = shisaku(command, "--data", data.root)
        assert ended.status == 1
        assert f"Spark's marts, Parquet at {marts}, are none of its business." in ended.errors


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    told = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert phony == told
