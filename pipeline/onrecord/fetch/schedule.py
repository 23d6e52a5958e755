"""Whose turn it is: one request a host at a time, with a pause behind each."""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from onrecord.fetch.exchange import Exchange
from onrecord.fetch.listings import Role
from onrecord.fetch.state import Entry
from onrecord.fetch.urls import host_of, normalised
from onrecord.read.http import MAX_REDIRECTS
from onrecord.read.outcome import Rejection

MAX_WAIT = 600.0
"""Seconds that a host may make us wait within one run."""


@dataclass(slots=True)
class Task:
    """A request to be made for an entry: for its own URL, or for where redirects led."""

    entry: Entry
    target: str
    hops: tuple[Exchange, ...] = ()
    attempts: int = 0

    def redirected(self, exchange: Exchange) -> Task:
        """Return the request for where an answer redirects to.

        Raises:
            Rejection: it leads in a circle, too far, to another scheme, or from https back to http.

        """
        target = normalised(exchange.target or "")
        if urlsplit(self.target).scheme == "https" and urlsplit(target).scheme == "http":
            raise Rejection("fetch_failed", "a redirect from https to http is not followed")
        hops = (*self.hops, exchange)
        if any(target == hop.url for hop in hops):
            raise Rejection("fetch_failed", "the redirects go round in a circle")
        if len(hops) > MAX_REDIRECTS:
            raise Rejection("fetch_failed", f"more than {MAX_REDIRECTS} redirects")
        return Task(self.entry, target, hops)


@dataclass(slots=True)
class Lane:
    """The requests of one host.

    Attributes:
        ready_at: when the next request may be made, in seconds since 1970.
        tasks: what comes before the URLs of the frontier: redirects, repetitions, robots.txt.
        troubles: URLs in a row that the host gave no answer to.
        closed: why the host is not asked any more in this run.

    """

    host: str
    ready_at: float = 0.0
    tasks: deque[Task] = field(default_factory=deque)
    troubles: int = 0
    closed: str | None = None
    is_listed: bool = False  # in the queue of hosts, or being asked


class Schedule:
    """All hosts by the time at which they may be asked again."""

    def __init__(self) -> None:
        self._lanes: dict[str, Lane] = {}
        self._queue: list[tuple[float, int, Lane]] = []
        self._listed = 0

    def lane(self, host: str) -> Lane:
        """Return the lane of a host."""
        return self._lanes.setdefault(host, Lane(host))

    def wake(self, host: str) -> None:
        """Put a host into the queue, for it may have something to ask for."""
        lane = self.lane(host)
        if not lane.is_listed and lane.closed is None:
            self._enqueue(lane)

    def put(self, task: Task) -> None:
        """Put a task before the frontier's URLs of its host; robots.txt goes first, as others wait for it."""
        host = host_of(task.target)
        if task.entry.role is Role.ROBOTS:
            self.lane(host).tasks.appendleft(task)
        else:
            self.lane(host).tasks.append(task)
        self.wake(host)

    def release(self, lane: Lane, ready_at: float, now: float) -> None:
        """Put a host back whose request is done; close it where it makes us wait too long."""
        lane.ready_at = max(lane.ready_at, ready_at)
        lane.is_listed = False
        if lane.closed is None and lane.ready_at - now > MAX_WAIT:
            lane.closed = f"{lane.host} asks for a pause of {lane.ready_at - now:,.0f} seconds"
        if lane.closed is None:
            self._enqueue(lane)

    def pop(self, now: float) -> Lane | None:
        """Take the host whose turn it is, None where none is ready yet."""
        if not self._queue or self._queue[0][0] > now:
            return None
        return heapq.heappop(self._queue)[2]

    def pause(self, now: float) -> float | None:
        """Return in how many seconds the next host is ready, None where there is none."""
        return max(self._queue[0][0] - now, 0.0) if self._queue else None

    def _enqueue(self, lane: Lane) -> None:
        lane.is_listed = True
        self._listed += 1
        heapq.heappush(self._queue, (lane.ready_at, self._listed, lane))
