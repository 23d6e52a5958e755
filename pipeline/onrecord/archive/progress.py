"""How far a run is: for people, for programs, and as a text file for Prometheus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.archive.ledger import Counts
from onrecord.archive.tables import durable_text


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands.

    `done` of `total` documents are done in all sessions; this session has done `here` in `seconds`.
    """

    total: int
    done: int
    here: Counts
    seconds: float

    @property
    def documents_a_second(self) -> float:
        """The rate of this session."""
        return self.here.documents / self.seconds if self.seconds else 0.0

    @property
    def words_a_second(self) -> float:
        """The rate of this session, in words of extracted articles."""
        return self.here.words / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take at the rate of this session; None before there is a rate."""
        rate = self.documents_a_second
        return (self.total - self.done) / rate if rate else None

    def described(self) -> dict[str, Any]:
        """Return the numbers by name, for a line of JSON."""
        left = self.seconds_left
        return {
            "documents": self.total,
            "done": self.done,
            "left": self.total - self.done,
            "failures": self.here.failures,
            "words_a_second": round(self.words_a_second),
            "documents_a_second": round(self.documents_a_second, 2),
            "seconds_left": None if left is None else round(left),
        }


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a run reports: its `name`, and facts by name; with `progress` each second."""

    name: str
    facts: dict[str, Any]
    progress: Progress | None = None


Report = Callable[[Event], None]
"""Is told what happens in a run, in the process that runs it."""


def write_metrics(path: Path, progress: Progress) -> None:
    """Write the numbers as a text file for the textfile collector of Prometheus' node exporter.

    Raises:
        OutputError: it cannot be written.

    """
    gauges = {
        "documents": ("documents in the plan", progress.total),
        "documents_done": ("documents that are done", progress.done),
        "session_documents": ("documents that this session has done", progress.here.documents),
        "session_failures": ("failures of this session", progress.here.failures),
        "session_words": ("words that this session has extracted", progress.here.words),
        "session_seconds": ("how long this session has lasted", round(progress.seconds, 3)),
    }
    lines = [
        f"# HELP onrecord_{name} {meaning}\n# TYPE onrecord_{name} gauge\nonrecord_{name} {value}\n"
        for name, (meaning, value) in gauges.items()
    ]
    durable_text(path, "".join(lines))
