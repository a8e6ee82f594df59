"""Calls, put together: the webhook for what happens in them, the one for how they ended, and the outbox's caller."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from sqlalchemy.orm import Session
from starlette.responses import Response

from channels.base import DeliveryReport, Inbound, Sends
from channels.rendering import Limits
from channels.twilio.settings import TwilioSettings
from channels.twilio.verify import verify
from channels.voice import parse
from channels.voice.call import PATH, Call
from channels.voice.once import Compose, once
from channels.voice.send import Caller
from channels.voice.settings import VoiceSettings
from channels.voice.talk import Talk
from channels.webhook import Delivery, Taken, Webhook
from lipei.settings import Settings


class CallWebhook(Webhook):
    """POST /channels/voice/twilio: a ring, what the caller said or pressed, and every request in between.

    The line is held after answer_seconds: four seconds of silence are promised at most, and the way takes some.
    """

    name = channel = parse.CHANNEL
    path = PATH
    body_bytes = 16_384
    limits = Limits(buttons=0)
    pushes = False
    answer_seconds = 3.0

    def __init__(self, account: TwilioSettings, talk: Talk) -> None:
        self._account, self._talk = account, talk

    async def verify(self, delivery: Delivery) -> None:
        verify(delivery, self._account)

    def parse(self, delivery: Delivery) -> list[Inbound | DeliveryReport]:
        return parse.heard(Call.read(delivery), delivery)

    async def acknowledge(self, delivery: Delivery, taken: Taken) -> Response:
        call = Call.read(delivery)
        compose = self._composer(call, taken)
        if taken.message_ids and not self._wants_person(call):
            await taken.answered()
        if call.step.name == "heard" and (call.speech or call.digits):
            call = replace(call, step=replace(call.step, keyed=not call.speech))
        return Response(await once(taken.run, call, compose), media_type="application/xml")

    def _composer(self, call: Call, taken: Taken) -> Compose:
        match call.step.name:
            case "start":
                return self._talk.opening
            case "outbound":
                return self._talk.calling
            case "dialled":
                return self._talk.dialled
        if self._wants_person(call):
            return self._talk.person
        if taken.message_ids:
            return partial(_answered, self._talk, taken.message_ids[0])
        meant = parse.keys(call)
        if meant is None:
            return self._talk.silent
        return self._talk.repeated if meant.repeat else self._talk.wrong_key

    def _wants_person(self, call: Call) -> bool:
        """By key: that waits for nobody."""
        meant = parse.keys(call) if call.step.name == "heard" else None
        return meant is not None and meant.person


def _answered(talk: Talk, message_id: int, session: Session, call: Call) -> str:
    return talk.answered(session, call, message_id)


class StatusWebhook(Webhook):
    """POST /channels/voice/twilio/status: how a call of ours goes and ended."""

    name = "voice/status"
    channel = parse.CHANNEL
    path = f"{PATH}/status"
    body_bytes = CallWebhook.body_bytes
    pushes = False

    def __init__(self, account: TwilioSettings) -> None:
        self._account = account

    async def verify(self, delivery: Delivery) -> None:
        verify(delivery, self._account)

    def parse(self, delivery: Delivery) -> list[Inbound | DeliveryReport]:
        return parse.reported(delivery)


def state(settings: Settings) -> str:
    """On with the account's secrets; what callers get who want a person."""
    own, account = VoiceSettings.read(), TwilioSettings.read()
    if not account.on:
        return account.state()
    return "on" if own.agent_number else "on (no LIPEI_VOICE_AGENT_NUMBER: who wants a person is called back)"


def webhooks(settings: Settings) -> list[Webhook]:
    """Both addresses, while the account is set up."""
    own, account = VoiceSettings.read(), TwilioSettings.read()
    if not account.on:
        return []
    talk = Talk(own, settings.public_url + PATH, settings.public_url)
    return [CallWebhook(account, talk), StatusWebhook(account)]


def sender(settings: Settings) -> Sends | None:
    """Who places our calls, while the account is set up."""
    own, account = VoiceSettings.read(), TwilioSettings.read()
    return Caller(account, settings.public_url + PATH, own.ring_seconds) if account.on else None
