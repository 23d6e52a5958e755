"""Two streams of records, paired by article id without holding either of them whole."""

from __future__ import annotations

import tempfile
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest

from onrecord.records import ArticleRecord
from onrecord.review.compare import diff_records
from onrecord.review.diff import KINDS, Kind, RecordDiff

_WAITING_IN_MEMORY = 100  # records a side

TwoRecords = tuple[ArticleRecord | None, ArticleRecord | None]


def diff_streams(
    old: Iterable[ArticleRecord],
    new: Iterable[ArticleRecord],
    *,
    only: Collection[Kind] = KINDS,
    ignore: Collection[str] = (),
) -> Iterator[RecordDiff]:
    """Yield the diff of every article of two streams; see `pair_records` for their order."""
    for one, other in pair_records(old, new):
        yield diff_records(one, other, only=only, ignore=ignore)


def pair_records(old: Iterable[ArticleRecord], new: Iterable[ArticleRecord]) -> Iterator[TwoRecords]:
    """Yield the records of each article id together, as soon as both sides have come; then the single ones.

    Both streams are read in step. Records that wait for their partner are kept in memory up to 100 a side;
    further ones wait in a temporary file, so that of streams in very different orders memory holds
    ids alone. Of an id that stands several times, the first records are paired, then the second, and so on.
    """
    with _Waiting() as old_waiting, _Waiting() as new_waiting:
        for one, other in zip_longest(old, new):
            is_awaited = one is not None and (one.article.id in old_waiting or one.article.id in new_waiting)
            if one and other and one.article.id == other.article.id and not is_awaited:
                yield one, other
                continue
            if one:
                partner = new_waiting.take(one.article.id)
                if partner:
                    yield one, partner
                else:
                    old_waiting.add(one)
            if other:
                partner = old_waiting.take(other.article.id)
                if partner:
                    yield partner, other
                else:
                    new_waiting.add(other)
        yield from ((one, None) for one in old_waiting.drain())
        yield from ((None, other) for other in new_waiting.drain())


class _Waiting:
    """Records that wait for a partner, in the order in which they came."""

    def __init__(self) -> None:
        self._places: dict[str, deque[ArticleRecord | tuple[int, int]]] = defaultdict(deque)
        self._in_memory = 0
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed by __exit__

    def __enter__(self) -> _Waiting:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._places

    def add(self, record: ArticleRecord) -> None:
        if self._in_memory < _WAITING_IN_MEMORY:
            self._in_memory += 1
            self._places[record.article.id].append(record)
            return
        raw = record.model_dump_json().encode()
        start = self._file.seek(0, 2)
        self._file.write(raw)
        self._places[record.article.id].append((start, len(raw)))

    def take(self, article_id: str) -> ArticleRecord | None:
        places = self._places.get(article_id)
        if not places:
            return None
        place = places.popleft()
        if not places:
            del self._places[article_id]
        return self._read(place)

    def drain(self) -> Iterator[ArticleRecord]:
        for places in self._places.values():
            yield from map(self._read, places)

    def _read(self, place: ArticleRecord | tuple[int, int]) -> ArticleRecord:
        if isinstance(place, ArticleRecord):
            self._in_memory -= 1
            return place
        self._file.seek(place[0])
        return ArticleRecord.model_validate_json(self._file.read(place[1]))
