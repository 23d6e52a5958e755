"""Reading the CSV files in which users bring their own places and actors.

They are checked whole before anything is done with them: the first row that cannot be used ends it, with
its line and the reason. Nothing of them is run, and their size is bounded.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

from onrecord.annotate.places.names import fold
from onrecord.errors import LexiconError
from onrecord.settings import read_own_bytes

MOST_ROWS = 200_000
MOST_NAMES = 100
"""Of one row."""
LONGEST_FIELD = 200
"""Characters of a name, a role or an id."""
MOST_WORDS = 20
"""Of one name."""
SEPARATOR = "|"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row with all columns, those left out being empty; `line` is where it stands in its file."""

    file: str
    line: int
    fields: Mapping[str, str]

    def fail(self, reason: str) -> NoReturn:
        """Raise LexiconError with file, line and reason."""
        raise LexiconError(f"{self.file}:{self.line}: {reason}")

    def one_of(self, column: str, known: Iterable[str]) -> str:
        """Return a field that has to be one of some words; empty where it is left out."""
        value = self.fields[column]
        if value and value not in known:
            self.fail(f"{column} {value!r} is none of {', '.join(known)}")
        return value

    def names(self, others: str) -> tuple[str, ...]:
        """Return the name and the other names, which stand in the column `others`."""
        if not self.fields["name"]:
            self.fail("the name is empty")
        given = (self.fields["name"], *self.fields[others].split(SEPARATOR))
        names = tuple(dict.fromkeys(" ".join(name.split()) for name in given if name.strip()))
        if len(names) > MOST_NAMES:
            self.fail(f"{len(names)} names; read are up to {MOST_NAMES}")
        for name in names:
            words = fold(name).split()
            if len("".join(words)) < 2:
                self.fail(f"the name {name!r} has fewer than two letters or digits")
            if len(words) > MOST_WORDS:
                self.fail(f"the name {name!r} has {len(words)} words; read are up to {MOST_WORDS}")
        return names

    def number(self, column: str, most: float) -> float | None:
        """Return a field that is a number between `-most` and `most`; None where it is left out."""
        if not self.fields[column]:
            return None
        try:
            value = float(self.fields[column])
        except ValueError:
            self.fail(f"{column} {self.fields[column]!r} is no number")
        if not -most <= value <= most:
            self.fail(f"{column} {value} is not between {-most:g} and {most:g}")
        return value


def read_own_rows(
    path: str | os.PathLike[str], required: tuple[str, ...], optional: tuple[str, ...]
) -> Iterator[OwnRow]:
    """Yield the rows of a user's CSV file: UTF-8, with a header, `external_id` being that of one row alone.

    Raises InputNotFoundError where there is no such file, and LexiconError, naming file, line and
    reason, where it cannot be used.
    """
    file = os.fspath(path)
    reader = csv.reader(io.StringIO(_text(file), newline=""), strict=True)
    columns = _header(OwnRow(file, 1, {}), next(_cells(file, reader), []), required, optional)
    empty = dict.fromkeys((*required, *optional), "")
    seen: dict[str, int] = {}
    for count, cells in enumerate((cells for cells in _cells(file, reader) if cells), 1):
        row = OwnRow(file, reader.line_num, empty)
        if count > MOST_ROWS:
            row.fail(f"more than {MOST_ROWS:,} rows; leave out what you do not need")
        if len(cells) != len(columns):
            row.fail(f"{len(cells)} fields where the header has {len(columns)}")
        row = OwnRow(
            file, reader.line_num, {**empty, **dict(zip(columns, map(str.strip, cells), strict=True))}
        )
        _check_fields(row)
        identifier = row.fields["external_id"]
        if identifier and identifier in seen:
            row.fail(f"external_id {identifier!r} stands in line {seen[identifier]} too")
        seen[identifier] = row.line
        yield row


def _text(file: str) -> str:
    raw = read_own_bytes(file)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise LexiconError(f"{file}:{line}: is not UTF-8; save it as UTF-8") from error


def _cells(file: str, reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield the rows of a CSV reader."""
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            line = getattr(reader, "line_num", 1)
            raise LexiconError(f"{file}:{line}: is no valid CSV: {error}") from error
        if cells is None:
            return
        yield cells


def _header(
    row: OwnRow, cells: list[str], required: tuple[str, ...], optional: tuple[str, ...]
) -> tuple[str, ...]:
    known = (*required, *optional)
    columns = tuple(cell.strip() for cell in cells)
    for column in required:
        if column not in columns:
            row.fail(f"the column {column} is missing; columns are {', '.join(known)}")
    for column in columns:
        if column not in known:
            row.fail(f"there is no column {column!r}; columns are {', '.join(known)}")
    if len(set(columns)) < len(columns):
        row.fail("a column stands twice")
    return columns


def _check_fields(row: OwnRow) -> None:
    for column, value in row.fields.items():
        for part in value.split(SEPARATOR):
            if len(part) > LONGEST_FIELD:
                row.fail(f"{column} has {len(part):,} characters; read are up to {LONGEST_FIELD}")
        if _CONTROL.search(value):
            row.fail(f"{column} holds a control character or a line break")
