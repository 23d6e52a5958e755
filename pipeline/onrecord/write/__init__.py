"""Writing: records become JSON Lines, CSV, Parquet or DuckDB files."""

from onrecord.write.open import Format, format_of, open_writer
from onrecord.write.writer import Writer

__all__ = ["Format", "Writer", "format_of", "open_writer"]
