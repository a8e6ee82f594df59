"""A dispatcher keeps the conversations it works on, and lets go of one that another gateway took."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from channels.gateway.database import Database
from channels.gateway.dispatcher import Dispatcher
from channels.gateway.engine import Said, Turn
from claims import clock, conversations
from claims.database import unit_of_work
from claims.models import Conversation

PATIENCE = 10


class StuckEngine:
    """Answers nothing, and notes what it was asked and what nobody waited for any longer."""

    def __init__(self) -> None:
        self.asked: asyncio.Queue[str] = asyncio.Queue()
        self.given_up: asyncio.Queue[str] = asyncio.Queue()

    async def send(self, turn: Turn) -> list[Said]:
        self.asked.put_nowait(turn.text)
        try:
            await asyncio.Event().wait()
        finally:
            self.given_up.put_nowait(turn.text)
        return []

    async def healthy(self) -> bool:
        return True


@pytest.fixture
def engine() -> StuckEngine:
    return StuckEngine()


@pytest.fixture
async def dispatcher(
    any_database_url: str, engine: StuckEngine, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Dispatcher]:
    monkeypatch.setattr("channels.gateway.dispatcher.RENEW_SECONDS", 0.05)
    monkeypatch.setattr("channels.gateway.turns.LEASE_SECONDS", 1.0)
    database = Database(any_database_url)
    made = Dispatcher(database, engine, "this gateway", lambda _: None, lambda *_: None)
    keeping = asyncio.create_task(made.keep())
    yield made
    keeping.cancel()
    await made.close()
    database.close()


@pytest.fixture
def chat(any_database_url: str) -> Conversation:
    with unit_of_work(any_database_url) as unit:
        conversation, _ = conversations.open_conversation(unit.session, "webchat")
        conversations.record_inbound(unit.session, conversation, text="有人吗", provider_id=None)
        unit.commit()
        return conversation


def lease(url: str, chat: Conversation) -> tuple[str | None, float]:
    """Whose it is, and for how many seconds yet."""
    with unit_of_work(url, read_only=True) as unit:
        now = unit.session.get_one(Conversation, chat.id)
        assert now.lease_until is not None
        return now.lease_worker, (now.lease_until - clock.now()).total_seconds()


async def test_what_is_worked_on_is_kept(
    dispatcher: Dispatcher, engine: StuckEngine, chat: Conversation, any_database_url: str
) -> None:
    dispatcher.notify(chat.id)
    await asyncio.wait_for(engine.asked.get(), PATIENCE)
    await asyncio.sleep(1.5)
    worker, left = lease(any_database_url, chat)
    assert worker == "this gateway"
    assert left > 0
    assert engine.given_up.empty()


async def test_what_another_gateway_took_is_let_go(
    dispatcher: Dispatcher, engine: StuckEngine, chat: Conversation, any_database_url: str
) -> None:
    dispatcher.notify(chat.id)
    await asyncio.wait_for(engine.asked.get(), PATIENCE)
    until = clock.now() + timedelta(minutes=1)
    with unit_of_work(any_database_url) as unit:
        unit.session.execute(update(Conversation).values(lease_worker="another gateway", lease_until=until))
        unit.commit()
    assert await asyncio.wait_for(engine.given_up.get(), PATIENCE) == "有人吗"
    assert lease(any_database_url, chat)[0] == "another gateway"
