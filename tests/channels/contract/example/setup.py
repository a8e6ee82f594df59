"""The example channel, put together."""

from starlette.responses import JSONResponse, Response

from channels.base import DeliveryReport, Inbound, Sends
from channels.webhook import Delivery, Fetched, Taken, Webhook
from lipei.settings import Settings
from tests.channels.contract.example import parse, verify
from tests.channels.contract.example.send import LIMITS, ExampleClient
from tests.channels.contract.example.settings import ExampleSettings


class ExampleWebhook(Webhook):
    """POST /channels/example."""

    name = channel = parse.CHANNEL
    path = "/channels/example"
    limits = LIMITS

    def __init__(self, settings: ExampleSettings) -> None:
        self._secret = settings.secret
        self._client = ExampleClient(settings.api_base, settings.account)

    async def verify(self, delivery: Delivery) -> None:
        verify.verify(delivery, self._secret)

    def parse(self, delivery: Delivery) -> list[Inbound | DeliveryReport]:
        return parse.parse(delivery.body)

    async def acknowledge(self, delivery: Delivery, taken: Taken) -> Response:
        return JSONResponse({"ok": True})

    async def fetch(self, reference: str) -> Fetched:
        return await self._client.fetch(reference)


def state(settings: Settings) -> str:
    """On when both secrets are set."""
    return ExampleSettings.read().state()


def webhooks(settings: Settings) -> list[Webhook]:
    """One address, while the channel is on."""
    own = ExampleSettings.read()
    return [ExampleWebhook(own)] if own.on else []


def sender(settings: Settings) -> Sends | None:
    """The provider's API, while the channel is on."""
    own = ExampleSettings.read()
    return ExampleClient(own.api_base, own.account) if own.on else None
