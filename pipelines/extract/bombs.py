"""Data that unpack to far more than they weigh, refused before anyone unpacks them.

In: a file's bytes, or one stream's. Out: nothing. Refuses (``DocumentError``) streams that unpack
to more than the limits allow, and streams packed several times over. Only as much is unpacked as
it takes to know, and none of it is kept.
"""

from __future__ import annotations

import re
import zlib

from pipelines.extract.limits import DocumentError, Limits

_STREAM = re.compile(rb"stream\r?\n")
_END = b"endstream"
# zlib packs a byte sequence to no less than a thousandth of it.
_HIGHEST_RATIO = 1_032
_CHUNK = 1 << 20
_MEBIBYTE = 1 << 20
# How packed data begin: the method, and a check sum over the first two bytes.
_METHOD, _CHECK = 0x08, 31


def refuse_bombs(data: bytes, limits: Limits) -> None:
    """Refuse a PDF that holds a stream of more than ``limits.stream_bytes`` unpacked."""
    view = memoryview(data)
    for found in _STREAM.finditer(data):
        start = found.end()
        if not _is_packed(data[start : start + 2]):
            continue
        end = data.find(_END, start)
        packed = view[start : end if end >= 0 else len(data)]
        if _is_larger(packed, limits.stream_bytes):
            reason = (
                f"holds data that unpack to more than {limits.stream_bytes // _MEBIBYTE} MiB: "
                "no sheet does"
            )
            raise DocumentError(reason)


def refuse_instructions(packed: bytes, page_number: int, limits: Limits) -> None:
    """Refuse drawing instructions of more than ``limits.content_bytes`` unpacked."""
    size = limits.content_bytes
    if len(packed) > size or (_is_packed(packed[:2]) and _is_larger(memoryview(packed), size)):
        reason = (
            f"has drawing instructions of more than {size // _MEBIBYTE} MiB on page "
            f"{page_number}: no sheet does"
        )
        raise DocumentError(reason)


def _is_packed(start: bytes) -> bool:
    return len(start) == 2 and start[0] & 15 == _METHOD and (start[0] << 8 | start[1]) % _CHECK == 0  # noqa: PLR2004


def _is_larger(packed: memoryview, limit: int) -> bool:
    """Whether ``packed`` unpacks to more than ``limit`` bytes, or to something packed again."""
    unpack = zlib.decompressobj()
    try:
        start = unpack.decompress(packed[:4096], 2)
        if _is_packed(start):
            return _is_packed_again(packed)
        if len(packed) * _HIGHEST_RATIO <= limit:
            return False
        size, rest = 0, bytes(packed)
        unpack = zlib.decompressobj()
        while rest and not unpack.eof:
            size += len(unpack.decompress(rest, _CHUNK))
            if size > limit:
                return True
            rest = unpack.unconsumed_tail
    except zlib.error:
        # Encrypted, damaged, or not packed at all: nothing to unpack.
        return False
    return False


def _is_packed_again(packed: memoryview) -> bool:
    """Whether what comes out can be unpacked once more."""
    once = zlib.decompressobj().decompress(packed, _CHUNK)
    try:
        zlib.decompressobj().decompress(once, _CHUNK)
    except zlib.error:
        return False
    return True
