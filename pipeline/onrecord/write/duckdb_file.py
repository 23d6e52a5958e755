"""Claims, records and failures as tables of a DuckDB file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import duckdb
import pyarrow as pa

from onrecord.errors import OutputError
from onrecord.records import ArticleRecord, Failure
from onrecord.write.tables import CLAIMS, RECORDS, Batch
from onrecord.write.targets import output_errors, whole_file
from onrecord.write.writer import Writer

_FAILURES: pa.Schema = pa.schema(
    [
        pa.field("code", pa.string(), nullable=False),
        pa.field("input", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("line", pa.int64()),
        pa.field("article_id", pa.string()),
    ]
)
_TABLES = {"claims": CLAIMS, "records": RECORDS, "failures": _FAILURES}


class DuckdbWriter(Writer):
    """Writes the tables `claims` (flat, as `ROW_FIELDS`), `records` (whole, as JSON) and `failures`.

    `claims.article_id` and `records.article_id` join them; `records.position` is the order of writing.
    """

    takes_failures: ClassVar[bool] = True

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._batch = Batch()
        self._failures: list[Failure] = []
        for name, schema in _TABLES.items():
            self._connection.from_arrow(schema.empty_table()).create(name)

    def write(self, record: ArticleRecord) -> None:
        """Take one record; the tables grow when enough have come."""
        self._batch.add(record)
        if self._batch.is_full():
            self.flush()

    def fail(self, failure: Failure) -> None:
        """Take one failure."""
        self._failures.append(failure)

    def flush(self) -> None:
        """Write the records and failures that wait."""
        claims, records = self._batch.take()
        rows = [failure.model_dump() for failure in self._failures]
        failures = pa.Table.from_pylist(rows, schema=_FAILURES)
        self._failures = []
        for name, table in (("claims", claims), ("records", records), ("failures", failures)):
            if table.num_rows:
                self._connection.from_arrow(table).insert_into(name)


@contextmanager
def duckdb_writer(path: Path) -> Iterator[DuckdbWriter]:
    """Open a new DuckDB file that replaces the one of that name when the block ends well."""
    if "?" in str(path.resolve()):
        raise OutputError(f"{path}: DuckDB takes what follows a ? in a path for options; name it otherwise")
    with whole_file(path) as part:
        try:
            with duckdb.connect(str(part)) as connection:
                writer = DuckdbWriter(connection)
                yield writer
                writer.flush()
        except duckdb.Error as error:
            raise OutputError(f"{path}: cannot be written: {error}") from error
    # A log beside the target belonged to the database that was replaced.
    with output_errors(path):
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
