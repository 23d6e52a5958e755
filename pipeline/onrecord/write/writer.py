"""What every writer does, and the choice of one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from onrecord.records import ArticleRecord, Failure


class Writer(ABC):
    """Takes records one at a time, inside the `open_writer` context that made it."""

    takes_failures: ClassVar[bool] = False

    @abstractmethod
    def write(self, record: ArticleRecord) -> None:
        """Write one record."""

    def fail(self, failure: Failure) -> None:  # noqa: B027  a format without room for failures takes none
        """Write one failure where the format has room for it (`takes_failures`); else do nothing."""
