"""What comes in goes first, and stops nothing for ever."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest

from channels.gateway import precedence
from channels.gateway.precedence import FEW, Precedence


async def test_few_messages_hold_up_nothing() -> None:
    first = Precedence()
    with ExitStack() as taking:
        for _ in range(FEW):
            taking.enter_context(first)
        work = asyncio.ensure_future(first.give_way())
        await asyncio.sleep(0)
        assert work.done()


async def test_work_waits_until_few_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "LONGEST_SECONDS", 3600)
    first = Precedence()
    with ExitStack() as taking:
        for _ in range(FEW):
            taking.enter_context(first)
        with first:
            work = asyncio.ensure_future(first.give_way())
            for _ in range(5):
                await asyncio.sleep(0)
            assert not work.done()
        await asyncio.wait_for(work, 10)


async def test_a_flood_stops_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "LONGEST_SECONDS", 0.01)
    first = Precedence()
    with ExitStack() as taking:
        for _ in range(FEW + 100):
            taking.enter_context(first)
        await asyncio.wait_for(first.give_way(), 10)
