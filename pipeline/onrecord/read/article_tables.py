"""Articles in the rows of Parquet files and DuckDB tables."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.read.document import Document
from onrecord.read.opening import split_table
from onrecord.read.outcome import Rejection
from onrecord.read.tables import read_only

_FIELDS = ("id", "text", "html", "title", "published", "url", "site", "byline", "language")
_CONTENT = frozenset({"text", "html"})
_BATCH = 64


def parquet_documents(name: str, file: BinaryIO, mark: tuple[int, ...] = ()) -> Iterator[Document]:
    """Yield the rows of a Parquet file, from a mark on; `place` holds the number of the `row`.

    Columns are named as the fields of the JSON input: `text` or `html`, and any of the others.

    Raises:
        Rejection: it is no Parquet file, or has neither column.

    """
    try:
        with pq.ParquetFile(file) as table:
            columns = [column for column in _FIELDS if column in table.schema_arrow.names]
            if not _CONTENT & set(columns):
                raise Rejection("unsupported", "there is no column `text` or `html`")
            first = mark[0] if mark else 0
            row = 0
            groups: list[int] = []
            for group in range(table.num_row_groups):
                size = table.metadata.row_group(group).num_rows
                if row + size > first or groups:
                    groups.append(group)
                else:
                    row += size
            for batch in table.iter_batches(_BATCH, row_groups=groups, columns=columns):
                if row + len(batch) > first:
                    for number, fields in enumerate(batch.to_pylist(), row):
                        if number >= first:
                            yield _row_document(name, number, fields)
                row += len(batch)
    except pa.ArrowException as error:
        raise Rejection("unreadable", f"this is no whole Parquet file: {error}") from error


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
            found = connection.execute(
                f"SELECT rowid, {selected} FROM {_quoted(table)} WHERE rowid >= ? ORDER BY rowid",
                [mark[0] if mark else 0],
            )
            while rows := found.fetchmany(_BATCH):
                for number, *values in rows:
                    yield _row_document(name, number, dict(zip(columns, values, strict=True)))
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
