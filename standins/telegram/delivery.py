"""Updates on their way to the bot's webhook, as Telegram delivers them: again until they are acknowledged."""

from __future__ import annotations

import time
from collections.abc import Iterable

import httpx

from standins.telegram.chats import Json
from standins.telegram.server import TelegramServer

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Delivery:
    """To the webhook that was set with setWebhook; kept for getUpdates where there is none."""

    def __init__(self, server: TelegramServer, tries: int = 50, pause: float = 0.1) -> None:
        self._server, self._tries, self._pause = server, tries, pause
        self._http = httpx.Client(timeout=15, trust_env=False)

    def post(self, update: Json) -> httpx.Response:
        """One request; whatever it is answered."""
        headers = {HEADER: self._server.webhook.get("secret_token", "")}
        return self._http.post(self._server.webhook["url"], json=update, headers=headers)

    def deliver(self, update: Json, times: int = 1) -> None:
        """Until acknowledged, and then again: times in all."""
        if not self._server.webhook["url"]:
            self._server.waiting += [update] * times
            return
        for _ in range(times):
            self._until_acknowledged(update)

    def in_this_order(self, updates: Iterable[Json]) -> None:
        """Several, in an order that need not be that of their ids: Telegram keeps up to 100 connections."""
        for update in updates:
            self.deliver(update)

    def _until_acknowledged(self, update: Json) -> None:
        for _ in range(self._tries):
            try:
                if self.post(update).is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(self._pause)
        raise TimeoutError("the webhook never acknowledged an update")
