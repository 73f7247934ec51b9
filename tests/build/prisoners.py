"""What a document's reader might do inside its cage; each function is run in a worker."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from pipelines.errors import BuildError


def add(first: int, second: int) -> int:
    return first + second


def raise_error() -> None:
    message = "the page tree bites its own tail\nand more"
    raise ValueError(message)


def recurse() -> None:
    recurse()


def sleep_for_ever() -> None:
    time.sleep(3600)


def spin_for_ever() -> None:
    while True:
        pass


def spin_without_listening() -> None:
    """A loop in C that never comes back to Python, where a signal's handler could run."""
    sum(range(10**15))


def eat_memory() -> int:
    eaten = [bytearray(16 * 1024**2) for _ in range(10_000)]
    return len(eaten)


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    os._exit(3)


def write_to(path: str) -> None:
    Path(path).write_text("out", encoding="utf-8")


def make_link(path: str, link: str) -> None:
    Path(link).symlink_to(path)


def write_from_c(path: str) -> int:
    """Open a file as a library would that knows nothing of Python."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.open(path.encode(), os.O_WRONLY | os.O_CREAT, 0o644)
    return ctypes.get_errno() if descriptor < 0 else 0


def connect_from_c() -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.socket(socket.AF_INET, socket.SOCK_DGRAM, 0)
    return ctypes.get_errno() if descriptor < 0 else 0


def start_process_from_c() -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    child = libc.fork()
    if child == 0:
        os._exit(0)
    return ctypes.get_errno() if child < 0 else 0


def end_parent() -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    return ctypes.get_errno() if libc.kill(os.getppid(), 0) else 0


def print_something() -> None:
    os.write(1, b"\x1b[2J out")
    os.write(2, b"\x1b[2J err")


def fill_the_disk() -> None:
    message = "the results cannot be written: No space left on device"
    raise BuildError(message)


def connect() -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def start_process() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)
