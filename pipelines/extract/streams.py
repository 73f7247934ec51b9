"""Which objects of a file are streams.

In: what playa read. Out: :func:`is_stream`. Refuses nothing.

``isinstance`` must not be asked: playa's compiled class is a ``Mapping`` and shares that class's
memory of who is one. A dictionary where a stream should be would pass for a stream; or, asked for
first, no dictionary would be a mapping any more in this process, and every later document fail.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from playa.pdftypes import ContentStream

if TYPE_CHECKING:
    from typing import TypeGuard

# What is remembered once stays: playa's own code asks ``isinstance``.
isinstance({}, Mapping)


def is_stream(value: Any) -> TypeGuard[ContentStream]:  # noqa: ANN401 - anything that a file holds
    """Whether an object is a stream."""
    return type(value) is ContentStream
