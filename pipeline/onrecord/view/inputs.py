"""Whether a file or folder holds records, to be shown as they are, or articles, to be read first."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path

from onrecord.records import ArticleRecord

_TABLES = frozenset({".parquet", ".duckdb"})
_JSON = frozenset({".json", ".jsonl", ".ndjson"})
_HEAD_BYTES = 4_096
_FIRST_KEY = re.compile(rb'\s*(?:\[\s*)?\{\s*"(\w+)"\s*:')
_BOM = b"\xef\xbb\xbf"


def holds_records(path: Path) -> bool:
    """Whether that is a file of records, or a folder whose first JSON, Parquet or DuckDB file is one.

    A JSON object is a record where its first key is a field of records; what cannot be opened is none.
    """
    if path.is_dir():
        visible = (
            file
            for file in sorted(path.rglob("*"))
            if not any(part.startswith(".") for part in file.relative_to(path).parts)
        )
        path = next((file for file in visible if _suffix(file) in _TABLES | _JSON), path)
    if _suffix(path) in _TABLES:
        return True
    if _suffix(path) not in _JSON:
        return False
    key = _FIRST_KEY.match(_head(path))
    return key is not None and key[1].decode() in ArticleRecord.model_fields


def _suffix(path: Path) -> str:
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()


def _head(path: Path) -> bytes:
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            return file.read(_HEAD_BYTES).removeprefix(_BOM)
    except (OSError, EOFError, zlib.error):
        return b""
