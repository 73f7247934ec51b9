"""The cage: whatever a document does to its reader harms that document alone."""

from __future__ import annotations

import errno
import os
import queue
import signal
import time
from dataclasses import replace
from multiprocessing import forkserver
from typing import TYPE_CHECKING

import prisoners
import pytest

from pipelines.build import walls
from pipelines.build.cage import Cages
from pipelines.build.settings import MEBIBYTE, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipelines.build.caged import Caged

# Wall time is ample: on a busy machine a second of processor time can take a minute.
LIMITS = Limits(memory_bytes=300 * MEBIBYTE, processor_seconds=1, wall_seconds=300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def cages(folder: Path) -> Iterator[Cages]:
    with Cages(2, LIMITS, [folder]) as cages:
        yield cages


@pytest.fixture
def run(cages: Cages) -> Callable[..., Caged]:
    def run(function: Callable[..., object], *arguments: object) -> Caged:
        answers: queue.SimpleQueue[Caged] = queue.SimpleQueue()
        cages.submit(answers.put, function, *arguments)
        return answers.get(timeout=300)

    return run


def test_a_task_that_ends_gives_its_result(run: Callable[..., Caged]) -> None:
    caged = run(prisoners.add, 2, 3)
    assert (caged.result, caged.reason) == (5, None)
    assert 0 < caged.peak_bytes < 2 * 1024**3


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (prisoners.spin_for_ever, "needs more than 1 s of processor time"),
        (prisoners.spin_without_listening, "needs more than 1 s of processor time"),
        (prisoners.eat_memory, "needs more than 300 MiB of memory"),
        (prisoners.recurse, "is nested too deeply"),
        (prisoners.crash, "its reader crashed (SIGSEGV)"),
        (prisoners.leave, "its reader ended by itself (status 3)"),
        (
            prisoners.raise_error,
            "could not be read (ValueError: the page tree bites its own tail)",
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_task_that_misbehaves_fails_with_its_reason(
    run: Callable[..., Caged], function: Callable[[], None], reason: str
) -> None:
    caged = run(function)
    assert caged.result is None
    assert caged.reason == reason
    assert run(prisoners.add, 1, 1).result == 2


def test_a_task_that_waits_for_ever_is_ended_when_its_time_is_over(folder: Path) -> None:
    answers: queue.SimpleQueue[Caged] = queue.SimpleQueue()
    with Cages(1, replace(LIMITS, wall_seconds=2), [folder]) as impatient:
        impatient.submit(answers.put, prisoners.sleep_for_ever)
        assert answers.get(timeout=300).reason == "was not read within 2 s"


def test_a_killed_worker_is_replaced_and_its_neighbours_go_on(cages: Cages) -> None:
    answers: queue.SimpleQueue[Caged] = queue.SimpleQueue()
    for number in range(12):
        if number % 3:
            cages.submit(answers.put, prisoners.add, number, 0)
        else:
            cages.submit(answers.put, prisoners.be_killed)
    ended = [answers.get(timeout=60) for _ in range(12)]
    assert sorted(caged.result for caged in ended if caged.reason is None) == [
        number for number in range(12) if number % 3
    ]
    killed = [caged.reason for caged in ended if caged.reason]
    assert killed == ["its reader was killed (by the system if memory ran out)"] * 4


def test_a_task_lost_with_the_server_that_forks_workers_may_well_end_another_time(
    folder: Path, run: Callable[..., Caged]
) -> None:
    assert run(prisoners.add, 1, 1).result == 2
    answers: queue.SimpleQueue[Caged] = queue.SimpleQueue()
    with Cages(1, LIMITS, [folder]) as cages:
        cages.submit(answers.put, prisoners.add, 1, 1)
        assert answers.get(timeout=300).result == 2
        cages.submit(answers.put, prisoners.sleep_for_ever)
        time.sleep(1)
        server = forkserver._forkserver._forkserver_pid  # noqa: SLF001 - nobody else tells
        os.kill(server, signal.SIGKILL)
        lost = answers.get(timeout=300)
        cages.submit(answers.put, prisoners.add, 2, 3)
        assert answers.get(timeout=300).result == 5
    assert (lost.result, lost.may_pass) == (None, True)
    assert lost.reason == "its reader was lost, with the process that starts readers"
    # A pool whose workers had nothing to do lost them, too.
    assert run(prisoners.add, 3, 4).result == 7


def test_nothing_is_written_outside_the_data_folder(
    run: Callable[..., Caged], folder: Path, tmp_path: Path
) -> None:
    inside, outside = folder / "inside", tmp_path / "outside"
    assert run(prisoners.write_to, str(inside)).reason is None
    assert inside.read_text(encoding="utf-8") == "out"
    (folder / "link").symlink_to(outside)
    for path in (str(outside), f"{folder}/../{outside.name}", str(folder / "link")):
        caged = run(prisoners.write_to, path)
        assert caged.reason is not None
        assert "tried to write to" in caged.reason
    assert not outside.exists()


@pytest.mark.skipif(bool(walls.lacking()), reason=f"not on this machine: {walls.lacking()}")
def test_the_kernel_refuses_what_a_library_asks_for_behind_the_back_of_python(
    run: Callable[..., Caged], folder: Path, tmp_path: Path
) -> None:
    inside, outside = folder / "inside", tmp_path / "outside"
    assert run(prisoners.write_from_c, str(inside)).result == 0
    assert run(prisoners.write_from_c, str(outside)).result == errno.EACCES
    assert not outside.exists()
    for refused in (prisoners.connect_from_c, prisoners.start_process_from_c, prisoners.end_parent):
        assert run(refused).result == errno.EPERM, refused
    assert "PermissionError" in str(run(prisoners.make_link, "/etc", str(folder / "new")).reason)


def test_what_libraries_print_goes_to_a_log_and_to_no_terminal(
    folder: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    answers: queue.SimpleQueue[Caged] = queue.SimpleQueue()
    with Cages(1, LIMITS, [folder], tmp_path / "readers.log") as cages:
        cages.submit(answers.put, prisoners.print_something)
        assert answers.get(timeout=300).reason is None
    assert capfd.readouterr() == ("", "")
    assert (tmp_path / "readers.log").read_bytes() == b"\x1b[2J out\x1b[2J err"


def test_what_cannot_be_written_is_no_fault_of_the_document(run: Callable[..., Caged]) -> None:
    caged = run(prisoners.fill_the_disk)
    assert caged.is_ours
    assert caged.reason == "the results cannot be written: No space left on device"


def test_a_task_for_several_documents_has_the_processor_time_of_as_many(cages: Cages) -> None:
    answers: queue.SimpleQueue[Caged] = queue.SimpleQueue()
    cages.submit(answers.put, prisoners.spin_for_ever, times=2)
    assert answers.get(timeout=300).reason == "needs more than 2 s of processor time"


@pytest.mark.parametrize("function", [prisoners.connect, prisoners.start_process])
def test_a_reader_reaches_no_network_and_starts_no_process(
    run: Callable[..., Caged], function: Callable[[], None]
) -> None:
    caged = run(function)
    assert caged.reason is not None
    assert "a document's reader tried" in caged.reason
