"""Work in several processes of which any may die, and locks that a fork leaves usable."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import ClassVar, Generic, NamedTuple, TypeVar
from weakref import WeakSet

from onrecord.errors import OnRecordError

_AHEAD = 3  # batches a process may lie ahead of the one that is waited for

Given = TypeVar("Given")
Made = TypeVar("Made")
Argument = TypeVar("Argument")


class Workers(Generic[Given, Made]):
    """Processes that work on batches; when one dies, all are replaced.

    `start` is called with `argument` in each of them before `work` is, with a batch each time; all of it
    is named in the processes by its module.
    """

    def __init__(
        self,
        processes: int,
        start: Callable[[Argument], None],
        argument: Argument,
        work: Callable[[list[Given]], list[Made]],
    ) -> None:
        self.processes = processes
        self._start = start
        self._argument = argument
        self._work = work
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork would share the threads and locks of whatever the caller runs.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.processes, context, self._start, (self._argument,))

    def submit(self, batch: list[Given]) -> Future[list[Made]]:
        """Hand out a batch; its result is BrokenProcessPool where a process died meanwhile."""
        try:
            return self._pool.submit(self._work, batch)
        except BrokenProcessPool as error:  # known since the last result was asked for
            broken: Future[list[Made]] = Future()
            broken.set_exception(error)
            return broken

    def replace(self) -> None:
        """Replace the processes; raise OnRecordError where the new ones do not even start."""
        self.close()
        self._pool = self._started()
        try:
            self._pool.submit(self._work, []).result()
        except BrokenProcessPool as error:
            raise OnRecordError(
                "worker processes end before the model is loaded: memory is short, or a script starts them "
                'outside of `if __name__ == "__main__":`'
            ) from error

    def close(self) -> None:
        """End the processes, after the batches that they are working on."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class _HandedOut(NamedTuple, Generic[Given, Made]):
    batch: list[Given]
    future: Future[list[Made]]


def in_processes(
    batches: Iterable[list[Given]], workers: Workers[Given, Made], died: Callable[[Given], Made]
) -> Iterator[Made]:
    """Yield what workers make of all items of the batches, in order, and end the workers.

    Where a process dies, the batch that is waited for is done again item by item, so that `died` is
    asked for an outcome only for an item on which, alone, a process dies again.
    """
    waiting: deque[_HandedOut[Given, Made]] = deque()
    try:
        for batch in batches:
            waiting.append(_HandedOut(batch, workers.submit(batch)))
            if len(waiting) >= workers.processes * _AHEAD:
                yield from _first(waiting, workers, died)
        while waiting:
            yield from _first(waiting, workers, died)
    finally:
        workers.close()


def _first(
    waiting: deque[_HandedOut[Given, Made]], workers: Workers[Given, Made], died: Callable[[Given], Made]
) -> list[Made]:
    """Take the first of the batches; return what became of it."""
    batch, future = waiting.popleft()
    try:
        return future.result()
    except BrokenProcessPool:
        workers.replace()
    made: list[Made] = []
    for item in batch:
        try:
            made.extend(workers.submit([item]).result())
        except BrokenProcessPool:
            workers.replace()
            made.append(died(item))
    for number, other in enumerate(waiting):
        waiting[number] = _HandedOut(other.batch, workers.submit(other.batch))
    return made


class ForkLock:
    """A lock that is free in a child process: who forks waits until nobody else holds it.

    Without that, a fork while another thread holds a lock leaves the child with one that is never let go.
    """

    _all: ClassVar[WeakSet[ForkLock]] = WeakSet()
    _held = threading.local()

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._all.add(self)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()

    @classmethod
    def _before_fork(cls) -> None:
        # In one order everywhere: two threads that fork at a time must not wait for one another.
        cls._held.locks = sorted(cls._all, key=id)
        for one in cls._held.locks:
            one._lock.acquire()

    @classmethod
    def _after_fork(cls) -> None:
        for one in cls._held.locks:
            one._lock.release()
        cls._held.locks = []


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(
        before=ForkLock._before_fork,
        after_in_parent=ForkLock._after_fork,
        after_in_child=ForkLock._after_fork,
    )
