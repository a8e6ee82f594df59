"""Events: following and leaving, the menu, QR codes, and what became of a template message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from channels.base import DeliveryReport, Inbound, Kind, Malformed
from channels.gateway.wording import Wording

CHANNEL = "wechat"
OPENS = frozenset({"greet", "report_claim", "ask_claim_status", "ask_materials", "ask_policy", "request_human"})
"""Keys of menu entries, and scenes of QR codes: each is the intent that it opens a conversation with."""
WORDING = Wording(Path(__file__).with_name("wording.yml"), CHANNEL)


def read(fields: Mapping[str, str], openid: str, said_at: datetime) -> list[Inbound | DeliveryReport]:
    """[] for events in which the customer says nothing (VIEW, LOCATION, …)."""
    event, key = fields.get("Event", "").lower(), fields.get("EventKey", "")
    match event:
        case "subscribe" | "scan":
            return [_opened(event, key.removeprefix("qrscene_"), fields, openid, said_at)]
        case "click" if key.lower() in OPENS:
            return [_opened(event, key, fields, openid, said_at)]
        case "click":
            return [Inbound(CHANNEL, openid, event_id(fields), Kind.UNKNOWN, said_at)]
        case "unsubscribe":
            return [Inbound(CHANNEL, openid, event_id(fields), Kind.EVENT, said_at, event="leave")]
        case "templatesendjobfinish":
            return [_report(fields)]
    return []


def event_id(fields: Mapping[str, str]) -> str:
    """The same at every resend: events have no MsgId, WeChat names them by FromUserName and CreateTime. Hashed, for
    the id is stored in clear; two different events of one second are two."""
    named = "\n".join(fields.get(name, "") for name in ("FromUserName", "CreateTime", "Event", "EventKey"))
    return f"event:{sha256(named.encode()).hexdigest()[:40]}"


def _opened(event: str, key: str, fields: Mapping[str, str], openid: str, said_at: datetime) -> Inbound:
    named = key.lower() if key.lower() in OPENS else None
    title = WORDING.say(named or event)
    return Inbound(CHANNEL, openid, event_id(fields), Kind.EVENT, said_at, text=title, event=named or "greet")


def _report(fields: Mapping[str, str]) -> DeliveryReport:
    """Status is "success", "failed:user block" (the customer wants nothing from the account) or "failed: …"."""
    if not fields.get("MsgID"):
        raise Malformed("a report without MsgID")
    status = fields.get("Status", "").lower()
    return DeliveryReport(
        fields["MsgID"], status == "success", "" if status == "success" else status[:80], "user block" in status
    )
