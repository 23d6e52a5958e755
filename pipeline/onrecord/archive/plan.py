"""The plan of a run: which documents make up each shard, and where they lie.

The plan is made once, by going through all sources, and kept in the ledger: a run that is resumed
reads what was planned, whatever was added to a folder since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter

from onrecord.errors import InputNotFoundError, UnsupportedInputError
from onrecord.read.document import Document
from onrecord.read.files import SINGLE_KINDS, file_documents, file_kind
from onrecord.read.opening import is_remote, split_table
from onrecord.read.outcome import Rejection
from onrecord.read.paths import found_files, is_web, os_rejection
from onrecord.settings import Settings


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive documents of one file: `count` of them from the one with the number `first` on.

    They are reached by reading from `mark` and passing over `passed` documents. `size` is the file's
    size in bytes when it was planned, where that tells whether it has changed. A file that could not
    be opened, or a folder without files, is one document with a `problem`: its code and reason.
    """

    path: str
    first: int = 0
    count: int = 1
    mark: tuple[int, ...] = ()
    passed: int = 0
    size: int | None = None
    problem: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Shard:
    """Consecutive documents of the input, from the position `first` on, that are written together."""

    number: int
    first: int
    segments: tuple[Segment, ...]

    @property
    def documents(self) -> int:
        """How many documents it has."""
        return sum(segment.count for segment in self.segments)

    @property
    def positions(self) -> range:
        """The positions of its documents."""
        return range(self.first, self.first + self.documents)


def plan_shards(sources: Iterable[str], settings: Settings, shard_size: int) -> Iterator[Shard]:
    """Yield the shards of the sources: `shard_size` documents each, fewer in the last.

    Raises:
        InputNotFoundError: a source does not exist or cannot be opened.
        UnsupportedInputError: a source is a web page or standard input.

    """
    number = first = held = 0
    segments: list[Segment] = []
    for segment in _segments(sources, settings, shard_size):
        rest = segment
        while rest.count + held >= shard_size:
            taken, rest = _split(rest, shard_size - held)
            yield Shard(number, first, (*segments, taken))
            number, first, held, segments = number + 1, first + shard_size, 0, []
        if rest.count:
            segments.append(rest)
            held += rest.count
    if segments:
        yield Shard(number, first, tuple(segments))


_SEGMENTS = TypeAdapter(tuple[Segment, ...])


def segments_to_json(segments: tuple[Segment, ...]) -> str:
    """Return segments as JSON, as the ledger keeps them."""
    return _SEGMENTS.dump_json(segments, exclude_defaults=True).decode()


def segments_from_json(raw: str) -> tuple[Segment, ...]:
    """Return the segments that `segments_to_json` wrote."""
    return _SEGMENTS.validate_json(raw)


class ShardReader:
    """Reads the documents of shards; of one file that goes over several shards it reads on."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._path = ""
        self._next = 0
        self._documents: Iterator[Document] = iter(())

    def documents(self, shard: Shard, done: Collection[int]) -> Iterator[tuple[int, Document]]:
        """Yield the documents of a shard, each with its position, but those at the positions that are done.

        Raises:
            InputNotFoundError: a file of many documents is gone or has changed since it was planned. A
                missing file of one document is a document with a problem.

        """
        position = shard.first
        for segment in shard.segments:
            positions = range(position, position + segment.count)
            position += segment.count
            if all(one in done for one in positions):
                continue
            for one, document in zip(positions, self._segment(segment), strict=True):
                if one not in done:
                    yield one, document

    def _segment(self, segment: Segment) -> Iterator[Document]:
        if segment.problem is not None:
            yield Document(segment.path, problem=Rejection(*segment.problem))
            return
        is_single = segment.size is None and file_kind(segment.path)[0] in SINGLE_KINDS
        try:
            if (self._path, self._next) != (segment.path, segment.first):
                _check_size(segment)
                documents = file_documents(segment.path, self._settings, segment.mark)
                self._path, self._next = segment.path, segment.first
                self._documents = islice(documents, segment.passed, None)
            count = 0
            for document in islice(self._documents, segment.count):
                count += 1
                self._next += 1
                yield document
        except OSError as error:
            self._path = ""
            if not is_single:
                reason = os_rejection(error)
                raise InputNotFoundError(f"{segment.path}: cannot be read any more: {reason}") from error
            yield Document(segment.path, problem=os_rejection(error))
            return
        if count < segment.count:
            raise _changed(segment)


def _segments(sources: Iterable[str], settings: Settings, most: int) -> Iterator[Segment]:
    for source in sources:
        if is_web(source) or source == "-":
            raise UnsupportedInputError(
                f"{source}: a run reads files, which can be read again; fetch pages into an archive first"
            )
        if not is_remote(source) and not Path(split_table(source)[0]).exists():
            raise InputNotFoundError(f"{source}: there is no such file or folder")
        for found in found_files(source):
            if isinstance(found, Document):
                yield _with_problem(found.input, found.problem)
            elif file_kind(found)[0] in SINGLE_KINDS:
                yield Segment(found)
            else:
                yield from _of_container(found, settings, most, is_named=found == source)


def _of_container(path: str, settings: Settings, most: int, *, is_named: bool) -> Iterator[Segment]:
    """Yield segments of at most so many documents of a file that may hold more than one."""
    try:
        size = _size(path)
        mark: tuple[int, ...] = ()
        marked = first = count = 0
        start: tuple[tuple[int, ...], int] = ((), 0)
        for number, document in enumerate(file_documents(path, settings)):
            if document.mark:
                mark, marked = document.mark, number
            if count == most:
                yield Segment(path, first, count, *start, size)
                first, count = number, 0
            if not count:
                start = (mark, number - marked)
            count += 1
        if count:
            yield Segment(path, first, count, *start, size)
    except OSError as error:
        rejection = os_rejection(error)
        if is_named:
            raise InputNotFoundError(f"{path}: {rejection}") from error
        yield _with_problem(path, rejection)


def _split(segment: Segment, count: int) -> tuple[Segment, Segment]:
    taken = Segment(
        segment.path, segment.first, count, segment.mark, segment.passed, segment.size, segment.problem
    )
    rest = Segment(
        segment.path,
        segment.first + count,
        segment.count - count,
        segment.mark,
        segment.passed + count,
        segment.size,
    )
    return taken, rest


def _with_problem(path: str, problem: Rejection | None) -> Segment:
    return Segment(path, problem=(problem.code, str(problem)) if problem else None)


def _size(path: str) -> int | None:
    return None if is_remote(path) else Path(split_table(path)[0]).stat().st_size


def _check_size(segment: Segment) -> None:
    if segment.size is not None and _size(segment.path) != segment.size:
        raise _changed(segment)


def _changed(segment: Segment) -> InputNotFoundError:
    return InputNotFoundError(
        f"{segment.path}: has changed since the run was planned; put it back, or plan anew with --restart"
    )
