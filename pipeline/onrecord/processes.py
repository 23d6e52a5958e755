"""Work in several processes of which any may die, and locks that a fork leaves usable."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, ClassVar, Generic, TypeVar
from weakref import WeakSet

from onrecord.errors import OnRecordError

_AHEAD = 3  # batches a process may lie ahead of the one that is waited for
_STARTS_IN_A_ROW = 2

Given = TypeVar("Given")
Made = TypeVar("Made")
Argument = TypeVar("Argument")


@dataclass(frozen=True)
class _Unit(Generic[Given]):
    """A batch, or one item of it, alone, once a process has died on the batch."""

    batch: int
    items: list[Given]
    place: int | None = None


@dataclass
class _Worker(Generic[Given]):
    process: SpawnProcess
    connection: Connection
    unit: _Unit[Given] | None = None
    is_ready: bool = False


@dataclass
class _Progress(Generic[Given, Made]):
    """What has been handed out and made, batch by batch; what is made is taken in order."""

    batches: Iterator[list[Given]]
    again: deque[_Unit[Given]] = field(default_factory=deque)
    made: dict[int, list[list[Made] | None]] = field(default_factory=dict)
    begun: int = 0
    taken: int = 0

    def next_unit(self, ahead: int) -> _Unit[Given] | None:
        """Return what to work on next; None where batches are out, or too many lie ahead."""
        if self.again:
            return self.again.popleft()
        batch = next(self.batches, None) if self.begun - self.taken < ahead else None
        if batch is None:
            return None
        unit = _Unit(self.begun, batch)
        self.made[unit.batch] = [None]
        self.begun += 1
        return unit

    def note(self, unit: _Unit[Given], made: list[Made]) -> None:
        self.made[unit.batch][unit.place or 0] = made

    def split(self, unit: _Unit[Given]) -> None:
        """Have the items of a batch done one by one."""
        self.made[unit.batch] = [None] * len(unit.items)
        self.again.extend(_Unit(unit.batch, [item], place) for place, item in enumerate(unit.items))

    def take(self) -> Iterator[Made]:
        """Yield all that is made of the first batches, as far as they are done."""
        while self.taken < self.begun and all(part is not None for part in self.made[self.taken]):
            for part in self.made.pop(self.taken):
                yield from part or ()
            self.taken += 1


class Workers(Generic[Given, Made]):
    """Processes that work on batches, one at a time each; one that dies is replaced.

    `start` is called with `argument` in each of them before `work` is, with a batch each time; all of it
    is named in the processes by its module. (`concurrent.futures` has a pool too. In Python 3.11 it waits
    for ever where a process dies while a batch is being handed in: the process that is started for the
    batch is joined, but not ended, and the batch never gets a result.)
    """

    def __init__(
        self,
        processes: int,
        start: Callable[[Argument], None],
        argument: Argument,
        work: Callable[[list[Given]], list[Made]],
    ) -> None:
        self._processes = processes
        self._arguments = (start, argument, work)
        # Spawned, not forked: a fork would share the threads and locks of whatever the caller runs.
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker[Given]] = []
        self._failed_starts = 0

    def process(self, batches: Iterable[list[Given]], died: Callable[[Given], Made]) -> Iterator[Made]:
        """Yield what workers make of all items of the batches, in order, and end the workers.

        Where a process dies on a batch, that batch is done again item by item, so that `died` is asked
        for an outcome only for an item on which, alone, a process dies again.

        Raises:
            OnRecordError: processes end before they have started.
            Exception: whatever `work` raises.

        """
        progress: _Progress[Given, Made] = _Progress(iter(batches))
        try:
            while True:
                while any(worker.unit is None for worker in self._workers) or (
                    len(self._workers) < self._processes
                ):
                    unit = progress.next_unit(self._processes * _AHEAD)
                    if unit is None:
                        break
                    self._hand_out(unit)
                if progress.taken == progress.begun:
                    return
                self._wait(progress, died)
                yield from progress.take()
        finally:
            self.close()

    def _hand_out(self, unit: _Unit[Given]) -> None:
        worker = next((one for one in self._workers if one.unit is None), None)
        if worker is None:
            worker = self._started()
            self._workers.append(worker)
        worker.unit = unit
        self._send(worker)

    def _send(self, worker: _Worker[Given]) -> None:
        if worker.is_ready and worker.unit is not None:
            # Of a process that has died meanwhile one is told when its answer is waited for.
            with suppress(OSError):
                worker.connection.send(worker.unit.items)

    def _wait(self, progress: _Progress[Given, Made], died: Callable[[Given], Made]) -> None:
        answering = connection.wait([worker.connection for worker in self._workers])
        for worker in [one for one in self._workers if one.connection in answering]:
            try:
                answer: Any = worker.connection.recv()
            except (EOFError, OSError):
                self._lost(worker, progress, died)
                continue
            if isinstance(answer, BaseException):
                raise answer
            if worker.is_ready:
                assert worker.unit is not None
                progress.note(worker.unit, answer)
                worker.unit = None
            else:
                worker.is_ready, self._failed_starts = True, 0
                self._send(worker)

    def _lost(
        self, worker: _Worker[Given], progress: _Progress[Given, Made], died: Callable[[Given], Made]
    ) -> None:
        self._workers.remove(worker)
        _end(worker)
        unit = worker.unit
        if not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS_IN_A_ROW:
                raise OnRecordError(
                    "worker processes end before the model is loaded: memory is short, or a script starts "
                    'them outside of `if __name__ == "__main__":`'
                )
            if unit is not None:  # which is not to blame
                progress.again.appendleft(unit)
        elif unit is not None and unit.place is None:
            progress.split(unit)
        elif unit is not None:
            progress.note(unit, [died(unit.items[0])])

    def _started(self) -> _Worker[Given]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, *self._arguments), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def close(self) -> None:
        """End the processes at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            _end(worker)
        self._workers = []


def _end(worker: _Worker[Given]) -> None:
    worker.process.kill()
    worker.process.join()
    worker.connection.close()


def _serve(
    caller: Connection,
    start: Callable[[Argument], None],
    argument: Argument,
    work: Callable[[list[Given]], list[Made]],
) -> None:
    """Work on what comes through the connection, in a process of its own, until the caller is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller ends this process when it is interrupted
    try:
        start(argument)
        caller.send(None)
        while True:
            caller.send(work(caller.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the caller is gone
    except Exception as error:
        caller.send(error)


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
