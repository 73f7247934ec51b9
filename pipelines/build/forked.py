"""What the server that workers are forked from imports, once, so that each starts in milliseconds.

In: ``SHISAKU_READER_LOG`` in its environment. Out: the readers, imported; what that server or a
worker on its way into the cage prints goes to that file, not to a person's terminal. Refuses:
matplotlib, which camelot would import to draw with, for a third of the time.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys

LOG = "SHISAKU_READER_LOG"
READERS = ("pipelines.reading", "pipelines.build.tasks")


def _redirect(path: str) -> None:
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)


def _import_readers() -> None:
    """Import what reads; nothing of that is garbage, in the server or in a worker."""
    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]
    gc.disable()
    for name in READERS:
        importlib.import_module(name)
    gc.freeze()
    gc.enable()


if LOG in os.environ:
    _redirect(os.environ[LOG])
    _import_readers()
