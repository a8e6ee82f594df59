"""Updates on their way to the bot's webhook, as Telegram delivers them: again until they are acknowledged."""

from __future__ import annotations

import time
from collections.abc import Iterable

import httpx

from standins.telegram.chats import Json
from standins.telegram.server import TelegramServer

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Delivery:
    """To the webhook that was set with setWebhook; kept for getUpdates where there is none.

    tries, pause: how often, and how many seconds apart, an update is posted before it waits for the next one's turn.
    """

    def __init__(self, server: TelegramServer, tries: int = 50, pause: float = 0.1) -> None:
        self._server, self.tries, self._pause = server, tries, pause
        self._http = httpx.Client(timeout=15, trust_env=False)

    def post(self, update: Json) -> httpx.Response:
        """One request; whatever it is answered."""
        headers = {HEADER: self._server.webhook.get("secret_token", "")}
        return self._http.post(self._server.webhook["url"], json=update, headers=headers)

    def deliver(self, update: Json, times: int = 1) -> None:
        """Until acknowledged, after what waits; and then again: times in all."""
        self._server.waiting += [update] * times
        while self._server.webhook["url"] and self._server.waiting:
            if not self._acknowledged(self._server.waiting[0]):
                return
            self._server.waiting.pop(0)

    def in_this_order(self, updates: Iterable[Json]) -> None:
        """Several, in an order that need not be that of their ids: Telegram keeps up to 100 connections."""
        for update in updates:
            self.deliver(update)

    def _acknowledged(self, update: Json) -> bool:
        for number in range(self.tries):
            time.sleep(self._pause if number else 0)
            try:
                if self.post(update).is_success:
                    return True
            except httpx.TransportError:
                continue
        return False
