"""A command as a person calls it, its wall time taken and the memory of each of its processes.

In: a command. Out: :class:`Watched`: seconds, what it printed, and by kind of process the most
memory that any one of them held (bytes, Linux's high-water mark). Refuses: a command that fails
(``RuntimeError`` with what it said). Memory is known on Linux only; elsewhere it is empty.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[2]
SECONDS_BETWEEN_LOOKS = 0.1
# The kinds of process, by a word of their command line; the first that fits.
KINDS = {
    "dbt": "pipelines.build.dbt_process",
    "worker": "multiprocessing.forkserver",
    "java": "java",
    "python of Spark": "pyspark",
    "main": "python",
}


@dataclass(frozen=True, slots=True)
class Watched:
    """What one command took."""

    seconds: float
    output: str
    errors: str
    peaks: Mapping[str, int] = field(default_factory=dict)

    @property
    def peak(self) -> int:
        """The most memory that any one process held, bytes."""
        return max(self.peaks.values(), default=0)


def watch(
    command: Sequence[str | Path],
    environment: Mapping[str, str] | None = None,
    given: str | None = None,
) -> Watched:
    """Run ``command`` in the project's folder, ``given`` on its input, and watch it to its end."""
    peaks: dict[str, int] = {}
    started = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own command
        [str(part) for part in command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        over = threading.Event()
        watcher = threading.Thread(target=_look, args=(process.pid, peaks, over))
        watcher.start()
        try:
            output, errors = process.communicate(given)
        finally:
            over.set()
            watcher.join()
    seconds = time.perf_counter() - started
    if process.returncode:
        message = f"{command} ended with {process.returncode}:\n{output}\n{errors}"
        raise RuntimeError(message)
    return Watched(seconds, output, errors, peaks)


def shisaku(*arguments: str | Path) -> list[str | Path]:
    """The command line of the project, as this interpreter runs it."""
    return [sys.executable, "-m", "pipelines", *arguments]


def _look(pid: int, peaks: dict[str, int], over: threading.Event) -> None:
    """Keep the high-water marks of ``pid`` and all its descendants, until it is over."""
    while not over.wait(SECONDS_BETWEEN_LOOKS):
        for descendant in _tree(pid):
            kind, peak = _peak(descendant)
            if kind:
                peaks[kind] = max(peaks.get(kind, 0), peak)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from _tree(int(child))
    except OSError:
        return


def _peak(pid: int) -> tuple[str | None, int]:
    try:
        line = (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        )
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None, 0
    kind = next((kind for kind, word in KINDS.items() if word in line), None)
    marks = [row.split()[1] for row in status.splitlines() if row.startswith("VmHWM:")]
    return kind, int(marks[0]) * 1024 if marks else 0
