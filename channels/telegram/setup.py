"""The Telegram bot, put together."""

from __future__ import annotations

from starlette.responses import Response

from channels.base import DeliveryReport, Inbound, Sends
from channels.telegram import parse, verify
from channels.telegram.courtesies import Courtesies
from channels.telegram.send import LIMITS, TelegramClient
from channels.telegram.settings import TelegramSettings
from channels.webhook import Delivery, Fetched, Taken, Webhook
from lipei.settings import Settings

PATH = "/channels/telegram"


class TelegramWebhook(Webhook):
    """POST /channels/telegram, one update a request."""

    name = channel = parse.CHANNEL
    path = PATH
    # A long message that answers a long message, in JSON with six bytes a character.
    body_bytes = 262_144
    limits = LIMITS
    hears = False

    def __init__(self, settings: TelegramSettings) -> None:
        self._secret_token = settings.secret_token
        self._client = TelegramClient(settings)
        self._courtesies = Courtesies(self._client.bot)

    async def verify(self, delivery: Delivery) -> None:
        verify.verify(delivery, self._secret_token)

    def parse(self, delivery: Delivery) -> list[Inbound | DeliveryReport]:
        return [*parse.parse(delivery.body, delivery.arrived)]

    async def acknowledge(self, delivery: Delivery, taken: Taken) -> Response:
        # Read a second time only where there may be something to see to: a tap, or a request that held no message.
        if not taken.is_new or b"callback_query" in delivery.body:
            self._courtesies.see_to(parse.read(delivery.body))
        return Response(status_code=200)

    async def fetch(self, reference: str) -> Fetched:
        return await self._client.fetch(reference)


def state(settings: Settings) -> str:
    """On when both secrets are set."""
    return TelegramSettings.read().state()


def webhooks(settings: Settings) -> list[Webhook]:
    """One address, while the channel is on."""
    own = TelegramSettings.read()
    return [TelegramWebhook(own)] if own.on else []


def sender(settings: Settings) -> Sends | None:
    """The Bot API, while the channel is on."""
    own = TelegramSettings.read()
    return TelegramClient(own) if own.on else None
