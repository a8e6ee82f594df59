"""Updates that are fetched go the webhook's way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from channels.telegram import polling
from channels.telegram.registration import register
from channels.telegram.settings import TelegramSettings
from lipei.settings import Settings, SettingsError
from standins.telegram.customer import TelegramCustomer
from standins.telegram.server import Fault, TelegramServer
from tests.channels.support import FakeEngine, Server


@asynccontextmanager
async def polling_for(own: TelegramSettings, house: Settings) -> AsyncIterator[None]:
    task = asyncio.create_task(polling.poll(own, f"{house.public_url}/channels/telegram"))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, engine: FakeEngine) -> None:
    monkeypatch.setattr(polling, "PAUSES", (0.05,))
    monkeypatch.setattr(polling, "LONG_SECONDS", 1)
    engine.reply = lambda turn: [{"text": f"收到：{turn['text']}", "buttons": [], "awaiting": None}]


@pytest.fixture
def unregistered(telegram: TelegramServer, own: TelegramSettings, quick: None) -> TelegramCustomer:
    """A customer of a bot without a webhook."""
    return TelegramCustomer(telegram)


async def in_thread(call: Callable[..., Any], *arguments: Any) -> Any:
    return await asyncio.to_thread(call, *arguments)


async def test_updates_are_fetched_answered_and_confirmed(
    own: TelegramSettings,
    house: Settings,
    start: Callable[..., Server],
    unregistered: TelegramCustomer,
    telegram: TelegramServer,
    engine: FakeEngine,
) -> None:
    start()
    async with polling_for(own, house):
        unregistered.says("一", times=3)
        unregistered.says("二")
        assert await in_thread(unregistered.hears, 2) == ["收到：一", "收到：二"]
        await until(lambda: telegram.waiting == [])
    assert engine.texts == ["一", "二"]


async def test_updates_wait_for_the_gateway_and_for_telegram(
    own: TelegramSettings,
    house: Settings,
    start: Callable[..., Server],
    unregistered: TelegramCustomer,
    telegram: TelegramServer,
) -> None:
    telegram.faults += [Fault("getUpdates", 502), Fault("getUpdates", 429, retry_after=1)]
    unregistered.says("有人吗")
    async with polling_for(own, house):
        await until(lambda: telegram.calls.count("getUpdates") >= 3)
        await in_thread(start)
        assert await in_thread(unregistered.hears) == ["收到：有人吗"]


async def test_a_webhook_that_is_set_is_told(
    own: TelegramSettings, house: Settings, unregistered: TelegramCustomer
) -> None:
    await register(own, "https://lipei.example.com")
    with pytest.raises(SettingsError, match="webhook is active"):
        await polling.poll(own, house.public_url)


async def until(check: Callable[[], bool]) -> None:
    for _ in range(3000):
        if check():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("this did not happen in time")
