"""Articles in the rows of Parquet files and DuckDB tables."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.read.bombs import bomb, is_bomb
from onrecord.read.document import Document
from onrecord.read.opening import split_table
from onrecord.read.outcome import Rejection
from onrecord.read.tables import read_only

_FIELDS = ("id", "text", "html", "title", "published", "url", "site", "byline", "language")
_CONTENT = frozenset({"text", "html"})
# Rows that are held at once: more of DuckDB, which unpacks 2,048 for every query.
_BATCH = 8
_WINDOW = 256


def parquet_documents(name: str, file: BinaryIO, mark: tuple[int, ...] = ()) -> Iterator[Document]:
    """Yield the rows of a Parquet file, from a mark on; `place` holds the number of the `row`.

    Columns are named as the fields of the JSON input: `text` or `html`, and any of the others.

    Raises:
        Rejection: it is no Parquet file, or has neither column.

    """
    packed = file.seek(0, io.SEEK_END)
    try:
        with pq.ParquetFile(file) as table:
            columns = [column for column in _FIELDS if column in table.schema_arrow.names]
            if not _CONTENT & set(columns):
                raise Rejection("unsupported", "there is no column `text` or `html`")
            first = mark[0] if mark else 0
            end = 0
            for group in range(table.num_row_groups):
                metadata = table.metadata.row_group(group)
                start, end = end, end + metadata.num_rows
                if end > first:
                    yield from _group_documents(name, table, group, start, first, columns, packed)
    except pa.ArrowException as error:
        raise Rejection("unreadable", f"this is no whole Parquet file: {error}") from error


def _group_documents(
    name: str, table: pq.ParquetFile, group: int, row: int, first: int, columns: list[str], packed: int
) -> Iterator[Document]:
    """Yield the rows of a row group, which begins with the given row, from the first that is asked for on.

    Where they unpack to a bomb, measured by the `packed` bytes of the file, those that are left are one
    document with a problem. (The sizes of a column would say more, but pyarrow ends the process where a
    damaged file has them wrong.)
    """
    # One value may stand for a million rows, which only shows as they are read.
    unpacked = 0
    if not is_bomb(packed, table.metadata.row_group(group).total_byte_size):
        for batch in table.iter_batches(_BATCH, row_groups=[group], columns=columns):
            unpacked += batch.nbytes
            if is_bomb(packed, unpacked):
                break
            for number, fields in enumerate(batch.to_pylist(), row):
                if number >= first:
                    yield _row_document(name, number, fields)
            row += len(batch)
        else:
            return
    yield Document(name, "row", mark=(row,), place={"row": row}, problem=bomb())


def duckdb_documents(name: str, mark: tuple[int, ...] = ()) -> Iterator[Document]:
    """Yield the rows of the table of a DuckDB file that has a column `text` or `html`, from a mark on.

    `name` is the path, or `path:table` where several tables have such a column. `place` holds the
    `rowid` of the row.

    Raises:
        Rejection: it is no DuckDB file, or no table, or more than one, holds articles.

    """
    path, wanted = split_table(name)
    try:
        with read_only(path) as connection:
            table, columns = _article_table(connection, wanted)
            selected = ", ".join(f'"{column}"' for column in columns)
            # Some rows a query: the result of one, and its sorting, would hold all of a table.
            query = f"SELECT rowid, {selected} FROM {_quoted(table)} WHERE rowid BETWEEN ? AND ? ORDER BY 1"
            following = f"SELECT min(rowid) FROM {_quoted(table)} WHERE rowid >= ?"
            start = mark[0] if mark else 0
            while (found := connection.execute(following, [start]).fetchone()) and found[0] is not None:
                start = found[0] + _WINDOW
                for number, *values in connection.execute(query, [found[0], start - 1]).fetchall():
                    yield _row_document(name, number, dict(zip(columns, values, strict=True)))
    except duckdb.OutOfMemoryException as error:
        raise Rejection("too_large", f"the rows of the database do not fit into memory: {error}") from error
    except duckdb.Error as error:
        raise Rejection("unreadable", f"the database cannot be read: {error}") from error


def _article_table(connection: duckdb.DuckDBPyConnection, wanted: str | None) -> tuple[str, list[str]]:
    tables: dict[str, list[str]] = {}
    # Tables alone: a view is a query of whoever made the file.
    for table, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() SEMI JOIN duckdb_tables() USING (table_oid)"
        " WHERE NOT internal ORDER BY 1, column_index"
    ).fetchall():
        tables.setdefault(table, []).append(column)
    named = {table: columns for table, columns in tables.items() if wanted in (None, table)}
    articles = {table: columns for table, columns in named.items() if _CONTENT & set(columns)}
    if len(articles) != 1:
        which = f"tables {', '.join(articles)} have" if articles else "no table has"
        raise Rejection(
            "unsupported", f"{which} a column `text` or `html`; name one table as FILE.duckdb:TABLE"
        )
    ((table, columns),) = articles.items()
    return table, [column for column in _FIELDS if column in columns]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _row_document(name: str, number: int, fields: Mapping[str, Any]) -> Document:
    row = {key: _plain(value) for key, value in fields.items() if value is not None}
    return Document(name, "row", row=row, mark=(number,), place={"row": number})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value
