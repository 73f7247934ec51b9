"""What a document's reader might do inside its cage; each function is run in a worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path


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


def write_through_link(path: str, link: str) -> None:
    Path(link).symlink_to(path)
    Path(link).write_text("out", encoding="utf-8")


def connect() -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def start_process() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)
