"""Workers for a measure: real processes that can be killed, or engines in this process; all live by one moved clock."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from claims import clock, outreach
from claims.database import unit_of_work
from claims.models import DueRow
from claims.vocabulary import DueState
from outreach.engine import BATCH, Engine
from outreach.purpose import Purpose
from outreach.worker import worker_name

LOOK_SECONDS = 0.004
BEFORE_KILL_SECONDS = 0.15
IDLE = 0.02


class Team(Protocol):
    """Whoever works while the clock stands still."""

    def settle(self) -> None:
        """Return when nothing that is due now is left."""

    def kill_one(self) -> None:
        """One of them dies in the middle of something, and another takes its place."""

    def close(self) -> None:
        """All stop."""


class Clock:
    """A moment that main and workers share. `install` makes it the present of this process."""

    def __init__(self, start: datetime) -> None:
        context = multiprocessing.get_context("spawn")
        self.shared: Any = context.Value("d", start.timestamp(), lock=False)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.shared.value, UTC)

    def set(self, moment: datetime) -> None:
        self.shared.value = moment.timestamp()


class Processes:
    """count real processes on the database at `url`. purposes: names of modules that offer a PURPOSE."""

    def __init__(self, url: str, clock_: Clock, purposes: Sequence[str], count: int = 2, batch: int = BATCH) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._url, self._clock, self._purposes, self._batch = url, clock_, list(purposes), batch
        self._stop: Any = self._context.Value("b", 0, lock=False)
        self._ready: Any = self._context.Array("b", count, lock=False)
        self._cpu: Any = self._context.Array("d", count, lock=False)
        self._running: list[BaseProcess] = [self._start(place) for place in range(count)]
        self.killed = 0

    def wait_ready(self) -> None:
        """Return when all have imported what they need."""
        while not all(self._ready):
            time.sleep(LOOK_SECONDS)

    @property
    def cpu_seconds(self) -> float:
        """What the workers have used since they were ready."""
        return sum(self._cpu)

    def _start(self, place: int) -> BaseProcess:
        told = _Told(place, self._stop, self._ready, self._cpu)
        given = (self._url, self._clock.shared, told, self._purposes, self._batch)
        process = self._context.Process(target=_work, args=given, daemon=True)
        process.start()
        return process

    def settle(self) -> None:
        while self._due():
            time.sleep(LOOK_SECONDS)

    def _due(self) -> bool:
        alive = [f"%/{process.pid}/%" for process in self._running]
        with unit_of_work(self._url, read_only=True) as unit:
            if outreach.any_due(unit.session):
                return True
            held = select(DueRow.worker).where(DueRow.state == DueState.WAITING, DueRow.worker.is_not(None))
            workers = set(unit.session.scalars(held))
        return any(pattern.strip("%") in (worker or "") for worker in workers for pattern in alive)

    def kill_one(self) -> None:
        time.sleep(random.uniform(0, BEFORE_KILL_SECONDS))
        place = random.randrange(len(self._running))
        self._running[place].kill()
        self._running[place].join()
        self._running[place] = self._start(place)
        self.killed += 1

    def close(self) -> None:
        self._stop.value = 1
        for process in self._running:
            process.join(10)
            process.kill()


class InThisProcess:
    """The same by hand, for a test: one who dies has taken rows and does nothing with them."""

    def __init__(self, url: str, purposes: dict[str, Purpose]) -> None:
        self._url = url
        self._engines = [Engine(purposes, f"w{number}", url) for number in (1, 2)]
        self.killed = 0

    def settle(self) -> None:
        while any(engine.work(20) for engine in self._engines):
            pass

    def kill_one(self) -> None:
        with unit_of_work(self._url) as unit:
            outreach.take(unit.session, f"dead{self.killed}", random.randint(1, 10))
            unit.commit()
        self.killed += 1

    def close(self) -> None:
        """Nothing runs."""


@dataclass(frozen=True)
class _Told:
    """What a worker shares with the others, each in its own place."""

    place: int
    stop: Any
    ready: Any
    cpu: Any


def _work(url: str, moment: Any, told: _Told, modules: list[str], batch: int) -> None:
    from importlib import import_module

    clock.now = lambda: datetime.fromtimestamp(moment.value, UTC)
    found = [import_module(module).PURPOSE for module in modules]
    engine = Engine({purpose.name: purpose for purpose in found}, worker_name(), url)
    engine.work(1)  # the first connection
    told.ready[told.place] = 1
    begun, parent = time.process_time(), os.getppid()
    while not told.stop.value and os.getppid() == parent:
        try:
            worked = engine.work(batch)
        except SQLAlchemyError:  # as the product's worker: a database that is busy or down is waited for
            worked = 0
        if not worked:
            time.sleep(IDLE)
        told.cpu[told.place] = time.process_time() - begun
