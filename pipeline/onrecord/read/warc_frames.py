"""Where the records of a WARC file begin and end, with every length and checksum looked at."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.read.bombs import bomb, is_bomb

_GZIP = b"\x1f\x8b\x08"
_START = b"WARC/"
_CHUNK = 1 << 16
_MAX_HEADER = 1 << 16
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^Content-Length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.I | re.M)
_GZIP_START = re.compile(re.escape(_GZIP))
_RECORD_START = re.compile(rb"WARC/\d\.\d{1,2}\r?\n[A-Za-z-]{1,40}:")
_OVERLAP = 64  # longer than what _RECORD_START matches
_SEPARATOR = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Frame:
    """The bytes of one record, or a damaged stretch with its `problem`.

    `offset` is where the record, or the gzip member that holds it, begins in the file; `mark` adds the
    number of the record within the member, nearly always 0. `is_whole` is false where the record is
    longer than the limit and `raw` only its beginning.
    """

    offset: int
    mark: tuple[int, int]
    raw: bytes = b""
    is_whole: bool = True
    code: str = "unreadable"
    problem: str = ""


class _Damage(Exception):  # noqa: N818  caught below, where the offset is known
    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def frames(file: BinaryIO, limit: int, mark: tuple[int, ...] = ()) -> Iterator[Frame]:
    """Yield the records of a seekable WARC file in order, from a mark on.

    After a damaged stretch, which comes as one frame, reading goes on at the next beginning of a
    record. The last records of a gzip member come only when the member's checksum was right. Of a
    record longer than `limit` bytes (and its headers) only the beginning is held.
    """
    start, passed = mark or (0, 0)
    file.seek(0)
    head = file.read(_CHUNK)
    is_packed = _RECORD_START.search(head) is None and (head[:2] == _GZIP[:2] or _GZIP in head)
    unit = _Member(file) if is_packed else _Plain(file)
    offset: int | None = start
    while offset is not None and unit.open(offset):
        at = (offset, -1)
        held: list[Frame] = []
        try:
            while unit.buffer or unit.fill():
                if len(held) > unit.unverified:
                    yield held.pop(0)
                at = unit.mark(at[1] + 1)
                frame = _record(unit, at, limit)
                if at[1] >= passed:
                    held.append(frame)
            yield from held
            offset = unit.end
        except _Damage as damage:
            # What came before the end of data that break off is right; before damage it may not be.
            whole = [frame for frame in held if frame.mark < at] if damage.code == "truncated" else []
            yield from whole
            at = at if damage.code == "truncated" or not held else held[0].mark
            yield Frame(at[0], at, code=damage.code, problem=str(damage))
            offset = _next_start(file, at[0] + 1, is_packed=is_packed)
        passed = 0


class _Plain:
    """An uncompressed file, as one unit of many records, each of which can be sought."""

    unverified = 0

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.buffer = bytearray()
        self.end = 0

    def open(self, offset: int) -> bool:
        self._file.seek(offset)
        self.buffer = bytearray()
        self.end = offset
        return self.fill()

    def fill(self) -> bool:
        chunk = self._file.read(_CHUNK)
        self.buffer += chunk
        self.end += len(chunk)
        return bool(chunk)

    def take(self, size: int) -> bytes:
        taken = bytes(self.buffer[:size])
        del self.buffer[:size]
        return taken

    def mark(self, _number: int) -> tuple[int, int]:
        return self.end - len(self.buffer), 0


class _Member(_Plain):
    """A gzip member, as a unit of one record (or, against the standard's advice, of many)."""

    unverified = 4
    """Records that are held until the checksum of a member of several was looked at."""

    def open(self, offset: int) -> bool:
        self._offset = offset
        self._unpacker = zlib.decompressobj(31)
        self._pending = b""
        self._unpacked = 0
        self._file.seek(offset)
        self.buffer = bytearray()
        self.end = offset
        if not (head := self._file.read(_CHUNK)):
            return False
        self.end += len(head)
        self._pending = head
        return True

    def fill(self) -> bool:
        while not self._unpacker.eof:
            packed = self._pending or self._file.read(_CHUNK)
            if not self._pending:
                self.end += len(packed)
            if not packed:
                raise _Damage("truncated", "the gzip data break off")
            try:
                chunk = self._unpacker.decompress(packed, _CHUNK)
            except zlib.error as error:
                raise _Damage("unreadable", f"the gzip data are damaged ({error})") from error
            self._pending = self._unpacker.unconsumed_tail
            self._unpacked += len(chunk)
            if is_bomb(self.end - self._offset - len(self._pending), self._unpacked):
                raise _Damage("too_large", bomb().reason)
            if self._unpacker.eof:
                self.end -= len(self._unpacker.unused_data)
            if chunk:
                self.buffer += chunk
                return True
        return False

    def mark(self, number: int) -> tuple[int, int]:
        return self._offset, number


def _record(unit: _Plain, mark: tuple[int, int], limit: int) -> Frame:
    header = _header(unit)
    length = _LENGTH.search(header)
    if length is None:
        raise _Damage("unreadable", "a record has no length")
    size = int(length[1])
    parts = [header]
    held, left = len(header), size
    while left:
        if not unit.buffer and not unit.fill():
            raise _Damage("truncated", f"the record breaks off: {size - left:,} of {size:,} bytes are there")
        chunk = unit.take(left)
        left -= len(chunk)
        if held <= limit + _MAX_HEADER:
            parts.append(chunk)
            held += len(chunk)
    _pass_separator(unit)
    is_whole = held == len(header) + size
    return Frame(mark[0], mark, b"".join(parts), is_whole)


def _header(unit: _Plain) -> bytes:
    while len(unit.buffer) < len(_START) and unit.fill():
        pass
    if not unit.buffer.startswith(_START):
        is_cut = len(unit.buffer) < len(_START) and _START.startswith(unit.buffer)
        raise _Damage("truncated" if is_cut else "unreadable", "here stands no WARC record")
    seen = 0
    while (end := _HEADER_END.search(unit.buffer, max(seen - 3, 0))) is None:
        seen = len(unit.buffer)
        if seen > _MAX_HEADER:
            raise _Damage("unreadable", "the headers of a record do not end")
        if not unit.fill():
            raise _Damage("truncated", "the headers of a record break off")
    if another := _RECORD_START.search(unit.buffer, 1, end.end()):
        raise _Damage("truncated", f"the headers of a record break off after {another.start()} bytes")
    return unit.take(end.end())


def _pass_separator(unit: _Plain) -> None:
    """Pass over the line ends behind a record; where they are not there, its length is wrong."""
    found = b""
    while len(found) < len(_SEPARATOR):
        if not unit.buffer and not unit.fill():
            raise _Damage("truncated", "the record breaks off before the line ends that close it")
        if unit.buffer[0] not in b"\r\n":
            break
        found += unit.take(1)
    if found == _SEPARATOR:
        return
    # Some writers close a record with fewer line ends than the standard asks for.
    while len(unit.buffer) < len(_START) and unit.fill():
        pass
    if not unit.buffer.startswith(_START):
        raise _Damage("unreadable", "the length of a record is wrong")


def _next_start(file: BinaryIO, offset: int, *, is_packed: bool) -> int | None:
    """Return where the next record, or gzip member that begins with one, begins; None at the end."""
    start = _GZIP_START if is_packed else _RECORD_START
    file.seek(offset)
    window, base = bytearray(), offset
    while chunk := file.read(_CHUNK):
        window += chunk
        for match in start.finditer(window):
            if not is_packed or _begins_record(file, base + match.start()):
                return base + match.start()
        file.seek(base + len(window))
        base += max(len(window) - _OVERLAP, 0)
        del window[:-_OVERLAP]
    return None


def _begins_record(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    try:
        return zlib.decompressobj(31).decompress(file.read(512), len(_START)) == _START
    except zlib.error:
        return False
