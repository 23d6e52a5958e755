"""Records as JSON objects from files, by whichever system wrote them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from onrecord.errors import InputNotFoundError, InvalidRecordError

_TABLES = (".parquet", ".duckdb")

Located = tuple[str, dict[str, Any]]
"""Where a record comes from (file, with the line where it is one), and the record."""


def read_predictions(path: Path) -> list[dict[str, Any]]:
    """Return the predicted records of a .jsonl, .json, .parquet or .duckdb file or a folder of such.

    JSON may come from any system: what it lacks counts as not said. Raises InputNotFoundError where
    there is nothing, InvalidRecordError for what is no ArticleRecord.
    """
    return [record for _, record in read_objects(path)]


def read_objects(path: Path) -> list[Located]:
    """Return the records of a file or of the files directly in a folder, in the order of their names."""
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.suffix in (".json", ".jsonl", *_TABLES))
    else:
        found = [path]
    records = [record for one in found for record in _read_file(one)]
    if not records:
        raise InputNotFoundError(f"{path}: no records there; name a .json or .jsonl file or a folder of them")
    for origin, record in records:
        if not isinstance(record, dict) or not isinstance(record.get("article"), dict):
            raise InvalidRecordError(f"{origin}: not an ArticleRecord: it has no article")
    return records


def _read_file(path: Path) -> list[Located]:
    if path.suffix in _TABLES:
        from onrecord.read import read_records  # noqa: PLC0415  needs duckdb, which JSON does not

        return [(str(path), record.model_dump()) for record in read_records(path)]
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputNotFoundError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InvalidRecordError(f"{path}: not UTF-8: {error}") from error
    try:
        whole = json.loads(content)
    except (json.JSONDecodeError, RecursionError):
        return _read_lines(path, content)
    rows = whole if isinstance(whole, list) else [whole]
    return [(str(path) if len(rows) == 1 else f"{path}: record {n}", row) for n, row in enumerate(rows, 1)]


def _read_lines(path: Path, content: str) -> list[Located]:
    records: list[Located] = []
    # Not splitlines: U+2028 and its like may stand unescaped inside a JSON string.
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            try:
                records.append((f"{path}:{number}", json.loads(line)))
            except (json.JSONDecodeError, RecursionError) as error:
                raise InvalidRecordError(f"{path}:{number}: not JSON: {error}") from error
    return records
