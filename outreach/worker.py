"""The process: plans from time to time, works whenever something is due, stops cleanly on a signal."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from types import FrameType

from sqlalchemy.exc import SQLAlchemyError

from outreach.engine import BATCH, Engine
from outreach.opinions import read_opinions
from outreach.purposes import purposes

logger = logging.getLogger(__name__)

PLAN_SECONDS = 15.0
IDLE_SECONDS = 1.0
LONGEST_PAUSE = 30.0


class Worker:
    """`run` until `stop`. Any number of them may work on one database. read_opinions: besides, from time to time."""

    def __init__(
        self,
        engine: Engine,
        *,
        plan_seconds: float = PLAN_SECONDS,
        batch: int = BATCH,
        read_opinions: Callable[[], object] = lambda: None,
    ) -> None:
        self._engine, self._plan_seconds, self._batch = engine, plan_seconds, batch
        self._read_opinions = read_opinions
        self._stopping = threading.Event()

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Finish the batch that is under way, then end `run`. Safe to call from a signal."""
        self._stopping.set()

    def run(self) -> None:
        """Until stopped. A database that is down is waited for, longer each time."""
        planned_at, pause = float("-inf"), IDLE_SECONDS
        while not self._stopping.is_set():
            try:
                if time.monotonic() - planned_at >= self._plan_seconds:
                    self._engine.plan()
                    self._read_opinions()
                    planned_at = time.monotonic()
                worked = self._engine.work(self._batch)
                pause = IDLE_SECONDS
            except SQLAlchemyError as error:
                logger.error("database failed: %s; trying again in %.0f s", type(error).__name__, pause)
                worked, pause = 0, min(LONGEST_PAUSE, pause * 2)
            if not worked:
                self._stopping.wait(pause)


def worker_name() -> str:
    """Unique to this process."""
    return f"{socket.gethostname()[:40]}/{os.getpid()}/{secrets.token_hex(4)}"


def run(url: str | None = None) -> None:
    """What the Procfile runs, until SIGTERM or SIGINT."""
    worker = Worker(Engine(purposes(), worker_name(), url), read_opinions=partial(read_opinions, url))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    logger.info("outreach is at work: %s", ", ".join(purposes()) or "no purposes")
    worker.run()
