"""The cage that a document is read in: a worker process with limits, and the pool of them.

In: a function, its arguments, what they may cost. Out: what the function returned, or the reason
why its worker did not come to an end (:class:`Caged`). Refuses: network connections, new
processes, and files opened for writing outside the folders it is given, inside a worker.

Memory and processor time are the system's limits on the process; wall time is kept by the pool,
which replaces a worker that died or was stopped. What a worker must not do is refused twice: by
Python, with a reason that names it, and by the kernel (``walls``), whatever code asks for it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
import traceback
from concurrent.futures import Future
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import forkserver
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from pipelines.build import walls
from pipelines.build.settings import MEBIBYTE, Limits
from pipelines.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType, TracebackType

Result = TypeVar("Result")
# Memory that a library does not give back is freed with its worker.
TASKS_OF_A_WORKER = 100
GRACE_SECONDS = 5
# What a page is made of are tens of thousands of small objects that die with it, in no cycles:
# Python's own measure (700) has the collector walk over them again and again while they are used.
OBJECTS_BETWEEN_COLLECTIONS = 50_000
# A machine that kills every worker more often than this has a trouble that is not the documents'.
RENEWALS = 10
# What Python says of a worker whose end nobody saw: the server that forks workers was killed.
UNSEEN_END = 255
NO_WORKER = "No worker can be started ({}). See `make doctor`."
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
        reason = _too_slow(limits)
    except RecursionError:
        reason = "is nested too deeply"
    except Exception as error:  # noqa: BLE001 - whatever a document causes harms only itself
        # What the reader could not write is no fault of what it read.
        is_ours = isinstance(error, BuildError)
        described = f"could not be read ({type(error).__name__}: {_first_line(error)})"
        reason = str(error) if is_ours else described
        details = traceback.format_exc()
    seconds = time.monotonic() - started
    return Caged(result, reason, details, seconds, _peak(), is_ours)


def start_server(log: Path) -> None:
    """Have the server that workers are forked from start, and import the readers, by itself.

    The workers are forked from it once they are needed, each in milliseconds.
    """
    with _environment_of_workers(log):
        _context()
        forkserver.ensure_running()


class Cages:
    """A pool of workers, started once; leaving its context stops them."""

    def __init__(
        self, workers: int, limits: Limits, folders: Sequence[Path], log: Path = Path(os.devnull)
    ) -> None:
        self.workers = workers
        self.limits = limits
        self.folders = [folder.resolve() for folder in folders]
        self.log = log
        self.renewing = threading.Lock()
        self.renewals = 0
        self.pool = self._new_pool()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        ended: Any = self.pool
        if kind is None:
            ended.close()
        else:
            ended.stop()
        ended.join()

    def submit(
        self,
        done: Callable[[Caged], None],
        function: Callable[..., Result],
        *arguments: Any,  # noqa: ANN401
        times: int = 1,
    ) -> None:
        """Have a worker call ``function``; ``done`` is told in a thread of the pool.

        ``times``: how many documents the task stands for; its time is that of one, so often.
        """
        wall = self.limits.wall_seconds * times
        limits = replace(self.limits, processor_seconds=self.limits.processor_seconds * times)

        def ended(future: Future[Caged]) -> None:
            broken = isinstance(future.exception(), BrokenProcessPool)
            if broken and self._renewed(pool):
                self.submit(done, function, *arguments, times=times)
            else:
                done(_outcome(future, limits, wall))

        while True:
            with self.renewing:
                pool = self.pool
            try:
                future = pool.schedule(run, args=[limits, function, *arguments], timeout=wall)
            except RuntimeError:
                # What pebble says of a pool that broke while it had nothing to do.
                if self._renewed(pool):
                    continue
                reason = NO_WORKER.format("all were killed, again and again")
                done(Caged(None, reason, None, 0.0, 0, is_ours=True))
                return
            break
        future.add_done_callback(ended)

    def _renewed(self, broken: ProcessPool) -> bool:
        """Whether there is a pool in place of a broken one: its idle workers were all killed."""
        with self.renewing:
            if self.pool is broken:
                if self.renewals == RENEWALS:
                    return False
                self.renewals += 1
                try:
                    self.pool = self._new_pool()
                except BuildError:
                    return False
            return True

    def _new_pool(self) -> ProcessPool:
        # Their parallelism is their number.
        try:
            with _environment_of_workers(self.log):
                pool = ProcessPool(
                    max_workers=self.workers,
                    max_tasks=TASKS_OF_A_WORKER,
                    initializer=prepare,
                    initargs=[self.limits, self.folders, self.log],
                    context=_context(),
                )
                # Asking starts the workers, while the environment is theirs.
                _ = pool.active
        except BrokenProcessPool as error:
            raise BuildError(NO_WORKER.format(error.__cause__)) from error
        return pool


def _context() -> Any:  # noqa: ANN401 - typed as one of its base, which knows no server
    """The server that workers are forked from imports the readers once, for all of them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipelines.build.forked"])
    return context


@contextmanager
def _environment_of_workers(log: Path) -> Iterator[None]:
    """What a process that starts now finds in its environment.

    What lies in the folder that the command was called in is no code of ours.
    """
    environment = {
        "POLARS_MAX_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONSAFEPATH": "1",
        "SHISAKU_READER_LOG": str(log),
    }
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _outcome(future: Future[Caged], limits: Limits, wall: float) -> Caged:
    try:
        return future.result()
    except OutOfTime:
        return Caged(None, f"was not read within {wall:.0f} s", None, wall, 0, may_pass=True)
    except ProcessExpired as error:
        was_killed = error.exitcode in {-signal.SIGKILL, UNSEEN_END}
        return Caged(None, _why_it_died(error, limits), None, 0.0, 0, may_pass=was_killed)
    except BrokenProcessPool as error:
        reason = NO_WORKER.format(error.__cause__ or error)
        return Caged(None, reason, traceback.format_exc(), 0.0, 0, is_ours=True)
    except Exception as error:  # noqa: BLE001 - a result that cannot be sent back
        reason = f"could not be read ({type(error).__name__}: {_first_line(error)})"
        return Caged(None, reason, traceback.format_exc(), 0.0, 0)


def _too_slow(limits: Limits) -> str:
    return f"needs more than {limits.processor_seconds} s of processor time"


def _why_it_died(error: ProcessExpired, limits: Limits) -> str:
    status = int(error.exitcode or 0)
    if -status == signal.SIGPROF:
        return _too_slow(limits)
    if -status == signal.SIGKILL:
        return "its reader was killed (by the system if memory ran out)"
    if status == UNSEEN_END:
        return "its reader was lost, with the process that starts readers"
    if status < 0:
        return f"its reader crashed ({signal.Signals(-status).name})"
    return f"its reader ended by itself (status {status})"


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


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or ["no message"])[0][:200]
