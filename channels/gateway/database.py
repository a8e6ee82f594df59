"""Blocking database work, off the event loop, in a bounded pool of threads."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from channels.gateway.writer import Writer
from claims.database import UnitOfWork, unit_of_work

WORKERS, FIRST_WORKERS, NOW_WORKERS = 8, 4, 2
T = TypeVar("T")


class Database:
    """Runs functions of a session in threads; each call is one transaction, committed when the function returns.

    SQLite has one writer at a time: there, our writers queue for one thread instead of trying the lock in turns.
    """

    def __init__(self, url: str, workers: int = WORKERS) -> None:
        self._url = url
        self._watchers: list[tuple[str, Callable[[], None]]] = []
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="database")
        self._first = ThreadPoolExecutor(FIRST_WORKERS, thread_name_prefix="first")
        self._now = ThreadPoolExecutor(NOW_WORKERS, thread_name_prefix="now")
        self._writer = Writer(url) if url.startswith("sqlite") else None

    async def run(self, work: Callable[..., T], *args: object, **kwargs: object) -> T:
        """`work(session, *args, **kwargs)` in one transaction; what it raises rolls everything back."""
        return await self._write(self._pool, functools.partial(work, **kwargs), args)

    async def run_first(self, work: Callable[..., T], *args: object) -> T:
        """The same before all that `run` was asked for: a provider, or the lease of a conversation, waits for it."""
        return await self._write(self._first, work, args, first=True)

    async def run_now(self, work: Callable[..., T], *args: object) -> T:
        """The same before everything else: until this is on disk, a kill makes us do again what was done outside."""
        return await self._write(self._now, work, args, now=True)

    async def read(self, work: Callable[..., T], *args: object, **kwargs: object) -> T:
        """The same for work that only reads: on SQLite it never waits for a writer."""
        return await self.thread(functools.partial(self._reading, work, *args, **kwargs))

    async def thread(self, work: Callable[..., T], *args: object) -> T:
        """Other blocking work (files) in the same bounded pool."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, functools.partial(work, *args))

    def watch(self, mark: str, callback: Callable[[], None]) -> None:
        """Call back, in a thread, after each commit of a transaction that set this mark in session.info."""
        self._watchers.append((mark, callback))

    async def _write(
        self, pool: ThreadPoolExecutor, work: Callable[..., T], args: tuple[object, ...], **order: bool
    ) -> T:
        marks: set[str] = set()
        within = functools.partial(self._within, work, args, marks)
        writing: Future[T]
        if self._writer is not None:
            writing = self._writer.submit(within, **order)
        else:
            writing = pool.submit(self._alone, within)
        # In the thread that committed it, also when nobody waits for the result any more.
        writing.add_done_callback(functools.partial(self._tell, marks))
        return await asyncio.wrap_future(writing)

    def _within(self, work: Callable[..., T], args: tuple[object, ...], marks: set[str], unit: UnitOfWork) -> T:
        result = work(unit.session, *args)
        unit.commit()
        marks.update(mark for mark, _ in self._watchers if unit.session.info.pop(mark, False))
        return result

    def _alone(self, within: Callable[[UnitOfWork], T]) -> T:
        with unit_of_work(self._url) as unit:
            return within(unit)

    def _tell(self, marks: set[str], writing: Future[Any]) -> None:
        if writing.cancelled() or writing.exception() is not None:
            return
        for mark, callback in self._watchers:
            if mark in marks:
                callback()

    def _reading(self, work: Callable[..., T], *args: object, **kwargs: object) -> T:
        with unit_of_work(self._url, read_only=True) as unit:
            return work(unit.session, *args, **kwargs)

    def close(self) -> None:
        for pool in (self._pool, self._first, self._now):
            pool.shutdown(wait=False, cancel_futures=True)
        if self._writer is not None:
            self._writer.close()
