"""What the server that workers are forked from imports, once, so that each starts in milliseconds.

In: ``SHISAKU_READER_LOG`` in its environment. Out: the readers, imported; what that server or a
worker on its way into the cage prints goes to that file, not to a person's terminal. Refuses:
nothing.
"""

from __future__ import annotations

import os

from pipelines import reading
from pipelines.build import tasks

__all__ = ["LOG", "reading", "tasks"]

LOG = "SHISAKU_READER_LOG"


def _redirect(path: str) -> None:
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)


if LOG in os.environ:
    _redirect(os.environ[LOG])
