"""The time that a crawl keeps, so that politeness can be tested without waiting."""

from __future__ import annotations

import time
from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any, Protocol


class Clock(Protocol):
    """What tells a crawl the time and lets it wait."""

    def now(self) -> float:
        """Return the time in seconds since 1970, UTC."""

    def wait(self, seconds: float | None, running: Collection[Future[Any]]) -> Collection[Future[Any]]:
        """Wait until one of the running requests is done, `seconds` at most, and return those that are."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Return the time in seconds since 1970, UTC."""
        return time.time()

    def wait(self, seconds: float | None, running: Collection[Future[Any]]) -> Collection[Future[Any]]:
        """Wait until one of the running requests is done, `seconds` at most, and return those that are."""
        if running:
            return wait(running, seconds, FIRST_COMPLETED).done
        time.sleep(max(seconds or 0.0, 0.0))
        return ()
