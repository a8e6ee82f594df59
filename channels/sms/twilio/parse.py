"""Twilio's forms: a text message with its files, and what became of one of ours.

https://www.twilio.com/docs/messaging/guides/webhook-request
"""

from __future__ import annotations

from datetime import datetime

from channels.base import Attached, DeliveryReport, Inbound, Kind, Malformed
from channels.twilio.verify import Form

CHANNEL = "sms"
MOST_FILES = 10  # https://www.twilio.com/docs/messaging/guides/accepted-mime-types

GONE = frozenset({21211, 21610, 21614, 30005, 30006})
"""No number, stopped by the customer, no mobile, not in use, landline. 30003 (switched off), 30004 and 30007 (this
message filtered) and 30008 (unknown) may pass with the next message."""

_ARRIVED, _LOST = frozenset({"delivered", "read"}), frozenset({"undelivered", "failed"})
_UNDER_WAY = frozenset({"accepted", "scheduled", "queued", "sending", "sent", "canceled", "partially_delivered"})


def message(form: Form, arrived: datetime) -> list[Inbound | DeliveryReport]:
    """The words and each file as one Inbound of its own; without either, one of an unknown kind. Raises Malformed."""
    sid, sender, files = _needed(form, "MessageSid"), _needed(form, "From"), form.get("NumMedia", "0")
    if not files.isascii() or not files.isdigit() or int(files) > MOST_FILES:
        raise Malformed("NumMedia is no number of files")
    # Where Twilio itself has noted the wish (Advanced Opt-Out), its word counts, whatever the customer's was.
    words = {"STOP": "STOP", "START": "START"}.get(form.get("OptOutType", ""), form.get("Body", ""))
    provider_id = f"twilio:{sid}"
    found: list[Inbound | DeliveryReport] = []
    if words.strip():
        found.append(Inbound(CHANNEL, sender, provider_id, Kind.TEXT, arrived, text=words))
    for number in range(int(files)):
        lies = Attached(reference=_needed(form, f"MediaUrl{number}"))
        media_id = f"{provider_id}:media{number}"
        found.append(Inbound(CHANNEL, sender, media_id, Kind.ATTACHMENT, arrived, attached=lies))
    return found or [Inbound(CHANNEL, sender, provider_id, Kind.UNKNOWN, arrived)]


def status(form: Form) -> list[Inbound | DeliveryReport]:
    """What settles a message of ours; [] for a step on the way, which may come late and out of order. Malformed for
    a word that is no state."""
    sid, state = _needed(form, "MessageSid"), _needed(form, "MessageStatus")
    if state in _UNDER_WAY:
        return []
    if state not in _ARRIVED | _LOST:
        raise Malformed("an unknown state")
    code = form.get("ErrorCode", "")
    if state in _ARRIVED:
        return [DeliveryReport(sid, delivered=True)]
    gone = code.isdigit() and int(code) in GONE
    return [DeliveryReport(sid, delivered=False, error=f"{state} {code}".strip(), address_gone=gone)]


def _needed(form: Form, name: str) -> str:
    value = form.get(name, "").strip()
    if not value:
        raise Malformed(f"no {name}")
    return value
