"""A worker process: loads an extractor once, and works on one document after the other."""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from onrecord.archive.entry import Entry, Fingerprint
from onrecord.archive.extraction import ExtractorFactory, process_document
from onrecord.errors import OnRecordError
from onrecord.read.document import Document
from onrecord.settings import Settings


@dataclass(frozen=True, slots=True)
class Task:
    """A document and its position in the input."""

    position: int
    document: Document


@dataclass(frozen=True, slots=True)
class Ready:
    """The extractor is loaded."""

    identity: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """The extractor cannot be loaded, here or in any other worker."""

    error: OnRecordError


@dataclass(frozen=True, slots=True)
class Read:
    """The document is read; the worker waits to be told whether it is a copy."""

    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True)
class Done:
    """The document is done; the worker holds so much memory and waits for another."""

    entry: Entry
    megabytes: int


Message = Ready | Refused | Read | Done


def serve(parent: Connection, factory: ExtractorFactory, settings: Settings, peak_megabytes: int) -> None:
    """Work on what comes from the parent until it says None, or is gone, within so much memory."""
    # Ctrl-C goes to the whole group of processes; the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        extractor = factory(settings)
    except OnRecordError as error:
        parent.send(Refused(error))
        return
    parent.send(Ready(extractor.identity))
    _hold_within(peak_megabytes)

    def judge(_position: int, fingerprint: Fingerprint) -> bool:
        parent.send(Read(fingerprint))
        return bool(parent.recv())

    while (task := parent.recv()) is not None:
        entry = process_document(task.position, task.document, settings, extractor, judge)
        parent.send(Done(entry, _megabytes()))


def _end_with_parent() -> None:
    """End this process as soon as its parent has ended, even in the middle of a document."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _hold_within(megabytes: int) -> None:
    """Let what asks for more memory fail, in this process, before the system ends another one for it."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = megabytes << 20
    resource.setrlimit(
        resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )


def _megabytes() -> int:
    """Return the resident memory of this process; its peak where the system tells no more."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak // (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return pages * resource.getpagesize() >> 20
