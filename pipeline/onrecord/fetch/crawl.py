"""The crawl: what is asked for next, and what is done about each answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from email.utils import parsedate_to_datetime

from onrecord.fetch.clock import Clock
from onrecord.fetch.collect import Collector
from onrecord.fetch.exchange import Client, Exchange
from onrecord.fetch.listings import Role
from onrecord.fetch.options import FetchOptions
from onrecord.fetch.outcome import Fetched, Left, Outcome
from onrecord.fetch.robots import MAX_ROBOTS_BYTES, RobotsRules
from onrecord.fetch.schedule import MAX_WAIT, Lane, Schedule, Task
from onrecord.fetch.state import Entry, State
from onrecord.fetch.urls import host_of, origin_of
from onrecord.fetch.warc import WarcWriter
from onrecord.read.http import Unreachable
from onrecord.read.outcome import Rejection
from onrecord.records import Failure

_ATTEMPTS = 3
_BACKOFF = 10.0  # seconds; thrice as long the second time
_MAX_TROUBLES = 3
_TRANSIENT = (429, 500, 502, 503, 504)


class Crawl:
    """One run over the frontier that `state` holds, into `archive`."""

    def __init__(
        self, state: State, archive: WarcWriter, client: Client, options: FetchOptions, clock: Clock
    ) -> None:
        self._state = state
        self._client = client
        self._options = options
        self._clock = clock
        self._schedule = Schedule()
        self._collector = Collector(state, archive, self._schedule, max_bytes=options.max_bytes)
        self._robots: dict[str, RobotsRules] = {}
        self._awaited: set[str] = set()  # origins whose robots.txt is being asked for
        self._budget = options.limit

    def run(self) -> Iterator[Outcome]:
        """Yield what becomes of each URL, as it comes; what was yielded lasts."""
        running: dict[Future[Exchange], tuple[Lane, Task]] = {}
        self._wake_all()
        with ThreadPoolExecutor(self._options.hosts) as threads:
            try:
                while True:
                    while len(running) < self._options.hosts and (lane := self._pop()):
                        match self._next(lane):
                            case Task() as task:
                                conditions = self._conditions(task)
                                running[threads.submit(self._ask, task, conditions)] = (lane, task)
                            case Failure() as failure:
                                self._release(lane, 0.0)
                                yield self._counted(failure)
                            case None:
                                lane.is_listed = False
                    is_full = len(running) == self._options.hosts
                    pause = None if is_full else self._schedule.pause(self._clock.now())
                    if not running and pause is None:
                        break
                    for future in self._clock.wait(pause, running):
                        lane, task = running.pop(future)
                        outcome = self._outcome(lane, task, future)
                        self._release(lane, self._pause_behind(task))
                        if outcome:
                            yield self._counted(outcome)
            finally:
                threads.shutdown(cancel_futures=True)
        self._state.finish()
        yield from self._left()

    def _wake_all(self) -> None:
        for host in self._state.waiting_hosts():
            self._schedule.wake(host)

    def _pop(self) -> Lane | None:
        return self._schedule.pop(self._clock.now())

    def _release(self, lane: Lane, pause: float) -> None:
        now = self._clock.now()
        self._schedule.release(lane, now + pause, now)

    def _pause_behind(self, task: Task) -> float:
        rules = self._robots.get(origin_of(task.target))
        return max(self._options.delay, rules.delay if rules else 0.0)

    def _next(self, lane: Lane) -> Task | Failure | None:
        """Return a host's next request; or why its next URL may not be asked for; None for nothing to do."""
        if lane.tasks:
            task = lane.tasks.popleft()
        elif self._budget == 0 or (entry := self._state.next(lane.host)) is None:
            return None
        else:
            task = Task(entry, entry.url)
            if self._budget is not None:
                self._budget -= 1
        if task.entry.role is Role.ROBOTS:
            return task
        origin = origin_of(task.target)
        if origin in self._robots:
            objection = self._robots[origin].objection(task.target)
            return self._collector.fail(task, objection) if objection else task
        lane.tasks.appendleft(task)
        if origin in self._awaited:
            return None
        self._awaited.add(origin)
        url = f"{origin}/robots.txt"
        return Task(Entry(0, url, Role.ROBOTS, 0), url)

    def _counted(self, outcome: Outcome) -> Outcome:
        """Give back to the limit what an outcome did not use up of it."""
        if self._budget is not None and not (isinstance(outcome, Fetched) and outcome.result == "written"):
            self._budget += 1
            if self._budget == 1:
                self._wake_all()
        return outcome

    def _conditions(self, task: Task) -> Mapping[str, str]:
        known = self._state.document(task.target)
        return known.conditions if known else {}

    def _ask(self, task: Task, conditions: Mapping[str, str]) -> Exchange:
        least = MAX_ROBOTS_BYTES if task.entry.role is Role.ROBOTS else 0
        return self._client.get(
            task.target,
            asked_at=self._clock.now(),
            conditions=conditions,
            pages_only=task.entry.role is Role.PAGE,
            max_bytes=max(self._options.max_bytes, least),
        )

    def _outcome(self, lane: Lane, task: Task, future: Future[Exchange]) -> Outcome | None:
        """Return what becomes of a URL, None where it is to be asked for again or elsewhere."""
        try:
            exchange = future.result()
            if exchange.status in _TRANSIENT:
                pause = _retry_after(exchange.header("Retry-After"), self._clock.now())
                return self._again(lane, task, exchange.refusal, pause)
            lane.troubles = 0
            if exchange.target:
                self._schedule.put(task.redirected(exchange))
                return None
            if task.entry.role is Role.ROBOTS:
                # Any other error means that there are no rules (RFC 9309, section 2.3.1.3).
                self._rule(task, RobotsRules(exchange.content))
                return None
            known = self._state.document(task.target)
            if exchange.status == 304 and known:
                return self._collector.confirm(task, known, exchange.asked_at)
            if exchange.status != 200:
                return self._collector.fail(task, exchange.refusal)
            return self._collector.accept(task, exchange, self._robots[origin_of(task.target)].sitemaps)
        except Unreachable as trouble:
            return self._again(lane, task, trouble.reason, None)
        except Rejection as rejection:
            return self._give_up(task, rejection.reason)

    def _again(self, lane: Lane, task: Task, reason: str, pause: float | None) -> Failure | None:
        """Ask once more, later; give up after the third time, and a host after the third such URL."""
        task.attempts += 1
        now = self._clock.now()
        if pause is not None:
            lane.ready_at = now + pause
            reason = f"{reason} and asks for a pause of {pause:,.0f} seconds"
        if task.attempts < _ATTEMPTS and (pause is None or pause <= MAX_WAIT):
            if pause is None:
                lane.ready_at = now + _BACKOFF * 3 ** (task.attempts - 1)
            lane.tasks.appendleft(task)
            return None
        lane.troubles += 1
        if lane.troubles == _MAX_TROUBLES:
            lane.closed = f"{lane.host} gives no answer any more"
        return self._give_up(task, reason)

    def _give_up(self, task: Task, reason: str) -> Failure | None:
        if task.entry.role is not Role.ROBOTS:
            return self._collector.fail(task, reason)
        self._rule(task, RobotsRules(refusal=reason))
        return None

    def _rule(self, task: Task, rules: RobotsRules) -> None:
        origin = origin_of(task.entry.url)
        self._robots[origin] = rules
        self._awaited.discard(origin)
        self._schedule.wake(host_of(origin))

    def _left(self) -> Iterator[Left]:
        for host, urls in self._state.left().items():
            if self._budget == 0:
                reason = "the limit is reached"
            else:
                reason = self._schedule.lane(host).closed or "they lead to a host that is left alone"
            yield Left(host, urls, reason)


def _retry_after(header: str | None, now: float) -> float | None:
    """Return the seconds that a Retry-After header means (RFC 9110, section 10.2.3)."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(parsedate_to_datetime(header).timestamp() - now, 0.0)
    except ValueError:
        return None
