"""What every writer does, and the choice of one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from onrecord.errors import OutputError
from onrecord.records import ArticleRecord, Failure


class Writer(ABC):
    """Takes records one at a time, inside the `open_writer` context that made it."""

    takes_failures: ClassVar[bool] = False

    @abstractmethod
    def write(self, record: ArticleRecord) -> None:
        """Write one record."""

    def fail(self, failure: Failure) -> None:
        """Write one failure, where `takes_failures` says that the format has room for them.

        Raises:
            OutputError: it has none.

        """
        raise OutputError(f"this format has no room for failures ({failure.input}: {failure.code})")
