"""Files, folders, URLs and standard input as one lazy stream of articles and failures."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from onrecord.read.document import Document, read_document
from onrecord.read.fetch import fetch
from onrecord.read.files import KINDS, file_documents, file_kind, stream_documents
from onrecord.read.http import TIMEOUT
from onrecord.read.opening import is_remote, matching, packing_problems
from onrecord.read.outcome import ReadArticle, Rejection, rejecting_the_unreadable
from onrecord.records import Failure
from onrecord.settings import Settings

Outcome = ReadArticle | Failure

_STDIN = "-"


def read_paths(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    settings: Settings | None = None,
    timeout: float = TIMEOUT,
    save_pages: Path | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Outcome]:
    """Yield an article, or the failure that says why there is none, for each input, in order.

    A path is a .html, .htm, .xhtml, .txt, .json, .jsonl, .ndjson or .warc file (each also as .gz, all
    but the last as .zst), a folder (all of those below it in the order of their names, without hidden
    ones), a .zip, .tar, .parquet or .duckdb file, files in a store that fsspec knows
    (`s3://bucket/*.warc.gz`), an http or https URL, or `-` for standard input, whose kind is seen from
    its first bytes. Reading is lazy: one document is held at a time. One bad input never stops the others.

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
            for document in _stdin_documents(stdin or sys.stdin.buffer, settings):
                yield read_document(document, settings)
        elif is_web(name):
            yield _fetched(name, settings, timeout, save_pages)
        else:
            yield from _file_articles(name, settings)


def is_web(path: str) -> bool:
    """Tell whether a path is the URL of a web page."""
    return path.lower().startswith(("http://", "https://"))


def found_files(path: str) -> Iterator[str | Document]:
    """Yield the files that a path names: itself, all below the folder that it is, or those that it matches.

    What cannot be listed, and a folder without a file that is read, comes as a document with a problem.
    """
    if is_remote(path) and "*" in path:
        files = matching(path)
        yield from files
        if not files:
            yield Document(path, problem=Rejection("not_found", "no file matches"))
        return
    if is_remote(path) or not Path(path).is_dir():
        yield _named(path)
        return
    is_empty = True
    problems: list[OSError] = []
    for folder, folders, files in os.walk(path, onerror=problems.append):
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and _is_found(file):
                is_empty = False
                yield _named(str(Path(folder, file)))
    for problem in problems:
        yield Document(str(problem.filename or path), problem=os_rejection(problem))
    if is_empty and not problems:
        reason = f"the folder holds no file that is read ({', '.join(KINDS)})"
        yield Document(path, problem=Rejection("empty", reason))


def _named(path: str) -> str | Document:
    """Return a path, or a problem where no output could name it: a name may be any bytes on Linux."""
    shown = path.encode("utf-8", "backslashreplace").decode()
    if shown == path:
        return path
    return Document(shown, problem=Rejection("unreadable", "the name of the file is not UTF-8: rename it"))


def os_rejection(error: OSError) -> Rejection:
    """Return why a file that cannot be opened or read becomes no article."""
    if isinstance(error, FileNotFoundError):
        return Rejection("not_found", "there is no such file or folder")
    return Rejection("unreadable", error.strerror or str(error))


def _is_found(name: str) -> bool:
    kind, _ = file_kind(name)
    return kind in KINDS.values()


def _file_articles(path: str, settings: Settings) -> Iterator[Outcome]:
    for found in found_files(path):
        if isinstance(found, Document):
            yield read_document(found, settings)
            continue
        try:
            for document in file_documents(found, settings):
                yield read_document(document, settings)
        except OSError as error:
            yield os_rejection(error).failure(found)


def _stdin_documents(stream: BinaryIO, settings: Settings) -> Iterator[Document]:
    try:
        with rejecting_the_unreadable(), packing_problems():
            yield from stream_documents(_STDIN, stream, None, settings)
    except Rejection as rejection:
        yield Document(_STDIN, problem=rejection)


def _fetched(url: str, settings: Settings, timeout: float, save_pages: Path | None) -> Outcome:
    page = fetch(url, timeout=timeout, save_pages=save_pages)
    if isinstance(page, Failure):
        return page
    document = Document(url, "text" if page.is_text else "html", page.raw, url=page.url, charset=page.charset)
    return read_document(document, settings)
