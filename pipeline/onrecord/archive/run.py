"""A run over archives, from the plan to the last shard.

    plan      all sources are gone through once; the ledger keeps which documents make up each shard
    extract   an engine works on documents in any order; the journal of their shard keeps what comes
    finish    shards are written in order, when all before them are: so that a copy finds its original

Killed at any moment, a run that is resumed does what is missing, and its output is the same.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any, Protocol

from onrecord.annotate.own_files import check_own_files
from onrecord.archive.duplicates import DuplicateIndex
from onrecord.archive.entry import Entry, Fingerprint
from onrecord.archive.extraction import Check, ExtractorFactory, Judge, ModelExtractor
from onrecord.archive.folder import RunFolder
from onrecord.archive.journal import Journal
from onrecord.archive.ledger import Counts, Ledger
from onrecord.archive.options import Limits, RunOptions
from onrecord.archive.plan import Shard, ShardReader, plan_shards
from onrecord.archive.pool import Pool
from onrecord.archive.progress import Event, Progress, Report
from onrecord.archive.shards import write_shard
from onrecord.archive.tables import durable_text, shard_digest
from onrecord.archive.views import write_view_file
from onrecord.archive.worker import Task
from onrecord.errors import InvalidSettingError

_PROGRESS_SECONDS = 1.0


class RunEngine(Protocol):
    """Works on the documents of shards."""

    def process(
        self, shards: Iterator[tuple[Shard, frozenset[int]]], judge: Judge, check: Check
    ) -> Iterator[Entry]:
        """Yield what becomes of the documents of shards but those at the positions that are done."""


class LocalEngine:
    """Worker processes on this machine; see `Pool`."""

    def __init__(self, factory: ExtractorFactory, options: RunOptions, limits: Limits) -> None:
        self._pool = Pool(factory, options.settings, limits)
        self._reader = ShardReader(options.settings)

    def process(
        self, shards: Iterator[tuple[Shard, frozenset[int]]], judge: Judge, check: Check
    ) -> Iterator[Entry]:
        """Yield what becomes of the documents, each as soon as it is done."""
        tasks = (
            Task(position, document)
            for shard, done in shards
            for position, document in self._reader.documents(shard, done)
        )
        return self._pool.process(tasks, judge, check)


def run_archive(
    out: str | os.PathLike[str],
    options: RunOptions,
    limits: Limits | None = None,
    *,
    resume: bool = False,
    restart: bool = False,
    factory: ExtractorFactory = ModelExtractor,
    engine: RunEngine | None = None,
    report: Report = lambda _event: None,
) -> Counts:
    """Extract all documents of the sources into a folder; return the counts of the whole run.

    Args:
        out: the folder; made where it is not there.
        options: what is read and written.
        limits: what may be used.
        resume: go on with the run in the folder, where there is one.
        restart: remove the run in the folder, and begin anew.
        factory: makes the extractor of each worker.
        engine: works on the documents; else worker processes on this machine.
        report: is told what happens.

    Raises:
        InvalidSettingError: the folder holds a run and neither `resume` nor `restart` is set; or its
            options or its extractor were others.
        InputNotFoundError: a source does not exist, or is gone or has changed since the plan.
        OutputError: another run is under way in the folder, or it cannot be written to.
        LexiconError: a file of the user's own places or actors cannot be used.

    """
    check_own_files(options.settings)
    folder = RunFolder(out)
    limits = limits or Limits()
    with ExitStack() as stack:
        stack.enter_context(folder.locked())
        if folder.holds_run():
            if not (resume or restart):
                raise InvalidSettingError(
                    f"{folder.path}: holds a run already; --resume goes on with it, --restart begins anew"
                )
            if restart:
                folder.clear()
        folder.make()
        ledger = stack.enter_context(Ledger(folder.ledger))
        _check_options(folder, ledger, options)
        if not ledger.fact("planned"):
            report(Event("planning", {"sources": list(options.sources)}))
            ledger.plan(plan_shards(options.sources, options.settings, options.shard_size))
        _reopen_lost(folder, ledger, options)
        index = DuplicateIndex(folder.index)
        stack.callback(index.close)
        run = _Run(folder, ledger, index, options, report)
        run.work(engine or LocalEngine(factory, options, limits), limits.workers)
        return run.conclude()


def _check_options(folder: RunFolder, ledger: Ledger, options: RunOptions) -> None:
    wanted = options.described()
    known = ledger.fact("options")
    if known is None:
        ledger.set_facts({"options": wanted})
        return
    if changes := _changes(_comparable(known), _comparable(wanted)):
        raise InvalidSettingError(
            f"{folder.path}: the run there was begun with other settings: {changes}; "
            "resume it with those, or begin anew with --restart"
        )
    # A file of the user's own may lie elsewhere by now.
    ledger.set_facts({"options": wanted})


def _comparable(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options with the user's own files as a record knows them: by name and content."""
    return {
        name: {key: value[key] for key in value if key != "path"} if isinstance(value, dict) else value
        for name, value in options.items()
    }


def _changes(known: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return what differs, by name: "format was 'parquet', now 'jsonl'"."""
    different = [name for name in {**known, **now} if known.get(name) != now.get(name)]
    return "; ".join(f"{name} was {known.get(name)!r}, now {now.get(name)!r}" for name in different)


def _reopen_lost(folder: RunFolder, ledger: Ledger, options: RunOptions) -> None:
    """Mark shards as not done whose files are gone or are not what was written."""
    lost = []
    for number, digest, _ in ledger.digests():
        try:
            is_whole = shard_digest(folder, number, options.format) == digest
        except OSError:
            is_whole = False
        if not is_whole:
            lost.append(number)
    ledger.reopen(lost)


class _Run:
    """One session of a run: takes what the engine yields to the journals, and finishes shards."""

    def __init__(
        self,
        folder: RunFolder,
        ledger: Ledger,
        index: DuplicateIndex,
        options: RunOptions,
        report: Report,
    ) -> None:
        self._folder = folder
        self._ledger = ledger
        self._index = index
        self._options = options
        self._report = report
        self._open: dict[int, tuple[Shard, Journal]] = {}
        self._here = Counts()
        finished, _, _, self._total = ledger.counts()
        self._done = finished.documents
        self._started = self._noted = time.monotonic()
        self._session = 0
        self._is_ready = False

    def work(self, engine: RunEngine, workers: int) -> None:
        """Do what is not done yet, and write every shard."""
        self._session = self._ledger.begin_session(workers)
        self._tell("started", {"workers": workers, "documents": self._total})
        for entry in engine.process(self._shards(), self._judge, self._check):
            self._take(entry)
        self._note()

    def conclude(self) -> Counts:
        """Write the manifest and the view file; return the counts of the whole run."""
        counts, _, _, _ = self._ledger.counts()
        manifest = {
            "options": self._ledger.fact("options"),
            "extractor": self._ledger.fact("extractor"),
            "counts": {name: getattr(counts, name) for name in Counts.__slots__},
            "shards": [
                {"number": number, "sha256": digest, "documents": of.documents}
                for number, digest, of in self._ledger.digests()
            ],
        }
        durable_text(self._folder.manifest, json.dumps(manifest, indent=1) + "\n")
        write_view_file(self._folder, self._options.format)
        self._tell("finished", manifest["counts"])
        return counts

    def _shards(self) -> Iterator[tuple[Shard, frozenset[int]]]:
        """Open the journals of the shards that are not done, in order, as the engine asks for them."""
        for shard in self._ledger.unfinished():
            journal = Journal(self._folder.journal(shard.number))
            self._open[shard.number] = (shard, journal)
            self._done += len(journal)
            for entry in journal.entries():
                if entry.fingerprint is not None:
                    self._index.add(entry.position, entry.fingerprint)
            if len(journal) == shard.documents:
                self._finish_in_order()
            else:
                yield shard, journal.positions

    def _judge(self, position: int, fingerprint: Fingerprint) -> bool:
        match = self._index.earlier(position, fingerprint)
        self._index.add(position, fingerprint)
        return match is not None and not self._options.keep_duplicates

    def _check(self, identity: Mapping[str, Any]) -> None:
        if not self._is_ready:
            # Loading is no part of the rate, by which the time that is left is told.
            self._is_ready, self._started = True, time.monotonic()
        known = self._ledger.fact("extractor")
        if known is None:
            self._ledger.set_facts({"extractor": dict(identity)})
        elif changes := _changes(known, identity):
            raise InvalidSettingError(
                f"{self._folder.path}: the run there was begun with another model: {changes}; "
                "install that one again, or begin anew with --restart"
            )

    def _take(self, entry: Entry) -> None:
        shard, journal = self._open[entry.position // self._options.shard_size]
        journal.add(entry)
        if entry.fingerprint is not None:
            self._index.add(entry.position, entry.fingerprint)
        self._done += 1
        here = self._here
        self._here = Counts(
            documents=here.documents + 1,
            records=here.records + (entry.record is not None),
            failures=here.failures + (entry.failure is not None),
            words=here.words + entry.words,
        )
        if entry.failure is not None:
            self._report(Event("failure", entry.failure.model_dump()))
        if len(journal) == shard.documents:
            self._finish_in_order()
        if time.monotonic() - self._noted >= _PROGRESS_SECONDS:
            self._note()

    def _finish_in_order(self) -> None:
        """Write the shards that are complete, up to the first that is not."""
        for number, (shard, journal) in list(self._open.items()):
            if len(journal) < shard.documents:
                return
            counts = write_shard(
                self._folder,
                number,
                journal.entries(),
                self._index,
                suffix=self._options.format,
                keep_duplicates=self._options.keep_duplicates,
            )
            # The index first: a shard that is done is never read again to make up for it.
            self._index.commit()
            self._ledger.finish(number, shard_digest(self._folder, number, self._options.format), counts)
            self._folder.journal(number).unlink(missing_ok=True)
            del self._open[number]
            self._tell("shard", {"number": number, "documents": shard.documents})

    def _note(self) -> None:
        self._noted = time.monotonic()
        self._ledger.note_session(self._session, self._noted - self._started, self._here)
        self._tell("progress", {})

    def _tell(self, name: str, facts: Mapping[str, Any]) -> None:
        seconds = time.monotonic() - self._started
        self._report(Event(name, dict(facts), Progress(self._total, self._done, self._here, seconds)))
