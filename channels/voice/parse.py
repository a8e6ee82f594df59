"""Twilio's requests about a call, read: what the caller said, and what became of a call of ours."""

from __future__ import annotations

from channels.base import DeliveryReport, Inbound, Kind
from channels.twilio.verify import form_of
from channels.voice.call import Call
from channels.voice.keys import Pressed, pressed
from channels.voice.prompts import say
from channels.webhook import Delivery

CHANNEL = "voice"
_ENDED = frozenset({"busy", "no-answer", "failed", "canceled"})
_GONE = frozenset({"404", "410", "604"})
"""SIP: no such number, no longer one, nowhere."""


def keys(call: Call) -> Pressed | None:
    """What the keys mean that the caller pressed; None when none were."""
    return pressed(call.digits, call.step.awaiting, call.step.tokens) if call.digits and not call.speech else None


def heard(call: Call, delivery: Delivery) -> list[Inbound | DeliveryReport]:
    """The message in this request; [] for a ring, silence, and keys that ask for no more than what we have said.

    A turn of a call is one message: Twilio's next try of a request, and every request that waits for its answer, is
    the same one.
    """
    step, provider_id = call.step, f"{call.sid}:{call.step.turn}"
    if step.name == "outbound":
        return [DeliveryReport(call.sid, not call.by_machine, "answering machine" if call.by_machine else "")]
    if step.name == "wait":
        # Stored by the request before; were it not, it would be one that was not heard.
        return [Inbound(CHANNEL, call.address, provider_id, Kind.VOICE, delivery.arrived)]
    if step.name != "heard":
        return []
    if call.speech:
        return [Inbound(CHANNEL, call.address, provider_id, Kind.TEXT, delivery.arrived, call.speech)]
    meant = keys(call) or Pressed()
    if meant.person:
        event, text = "request_human", say("pressed_person")
        return [Inbound(CHANNEL, call.address, provider_id, Kind.EVENT, delivery.arrived, text, event=event)]
    if meant.token:
        return [Inbound(CHANNEL, call.address, provider_id, Kind.PAYLOAD, delivery.arrived, token=meant.token)]
    if meant.text:
        return [Inbound(CHANNEL, call.address, provider_id, Kind.TEXT, delivery.arrived, meant.text)]
    return []


def reported(delivery: Delivery) -> list[Inbound | DeliveryReport]:
    """What a status callback says of a call of ours. Late, early or twice: only how it ended counts.

    A call that a machine took has not reached the customer, though Twilio calls it completed.
    """
    call, form = Call.read(delivery), form_of(delivery)
    status = form.get("CallStatus", "")
    if not call.outbound:
        return []
    if call.by_machine:
        return [DeliveryReport(call.sid, False, "answering machine")]
    if status in _ENDED:
        gone = status == "failed" and form.get("SipResponseCode", "") in _GONE
        return [DeliveryReport(call.sid, False, status, address_gone=gone)]
    return [DeliveryReport(call.sid, True)] if status == "completed" else []
