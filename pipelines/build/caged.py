"""One worker of the cage: a process that reads documents within limits, one after the other.

In: the limits, the folders that it may write to; then functions to call. Out: what each of them
returned, or the reason why it came to no end (:class:`Caged`). Refuses: network connections, new
processes, and files opened for writing outside those folders.

Memory and processor time are the system's limits on the process. What a worker must not do is
refused twice: by Python, with a reason that names it, and by the kernel (``walls``), whatever code
asks for it.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pipelines.build import walls
from pipelines.build.settings import MEBIBYTE, Limits
from pipelines.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import FrameType

Result = TypeVar("Result")
GRACE_SECONDS = 5
# What a page is made of are tens of thousands of small objects that die with it, in no cycles:
# Python's own measure (700) has the collector walk over them again and again while they are used.
OBJECTS_BETWEEN_COLLECTIONS = 50_000
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
)


@dataclass(frozen=True, slots=True)
class Caged:
    """What came of one task: its result, or why there is none.

    ``is_ours``: this machine's trouble (no worker, a full disk), not the task's. ``may_pass``: the
    same task may well come to an end another time.
    """

    result: Any
    reason: str | None
    details: str | None
    seconds: float
    peak_bytes: int
    is_ours: bool = False
    may_pass: bool = False


class OutOfProcessorTimeError(Exception):
    """Raised inside a worker whose task used up its processor time."""


def prepare(limits: Limits, folders: Sequence[Path], log: Path) -> None:
    """Put the calling process, a fresh worker, into the cage.

    It may write below ``folders``; what its libraries print goes to ``log``, not to a terminal.
    """
    walls.die_with_parent()
    printed = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    os.close(printed)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.memory_bytes, limits.memory_bytes))
    if sys.platform == "linux":
        memory = _memory_in_use() + limits.memory_bytes
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    signal.signal(signal.SIGXCPU, _out_of_processor_time)
    allowed = (*(str(folder) + os.sep for folder in folders), "/dev/null")

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if not isinstance(path, (str, bytes)):
                return
            writes = bool(flags & WRITING) if mode is None else set(str(mode)) & set("wax+")
            if writes and not os.path.realpath(os.fsdecode(path)).startswith(allowed):
                message = f"a document's reader tried to write to {os.fsdecode(path)}"
                raise PermissionError(message)
        elif event in FORBIDDEN:
            message = f"a document's reader tried {event}"
            raise PermissionError(message)

    sys.addaudithook(guard)
    walls.build(folders)
    settle()


def settle() -> None:
    """Tell the collector that what is imported by now stays, and how much a page holds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


def run(limits: Limits, function: Callable[..., Result], *arguments: Any) -> Caged:  # noqa: ANN401
    """Call ``function`` in this worker, within the processor time of ``limits``."""
    started = time.monotonic()
    result, reason, details, is_ours = None, None, None, False
    try:
        with _processor_time(limits.processor_seconds):
            result = function(*arguments)
    except MemoryError:
        reason = f"needs more than {limits.memory_bytes // MEBIBYTE} MiB of memory"
    except OutOfProcessorTimeError:
        reason = too_slow(limits)
    except RecursionError:
        reason = "is nested too deeply"
    except Exception as error:  # noqa: BLE001 - whatever a document causes harms only itself
        # What the reader could not write is no fault of what it read.
        is_ours = isinstance(error, BuildError)
        reason = str(error) if is_ours else described(error)
        details = traceback.format_exc()
    seconds = time.monotonic() - started
    return Caged(result, reason, details, seconds, _peak(), is_ours)


def too_slow(limits: Limits) -> str:
    """The reason of a task that used up its processor time."""
    return f"needs more than {limits.processor_seconds} s of processor time"


def described(error: BaseException) -> str:
    """The reason of a task that an error ended."""
    line = (str(error).splitlines() or ["no message"])[0][:200]
    return f"could not be read ({type(error).__name__}: {line})"


@contextmanager
def _processor_time(seconds: int) -> Iterator[None]:
    """Let this process use so many seconds more; then SIGXCPU, and SIGPROF after some grace.

    The first raises an error where Python runs; the second ends the process wherever it is.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))
    signal.setitimer(signal.ITIMER_PROF, seconds + GRACE_SECONDS)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def _out_of_processor_time(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfProcessorTimeError


def _memory_in_use() -> int:
    """Bytes of private data that this process has mapped, as RLIMIT_DATA counts them."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - one line
        return int(file.read().split()[5]) * resource.getpagesize()


def _peak() -> int:
    """The most memory this process ever held, bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
