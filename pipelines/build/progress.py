"""How a build tells what it does: a moving bar on a terminal, plain lines elsewhere.

In: steps and counts. Out: lines on standard error, so that standard output holds the result
alone; every event, with its time, also in the build's log file. With ``LOG=json`` the lines are
JSON objects. Refuses: nothing.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOG = logging.getLogger("shisaku")
SECONDS_BETWEEN_LINES = 10.0
# So much of a note stands beside a bar: a long one would leave no room for figures.
NOTE_WIDTH = 24


class PlainLine(logging.Formatter):
    """``14:03:59 what happened key=value``; the file's lines also carry date and level."""

    def __init__(self, *, dated: bool) -> None:
        super().__init__()
        self.dated = dated

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the traceback below it where there is one and the line is dated."""
        clock = "%Y-%m-%dT%H:%M:%S" if self.dated else "%H:%M:%S"
        stamp = time.strftime(clock, time.localtime(record.created))
        level = "" if record.levelno == logging.INFO else f"{record.levelname.lower()}: "
        line = f"{stamp} {level}{record.getMessage()}"
        if self.dated:
            facts: dict[str, Any] = getattr(record, "facts", {})
            line = " ".join([line, *(f"{name}={visible(str(facts[name]))}" for name in facts)])
        if self.dated and (story := story_of(record)):
            line = "\n".join([line, *map(visible, story.splitlines())])
        return line


class JsonLine(logging.Formatter):
    """One JSON object a line: time, level, message and the event's own facts."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        facts: dict[str, Any] = getattr(record, "facts", {})
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        line = {"time": stamp, "level": record.levelname.lower(), "message": record.getMessage()}
        if story := story_of(record):
            line["story"] = story
        return "".join(
            character if character.isprintable() else json.dumps(character)[1:-1]
            for character in json.dumps(line | facts, ensure_ascii=False, default=str)
        )


def story_of(record: logging.LogRecord) -> str:
    """The traceback that belongs to a record, if any."""
    if record.exc_info and record.exc_info[0] is not None:
        return logging.Formatter().formatException(record.exc_info)
    return str(getattr(record, "story", "") or "")


def set_up() -> None:
    """Send events of level INFO and above to standard error, plain or as JSON."""
    LOG.setLevel(logging.DEBUG)
    LOG.propagate = False
    if not LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setLevel(logging.INFO)
        as_json = os.environ.get("LOG", "").lower() == "json"
        handler.setFormatter(JsonLine() if as_json else PlainLine(dated=False))
        handler.addFilter(lambda record: not getattr(record, "facts", {}).get("is_said"))
        LOG.addHandler(handler)


class LogFile(logging.FileHandler):
    """A log file; what cannot be written to it (the disk is full) is said elsewhere."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Go on without the line."""


@contextmanager
def written_to(path: Path) -> Iterator[None]:
    """Have every event, of any level, also stand in the file at ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = LogFile(path, encoding="utf-8")
    handler.setFormatter(PlainLine(dated=True))
    LOG.addHandler(handler)
    try:
        yield
    finally:
        LOG.removeHandler(handler)
        with contextlib.suppress(OSError):
            handler.close()


def tell(message: str, level: int = logging.INFO, *, story: str = "", **facts: Any) -> None:  # noqa: ANN401
    """One event; ``facts`` stand in JSON lines, ``story`` (a traceback) in the log file.

    With the fact ``is_said`` it stands in the log file alone: the command says it in its own way.
    """
    LOG.log(level, visible(message), extra={"facts": facts, "story": story})


def say(message: str) -> None:
    """The command's last word on standard error: a sentence, or a JSON line."""
    if os.environ.get("LOG", "").lower() == "json":
        LOG.error(message)
    else:
        lines = "\n".join(map(visible, message.splitlines()))
        print(f"shisaku: {lines}", file=sys.stderr)  # noqa: T201


def kept(error: Exception) -> str:
    """What went wrong by a fault of the program, in a line, its traceback kept in a file."""
    said = f"{type(error).__name__}: {error}"
    try:
        descriptor, path = tempfile.mkstemp(prefix="shisaku-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            traceback.print_exception(error, file=file)
    except OSError as full:
        return f"{said}. What led to it could not be kept: {full.strerror}"
    return f"{said}. What led to it is in {path}"


def visible(text: str) -> str:
    """``text`` on one line, with what a terminal would obey (or hide) spelled out."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


@contextmanager
def counting(what: str, total: int | None) -> Iterator[Callable[[int, str], None]]:
    """Count up to ``total``: call what is given with how many more, and a note (failures).

    ``None`` where nobody knows how many there will be: no time left is told then.
    """
    if total != 0 and sys.stderr.isatty() and os.environ.get("LOG", "").lower() != "json":
        with _bar(what, total) as advance:
            yield advance
    else:
        yield _lines(what, total)


@contextmanager
def _bar(what: str, total: int | None) -> Iterator[Callable[[int, str], None]]:
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task(what, total=total, note="", rate="")
        started = time.monotonic()
        counted = 0

        def advance(more: int, note: str = "") -> None:
            nonlocal counted
            counted += more
            rate = f"{counted / max(time.monotonic() - started, 0.001):.1f}/s"
            short = note if len(note) <= NOTE_WIDTH else f"{note[: NOTE_WIDTH - 1]}…"
            progress.update(task, advance=more, note=short, rate=rate)

        yield advance


def _lines(what: str, total: int | None) -> Callable[[int, str], None]:
    started = last = time.monotonic()
    counted = 0

    def advance(more: int, note: str = "") -> None:
        nonlocal counted, last
        counted += more
        now = time.monotonic()
        if now - last >= SECONDS_BETWEEN_LINES and counted != total:
            last = now
            rate = counted / max(now - started, 0.001)
            so_far = f"{what}: {counted}, {rate:.1f}/s"
            if total is not None:
                left = (total - counted) / rate if rate else 0.0
                so_far = f"{what}: {counted} of {total}, {rate:.1f}/s, about {left:.0f} s left"
            line = f"{so_far} {note}"
            tell(
                line.strip(),
                counted=counted,
                total=total,
            )

    return advance
