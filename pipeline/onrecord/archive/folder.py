"""The folder of a run: what lies where, and the lock that keeps a second run out."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import InputNotFoundError, OutputError
from onrecord.write.targets import output_errors

TABLES = ("claims", "records", "failures", "duplicates")


_PATTERN = "*?["  # DuckDB takes a path with one of them for a pattern, and might read another folder


class RunFolder:
    """Paths of a run's folder. Only the process that holds its lock writes there."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Name the folder, which need not be there.

        Raises:
            OutputError: no run can be in a folder of that name.

        """
        self.path = Path(path)
        if any(sign in str(self.path.resolve()) for sign in _PATTERN):
            raise OutputError(f"{self.path}: a run cannot lie in a path that has one of {' '.join(_PATTERN)}")
        self.ledger = self.path / "ledger.sqlite"
        self.index = self.path / "duplicates.sqlite"
        self.manifest = self.path / "manifest.json"
        self.views = self.path / "claims.duckdb"
        self.journals = self.path / "journal"
        self._lock = self.path / "run.lock"

    def journal(self, shard: int) -> Path:
        """Return the path of a shard's journal."""
        return self.journals / f"{shard:06}.jsonl"

    def table(self, name: str, shard: int, suffix: str) -> Path:
        """Return the path of a shard's part of a table."""
        return self.path / name / f"shard-{shard:06}.{suffix}"

    def holds_run(self) -> bool:
        """Tell whether a run was begun here."""
        return self.ledger.is_file()

    def check(self) -> None:
        """Raise InputNotFoundError where no run was begun here."""
        if not self.holds_run():
            raise InputNotFoundError(f"{self.path}: there is no run in this folder")

    def make(self) -> None:
        """Make the folders that a run writes into."""
        with output_errors(self.path):
            for folder in (*(self.path / name for name in TABLES), self.journals):
                folder.mkdir(parents=True, exist_ok=True)

    def clear(self) -> None:
        """Remove all that runs have written here, and nothing else."""
        with output_errors(self.path):
            for folder in (*(self.path / name for name in TABLES), self.journals):
                if folder.is_dir():
                    shutil.rmtree(folder)
            for file in (self.ledger, self.index, self.manifest, self.views):
                for path in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
                    path.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for this process; the system lets go of it when the process ends, however it does.

        Raises:
            OutputError: another run holds it, or nothing can be written there.

        """
        with output_errors(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            file = self._lock.open("a+")
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                file.seek(0)
                owner = file.read(20).strip()
                raise OutputError(
                    f"{self.path}: another run (process {owner or 'unknown'}) is writing there; wait for it, "
                    "or choose another folder"
                ) from error
            with output_errors(self.path):
                file.truncate(0)
                file.write(f"{os.getpid()}\n")
                file.flush()
            yield

    def is_locked(self) -> bool:
        """Tell whether a run is under way."""
        try:
            with self._lock.open("r") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False
