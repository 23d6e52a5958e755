"""The records in Parquet and DuckDB files that `onrecord.write` wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.errors import InvalidRecordError

_BATCH = 64
_CONFINED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "memory_limit": "2GB",
    "temp_directory": "",
}


def read_only(path: str) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file so that nothing in it reaches another file or the network, or fills memory or disk.

    Raises:
        duckdb.Error: it is no DuckDB file.

    """
    return duckdb.connect(path, read_only=True, config=_CONFINED)


def records_beside(path: Path) -> Path | None:
    """Return the file of records that a Parquet file of claims names, or None for any other file.

    Raises:
        InvalidRecordError: it is no Parquet file.

    """
    try:
        metadata = pq.read_schema(path).metadata or {}
    except pa.ArrowInvalid as error:
        raise InvalidRecordError(f"{path}: no Parquet file: {error}") from error
    name = metadata.get(b"onrecord.records")
    return path.with_name(name.decode()) if name else None


def parquet_rows(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the place and the JSON of each record of a Parquet file, or of the one that it names.

    Raises:
        InvalidRecordError: it is no Parquet file, or holds no records.

    """
    path = records_beside(path) or path
    with pq.ParquetFile(path) as file:
        if "record" not in file.schema_arrow.names:
            raise InvalidRecordError(f"{path}: there is no column `record`")
        row = 0
        for batch in file.iter_batches(_BATCH, columns=["record"]):
            for raw in batch.column(0).to_pylist():
                row += 1
                yield f"{path}, row {row}", raw


def duckdb_rows(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the place and the JSON of each record in the table `records` of a DuckDB file.

    Raises:
        InvalidRecordError: it is no DuckDB file, or has no such table.

    """
    path.stat()
    try:
        with read_only(str(path)) as connection:
            found = connection.execute("SELECT record FROM records ORDER BY position")
            row = 0
            while rows := found.fetchmany(_BATCH):
                for (raw,) in rows:
                    row += 1
                    yield f"{path}, table records, row {row}", raw
    except duckdb.Error as error:
        raise InvalidRecordError(f"{path}: no records that onrecord wrote: {error}") from error
