"""Decompression bombs: small data that unpack to what fills a memory or keeps a run busy for days.

The limit on a page's size bounds what one page holds, the ratio what a file of many pages costs:
text packs at 3 to 30 to 1, deflate reaches 1,032 to 1 and Zstandard far more.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, cast

from onrecord.read.outcome import Rejection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_RATIO = 200
"""How many bytes may come out of one, as soon as more than a megabyte has."""
_FLOOR = 1_000_000
_WINDOW = 1_000_000
_LATER_FLOOR = 20_000_000


def is_bomb(packed: int, unpacked: int) -> bool:
    """Tell whether so many bytes, out of so many, are too many."""
    return unpacked > _FLOOR and unpacked > MAX_RATIO * packed


def bomb() -> Rejection:
    """Return the rejection of a decompression bomb."""
    return Rejection("too_large", f"the compressed data unpack to more than {MAX_RATIO} times their size")


def guarded(file: BinaryIO, unpack: Callable[[BinaryIO], BinaryIO]) -> BinaryIO:
    """Return what a file unpacks to, as a stream that raises a Rejection at a bomb, wherever it lies."""
    packed = _Counted(file)
    unpacked = unpack(cast("BinaryIO", io.BufferedReader(packed)))
    return cast("BinaryIO", io.BufferedReader(_Guarded(packed, unpacked)))


class _Counted(io.RawIOBase):
    """A stream that counts the bytes which are read from it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        target = memoryview(buffer).cast("B")
        chunk = self._file.read(len(target))
        target[: len(chunk)] = chunk
        self.count += len(chunk)
        return len(chunk)


class _Guarded(io.RawIOBase):
    """What is unpacked from a counted stream; the ratio is looked at anew for each megabyte of it."""

    def __init__(self, packed: _Counted, unpacked: BinaryIO) -> None:
        self._packed = packed
        self._unpacked = unpacked
        self._count = 0
        self._floor = _FLOOR
        self._window = (0, 0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        target = memoryview(buffer).cast("B")
        chunk = self._unpacked.read(len(target))
        target[: len(chunk)] = chunk
        self._count += len(chunk)
        packed, unpacked = self._packed.count - self._window[0], self._count - self._window[1]
        if unpacked > self._floor and unpacked > MAX_RATIO * packed:
            raise bomb()
        if packed > _WINDOW:
            # Unpackers read ahead: what comes out next may belong to what was counted before.
            self._window, self._floor = (self._packed.count, self._count), _LATER_FLOOR
        return len(chunk)
