"""Starts the server, and starts it again on each new build.

In: a data folder, an address on this machine, a token. Out: a running server until interrupted.
Refuses: a data folder without a warehouse, an environment without the server
(:class:`ShisakuError`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.build import progress
from pipelines.errors import ShisakuError

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = Path(__file__).with_name("server.py")
EXTENSIONS = ("httpfs", "quack")


def environment() -> Path:
    """The folder that holds the server's DuckDB and its extensions."""
    folder = Path(sys.prefix) / "server"
    if not (folder / "duckdb").is_dir():
        message = f"The server is not installed in {folder}. `make serve` installs it."
        raise ShisakuError(message)
    return folder


@contextmanager
def serving(warehouse: Path, address: str, token: str) -> Iterator[subprocess.Popen[str]]:
    """A server that listens at ``address`` (``quack:127.0.0.1:9494``) while the context lasts."""
    folder = environment()
    found = [
        next(folder.glob(f"duckdb_extension_{name}/**/*.duckdb_extension")) for name in EXTENSIONS
    ]
    asked = {
        "warehouse": str(warehouse),
        "extensions": [str(path) for path in found],
        "address": address,
        "token": token,
    }
    process = subprocess.Popen(  # noqa: S603 - this interpreter, this package's file
        [sys.executable, str(SERVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONSAFEPATH": "1"},
        text=True,
    )
    try:
        assert process.stdin is not None  # noqa: S101 - opened as pipes
        assert process.stdout is not None  # noqa: S101
        # The token goes through a pipe: arguments and environments of a process can be read.
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        if process.stdout.readline().strip() != "listening":
            message = f"The server did not start at {address}; another may be listening there."
            raise ShisakuError(message)
        yield process
    finally:
        process.kill()
        process.wait()


def offer(warehouse: Path, address: str, token: str) -> None:
    """Serve until interrupted: each new build, and again if the server itself should end."""
    while True:
        if not warehouse.exists():
            message = f"No warehouse at {warehouse}. Run `make build` first."
            raise ShisakuError(message)
        opened = warehouse.stat().st_ino
        with serving(warehouse, address, token) as server:
            progress.tell(f"Serving {warehouse} at {address}, until Ctrl+C")
            while server.poll() is None and _inode(warehouse) == opened:
                time.sleep(1)
            ended = server.poll()
        if ended is None:
            progress.tell("A new build has been published")
        else:
            progress.tell(f"The server ended (status {ended}) and is started again", 30)


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None
