"""Calls of ours, placed through Twilio. What is said is looked up when the call is taken."""

from __future__ import annotations

from twilio.base.exceptions import TwilioRestException

from channels.base import AddressGone, MessageRefused, Outbound
from channels.rendering import Limits
from channels.twilio.rest import client
from channels.twilio.settings import TwilioSettings
from channels.voice.step import Step

GONE = frozenset({13224, 21211, 21214, 21217, 21219})
"""No such number, or none that can be called (https://www.twilio.com/docs/api/errors)."""
EVENTS = ["initiated", "ringing", "answered", "completed"]
LIMITS = Limits(size=10_000, buttons=None, per_second=1.0)
"""Twilio starts one call a second for an account. A call is never split: nobody is rung up twice for one notice."""


class Caller:
    """The outbox's way to a phone. base: the webhook's public address."""

    limits = LIMITS

    def __init__(self, account: TwilioSettings, base: str, ring_seconds: int) -> None:
        self._client = client(account)
        self._from, self._base, self._ring_seconds = account.from_number, base, ring_seconds

    async def send(self, message: Outbound) -> str | None:
        """Call the customer; the id of the call. Raises PassingFailure or PermanentFailure."""
        return await self.place_call(message.address, message.purpose, message.dedupe_key)

    async def place_call(self, number: str, purpose: str, dedupe_key: str) -> str:
        """Ring `number` up (E.164, or a mainland one without its country code) for the outbox item `dedupe_key`.

        Twilio knows no key of ours: after a time-out it is not known whether it took the call. Raises SendFailed.
        """
        if not number.lstrip("+").isdigit():
            raise MessageRefused(f"no number to call for {purpose}")
        try:
            call = await self._client.calls.create_async(
                to=_international(number),
                from_=self._from,
                url=Step(name="outbound", key=dedupe_key).address(self._base),
                method="POST",
                status_callback=f"{self._base}/status",
                status_callback_event=EVENTS,
                status_callback_method="POST",
                machine_detection="DetectMessageEnd",
                timeout=self._ring_seconds,
            )
        except TwilioRestException as error:
            kind = AddressGone if error.code in GONE else MessageRefused
            raise kind(f"Twilio refused the call: {error.code}") from error
        return str(call.sid)


def _international(number: str) -> str:
    return f"+86{number}" if len(number) == 11 and number.startswith("1") else number
