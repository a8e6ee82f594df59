"""WeChat's messages, one a request.

https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_standard_messages.html
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from channels.base import Attached, DeliveryReport, Inbound, Kind, Malformed, Place
from channels.wechat import events
from channels.wechat.events import CHANNEL, WORDING


def parse(fields: Mapping[str, str]) -> list[Inbound | DeliveryReport]:
    """Fields of an opened message → what it says. Raises Malformed."""
    try:
        kind, openid = fields["MsgType"].strip().lower(), fields["FromUserName"].strip()
        said_at = datetime.fromtimestamp(int(fields["CreateTime"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        raise Malformed("not a message: MsgType, FromUserName or CreateTime is missing or wrong") from None
    if not openid:
        raise Malformed("a message from nobody")
    if kind == "event":
        return events.read(fields, openid, said_at)
    said, values = _said(kind, fields)
    provider_id = fields.get("MsgId", "")[:100] or events.event_id(fields)
    return [Inbound(CHANNEL, openid, provider_id, said, said_at, **values)]


def _said(kind: str, fields: Mapping[str, str]) -> tuple[Kind, dict[str, Any]]:
    media = Attached(reference=fields["MediaId"]) if fields.get("MediaId") else None
    match kind:
        case "text":
            return Kind.TEXT, {"text": fields.get("Content", "")}
        case "image" if media is not None:
            return Kind.ATTACHMENT, {"attached": media}
        case "voice":
            heard = fields.get("Recognition", "").strip()
            return Kind.VOICE, {"text": heard, "attached": None if heard else media}
        case "location":
            return Kind.LOCATION, {"place": _place(fields)}
        case "link":
            return Kind.UNKNOWN, {"text": f"{fields.get('Title', '')} {fields.get('Url', '')}".strip()}
        case "video" | "shortvideo":
            return Kind.UNKNOWN, {"text": WORDING.say("video")}
        case _:
            return Kind.UNKNOWN, {}


def _place(fields: Mapping[str, str]) -> Place:
    """Location_X is the latitude, Location_Y the longitude, as Chinese maps shift them (GCJ-02)."""
    try:
        latitude, longitude = float(fields["Location_X"]), float(fields["Location_Y"])
    except (KeyError, ValueError):
        raise Malformed("a location without coordinates") from None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise Malformed("a location outside the earth")
    return Place(latitude, longitude, fields.get("Label", "").strip())
