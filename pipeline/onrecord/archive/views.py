"""Looking at the output of a run with SQL: a DuckDB view for each of its tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.archive.folder import TABLES, RunFolder
from onrecord.archive.ledger import Ledger
from onrecord.archive.options import OutputFormat
from onrecord.archive.tables import SCHEMAS
from onrecord.errors import InvalidSettingError, OutputError
from onrecord.write.targets import whole_file

_TYPES = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.list_(pa.string()): "VARCHAR[]",
}
# A PIVOT is several statements to DuckDB, none of which writes but to memory.
_QUERIES = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.MULTI})


def write_view_file(folder: RunFolder, suffix: OutputFormat) -> None:
    """Write `claims.duckdb`, which shows all shards as the tables of one database.

    Its views name the folder as it is now: where that is moved, `run --resume` writes them anew.
    """
    try:
        with whole_file(folder.views) as part, duckdb.connect(str(part)) as connection:
            _create_views(connection, folder, suffix)
    except duckdb.Error as error:
        raise OutputError(f"{folder.views}: cannot be written: {error}") from error


@contextmanager
def opened_run(out: str | os.PathLike[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection that has the tables of a run as views, and reaches nothing outside its folder.

    What of the run is done by now is there; a run that goes on meanwhile is not disturbed. What is
    asked through `query_run` writes nothing either.

    Raises:
        InputNotFoundError: there is no run in the folder.

    """
    folder = RunFolder(out)
    folder.check()
    with Ledger(folder.ledger, read_only=True) as ledger:
        suffix = ledger.fact("options")["format"]
    with duckdb.connect() as connection:
        _create_views(connection, folder, suffix)
        # A query is anyone's text: no file outside the folder is read or written for it.
        connection.execute(f"SET allowed_directories = [{_literal(folder.path.resolve())}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


def query_run(
    connection: duckdb.DuckDBPyConnection, sql: str
) -> tuple[list[str], Iterator[tuple[object, ...]]]:
    """Return the names of the columns and the rows that a query gives.

    Raises:
        InvalidSettingError: it is no valid query, or more than a query: also while rows are asked for.

    """
    with _query_errors():
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type not in _QUERIES:
            raise InvalidSettingError("only one query can be answered, a SELECT: nothing is written to a run")
        found = connection.execute(statements[0])
        columns = [column[0] for column in found.description or ()]
    return columns, _rows(found)


def _rows(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while True:
        with _query_errors():
            rows = found.fetchmany(1000)
        if not rows:
            return
        yield from rows


@contextmanager
def _query_errors() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise InvalidSettingError(f"the query cannot be answered: {error}") from error


def _create_views(connection: duckdb.DuckDBPyConnection, folder: RunFolder, suffix: OutputFormat) -> None:
    for name in TABLES:
        connection.execute(f"CREATE VIEW {name} AS {_select(folder, name, suffix)}")


def _select(folder: RunFolder, name: str, suffix: OutputFormat) -> str:
    parts = (folder.path / name).resolve()
    types = {field.name: _TYPES[field.type] for field in SCHEMAS[name]}
    if not any(parts.glob(f"shard-*.{suffix}")):
        columns = ", ".join(f'NULL::{kind} AS "{column}"' for column, kind in types.items())
        return f"SELECT {columns} WHERE false"
    pattern = _literal(parts / f"shard-*.{suffix}")
    if suffix == "parquet":
        return f"SELECT * FROM read_parquet({pattern})"
    columns = ", ".join(f"'{column}': '{kind}'" for column, kind in types.items())
    return f"SELECT * FROM read_json({pattern}, format = 'newline_delimited', columns = {{{columns}}})"


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
