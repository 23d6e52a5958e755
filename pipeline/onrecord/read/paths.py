"""Files, folders, URLs and standard input as one lazy stream of articles and failures."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from onrecord.read.decode import decode, reject_binary
from onrecord.read.fetch import fetch, saved_url
from onrecord.read.fields import json_article, text_article
from onrecord.read.http import TIMEOUT
from onrecord.read.json_input import MAX_DOCUMENT_BYTES, JsonValue, json_lines, json_values
from onrecord.read.outcome import ReadArticle, Rejection, sha256
from onrecord.read.page import MAX_PAGE_BYTES, page_article
from onrecord.records import Article, Failure
from onrecord.settings import Settings

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Outcome = ReadArticle | Failure

KINDS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_STDIN = "-"
_PEEK = 1 << 16
_BYTES_A_CHAR = 4


def read_paths(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    settings: Settings | None = None,
    timeout: float = TIMEOUT,
    save_pages: Path | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Outcome]:
    """Yield an article, or the failure that says why there is none, for each input, in order.

    A path is a .html, .htm, .xhtml, .txt, .json, .jsonl or .ndjson file (each also as .gz), a folder
    (all of those below it in the order of their names, without hidden ones), an http or https URL, or
    `-` for standard input, whose kind is seen from its first bytes. Reading is lazy: of a .jsonl file
    one line is held at a time. One bad input never stops the others.

    Args:
        paths: what to read: one path or several.
        settings: languages and length that are read.
        timeout: seconds that a page may take to be fetched.
        save_pages: folder where fetched pages are kept as they came.
        stdin: stands for standard input.

    Raises:
        OutputError: a fetched page cannot be saved.

    """
    settings = settings or Settings()
    for path in [paths] if isinstance(paths, str | os.PathLike) else paths:
        name = os.fspath(path)
        if name == _STDIN:
            yield from _guarded(name, _stream_articles(name, stdin or sys.stdin.buffer, None, settings))
        elif name.lower().startswith(("http://", "https://")):
            yield _fetched(name, settings, timeout, save_pages)
        elif Path(name).is_dir():
            yield from _folder_articles(name, settings)
        else:
            yield from _guarded(name, _file_articles(name, settings, is_named=True))


def _folder_articles(name: str, settings: Settings) -> Iterator[Outcome]:
    is_empty = True
    problems: list[OSError] = []
    for folder, folders, files in os.walk(name, onerror=problems.append):
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        for file in sorted(files):
            path = Path(folder, file)
            if not file.startswith(".") and _kind(path)[0] is not None:
                is_empty = False
                yield from _guarded(str(path), _file_articles(str(path), settings, is_named=False))
    for problem in problems:
        yield _os_failure(str(problem.filename or name), problem)
    if is_empty and not problems:
        reason = f"the folder holds no file that is read ({', '.join(KINDS)})"
        yield Failure(code="empty", input=name, reason=reason)


def _guarded(name: str, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """Pass on what an input yields, and turn what ends it before its time into a failure."""
    try:
        yield from outcomes
    except Rejection as rejection:
        yield rejection.failure(name)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        is_cut = isinstance(error, EOFError)
        reason = f"the gzip data {'break off' if is_cut else 'are damaged'}: {error}"
        yield Failure(code="truncated" if is_cut else "unreadable", input=name, reason=reason)
    except OSError as error:
        yield _os_failure(name, error)


def _os_failure(name: str, error: OSError) -> Failure:
    if isinstance(error, FileNotFoundError):
        return Failure(code="not_found", input=name, reason="there is no such file or folder")
    return Failure(code="unreadable", input=name, reason=error.strerror or str(error))


def _file_articles(name: str, settings: Settings, *, is_named: bool) -> Iterator[Outcome]:
    path = Path(name)
    kind, is_packed = _kind(path)
    with path.open("rb") as file:
        stream = cast("BinaryIO", gzip.GzipFile(fileobj=file)) if is_packed else file
        if kind is None and is_named and path.suffix:
            reject_binary(file.read(_PEEK))
            known = ", ".join(KINDS)
            raise Rejection(
                "unsupported", f"files with the suffix {path.suffix!r} are not read; read are {known}"
            )
        yield from _stream_articles(name, stream, kind, settings)


def _kind(path: Path) -> tuple[str | None, bool]:
    """Return the kind of a file by its suffix, None for one that is not read, and whether it is gzip."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    is_packed = bool(suffixes) and suffixes[-1] == ".gz"
    suffix = suffixes[-1 - is_packed] if len(suffixes) > is_packed else ""
    return KINDS.get(suffix), is_packed


def _stream_articles(name: str, stream: BinaryIO, kind: str | None, settings: Settings) -> Iterator[Outcome]:
    if kind is None:
        kind, stream = _sniffed(stream)
    if kind == "jsonl":
        yield from _json_outcomes(name, json_lines(stream), settings)
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
        yield from _json_outcomes(name, json_values(raw), settings)
    else:
        if len(raw) > limits[kind]:
            raise Rejection("too_large", f"the input is larger than {limits[kind]:,} bytes")
        yield ReadArticle(_article(kind, raw, saved_url(Path(name)), settings), name, sha256(raw))


def _article(
    kind: str, raw: bytes, url: str | None, settings: Settings, charset: str | None = None
) -> Article:
    if kind == "html":
        return page_article(raw, url, charset=charset, settings=settings)
    return text_article(decode(raw, charset), settings, **({"url": url} if url else {}))


def _json_outcomes(name: str, values: Iterator[JsonValue], settings: Settings) -> Iterator[Outcome]:
    is_empty = True
    for value in values:
        is_empty = False
        try:
            if value.problem is not None:
                raise value.problem
            article = json_article(value.value, settings)
        except Rejection as rejection:
            yield rejection.failure(name, value.line)
        else:
            yield ReadArticle(article, name, sha256(value.raw), value.line)
    if is_empty:
        yield Failure(code="empty", input=name, reason="the input holds no JSON value")


def _sniffed(stream: BinaryIO) -> tuple[str, BinaryIO]:
    """Return the kind of a stream as its first bytes show it, and the stream from its beginning."""
    head = stream.read(_PEEK)
    if head.startswith(b"\x1f\x8b"):
        packed = io.BufferedReader(_Rejoined(head, stream))
        return _sniffed(cast("BinaryIO", gzip.GzipFile(fileobj=packed)))
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


def _fetched(url: str, settings: Settings, timeout: float, save_pages: Path | None) -> Outcome:
    page = fetch(url, timeout=timeout, save_pages=save_pages)
    if isinstance(page, Failure):
        return page
    try:
        kind = "text" if page.is_text else "html"
        article = _article(kind, page.raw, page.url, settings, page.charset)
    except Rejection as rejection:
        return rejection.failure(url)
    return ReadArticle(article, url, sha256(page.raw))
