"""SQLite has one writer at a time: what waits for it shares a transaction, and so one wait for the disk."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.exc import OperationalError

from claims.database import UnitOfWork, shared_transaction

TOGETHER_SECONDS = 0.05
"""A shared transaction takes in no more after this, because nobody in it is answered before it is committed."""

FIRST_IN_A_ROW = 2
"""Of those that go first, before one of the others has its turn: a flood of messages stops no answer."""

T = TypeVar("T")


@dataclass(eq=False)
class _Job:
    work: Callable[[UnitOfWork], Any]
    future: Future[Any] = field(default_factory=Future)
    result: Any = None


class Writer:
    """A thread of its own for all that writes. Each work gets a unit of work: what it raises undoes its own part only;
    its result is handed over once everything is on disk."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._first: deque[_Job] = deque()
        self._usual: deque[_Job] = deque()
        self._in_a_row = 0
        self._closed = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def submit(self, work: Callable[[UnitOfWork], T], *, first: bool = False, now: bool = False) -> Future[T]:
        """first: before what was submitted without, because somebody outside waits for it. now: before those too."""
        job = _Job(work)
        with self._changed:
            if self._closed:
                job.future.cancel()
                return job.future
            if now:
                self._first.appendleft(job)
            else:
                (self._first if first else self._usual).append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()
            self._changed.notify()
        return job.future

    def close(self) -> None:
        """Nothing more is begun, what waits is cancelled."""
        with self._changed:
            self._closed = True
            for job in (*self._first, *self._usual):
                job.future.cancel()
            self._first.clear()
            self._usual.clear()
            self._changed.notify()

    def _run(self) -> None:
        while (job := self._next(wait=True)) is not None:
            self._together(job)

    def _next(self, *, wait: bool = False) -> _Job | None:
        """None when none waits, or with `wait` when no more will come."""
        with self._changed:
            while wait and not (self._first or self._usual or self._closed):
                self._changed.wait()
            if self._first and (self._in_a_row < FIRST_IN_A_ROW or not self._usual):
                self._in_a_row += 1
                return self._first.popleft()
            self._in_a_row = 0
            return self._usual.popleft() if self._usual else None

    def _together(self, job: _Job | None) -> None:
        """One transaction for this job and those that wait."""
        until, done = time.monotonic() + TOGETHER_SECONDS, []
        try:
            with shared_transaction(self._url) as unit_of_work:
                while job is not None:
                    if job.future.set_running_or_notify_cancel():
                        done.append(job)
                        self._one(job, unit_of_work)
                    job = self._next() if time.monotonic() < until else None
        except Exception as error:
            if job is not None and not job.future.running() and not job.future.done():
                job.future.set_exception(error)
            _settle(done, error)
        else:
            _settle(done)

    def _one(self, job: _Job, unit_of_work: Callable[[], UnitOfWork]) -> None:
        try:
            with unit_of_work() as unit:
                job.result = job.work(unit)
        except OperationalError:
            # The disk, or the lock: SQLite may have undone the whole of it already.
            raise
        except Exception as error:
            job.future.set_exception(error)


def _settle(jobs: list[_Job], error: Exception | None = None) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if error is not None:
            job.future.set_exception(error)
        else:
            job.future.set_result(job.result)
