"""What playa notices and reads over, taken seriously.

In: the log records of a reading. Out: :class:`Damage`, which tells whether something was lost.
Refuses (``DocumentError``): a document that the libraries do not cease to complain about.
playa goes on where a stream is cut off or an instruction makes no sense, and says so in its log:
what it gives then is a part of the page that looks like the whole. A part is not published.
Everything else that playa and camelot log goes to this package's own logger, as debug messages.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

from pipelines.extract.limits import DocumentError

logger = logging.getLogger(__name__)

_LIBRARIES = ("playa", "camelot", "pypdfium2")
_CUT = "a part of the file is missing or unreadable"
_DRAWING = "its drawing instructions are damaged"
_FONT = "it prints text in a font that the file does not hold"
_PAGES = "its list of pages is damaged"
# How playa's messages begin that mean a loss.
_LOSSES = {
    "%s: %r": _CUT,
    "Data loss in decompress_corrupted": _CUT,
    "Incorrect length for stream, no 'endstream'": _CUT,
    "Indirect object %d STILL not found": _CUT,
    "Unterminated string": _DRAWING,
    "Found non-stream in contents": _CUT,
    "Incorrect type of arguments": _DRAWING,
    "Insufficient arguments": _DRAWING,
    "Ignoring non-string/number": _DRAWING,
    "When constructing array": _DRAWING,
    "Undefined Font id": _FONT,
    "No font is set": _FONT,
    "Invalid font dictionary": _FONT,
    "Page tree contains": _PAGES,
    "Missing or invalid page object": _PAGES,
    "Circular reference": _PAGES,
}
_MOST_MESSAGES = 50
# An object that leads back to itself is looked up anew at every turn, and each turn is logged.
_ENOUGH = 10_000


class Damage(logging.Handler):
    """Hears what the libraries say; ``reason`` is the first loss, in words, or None."""

    def __init__(self) -> None:
        """Nothing heard yet."""
        super().__init__(logging.WARNING)
        self.reason: str | None = None
        self._heard = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Hear one message."""
        self._heard += 1
        if self._heard > _ENOUGH:
            reason = f"is damaged: it breaks the rules of PDF in more than {_ENOUGH:,} places"
            raise DocumentError(reason)
        if self._heard <= _MOST_MESSAGES:
            # The text of a hostile file stays a value: one line, no longer than a line.
            logger.debug("%s: %.200r", record.name, record.getMessage())
        if self.reason is None:
            message = str(record.msg)
            self.reason = next(
                (loss for start, loss in _LOSSES.items() if message.startswith(start)), None
            )


@contextmanager
def listening() -> Iterator[Damage]:
    """While this lasts, the libraries' messages come here and go nowhere else."""
    damage = Damage()
    before = []
    for name in _LIBRARIES:
        library = logging.getLogger(name)
        before.append((library, library.level, library.propagate))
        library.setLevel(logging.WARNING)
        library.propagate = False
        library.addHandler(damage)
    try:
        yield damage
    finally:
        for library, level, propagate in before:
            library.removeHandler(damage)
            library.propagate = propagate
            library.setLevel(level)
