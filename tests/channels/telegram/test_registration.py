"""`lipei channels telegram-webhook`: where Telegram sends to, and the menu."""

from __future__ import annotations

import asyncio

import pytest

from channels.telegram.registration import register, unregister
from channels.telegram.settings import TelegramSettings
from lipei.settings import SettingsError
from standins.telegram.server import TelegramServer
from tests.channels.telegram.conftest import SECRET, TOKEN

URL = "https://lipei.example.com"


async def test_the_webhook_and_the_menu(telegram: TelegramServer, own: TelegramSettings) -> None:
    registered = await register(own, URL)
    assert (registered.bot, registered.url, registered.waiting) == ("lipei_bot", f"{URL}/channels/telegram", 0)
    assert telegram.webhook["secret_token"] == SECRET
    assert telegram.webhook["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert [command["command"] for command in telegram.commands] == ["start", "help", "cancel", "stop"]


async def test_no_webhook_any_more(telegram: TelegramServer, own: TelegramSettings) -> None:
    await register(own, URL)
    assert (await unregister(own)).url == ""


def test_an_address_without_tls_is_refused_by_telegram(
    telegram: TelegramServer, own: TelegramSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram, "_takes_http", False)
    with pytest.raises(SettingsError, match="https url"):
        asyncio.run(register(own, "http://localhost:8080"))


def test_a_token_that_telegram_does_not_know(telegram: TelegramServer, own: TelegramSettings) -> None:
    telegram.token = "654321:" + "B" * 35
    with pytest.raises(SettingsError, match="LIPEI_TELEGRAM_BOT_TOKEN") as caught:
        asyncio.run(register(own, URL))
    assert TOKEN not in str(caught.value)
