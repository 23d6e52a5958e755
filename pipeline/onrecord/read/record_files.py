"""Reading records back: JSON, JSON Lines, Parquet and DuckDB files, or folders of them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from onrecord.errors import InputNotFoundError, InvalidRecordError, UnsupportedInputError
from onrecord.read.json_input import JsonValue, json_lines, json_values
from onrecord.records import ArticleRecord

_BATCH = 64
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
            if file.is_file() and not is_hidden and _suffix(file) in _SUFFIXES and not _is_claim_table(file):
                yield from _file_records(file)
    except OSError as error:
        raise InputNotFoundError(f"{path}: {error.strerror or error}") from error


def _suffix(path: Path) -> str:
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()


def _file_records(path: Path) -> Iterator[ArticleRecord]:
    suffix = _suffix(path)
    if suffix == ".parquet":
        yield from _parquet_records(path)
    elif suffix == ".duckdb":
        yield from _duckdb_records(path)
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


def _is_claim_table(path: Path) -> bool:
    return _suffix(path) == ".parquet" and _records_beside(path) is not None


def _records_beside(path: Path) -> Path | None:
    """Return the file of records that a Parquet file of claims names, or None for any other file."""
    try:
        metadata = pq.read_schema(path).metadata or {}
    except pa.ArrowInvalid as error:
        raise InvalidRecordError(f"{path}: no Parquet file: {error}") from error
    name = metadata.get(b"onrecord.records")
    return path.with_name(name.decode()) if name else None


def _parquet_records(path: Path) -> Iterator[ArticleRecord]:
    beside = _records_beside(path)
    path = beside or path
    with pq.ParquetFile(path) as file:
        if "record" not in file.schema_arrow.names:
            raise InvalidRecordError(f"{path}: there is no column `record`")
        row = 0
        for batch in file.iter_batches(_BATCH, columns=["record"]):
            for raw in batch.column(0).to_pylist():
                row += 1
                yield _record(f"{path}, row {row}", raw)


def _duckdb_records(path: Path) -> Iterator[ArticleRecord]:
    path.stat()
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.execute("SELECT record FROM records ORDER BY position")
            row = 0
            while rows := found.fetchmany(_BATCH):
                for (raw,) in rows:
                    row += 1
                    yield _record(f"{path}, table records, row {row}", raw)
    except duckdb.Error as error:
        raise InvalidRecordError(f"{path}: no records that onrecord wrote: {error}") from error
