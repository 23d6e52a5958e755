"""Runs on a Ray cluster: actors that each keep a worker process, and read the shards themselves.

The plan, the ledger and the tables stay with the process that drives the run, so the output is that of
a run on one machine. Sources have to be within reach of all machines: on a shared disk or in a store.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from onrecord.archive.entry import Entry, Fingerprint
from onrecord.archive.extraction import Check, ExtractorFactory, Judge
from onrecord.archive.options import Limits, RunOptions
from onrecord.archive.plan import Shard, ShardReader, segments_from_json, segments_to_json
from onrecord.archive.pool import Pool
from onrecord.archive.worker import Task
from onrecord.errors import InvalidSettingError
from onrecord.settings import Settings


class RayEngine:
    """Ray Data over the shards; `limits.workers` actors, a processor core each.

    An actor hands its documents to a worker process of its own, so that one that dies or hangs costs
    only its document here too. Copies are known only when all shards before are done: what of them
    was extracted meanwhile is dropped.
    """

    def __init__(self, factory: ExtractorFactory, options: RunOptions, limits: Limits) -> None:
        self._factory = factory
        self._options = options
        self._limits = limits

    def process(
        self, shards: Iterator[tuple[Shard, frozenset[int]]], judge: Judge, check: Check
    ) -> Iterator[Entry]:
        """Yield what becomes of the documents, a shard's together.

        Raises:
            InvalidSettingError: Ray is not installed.

        """
        try:
            import ray  # noqa: PLC0415  an extra
            import ray.data  # noqa: PLC0415
        except ImportError as error:
            raise InvalidSettingError(
                "Ray is not installed: pip install onrecord[ray], or --engine local"
            ) from error
        if not ray.is_initialized():
            ray.init(log_to_driver=False)
        ray.data.DataContext.get_current().enable_progress_bars = False
        rows = [
            {
                "number": shard.number,
                "first": shard.first,
                "segments": segments_to_json(shard.segments),
                "done": json.dumps(sorted(done)),
            }
            for shard, done in shards
        ]
        if not rows:
            return
        extracted = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            _ShardExtractor,
            batch_size=1,
            concurrency=min(self._limits.workers, len(rows)),
            num_cpus=1,
            fn_constructor_kwargs={
                "factory": self._factory,
                "settings": self._options.settings,
                "limits": self._limits,
            },
        )
        for row in extracted.iter_rows():
            check(json.loads(row["identity"]))
            for line in row["entries"].splitlines(keepends=True):
                entry = Entry.from_line(line)
                if entry.fingerprint is not None:
                    judge(entry.position, entry.fingerprint)
                yield entry


class _ShardExtractor:
    """A Ray actor: what comes in as a shard goes out as the lines of its journal."""

    def __init__(self, factory: ExtractorFactory, settings: Settings, limits: Limits) -> None:
        self._pool = Pool(factory, settings, replace(limits, workers=1))
        self._reader = ShardReader(settings)
        self._identity: Mapping[str, Any] = {}

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        (number,), (first,), (segments,), (done,) = (
            batch[name] for name in ("number", "first", "segments", "done")
        )
        shard = Shard(int(number), int(first), segments_from_json(segments))
        tasks = (
            Task(position, document)
            for position, document in self._reader.documents(shard, frozenset(json.loads(done)))
        )
        lines = [entry.to_line() for entry in self._pool.process(tasks, _spare_none, self._note)]
        return {"identity": [json.dumps(dict(self._identity))], "entries": [b"".join(lines)]}

    def _note(self, identity: Mapping[str, Any]) -> None:
        self._identity = identity


def _spare_none(_position: int, _fingerprint: Fingerprint) -> bool:
    return False
