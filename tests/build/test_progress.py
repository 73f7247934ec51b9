"""What is said to a terminal or kept in a log never makes either do anything."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
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


class Terminal(io.StringIO):
    """What a person sees."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def shown(
    monkeypatch: pytest.MonkeyPatch, total: int | None, note: str = "7 pages, 1 failed"
) -> str:
    """What stands on a terminal of 80 columns after two of ``total``."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    for name, value in {"TERM": "xterm", "COLUMNS": "80", "LOG": ""}.items():
        monkeypatch.setenv(name, value)
    with progress.counting("reading", total) as advance:
        advance(1, "3 pages, 0 failed")
        advance(1, note)
    return terminal.getvalue()


@pytest.mark.parametrize(("total", "counted"), [(9, "2/9"), (None, "2/?")])
def test_a_terminal_shows_how_many_how_fast_and_what_failed(
    monkeypatch: pytest.MonkeyPatch, total: int | None, counted: str
) -> None:
    said = shown(monkeypatch, total)
    assert counted in said
    assert "/s" in said
    assert "7 pages, 1 failed" in said


def test_a_long_note_leaves_room_for_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    said = shown(monkeypatch, None, "accepted_values_fact_indicator_values_value_kind__baseline")
    assert "2/?" in said
    assert "accepted_values_fact_in…" in said


def test_nothing_is_shown_where_there_is_nothing_to_count(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, 0) == ""


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (9, r"typing: 2 of 9, [\d.]+/s, about \d+ s left 1 failed"),
        (None, r"typing: 2, [\d.]+/s 1 failed"),
    ],
)
def test_elsewhere_a_line_says_so_now_and_then(
    monkeypatch: pytest.MonkeyPatch, total: int | None, said: str
) -> None:
    lines: list[str] = []
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.0)
    monkeypatch.setattr(progress, "tell", lambda line, **_: lines.append(line))
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress.counting("typing", total) as advance:
        advance(1, "0 failed")
        advance(1, "1 failed")
    assert re.fullmatch(said, lines[-1])
