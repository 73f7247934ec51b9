"""What may go wrong by no fault of the program, in words for the person who called it.

In: a sentence that says what, where and what to do. Out: an exit status. Refuses: nothing.
"""

from __future__ import annotations

from typing import ClassVar


class ShisakuError(Exception):
    """A failure that a person can act on; shown as its sentence, never as a traceback."""

    exit_status: ClassVar[int] = 1


class UsageError(ShisakuError):
    """The call itself cannot be carried out as written."""

    exit_status: ClassVar[int] = 2


class BuildError(ShisakuError):
    """Nothing was published; the last good warehouse is still in place."""
