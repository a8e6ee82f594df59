"""Events of an agent bot: https://developers.chatwoot.com, "Agent bots". Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from channels.base import Attached, Inbound, Kind, Malformed
from channels.webhook import Delivery

CHANNEL = "chatwoot"
_INCOMING, _OUTGOING = ("incoming", 0), ("outgoing", 1)


@dataclass(frozen=True, slots=True)
class Event:
    """One call. what: "customer" wrote, "agent" wrote, the conversation was "resolved", or "nothing" for us.

    conversation: its number in Chatwoot. status: "pending" (the bot's), "open" (the agents'), "resolved", "snoozed".
    agent: (number, name) of whoever wrote.
    """

    what: Literal["customer", "agent", "resolved", "nothing"]
    conversation: str = ""
    status: str = ""
    message: str = ""
    text: str = ""
    agent: tuple[str, str] = ("", "")
    files: tuple[str, ...] = ()


def read(body: bytes) -> Event:
    """Raises Malformed."""
    try:
        data: Any = json.loads(body)
        kind = data["event"]
    except (ValueError, KeyError, TypeError):
        raise Malformed("not an event of Chatwoot") from None
    if kind == "conversation_resolved":
        return Event("resolved", _number(data), "resolved")
    if kind != "message_created" or data.get("private"):
        return Event("nothing")
    conversation = data.get("conversation")
    sender = data.get("sender") or {}
    if not isinstance(conversation, dict) or not isinstance(sender, dict):
        raise Malformed("a message without its conversation")
    common = {
        "conversation": _number(conversation),
        "status": str(conversation.get("status") or ""),
        "message": _number(data),
        "text": str(data.get("content") or ""),
        "files": tuple(_files(data)),
    }
    if data.get("message_type") in _INCOMING:
        return Event("customer", **common)
    if data.get("message_type") in _OUTGOING and str(sender.get("type") or "").lower() == "user":
        return Event("agent", agent=(_number(sender), str(sender.get("name") or "")), **common)
    return Event("nothing")


def inbound(event: Event, delivery: Delivery) -> list[Inbound]:
    """What a customer said: one message for the words, one for each file."""
    if event.what != "customer":
        return []
    found = []
    if event.text:
        found.append(Inbound(CHANNEL, event.conversation, f"m{event.message}", Kind.TEXT, delivery.arrived, event.text))
    for place, url in enumerate(event.files):
        attached = Attached(reference=url)
        number = f"m{event.message}/{place}"
        found.append(Inbound(CHANNEL, event.conversation, number, Kind.ATTACHMENT, delivery.arrived, attached=attached))
    return found or [Inbound(CHANNEL, event.conversation, f"m{event.message}", Kind.UNKNOWN, delivery.arrived)]


def _number(data: dict[str, Any]) -> str:
    value = data.get("id")
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Malformed("an id that is no number")
    return str(value)


def _files(data: dict[str, Any]) -> list[str]:
    attachments = data.get("attachments") or []
    if not isinstance(attachments, list):
        raise Malformed("attachments that are no list")
    return [str(each["data_url"]) for each in attachments if isinstance(each, dict) and each.get("data_url")]
