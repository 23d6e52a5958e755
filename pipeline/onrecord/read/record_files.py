"""Reading records back: JSON, JSON Lines, Parquet and DuckDB files, or folders of them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from pydantic import ValidationError

from onrecord.errors import InputNotFoundError, InvalidRecordError, UnsupportedInputError
from onrecord.read.json_input import JsonValue, json_lines, json_values
from onrecord.records import ArticleRecord

_SUFFIXES = (".jsonl", ".ndjson", ".json", ".parquet", ".duckdb")


def read_records(path: str | Path) -> Iterator[ArticleRecord]:
    """Yield the records of a file, or of every record file below a folder, in the order of names.

    Read are .jsonl, .ndjson and .json (one record or a list; each also as .gz), and the .parquet and
    .duckdb files that `onrecord.write` writes. A Parquet file of claims leads to the file of records
    beside it that it names. Streams: one record (of Parquet and DuckDB a small batch) at a time.

    Raises:
        InputNotFoundError: there is no such file, or it cannot be opened.
        UnsupportedInputError: a file of another kind.
        InvalidRecordError: what stands there is no record; names the file, and the line or row.

    """
    path = Path(path)
    try:
        if not path.is_dir():
            yield from _file_records(path)
            return
        for file in sorted(path.rglob("*")):
            is_hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            # The records of a claims file stand beside it, and are read from there.
            if not is_hidden and file.is_file() and _suffix(file) in _SUFFIXES and not _leads_elsewhere(file):
                yield from _file_records(file)
    except OSError as error:
        raise InputNotFoundError(f"{path}: {error.strerror or error}") from error


def _suffix(path: Path) -> str:
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()


def _file_records(path: Path) -> Iterator[ArticleRecord]:
    suffix = _suffix(path)
    if suffix in (".parquet", ".duckdb"):
        from onrecord.read.tables import duckdb_rows, parquet_rows  # noqa: PLC0415  half a second

        for where, raw in parquet_rows(path) if suffix == ".parquet" else duckdb_rows(path):
            yield _record(where, raw)
    elif suffix in _SUFFIXES:
        yield from _json_records(path, is_lines=suffix != ".json")
    else:
        raise UnsupportedInputError(f"{path}: records are read from {', '.join(_SUFFIXES)} files")


def _json_records(path: Path, *, is_lines: bool) -> Iterator[ArticleRecord]:
    with path.open("rb") as file:
        stream = cast("BinaryIO", gzip.GzipFile(fileobj=file)) if path.suffix.lower() == ".gz" else file
        try:
            values = json_lines(stream) if is_lines else json_values(stream.read())
            for value in values:
                yield _json_record(path, value)
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise InvalidRecordError(f"{path}: damaged gzip data: {error}") from error


def _json_record(path: Path, value: JsonValue) -> ArticleRecord:
    where = f"{path}, line {value.line}"
    if value.problem is not None:
        raise InvalidRecordError(f"{where}: {value.problem.reason}")
    return _record(where, value.raw)


def _record(where: str, raw: str | bytes) -> ArticleRecord:
    try:
        return ArticleRecord.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InvalidRecordError(
            f"{where}: no valid record: {f'{field}: ' if field else ''}{first['msg']}"
        ) from error


def _leads_elsewhere(path: Path) -> bool:
    """Tell whether a file is a Parquet table of claims, whose records stand in a file beside it."""
    if _suffix(path) != ".parquet":
        return False
    from onrecord.read.tables import records_beside  # noqa: PLC0415  half a second

    return records_beside(path) is not None
