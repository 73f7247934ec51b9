"""What may go wrong by no fault of the program, in words for the person who called it.

In: a sentence that says what, where and what to do. Out: an exit status. Refuses: nothing.
"""

from __future__ import annotations

import errno
from typing import ClassVar

# What the machine, not the program and not a document, can be short of.
SHORTAGES = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EROFS,
        errno.EACCES,
        errno.EPERM,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOMEM,
        errno.EAGAIN,
        errno.EIO,
        errno.ESTALE,
    }
)


class ShisakuError(Exception):
    """A failure that a person can act on; shown as its sentence, never as a traceback."""

    exit_status: ClassVar[int] = 1


class UsageError(ShisakuError):
    """The call itself cannot be carried out as written."""

    exit_status: ClassVar[int] = 2


class BuildError(ShisakuError):
    """Nothing was published; the last good warehouse is still in place."""


def fault_of_the_machine(error: BaseException) -> str | None:
    """What the machine lacks (room, rights, libraries), as a sentence; None if that is not it."""
    if isinstance(error, MemoryError):
        return "There is not enough memory. See `make doctor`."
    if isinstance(error, ImportError):
        return f"A library cannot be used here: {error}. See `make doctor`."
    if not isinstance(error, OSError) or error.errno not in SHORTAGES:
        return None
    where = f" at {error.filename}" if error.filename else ""
    return f"{error.strerror}{where}. See `make doctor`."
