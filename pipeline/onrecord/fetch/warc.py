"""Writing exchanges into a WARC 1.1 file (ISO 28500:2017)."""

from __future__ import annotations

import gzip
import os
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

from fastwarc.warc import WarcRecord, WarcRecordType

from onrecord.errors import OutputError
from onrecord.fetch.exchange import Exchange
from onrecord.read.http import user_agent
from onrecord.version import __version__


class WarcWriter:
    """Appends to a WARC file, a gzip member a record where the name ends in .gz.

    Args:
        path: the file; its folder is made.
        size: where to begin; what lies behind it is cut off.
        started_at: the date of the file's warcinfo record, in seconds since 1970.
        contact: who fetches, for the same record.

    Raises:
        OutputError: the file cannot be written. It then ends with the last whole exchange.

    """

    def __init__(self, path: Path, *, size: int, started_at: float, contact: str | None = None) -> None:
        self._path = path
        self._is_packed = path.suffix.lower() == ".gz"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Without a buffer, so that what a full disk refused is not written once more at the end.
            self._file = path.open("r+b" if path.exists() else "w+b", buffering=0)
            self._file.truncate(size)
            self._file.seek(size)
        except OSError as error:
            raise self._cannot(error) from error
        self.size = size
        if size == 0:
            self._append([_warcinfo(path.name, started_at, contact)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, exchanges: Iterable[Exchange]) -> None:
        """Append a request and a response record of each exchange, and see them to the disk."""
        self._append([record for exchange in exchanges for record in _records(exchange)])

    def _append(self, records: Iterable[WarcRecord]) -> None:
        try:
            for record in records:
                rest = memoryview(self._bytes(record))
                while rest:
                    rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            self._file.truncate(self.size)
            raise self._cannot(error) from error
        self.size = self._file.tell()

    def _bytes(self, record: WarcRecord) -> bytes:
        block = BytesIO()
        record.write(block, checksum_data=True)
        return gzip.compress(block.getvalue(), mtime=0) if self._is_packed else block.getvalue()

    def _cannot(self, error: OSError) -> OutputError:
        return OutputError(f"{self._path}: cannot be written: {error.strerror or error}")


def _warcinfo(name: str, at: float, contact: str | None) -> WarcRecord:
    fields = {
        "software": f"onrecord/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey",
        "http-header-user-agent": user_agent(contact),
    }
    if contact:
        fields["operator"] = contact
    record = _record(WarcRecordType.warcinfo, at)
    record.headers["WARC-Filename"] = name
    record.headers["Content-Type"] = "application/warc-fields"
    record.set_bytes_content("".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode())
    return record


def _records(exchange: Exchange) -> tuple[WarcRecord, WarcRecord]:
    response = _record(WarcRecordType.response, exchange.asked_at, exchange.url)
    response.is_http = True
    lines = [f"{exchange.version} {exchange.status} {exchange.phrase}"]
    for name, value in exchange.headers:
        # The body is kept without its transfer coding; the header that declared one is renamed, not lost.
        prefix = "X-Original-" if name.lower() == "transfer-encoding" else ""
        lines.append(f"{prefix}{name}: {' '.join(value.splitlines())}")
    response.set_bytes_content(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace") + exchange.body)
    response.parse_http()  # so that the payload digest is that of the body
    request = _record(WarcRecordType.request, exchange.asked_at, exchange.url)
    request.is_http = True
    request.headers["WARC-Concurrent-To"] = response.headers["WARC-Record-ID"]
    request.set_bytes_content(exchange.request)
    return request, response


def _record(kind: WarcRecordType, at: float, url: str | None = None) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind, f"uuid:{uuid.uuid4()}".encode())
    record.headers["WARC-Date"] = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if url is not None:
        record.headers["WARC-Target-URI"] = url
    return record
