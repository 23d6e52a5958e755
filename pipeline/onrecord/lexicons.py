"""Reading lexicons: the TOML and CSV files of `en_onrecord`, checked as they are read."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from onrecord.errors import LexiconError


def read_toml(path: str) -> dict[str, Any]:
    """Return the tables of a TOML file of `en_onrecord`, such as `claims/wording.toml`.

    Raises LexiconError, naming file and place, where the file is not TOML.
    """
    text = _read(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: not valid TOML: {error}; mend the file") from error


def read_csv(path: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a CSV file of `en_onrecord` with exactly these columns.

    Raises LexiconError, naming file and line, for another header or a row of another length.
    """
    rows = csv.reader(_read(path).splitlines())
    header = tuple(next(rows, ()))
    if header != columns:
        raise LexiconError(
            f"{path}:1: the columns are {', '.join(header)}; they have to be {', '.join(columns)}"
        )
    for row in rows:
        if not row:
            continue
        if len(row) != len(columns):
            raise LexiconError(f"{path}:{rows.line_num}: {len(row)} fields where {len(columns)} belong")
        yield rows.line_num, dict(zip(columns, row, strict=True))


def _read(path: str) -> str:
    try:
        return files("en_onrecord").joinpath(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read: {error}; reinstall the package") from error
