"""How far a run is, whether or not it is under way, without disturbing it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from onrecord.archive.folder import RunFolder
from onrecord.archive.ledger import Counts, Ledger, Session

State = Literal["planning", "running", "stopped", "finished"]

# The key with which an entry that failed begins this part; inside a text its quotation marks are escaped.
_FAILED = b'"failure": {'


@dataclass(frozen=True, slots=True)
class RunStatus:
    """What is done of a run.

    `done` and `failed` count all documents that need no more work; `written` what stands in finished
    shards. The rates are those of the latest session.
    """

    state: State
    documents: int
    done: int
    failed: int
    shards: int
    shards_done: int
    written: Counts
    session: Session | None

    @property
    def left(self) -> int:
        """How many documents are left."""
        return self.documents - self.done

    @property
    def words_a_second(self) -> float:
        """Words of extracted articles a second."""
        return self.session.words / self.session.seconds if self.session and self.session.seconds else 0.0

    @property
    def documents_a_second(self) -> float:
        """Documents a second, copies and failures among them."""
        return self.session.documents / self.session.seconds if self.session and self.session.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at that rate, None where there is none."""
        return self.left / self.documents_a_second if self.documents_a_second else None


def run_status(out: str | os.PathLike[str]) -> RunStatus:
    """Return how far the run in a folder is.

    Raises:
        InputNotFoundError: there is no run in the folder.

    """
    folder = RunFolder(out)
    folder.check()
    is_running = folder.is_locked()
    with Ledger(folder.ledger, read_only=True) as ledger:
        is_planned = bool(ledger.fact("planned"))
        unfinished = [shard.number for shard in ledger.unfinished()] if is_planned else []
        written, shards_done, shards, documents = ledger.counts()
        session = ledger.last_session()
    done, failed = written.documents, written.failures
    for number in unfinished:
        for line in _lines(folder, number):
            done += 1
            failed += _FAILED in line
    state: State = "finished" if is_planned and not unfinished else "stopped"
    if is_running:
        state = "running" if is_planned else "planning"
    return RunStatus(state, documents, done, failed, shards, shards_done, written, session)


def _lines(folder: RunFolder, number: int) -> Iterator[bytes]:
    with suppress(FileNotFoundError), folder.journal(number).open("rb") as file:
        yield from (line for line in file if line.endswith(b"\n"))
