"""The journal of a shard: what became of its documents, written as it comes.

A run that is killed leaves a journal with, at worst, a last line that breaks off, which is cut away
when the run is resumed; so a document that was extracted is not extracted again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.archive.entry import Entry
from onrecord.write.targets import output_errors


class Journal:
    """Appends entries to a file, and gives them back in the order of their positions.

    The file is open only while it is used: a run on a cluster has a journal for every shard.
    """

    def __init__(self, path: Path) -> None:
        """Take up a journal; what stands there already is kept as far as it is whole."""
        self._path = path
        self._offsets: dict[int, int] = {}
        self._end = 0
        if path.exists():
            with output_errors(path):
                self._recover()

    def _recover(self) -> None:
        with self._path.open("r+b") as file:
            for line in file:
                try:
                    position = Entry.from_line(line).position
                except (ValueError, KeyError, TypeError):
                    # What follows a damaged line was written after it, and is not to be trusted either.
                    break
                self._offsets[position] = self._end
                self._end += len(line)
            file.truncate(self._end)

    @property
    def positions(self) -> frozenset[int]:
        """The positions of the entries that it has."""
        return frozenset(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, entry: Entry) -> None:
        """Append an entry; it stays when this process is killed."""
        line = entry.to_line()
        with output_errors(self._path), self._path.open("ab") as file:
            file.write(line)
        self._offsets[entry.position] = self._end
        self._end += len(line)

    def entries(self) -> Iterator[Entry]:
        """Yield the entries in the order of their positions, one at a time from disk."""
        if not self._offsets:
            return
        with self._path.open("rb") as file:
            for position in sorted(self._offsets):
                file.seek(self._offsets[position])
                yield Entry.from_line(file.readline())
