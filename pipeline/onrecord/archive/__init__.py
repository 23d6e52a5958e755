"""Whole archives: deterministic shards, a ledger, worker processes that may die, and resuming."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.archive.disputes import run_disputes
    from onrecord.archive.extraction import DocumentExtractor, ExtractorFactory, ModelExtractor
    from onrecord.archive.failures import RunFailure, reopen_failures, run_failures
    from onrecord.archive.ledger import Counts
    from onrecord.archive.options import Limits, OutputFormat, RunOptions
    from onrecord.archive.progress import Event, Progress, write_metrics
    from onrecord.archive.ray_engine import RayEngine
    from onrecord.archive.run import LocalEngine, run_archive
    from onrecord.archive.status import RunStatus, run_status
    from onrecord.archive.views import opened_run, query_run

_HOMES = {
    "Counts": "ledger", "DocumentExtractor": "extraction", "Event": "progress",
    "ExtractorFactory": "extraction", "Limits": "options", "LocalEngine": "run",
    "ModelExtractor": "extraction", "OutputFormat": "options", "Progress": "progress",
    "RayEngine": "ray_engine", "RunFailure": "failures", "RunOptions": "options", "RunStatus": "status",
    "opened_run": "views", "query_run": "views", "reopen_failures": "failures", "run_archive": "run",
    "run_disputes": "disputes", "run_failures": "failures", "run_status": "status",
    "write_metrics": "progress",
}  # fmt: skip

__all__ = [
    "Counts", "DocumentExtractor", "Event", "ExtractorFactory", "Limits", "LocalEngine",
    "ModelExtractor", "OutputFormat", "Progress", "RayEngine", "RunFailure", "RunOptions", "RunStatus",
    "opened_run", "query_run", "reopen_failures", "run_archive", "run_disputes", "run_failures", "run_status",
    "write_metrics",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name on first use: worker processes need neither Arrow nor DuckDB."""
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord.archive' has no attribute {name!r}")
    return getattr(importlib.import_module(f"onrecord.archive.{_HOMES[name]}"), name)
