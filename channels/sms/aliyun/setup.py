"""Text messages through the domestic gateway, put together: two addresses at which it calls, and the sender."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from channels.base import DeliveryReport, Inbound, Sends
from channels.sms import words
from channels.sms.aliyun import parse
from channels.sms.aliyun.send import AliyunSms
from channels.sms.aliyun.settings import AliyunSmsSettings
from channels.sms.aliyun.verify import verify
from channels.sms.segments import LIMITS
from channels.webhook import Delivery, Taken, Webhook
from lipei.settings import Settings

PATH = "/channels/sms/aliyun"


class AliyunWebhook(Webhook):
    """POST /channels/sms/aliyun: arrays of text messages, of reports, or of both."""

    name, channel, path = "sms/aliyun", parse.CHANNEL, PATH
    body_bytes = 262_144
    limits = LIMITS
    opt_out_words, opt_in_words = words.STOP, words.START

    def __init__(self, settings: AliyunSmsSettings) -> None:
        self._settings, self.store_seconds = settings, settings.push_seconds

    async def verify(self, delivery: Delivery) -> None:
        verify(delivery, self._settings)

    def parse(self, delivery: Delivery) -> list[Inbound | DeliveryReport]:
        return parse.parse(delivery.body, delivery.arrived)

    async def acknowledge(self, delivery: Delivery, taken: Taken) -> Response:
        return JSONResponse({"code": 0, "msg": "接收成功"})


class AliyunReports(AliyunWebhook):
    """POST /channels/sms/aliyun/report: the same, for consoles that want an address of its own for reports."""

    name, path = "sms/aliyun/report", f"{PATH}/report"


def state(settings: Settings) -> str:
    """On when the key and the signature are set; says when nothing can be sent for want of a template, and when
    anybody may push."""
    own = AliyunSmsSettings.read()
    notes = [] if own.template_code else ["receives; to send, set LIPEI_ALIYUN_SMS_TEMPLATE_CODE"]
    if own.open_to_anybody:
        notes.append("takes pushes from anybody; set LIPEI_ALIYUN_SMS_PUSH_TOKEN or LIPEI_ALIYUN_SMS_PUSH_FROM")
    return f"on ({'; '.join(notes)})" if own.on and notes else own.state()


def webhooks(settings: Settings) -> list[Webhook]:
    """Both addresses, while the account is set up."""
    own = AliyunSmsSettings.read()
    return [AliyunWebhook(own), AliyunReports(own)] if own.on else []


def sender(settings: Settings) -> Sends | None:
    """The provider's API, while the account is set up."""
    own = AliyunSmsSettings.read()
    return AliyunSms(own) if own.on else None
