"""The process around the engine: it plans from time to time, waits for a database, stops after the batch at hand."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from outreach import worker
from outreach.worker import Worker


class Steps:
    """An engine that does one step after the other; the last one stops the worker."""

    def __init__(self, *steps: Callable[[], int]) -> None:
        self.steps, self.planned = list(steps), 0

    def plan(self) -> int:
        self.planned += 1
        return 0

    def work(self, limit: int) -> int:
        return self.steps.pop(0)()


def down() -> int:
    raise OperationalError("SELECT 1", {}, ConnectionError())


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.001)
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.004)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_after_the_batch_at_hand(number: signal.Signals) -> None:
    def interrupt() -> int:
        signal.raise_signal(number)
        return 200

    steps = Steps(lambda: 200, interrupt, lambda: pytest.fail("another batch was begun"))
    at_work = Worker(steps)  # type: ignore[arg-type]
    before = {each: signal.signal(each, at_work.stop) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        at_work.run()
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    assert (steps.planned, len(steps.steps)) == (1, 1)


def test_a_database_that_is_down_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    at_work: Worker

    def last() -> int:
        at_work.stop()
        return 0

    steps = Steps(down, down, down, last)
    at_work = Worker(steps)  # type: ignore[arg-type]
    at_work.run()
    assert steps.steps == []
    assert caplog.text.count("database failed: OperationalError") == 3


def test_opinions_are_read_when_it_plans() -> None:
    read: list[bool] = []
    at_work: Worker

    def last() -> int:
        at_work.stop()
        return 1

    at_work = Worker(Steps(lambda: 1, last), read_opinions=lambda: read.append(True))  # type: ignore[arg-type]
    at_work.run()
    assert read == [True]
