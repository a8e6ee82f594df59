"""Only who knows the secret token is Telegram."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from channels.base import Forged
from channels.telegram.verify import verify
from channels.webhook import Delivery

SECRET = "secret_token-of-the-tests"


def delivery(headers: dict[str, str]) -> Delivery:
    now = datetime(2026, 11, 26, tzinfo=UTC)
    return Delivery("POST", "https://lipei.example.com/channels/telegram", {}, headers, b"{}", now)


def test_the_secret_token_passes() -> None:
    verify(delivery({"x-telegram-bot-api-secret-token": SECRET}), SECRET)


@pytest.mark.parametrize("given", ["", "é", SECRET + "x", SECRET[:-1], SECRET.upper()])
def test_another_is_forged(given: str) -> None:
    with pytest.raises(Forged):
        verify(delivery({"x-telegram-bot-api-secret-token": given}), SECRET)


def test_none_is_forged() -> None:
    with pytest.raises(Forged):
        verify(delivery({"x-other": SECRET}), SECRET)
