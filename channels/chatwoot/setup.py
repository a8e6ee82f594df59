"""Chatwoot's agent bot, put together."""

from __future__ import annotations

from starlette.responses import Response

from channels.base import DeliveryReport, Inbound, Sends
from channels.chatwoot import desk, parse, verify
from channels.chatwoot.send import LIMITS, ChatwootClient
from channels.chatwoot.settings import ChatwootSettings
from channels.webhook import Delivery, Fetched, Taken, Webhook
from lipei.settings import Settings

PATH = "/channels/chatwoot"


class ChatwootWebhook(Webhook):
    """POST /channels/chatwoot, one event a request."""

    name = channel = parse.CHANNEL
    path = PATH
    body_bytes = 262_144
    limits = LIMITS
    hears = False

    def __init__(self, settings: ChatwootSettings) -> None:
        self._secret = settings.webhook_secret
        self._client = ChatwootClient(settings)

    async def verify(self, delivery: Delivery) -> None:
        verify.verify(delivery, self._secret)

    def parse(self, delivery: Delivery) -> list[Inbound | DeliveryReport]:
        return [*parse.inbound(parse.read(delivery.body), delivery)]

    async def acknowledge(self, delivery: Delivery, taken: Taken) -> Response:
        new = [number for number, is_new in zip(taken.message_ids, taken.is_new, strict=True) if is_new]
        await taken.run(desk.act, parse.read(delivery.body), new)
        return Response(status_code=200)

    async def fetch(self, reference: str) -> Fetched:
        return await self._client.fetch(reference)


def state(settings: Settings) -> str:
    """On when everything is set."""
    return ChatwootSettings.read().state()


def webhooks(settings: Settings) -> list[Webhook]:
    """One address, while it is on."""
    own = ChatwootSettings.read()
    return [ChatwootWebhook(own)] if own.on else []


def sender(settings: Settings) -> Sends | None:
    """The application API, while it is on."""
    own = ChatwootSettings.read()
    return ChatwootClient(own) if own.on else None
