"""Which documents a file holds, by the kind that its name or its first bytes show."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from onrecord.read.archives import tar_documents, zip_documents
from onrecord.read.decode import reject_binary
from onrecord.read.document import Document
from onrecord.read.fetch import saved_url
from onrecord.read.json_input import MAX_DOCUMENT_BYTES, JsonValue, json_lines, json_values
from onrecord.read.opening import PACKINGS, is_remote, opened, packing_problems, split_table, unpacked
from onrecord.read.outcome import Rejection, rejecting_the_unreadable
from onrecord.read.page import MAX_PAGE_BYTES
from onrecord.settings import Settings

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

KINDS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
}
"""Suffixes of the files that are read wherever they are found."""
NAMED_KINDS = {
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
    ".parquet": "parquet",
    ".duckdb": "duckdb",
}
"""Suffixes of the files that are read where they are named, and not where they lie in a folder."""
SINGLE_KINDS = frozenset({"html", "text"})
"""Kinds of files that are one document each."""
_PEEK = 1 << 16
_BYTES_A_CHAR = 4
_MOST_STRANGERS = 1_000


def file_kind(path: str) -> tuple[str | None, str | None]:
    """Return the kind of a file by its suffix, None for one that is not read, and how it is packed."""
    if ".duckdb:" in path:
        return "duckdb", None
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    packing = suffixes.pop() if suffixes and suffixes[-1] in PACKINGS else None
    suffix = suffixes[-1] if suffixes else ""
    if suffix == ".tgz":
        packing = ".gz"
    return KINDS.get(suffix) or NAMED_KINDS.get(suffix), packing


def file_documents(path: str, settings: Settings, mark: tuple[int, ...] = ()) -> Iterator[Document]:
    """Yield the documents of one file in order, from a mark on; what is wrong with it comes as one too.

    Raises:
        OSError: the file cannot be opened or read.
        UnsupportedInputError: it lies in a store that cannot be read here.

    """
    kind, packing = file_kind(path)
    try:
        with rejecting_the_unreadable(), packing_problems():
            if kind == "duckdb":
                yield from _duckdb(path, mark)
                return
            with opened(path) as file:
                if kind is None and Path(path).suffix:
                    reject_binary(file.read(_PEEK))
                    known = ", ".join((*KINDS, *NAMED_KINDS))
                    raise Rejection(
                        "unsupported",
                        f"files with the suffix {Path(path).suffix!r} are not read; read are {known}",
                    )
                yield from _documents(path, file, kind, packing, settings, mark)
    except Rejection as rejection:
        yield Document(path, problem=rejection)


def _duckdb(path: str, mark: tuple[int, ...]) -> Iterator[Document]:
    from onrecord.read.article_tables import duckdb_documents  # noqa: PLC0415  half a second

    Path(split_table(path)[0]).stat()
    yield from duckdb_documents(path, mark)


def _documents(
    path: str,
    file: BinaryIO,
    kind: str | None,
    packing: str | None,
    settings: Settings,
    mark: tuple[int, ...],
) -> Iterator[Document]:
    if kind == "warc":
        from onrecord.read.warc import warc_documents  # noqa: PLC0415  only where there is one

        yield from warc_documents(path, file, mark)
    elif kind == "zip":
        yield from zip_documents(path, file, mark)
    elif kind == "tar":
        yield from tar_documents(path, unpacked(file, packing))
    elif kind == "parquet":
        from onrecord.read.article_tables import parquet_documents  # noqa: PLC0415  half a second

        yield from parquet_documents(path, file, mark)
    elif kind == "jsonl" and packing is None:
        offset, line = mark or (0, 1)
        file.seek(offset)
        yield from _json_documents(path, json_lines(file, line), offset)
    else:
        yield from stream_documents(path, unpacked(file, packing), kind, settings)


def stream_documents(name: str, stream: BinaryIO, kind: str | None, settings: Settings) -> Iterator[Document]:
    """Yield the documents of a stream of the kind `html`, `text`, `json` or `jsonl`, or (None) as it looks.

    Raises:
        Rejection: it is empty or too large.

    """
    if kind is None:
        kind, stream = _sniffed(stream)
    if kind == "jsonl":
        yield from _json_documents(name, json_lines(stream))
        return
    limits = {
        "html": MAX_PAGE_BYTES,
        "text": _BYTES_A_CHAR * settings.max_chars,
        "json": MAX_DOCUMENT_BYTES,
    }
    raw = stream.read(limits[kind] + 1)
    if not raw:
        raise Rejection("empty", "the input is empty")
    if kind == "json":
        yield from _json_documents(name, json_values(raw))
        return
    if len(raw) > limits[kind]:
        raise Rejection("too_large", f"the input is larger than {limits[kind]:,} bytes")
    url = None if is_remote(name) else saved_url(Path(name))
    yield Document(name, "html" if kind == "html" else "text", raw, url=url)


def _json_documents(name: str, values: Iterator[JsonValue], start: int | None = None) -> Iterator[Document]:
    """Yield a document for each value; with the byte at which reading starts, one that can be sought."""
    is_empty = not start
    for value in values if start else _with_objects(values):
        is_empty = False
        mark = () if start is None else (start + value.offset, value.line)
        yield Document(name, "json", value.raw, line=value.line, mark=mark, problem=value.problem)
    if is_empty:
        raise Rejection("empty", "the input holds no JSON value")


def _with_objects(values: Iterator[JsonValue]) -> Iterator[JsonValue]:
    """Yield the values of a file of which one of the first thousand has to be an object.

    Else each of millions would be a failure, and all together many times as large as the file.
    """
    for number, value in enumerate(values):
        if number == _MOST_STRANGERS:
            raise Rejection("unsupported", f"none of the first {_MOST_STRANGERS:,} values is an object")
        yield value
        if isinstance(value.value, dict):
            break
    yield from values


def _sniffed(stream: BinaryIO) -> tuple[str, BinaryIO]:
    """Return the kind of a stream as its first bytes show it, and the stream from its beginning."""
    head = stream.read(_PEEK)
    if head.startswith(b"\x1f\x8b"):
        packed = cast("BinaryIO", io.BufferedReader(_Rejoined(head, stream)))
        return _sniffed(unpacked(packed, ".gz"))
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    joined = cast("BinaryIO", io.BufferedReader(_Rejoined(head, stream)))
    if start == b"<":
        return "html", joined
    if start == b"[":
        return "json", joined
    if start == b"{":
        # An object over several lines begins with a line that is no JSON by itself.
        first = next(json_lines(io.BytesIO(head)), None)
        is_lines = b"\n" not in head or (first is not None and first.problem is None)
        return ("jsonl" if is_lines else "json"), joined
    return "text", joined


class _Rejoined(io.RawIOBase):
    """A stream together with the bytes that were read from it already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        target = memoryview(buffer).cast("B")
        chunk: bytes | memoryview = self._head[: len(target)]
        if chunk:
            self._head = self._head[len(chunk) :]
        else:
            chunk = self._rest.read(len(target))
        target[: len(chunk)] = chunk
        return len(chunk)
