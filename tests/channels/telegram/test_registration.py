"""`lipei channels telegram-webhook`: where Telegram sends to, and the menu."""

from __future__ import annotations

import asyncio

import pytest
from typer.testing import CliRunner

from channels.telegram import polling
from channels.telegram.registration import register, unregister
from channels.telegram.settings import TelegramSettings
from channels.telegram.setup import TelegramWebhook
from lipei.cli import build
from lipei.settings import SettingsError, get_settings
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


def test_the_command_sets_the_webhook_and_tells_how_it_is_with_it(
    telegram: TelegramServer, own: TelegramSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIPEI_PUBLIC_URL", URL)
    get_settings.cache_clear()
    shown = CliRunner().invoke(build(), ["channels", "telegram-webhook"]).stdout
    assert "@lipei_bot" in shown and f"{URL}/channels/telegram" in shown
    assert "none" in CliRunner().invoke(build(), ["channels", "telegram-webhook", "--delete"]).stdout
    assert telegram.webhook == {"url": ""}


def test_the_command_polls_for_the_gateway_on_this_machine(
    own: TelegramSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    async def poll(*arguments: object) -> None:
        asked.extend(arguments)

    monkeypatch.setattr(polling, "poll", poll)
    monkeypatch.setattr("channels.serving.logs.configure", lambda level: None)
    monkeypatch.setenv("LIPEI_GATEWAY_PORT", "9080")
    get_settings.cache_clear()
    assert CliRunner().invoke(build(), ["channels", "telegram-poll"]).exit_code == 0
    assert asked == [own, f"http://127.0.0.1:9080{TelegramWebhook.path}"]
