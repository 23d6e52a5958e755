"""Opening files: on disk, or in a store that fsspec knows, and through gzip or Zstandard."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import zstandard

from onrecord.errors import UnsupportedInputError
from onrecord.read.bombs import guarded
from onrecord.read.outcome import Rejection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PACKINGS = (".gz", ".zst")
# A block of 128 KB may be packed into 4 bytes, and zstandard unpacks all that it is given at once.
_ZSTANDARD_CHUNK = 512


def is_remote(path: str) -> bool:
    """Tell whether a path is one of a store (`s3://bucket/key`), not of this machine."""
    return "://" in path


def split_table(name: str) -> tuple[str, str | None]:
    """Return the path and the table of `path.duckdb:table`; None for the table that is not named."""
    path, dot, table = name.rpartition(".duckdb:")
    return (f"{path}.duckdb", table) if dot else (name, None)


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open a file for reading, on disk or, where the path names a protocol, through fsspec.

    Raises:
        OSError: it cannot be opened.
        UnsupportedInputError: the protocol is unknown, or its package is not installed.

    """
    if is_remote(path):
        import fsspec  # noqa: PLC0415  local files need none of it

        with _store_errors(path):
            remote = fsspec.open(path, "rb")
        with remote as file:
            yield cast("BinaryIO", file)
        return
    with Path(path).open("rb") as local:
        yield local


def matching(pattern: str) -> list[str]:
    """Return the files of a store that a pattern (`s3://bucket/crawl/*.warc.gz`) stands for, sorted.

    Raises:
        OSError: the store cannot be asked.
        UnsupportedInputError: the protocol is unknown, or its package is not installed.

    """
    import fsspec  # noqa: PLC0415  local files need none of it

    with _store_errors(pattern):
        store, inside = fsspec.core.url_to_fs(pattern)
    return [store.unstrip_protocol(path) for path in sorted(store.glob(inside))]


@contextmanager
def _store_errors(path: str) -> Iterator[None]:
    try:
        yield
    except (ImportError, ValueError) as error:
        raise UnsupportedInputError(f"{path}: cannot be opened: {error}") from error


def unpacked(file: BinaryIO, packing: str | None) -> BinaryIO:
    """Return the stream of what a .gz or .zst file holds; the file itself for no packing.

    Reading it raises a Rejection at a decompression bomb.
    """
    if packing == ".gz":
        return guarded(file, lambda packed: cast("BinaryIO", gzip.GzipFile(fileobj=packed)))
    if packing == ".zst":
        return guarded(file, lambda packed: cast("BinaryIO", io.BufferedReader(_Zstandard(packed))))
    return file


@contextmanager
def packing_problems() -> Iterator[None]:
    """Turn what damaged gzip and Zstandard data raise into a Rejection."""
    try:
        yield
    except EOFError as error:
        raise Rejection("truncated", f"the compressed data break off: {error}") from error
    except (gzip.BadGzipFile, zlib.error, zstandard.ZstdError) as error:
        raise Rejection("unreadable", f"the compressed data are damaged: {error}") from error


class _Zstandard(io.RawIOBase):
    """What a Zstandard file holds; one that breaks off is an EOFError, unlike in zstandard's reader."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unpacker = zstandard.ZstdDecompressor().decompressobj()
        self._is_in_frame = False
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        target = memoryview(buffer).cast("B")
        while not self._ready:
            packed = self._unpacker.unused_data if self._unpacker.eof else b""
            packed = packed or self._file.read(_ZSTANDARD_CHUNK)
            if not packed:
                if self._is_in_frame:
                    raise EOFError("the last frame is not whole")
                return 0
            if self._unpacker.eof:
                self._unpacker = zstandard.ZstdDecompressor().decompressobj()
            self._ready = memoryview(self._unpacker.decompress(packed))
            self._is_in_frame = not self._unpacker.eof
        size = min(len(target), len(self._ready))
        target[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size
