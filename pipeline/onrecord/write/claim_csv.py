"""The flat claim table as CSV."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from onrecord.records import ROW_FIELDS, ArticleRecord
from onrecord.write.targets import ByteSink
from onrecord.write.writer import Writer

LIST_SEPARATOR = "; "
# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), full width too.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


class ClaimCsvWriter(Writer):
    """Writes the flat claim table as CSV: RFC 4180, UTF-8 without a mark, a header line first.

    Lists are joined by "; ", null is an empty cell. A text that a spreadsheet would run as a formula,
    because it begins with one of = + - @ (also full width), a tab or a line break, gets an
    apostrophe before it, which spreadsheets show as text; strip it where you need the words exactly, or take
    another format. The same records give the same bytes.
    """

    def __init__(self, sink: ByteSink) -> None:
        self._sink = sink
        self._put(ROW_FIELDS)

    def write(self, record: ArticleRecord) -> None:
        """Write a row for each claim of the record."""
        for row in record.to_rows():
            self._put(tuple(spreadsheet_cell(row[field]) for field in ROW_FIELDS))

    def _put(self, cells: tuple[Any, ...]) -> None:
        line = io.StringIO(newline="")
        csv.writer(line).writerow(cells)
        self._sink.write(line.getvalue().encode())


def spreadsheet_cell(value: Any) -> Any:
    """Return what stands in a cell for a value: a list joined, a text that no spreadsheet runs."""
    if isinstance(value, list):
        value = LIST_SEPARATOR.join(value)
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
