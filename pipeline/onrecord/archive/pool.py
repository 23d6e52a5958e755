"""The local pool: worker processes that may die, hang or leak, at the cost of one document each time."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from onrecord.archive.entry import Entry, Fingerprint
from onrecord.archive.extraction import Check, ExtractorFactory, Judge, failed
from onrecord.archive.options import Limits
from onrecord.archive.worker import Done, Message, Read, Ready, Refused, Task, serve
from onrecord.errors import OnRecordError
from onrecord.records import Failure
from onrecord.settings import Settings

_LOADING_SECONDS = 300.0
_STARTS_IN_A_ROW = 10
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@dataclass
class _Worker:
    process: SpawnProcess
    connection: Connection
    deadline: float
    is_ready: bool = False
    task: Task | None = None
    fingerprint: Fingerprint | None = None
    documents: int = 0


@dataclass
class _Attempts:
    """Tasks that have to be tried again, and how often each was tried."""

    waiting: deque[Task] = field(default_factory=deque)
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, tasks: Iterator[Task]) -> Task | None:
        """Return a task that waits for another attempt, else a new one, None where there is none."""
        return self.waiting.popleft() if self.waiting else next(tasks, None)


class Pool:
    """Works on documents in processes of its own, one thread each.

    A document is handed out when a worker is free for it, so reading never runs ahead of extraction.
    A worker that dies, or is over its time, is replaced, and its document tried again as often as the
    limits say; then it ends as a failure, `worker_died` or `timeout`.
    """

    def __init__(self, factory: ExtractorFactory, settings: Settings, limits: Limits) -> None:
        self._factory = factory
        self._settings = settings
        self._limits = limits
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._leaving: list[SpawnProcess] = []
        self._failed_starts = 0

    def process(self, tasks: Iterator[Task], judge: Judge, check: Check) -> Iterator[Entry]:
        """Yield what becomes of each document, in the order in which they are done.

        Args:
            tasks: the documents; pulled from one at a time.
            judge: tells which texts are known copies.
            check: is given the identity of each worker's extractor before it gets a document; raises
                where it is not the right one.

        Raises:
            OnRecordError: the extractor cannot be loaded, or workers end again and again before it is.

        """
        attempts = _Attempts()
        try:
            while True:
                is_over = False
                while (idle := self._idle()) is not None or not self._workers:
                    task = attempts.next(tasks)
                    if task is None:
                        is_over = True
                        break
                    if task.document.problem is not None:
                        yield _with_problem(task)
                    elif idle is not None:
                        self._hand_out(idle, task, attempts)
                    else:
                        attempts.waiting.append(task)
                        self._workers = [self._start() for _ in range(self._limits.workers)]
                if is_over and not any(worker.task for worker in self._workers):
                    return
                yield from self._answers(judge, check, attempts)
        finally:
            self._close()

    def _idle(self) -> _Worker | None:
        return next((one for one in self._workers if one.is_ready and one.task is None), None)

    def _answers(self, judge: Judge, check: Check, attempts: _Attempts) -> Iterator[Entry]:
        nearest = min((one.deadline for one in self._workers if not one.is_ready or one.task), default=None)
        timeout = None if nearest is None else max(nearest - time.monotonic(), 0)
        answering = connection.wait([worker.connection for worker in self._workers], timeout)
        for number, worker in enumerate(self._workers):
            if worker.connection in answering:
                try:
                    message: Message = worker.connection.recv()
                except (EOFError, OSError):
                    yield from self._lost(number, "worker_died", attempts)
                    continue
                entry = self._answer(number, message, judge, check)
                if entry is not None:
                    attempts.counts.pop(entry.position, None)
                    yield entry
            elif (worker.task or not worker.is_ready) and time.monotonic() >= worker.deadline:
                yield from self._lost(number, "timeout", attempts)

    def _answer(
        self,
        number: int,
        message: Message,
        judge: Judge,
        check: Check,
    ) -> Entry | None:
        worker = self._workers[number]
        if isinstance(message, Refused):
            raise message.error
        if isinstance(message, Ready):
            check(message.identity)
            worker.is_ready, self._failed_starts = True, 0
        elif isinstance(message, Read):
            assert worker.task is not None
            worker.fingerprint = message.fingerprint
            verdict = judge(worker.task.position, message.fingerprint)
            with suppress(OSError):  # of a worker that has just died, noticed at its next message
                worker.connection.send(verdict)
        else:
            worker.task = worker.fingerprint = None
            self._replace_if_used_up(number, message)
            return message.entry
        return None

    def _hand_out(self, worker: _Worker, task: Task, attempts: _Attempts) -> None:
        worker.deadline = time.monotonic() + self._limits.seconds
        try:
            worker.connection.send(task)
        except OSError:
            # It died while it was waiting: the document is not to blame.
            attempts.waiting.appendleft(task)
            self._workers[self._workers.index(worker)] = self._restart(worker)
            return
        worker.task = task

    def _lost(self, number: int, code: str, attempts: _Attempts) -> Iterator[Entry]:
        worker = self._workers[number]
        if not worker.is_ready:
            self._failed_starts += 1
        worker.process.kill()
        worker.process.join()
        if self._failed_starts >= _STARTS_IN_A_ROW:
            ended = f"exit code {worker.process.exitcode}"
            raise OnRecordError(f"worker processes end before the model is loaded ({ended})")
        task = worker.task
        self._workers[number] = self._restart(worker)
        if task is None:
            return
        tried = attempts.counts.get(task.position, 0) + 1
        if tried < self._limits.attempts:
            attempts.counts[task.position] = tried
            attempts.waiting.append(task)
            return
        attempts.counts.pop(task.position, None)
        how = (
            f"it took more than {self._limits.seconds:g} seconds"
            if code == "timeout"
            else f"the worker process died ({_how_ended(worker.process.exitcode)})"
        )
        document = task.document
        failure = Failure(
            code=code, input=document.input, line=document.line, reason=f"{how}, {tried} times of {tried}"
        )
        yield failed(task.position, document, failure, worker.fingerprint)

    def _replace_if_used_up(self, number: int, done: Done) -> None:
        worker = self._workers[number]
        worker.documents += 1
        limits = self._limits
        if worker.documents >= limits.documents or done.megabytes > limits.megabytes:
            with suppress(OSError):
                worker.connection.send(None)
            self._workers[number] = self._restart(worker)

    def _restart(self, worker: _Worker) -> _Worker:
        worker.connection.close()
        self._leaving = [process for process in self._leaving if process.is_alive()]
        self._leaving.append(worker.process)
        return self._start()

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=serve,
            args=(theirs, self._factory, self._settings, self._limits.peak_megabytes),
            daemon=True,
        )
        with _one_thread():
            process.start()
        theirs.close()
        return _Worker(process, ours, time.monotonic() + _LOADING_SECONDS)

    def _close(self) -> None:
        for worker in self._workers:
            worker.process.kill()
            worker.connection.close()
        for process in (*self._leaving, *(worker.process for worker in self._workers)):
            process.kill()
            process.join()
        self._workers, self._leaving = [], []


def _with_problem(task: Task) -> Entry:
    document = task.document
    assert document.problem is not None
    return failed(task.position, document, document.problem.failure(document.input, document.line))


def _how_ended(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let a process that starts in the block compute in one thread."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
