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
    """Appends entries to a file, and gives them back in the order of their positions."""

    def __init__(self, path: Path) -> None:
        """Open a journal; what stands there already is kept as far as it is whole."""
        self._path = path
        self._offsets: dict[int, int] = {}
        with output_errors(path):
            self._file = path.open("a+b")
            self._recover()

    def _recover(self) -> None:
        self._file.seek(0)
        end = 0
        for line in self._file:
            try:
                position = Entry.from_line(line).position
            except (ValueError, KeyError, TypeError):
                # What follows a damaged line was written after it, and is not to be trusted either.
                break
            self._offsets[position] = end
            end += len(line)
        self._file.truncate(end)
        self._file.seek(end)
        self._end = end

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @property
    def positions(self) -> frozenset[int]:
        """The positions of the entries that it has."""
        return frozenset(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, entry: Entry) -> None:
        """Append an entry; it stays when this process is killed."""
        line = entry.to_line()
        with output_errors(self._path):
            self._file.write(line)
            self._file.flush()
        self._offsets[entry.position] = self._end
        self._end += len(line)

    def entries(self) -> Iterator[Entry]:
        """Yield the entries in the order of their positions, one at a time from disk."""
        for position in sorted(self._offsets):
            self._file.seek(self._offsets[position])
            yield Entry.from_line(self._file.readline())
        self._file.seek(self._end)
