"""The flat claim table as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from onrecord.records import ROW_FIELDS, ArticleRecord
from onrecord.write.targets import ByteSink
from onrecord.write.writer import Writer

LIST_SEPARATOR = "; "
# Where a spreadsheet sees a formula begin (OWASP, "CSV Injection"), full width too: at the beginning of
# a cell, and within one behind what other settings take for the end of it. Half of Europe's split at
# semicolons.
_FORMULA = re.compile(r"^(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n])(?=[=+\-@＝＋－＠])")
_NUMBER = re.compile(r"[+-]\d+(?:[.,]\d+)*")


class ClaimCsvWriter(Writer):
    """Writes the flat claim table as CSV: RFC 4180, UTF-8 without a mark, a header line first.

    Lists are joined by "; ", null is an empty cell. Where a spreadsheet would see a formula begin, with one
    of = + - @ (also full width), a tab or a line break at the beginning of a cell or behind a semicolon,
    an apostrophe stands before it, which spreadsheets show as text; take another format where you need
    the words exactly. A number with a sign is left as it is. The same records give the same bytes.
    """

    def __init__(self, sink: ByteSink) -> None:
        self._sink = sink
        self._sink.write(spreadsheet_line(ROW_FIELDS).encode())

    def write(self, record: ArticleRecord) -> None:
        """Write a row for each claim of the record."""
        for row in record.to_rows():
            self._sink.write(spreadsheet_line(row[field] for field in ROW_FIELDS).encode())


def spreadsheet_line(cells: Iterable[Any]) -> str:
    """Return a line of CSV."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow(map(_cell, cells))
    return line.getvalue()


def _cell(value: Any) -> Any:
    """Return what stands in a cell for a value: a list joined, a text that no spreadsheet runs."""
    if isinstance(value, list):
        value = LIST_SEPARATOR.join(map(str, value))
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return _FORMULA.sub("'", value)
    return value
