"""The tables of a run, and the files that hold a shard of them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.archive.folder import TABLES, RunFolder
from onrecord.archive.options import OutputFormat
from onrecord.write.tables import CLAIMS, RECORDS
from onrecord.write.targets import output_errors

_FOUND = [
    pa.field("position", pa.int64(), nullable=False),
    pa.field("article_id", pa.string()),
    pa.field("url", pa.string()),
    pa.field("input", pa.string(), nullable=False),
    pa.field("line", pa.int64()),
    pa.field("place", pa.string()),
]
SCHEMAS: dict[str, pa.Schema] = {
    "claims": CLAIMS,
    "records": RECORDS,
    "failures": pa.schema(
        [
            *_FOUND,
            pa.field("code", pa.string(), nullable=False),
            pa.field("reason", pa.string(), nullable=False),
        ]
    ),
    "duplicates": pa.schema(
        [
            *_FOUND,
            pa.field("kind", pa.string(), nullable=False),
            pa.field("similarity", pa.float64(), nullable=False),
            pa.field("original_id", pa.string(), nullable=False),
            pa.field("original_position", pa.int64(), nullable=False),
        ]
    ),
}
"""`position` is a document's number in the input; `place`, as JSON, says where in its archive it lies."""


class _Sink(Protocol):
    def write(self, rows: pa.Table) -> None: ...
    def close(self) -> None: ...


class _ParquetSink:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")

    def write(self, rows: pa.Table) -> None:
        self._writer.write_table(rows)

    def close(self) -> None:
        self._writer.close()


class _JsonlSink:
    def __init__(self, path: Path, _schema: pa.Schema) -> None:
        self._file = path.open("wb")

    def write(self, rows: pa.Table) -> None:
        for row in rows.to_pylist():
            self._file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")

    def close(self) -> None:
        self._file.close()


_SINKS: dict[str, Callable[[Path, pa.Schema], _Sink]] = {"parquet": _ParquetSink, "jsonl": _JsonlSink}


class ShardTables:
    """Takes the rows of a shard's tables."""

    def __init__(self, sinks: Mapping[str, _Sink], path: Path) -> None:
        self._sinks = sinks
        self._path = path

    def add(self, name: str, rows: pa.Table | list[dict[str, Any]]) -> None:
        """Write rows of a table."""
        table = pa.Table.from_pylist(rows, schema=SCHEMAS[name]) if isinstance(rows, list) else rows
        if table.num_rows:
            with output_errors(self._path):
                self._sinks[name].write(table)


@contextmanager
def shard_tables(folder: RunFolder, shard: int, suffix: OutputFormat) -> Iterator[ShardTables]:
    """Give a writer of a shard's tables; its files appear, whole and on disk, when the block ends well.

    Each is written under a temporary name, flushed to the disk, and renamed. What a run that was
    killed has left under a temporary name is overwritten.
    """
    paths = {name: folder.table(name, shard, suffix) for name in TABLES}
    parts = {name: path.with_name(f".{path.name}.part") for name, path in paths.items()}
    with output_errors(folder.path):
        with ExitStack() as stack:
            sinks: dict[str, _Sink] = {}
            for name, part in parts.items():
                sinks[name] = _SINKS[suffix](part, SCHEMAS[name])
                stack.callback(sinks[name].close)
            yield ShardTables(sinks, folder.path)
        for part in parts.values():
            _flush(part)
        for name, path in paths.items():
            parts[name].replace(path)
            _flush(path.parent)


def shard_digest(folder: RunFolder, shard: int, suffix: OutputFormat) -> str:
    """Return the SHA-256 of a shard's files, one after the other.

    Raises:
        OSError: one of them is not there.

    """
    digest = hashlib.sha256()
    for name in TABLES:
        with folder.table(name, shard, suffix).open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def durable_text(path: Path, text: str) -> None:
    """Write a file that appears whole and on disk, or not at all."""
    part = path.with_name(f".{path.name}.part")
    with output_errors(path):
        part.write_text(text, encoding="utf-8")
        _flush(part)
        part.replace(path)
        _flush(path.parent)


def _flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
