"""The cage that documents are read in: a pool of workers, each a process with limits.

In: a function, its arguments, what they may cost. Out: what the function returned, or the reason
why its worker did not come to an end (``caged.Caged``). Refuses: what a worker must not do, and a
machine on which none can be started (``BuildError``).

Wall time is kept by the pool, which replaces a worker that died or was stopped; ``caged`` keeps
the other limits.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from concurrent.futures import Future
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pebble import ProcessExpired, ProcessPool

from pipelines.build.caged import Caged, described, prepare, run, too_slow
from pipelines.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

    from pipelines.build.caged import Result
    from pipelines.build.settings import Limits

# Memory that a library does not give back is freed with its worker.
TASKS_OF_A_WORKER = 100
# A machine that kills every worker more often than this has a trouble that is not the documents'.
RENEWALS = 10
# What Python says of a worker whose end nobody saw: the server that forks workers was killed.
UNSEEN_END = 255
NO_WORKER = "No worker can be started ({}). See `make doctor`."


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
        return Caged(None, described(error), traceback.format_exc(), 0.0, 0)


def _why_it_died(error: ProcessExpired, limits: Limits) -> str:
    status = int(error.exitcode or 0)
    if -status == signal.SIGPROF:
        return too_slow(limits)
    if -status == signal.SIGKILL:
        return "its reader was killed (by the system if memory ran out)"
    if status == UNSEEN_END:
        return "its reader was lost, with the process that starts readers"
    if status < 0:
        return f"its reader crashed ({signal.Signals(-status).name})"
    return f"its reader ended by itself (status {status})"
