"""The WeChat channel, put together."""

from starlette.responses import PlainTextResponse, Response

from channels.base import DeliveryReport, Inbound, Sends
from channels.webhook import Delivery, Fetched, Taken, Webhook
from channels.wechat import envelope, parse, reply, send, verify
from channels.wechat.client import Api
from channels.wechat.events import CHANNEL
from channels.wechat.settings import WeChatSettings
from lipei.settings import Settings


class WeChatWebhook(Webhook):
    """GET /channels/wechat: is this address ours? POST: a message, answered within WeChat's 5 s or by push."""

    name = channel = CHANNEL
    path = "/channels/wechat"
    methods = ("GET", "POST")
    limits = send.LIMITS
    answer_seconds = 4.0

    def __init__(self, settings: WeChatSettings, api: Api) -> None:
        self._settings, self._api = settings, api

    async def verify(self, delivery: Delivery) -> None:
        verify.verify(delivery, self._settings)

    def parse(self, delivery: Delivery) -> list[Inbound | DeliveryReport]:
        if delivery.method == "GET":
            return []
        return parse.parse(self._opened(delivery).fields)

    async def acknowledge(self, delivery: Delivery, taken: Taken) -> Response:
        if delivery.method == "GET":
            return PlainTextResponse(delivery.query.get("echostr", ""))
        replies = await taken.answered(reply.carried)
        if not replies:
            return PlainTextResponse(reply.SUCCESS)
        xml = reply.passive(reply.joined(replies), self._opened(delivery), self._settings)
        return Response(xml, media_type="application/xml")

    async def fetch(self, reference: str) -> Fetched:
        return await send.fetch(self._api, reference)

    def _opened(self, delivery: Delivery) -> envelope.Opened:
        return envelope.open_up(envelope.read(delivery.body), self._settings)


def state(settings: Settings) -> str:
    """On when the account's three secrets are set; in which mode, and whether notices find a way outside the window."""
    own = WeChatSettings.read()
    if not own.on:
        return own.state()
    mode = "encrypted only" if own.safe_mode else "plain and encrypted" if own.aes_keys else "plain"
    template = "" if own.template_id else "; without LIPEI_WECHAT_TEMPLATE_ID nothing leaves outside the 48 h window"
    return f"on ({mode}{template})"


def webhooks(settings: Settings) -> list[Webhook]:
    """One address, while the channel is on."""
    own = WeChatSettings.read()
    return [WeChatWebhook(own, Api(own, settings.database_url))] if own.on else []


def sender(settings: Settings) -> Sends | None:
    """The customer-service interface, while the channel is on."""
    own = WeChatSettings.read()
    return send.WeChatSender(own, Api(own, settings.database_url)) if own.on else None
