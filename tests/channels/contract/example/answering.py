"""The example channel with one reply of up to 60 characters in the answer to each request; what is more is pushed."""

from starlette.responses import JSONResponse, Response

from channels.base import Outbound
from channels.rendering import render
from channels.webhook import Delivery, Taken, Webhook
from lipei.settings import Settings
from tests.channels.contract.example import setup
from tests.channels.contract.example.send import LIMITS
from tests.channels.contract.example.settings import ExampleSettings

state, sender = setup.state, setup.sender


class AnsweringWebhook(setup.ExampleWebhook):
    """Waits up to 5 s."""

    answer_seconds = 5.0

    async def acknowledge(self, delivery: Delivery, taken: Taken) -> Response:
        replies = await taken.answered(_carried)
        return JSONResponse({"replies": [part.text for reply in replies for part in render(reply, LIMITS)]})


def _carried(replies: list[Outbound]) -> int:
    return int(bool(replies) and len(render(replies[0], LIMITS)) == 1)


def webhooks(settings: Settings) -> list[Webhook]:
    """One address, while the channel is on."""
    own = ExampleSettings.read()
    return [AnsweringWebhook(own)] if own.on else []
