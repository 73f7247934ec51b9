"""What is said to a terminal or kept in a log never makes either do anything."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest

from pipelines.build import progress
from pipelines.errors import fault_of_the_machine

if TYPE_CHECKING:
    from pathlib import Path

# Clears a screen (as ESC and as one C1 character), rings, turns text around, and starts a new line.
NAME = "a\x1b[2J\x9b2J\a\u202egnp\n.pdf"


def event(message: str, **facts: object) -> logging.LogRecord:
    record = logging.LogRecord("shisaku", logging.INFO, "", 0, message, (), None)
    record.facts = facts
    return record


@pytest.mark.parametrize(
    "line",
    [
        progress.PlainLine(dated=True).format(event(progress.visible(NAME))),
        progress.JsonLine().format(event(NAME, file_name=NAME)),
    ],
    ids=["plain", "json"],
)
def test_a_line_is_one_line_and_holds_nothing_that_a_terminal_obeys(line: str) -> None:
    assert line.isprintable()


def test_a_json_line_gives_back_the_very_name() -> None:
    line = json.loads(progress.JsonLine().format(event(NAME, file_name=NAME)))
    assert (line["message"], line["file_name"]) == (NAME, NAME)


def test_a_traceback_in_the_log_file_shows_what_it_quotes_but_does_not_obey_it(
    tmp_path: Path,
) -> None:
    with progress.written_to(tmp_path / "a.log"):
        progress.LOG.setLevel(logging.DEBUG)
        progress.tell("failed", story="Traceback\n  ValueError: \x1b[2J and \u202egnp")
    written = (tmp_path / "a.log").read_text(encoding="utf-8")
    assert "ValueError: \\x1b[2J and \\u202egnp" in written
    assert all(line.isprintable() for line in written.split("\n"))


def test_the_last_word_shows_what_a_message_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    progress.say(f"{NAME}\nsecond line")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("shisaku: a\\x1b")
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", "/data/x"), "No space left on device at /data/x"),
        (MemoryError(), "not enough memory"),
        (ImportError("libGL.so.1: cannot open"), "cannot be used here: libGL.so.1"),
    ],
)
def test_what_the_machine_lacks_is_no_bug_of_ours(error: Exception, said: str) -> None:
    assert said in str(fault_of_the_machine(error))
    assert fault_of_the_machine(ValueError("a bug")) is None
