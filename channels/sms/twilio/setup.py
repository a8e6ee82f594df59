"""Text messages through Twilio, put together: two addresses at which it calls, and the sender."""

from __future__ import annotations

from starlette.responses import Response
from twilio.twiml.messaging_response import MessagingResponse

from channels.base import DeliveryReport, Inbound, Sends
from channels.sms import words
from channels.sms.segments import LIMITS
from channels.sms.twilio import parse
from channels.sms.twilio.send import STATUS_PATH, TwilioFiles, TwilioSms
from channels.twilio.settings import TwilioSettings
from channels.twilio.verify import form_of, verify
from channels.webhook import Delivery, Fetched, Taken, Webhook
from lipei.settings import Settings


class TwilioWebhook(Webhook):
    """POST /channels/sms/twilio: a text message, with files or without."""

    name, channel, path = "sms/twilio", parse.CHANNEL, "/channels/sms/twilio"
    limits = LIMITS
    opt_out_words, opt_in_words = words.STOP, words.START

    def __init__(self, settings: TwilioSettings) -> None:
        self._settings, self._files = settings, TwilioFiles(settings)

    async def verify(self, delivery: Delivery) -> None:
        verify(delivery, self._settings)

    def parse(self, delivery: Delivery) -> list[Inbound | DeliveryReport]:
        return parse.message(form_of(delivery), delivery.arrived)

    async def acknowledge(self, delivery: Delivery, taken: Taken) -> Response:
        """An empty answer: replies leave through the outbox, so that each leaves once."""
        return Response(str(MessagingResponse()), media_type="application/xml")

    async def fetch(self, reference: str) -> Fetched:
        return await self._files.fetch(reference)


class TwilioStatus(Webhook):
    """POST /channels/sms/twilio/status: what became of a message of ours."""

    name, channel, path = "sms/twilio/status", parse.CHANNEL, STATUS_PATH

    def __init__(self, settings: TwilioSettings) -> None:
        self._settings = settings

    async def verify(self, delivery: Delivery) -> None:
        verify(delivery, self._settings)

    def parse(self, delivery: Delivery) -> list[Inbound | DeliveryReport]:
        return parse.status(form_of(delivery))

    async def acknowledge(self, delivery: Delivery, taken: Taken) -> Response:
        return Response(status_code=204)


def state(settings: Settings) -> str:
    """On when the account's secrets are set."""
    return TwilioSettings.read().state()


def webhooks(settings: Settings) -> list[Webhook]:
    """Both addresses, while the account is set up."""
    own = TwilioSettings.read()
    return [TwilioWebhook(own), TwilioStatus(own)] if own.on else []


def sender(settings: Settings) -> Sends | None:
    """Twilio's API, while the account is set up."""
    own = TwilioSettings.read()
    return TwilioSms(own, settings.public_url) if own.on else None
