"""Opening a writer by format or by the name of its file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Literal, get_args

from onrecord.errors import InvalidSettingError
from onrecord.write.claim_csv import ClaimCsvWriter
from onrecord.write.jsonl import JsonlWriter
from onrecord.write.targets import Target, byte_sink
from onrecord.write.writer import Writer

Format = Literal["jsonl", "csv", "parquet", "duckdb"]
_SUFFIXES: dict[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".duckdb": "duckdb",
}


def format_of(path: str | os.PathLike[str]) -> Format:
    """Return the format that the suffix of a file's name means.

    Raises:
        InvalidSettingError: it means none.

    """
    suffix = Path(path).suffix.lower()
    if suffix not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise InvalidSettingError(
            f"{os.fspath(path)}: no format has the suffix {suffix!r}; name the format, or use {known}"
        )
    return _SUFFIXES[suffix]


@contextmanager
def open_writer(target: Target, format: Format | None = None) -> Iterator[Writer]:  # noqa: A002
    """Give a writer of records to a file or stream; the file appears when the block ends well.

    `jsonl` holds whole records, `csv` the flat claim table, `parquet` both in two files (see
    `ParquetWriter`), `duckdb` both and the failures as tables. A stream takes `jsonl` or `csv`,
    is left open, and is `jsonl` unless said otherwise; for a file the suffix decides.

    Raises:
        InvalidSettingError: an unknown format, a suffix that means none, a format that needs a file.
        OutputError: the output cannot be written; names the file and the reason.

    """
    chosen = format or (format_of(target) if isinstance(target, str | os.PathLike) else "jsonl")
    if chosen not in get_args(Format):
        raise InvalidSettingError(
            f"there is no format {chosen!r}; the formats are {', '.join(get_args(Format))}"
        )
    if chosen in ("parquet", "duckdb"):
        if not isinstance(target, str | os.PathLike):
            raise InvalidSettingError(f"{chosen} needs a file: it cannot be written to a stream")
        with _table_writer(Path(target), chosen) as writer:
            yield writer
        return
    with byte_sink(target) as sink:
        yield JsonlWriter(sink) if chosen == "jsonl" else ClaimCsvWriter(sink)


def _table_writer(path: Path, format_: str) -> AbstractContextManager[Writer]:
    # pyarrow and duckdb take half a second to import, which the other formats need not wait for.
    if format_ == "parquet":
        from onrecord.write.parquet import parquet_writer  # noqa: PLC0415

        return parquet_writer(path)
    from onrecord.write.duckdb_file import duckdb_writer  # noqa: PLC0415

    return duckdb_writer(path)
