"""Whole records, one JSON object a line."""

from __future__ import annotations

from onrecord.records import ArticleRecord
from onrecord.write.targets import ByteSink
from onrecord.write.writer import Writer


class JsonlWriter(Writer):
    """Writes each record whole, as a line of JSON in UTF-8. The same records give the same bytes."""

    def __init__(self, sink: ByteSink) -> None:
        self._sink = sink

    def write(self, record: ArticleRecord) -> None:
        """Write one record as one line."""
        self._sink.write(record.model_dump_json().encode() + b"\n")
