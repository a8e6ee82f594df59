"""Blocking database work, off the event loop, in a bounded pool of threads."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from claims.database import unit_of_work

WORKERS = 8
T = TypeVar("T")


class Database:
    """Runs functions of a session in threads; each call is one transaction, committed when the function returns.

    SQLite has one writer at a time: there, our writers queue for one thread instead of trying the lock in turns.
    """

    def __init__(self, url: str, workers: int = WORKERS) -> None:
        self._url = url
        self._watchers: list[tuple[str, Callable[[], None]]] = []
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="database")
        self._writers = ThreadPoolExecutor(1, "writer") if url.startswith("sqlite") else self._pool

    async def run(self, work: Callable[..., T], *args: object, **kwargs: object) -> T:
        """`work(session, *args, **kwargs)` in one transaction; what it raises rolls everything back."""
        call = functools.partial(self._transaction, work, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._writers, call)

    async def read(self, work: Callable[..., T], *args: object, **kwargs: object) -> T:
        """The same for work that only reads: on SQLite it never waits for a writer."""
        return await self.thread(functools.partial(self._reading, work, *args, **kwargs))

    async def thread(self, work: Callable[..., T], *args: object) -> T:
        """Other blocking work (files) in the same bounded pool."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, functools.partial(work, *args))

    def watch(self, mark: str, callback: Callable[[], None]) -> None:
        """Call back, in the thread of the transaction, after each commit of one that set this mark in session.info."""
        self._watchers.append((mark, callback))

    def _transaction(self, work: Callable[..., T], *args: object, **kwargs: object) -> T:
        with unit_of_work(self._url) as unit:
            result = work(unit.session, *args, **kwargs)
            unit.commit()
            for mark, callback in self._watchers:
                if unit.session.info.pop(mark, False):
                    callback()
            return result

    def _reading(self, work: Callable[..., T], *args: object, **kwargs: object) -> T:
        with unit_of_work(self._url, read_only=True) as unit:
            return work(unit.session, *args, **kwargs)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._writers.shutdown(wait=False, cancel_futures=True)
