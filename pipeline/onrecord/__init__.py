"""News articles in, structured claim records out: who said what, about which figures, places and dates."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from onrecord.version import __version__

if TYPE_CHECKING:
    from onrecord import places
    from onrecord.errors import OnRecordError
    from onrecord.extractor import Extractor, extract, extract_many, load
    from onrecord.read import read_paths, read_records
    from onrecord.records import Article, ArticleRecord, Failure
    from onrecord.settings import Settings

_HOMES = {
    "Article": "records", "ArticleRecord": "records", "Extractor": "extractor", "Failure": "records",
    "OnRecordError": "errors", "Settings": "settings", "extract": "extractor", "extract_many": "extractor",
    "load": "extractor", "read_paths": "read", "read_records": "read",
}  # fmt: skip

__all__ = [
    "Article", "ArticleRecord", "Extractor", "Failure", "OnRecordError", "Settings", "__version__",
    "extract", "extract_many", "load", "places", "read_paths", "read_records",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that `import onrecord` costs nothing."""
    if name == "places":
        return importlib.import_module("onrecord.places")
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    return getattr(importlib.import_module(f"onrecord.{_HOMES[name]}"), name)
