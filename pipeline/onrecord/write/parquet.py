"""Claims and records as two Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq

from onrecord.records import ArticleRecord
from onrecord.write.tables import CLAIMS, RECORDS, Batch
from onrecord.write.targets import output_errors, whole_file
from onrecord.write.writer import Writer


class ParquetWriter(Writer):
    """Writes `out.parquet`, the flat claim table, and `out.records.parquet`, the whole records.

    The claim table has the columns of `ROW_FIELDS`, lists as lists of strings; the file of records
    has the columns `position`, `article_id`, `url`, `title`, `site`, `published`, `claims` (how many)
    and `record` (the record as JSON). The claim file names the other in its metadata, under
    `onrecord.records`, so `read_records` takes either. Both are written in row groups as records come.
    """

    def __init__(self, path: Path, claims: Path, records: Path, records_name: str) -> None:
        self._path = path
        self._batch = Batch()
        schema = CLAIMS.with_metadata({"onrecord.records": records_name})
        with output_errors(path):
            self._claims = pq.ParquetWriter(claims, schema, compression="zstd")
            self._records = pq.ParquetWriter(records, RECORDS, compression="zstd")

    def write(self, record: ArticleRecord) -> None:
        """Take one record; a row group is written when enough have come."""
        self._batch.add(record)
        if self._batch.is_full():
            self.flush()

    def flush(self) -> None:
        """Write the records that wait as a row group."""
        claims, records = self._batch.take()
        with output_errors(self._path):
            if claims.num_rows:
                self._claims.write_table(claims)
            if records.num_rows:
                self._records.write_table(records)

    def close(self) -> None:
        """End both files."""
        with output_errors(self._path):
            self._claims.close()
            self._records.close()


@contextmanager
def parquet_writer(path: Path) -> Iterator[ParquetWriter]:
    """Open both files; they appear under their names together when the block ends well."""
    beside = path.with_name(f"{path.stem}.records.parquet")
    with whole_file(path) as claims, whole_file(beside) as records:
        writer = ParquetWriter(path, claims, records, beside.name)
        try:
            yield writer
            writer.flush()
        finally:
            writer.close()
