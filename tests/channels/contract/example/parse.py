"""The provider's JSON: {"messages": [{"id", "from", "at", "type", …}], "reports": [{"id", "status"}]}."""

import json
from datetime import UTC, datetime
from typing import Any

from channels.base import Attached, DeliveryReport, Inbound, Kind, Malformed, Place

CHANNEL = "example"


def parse(body: bytes) -> list[Inbound | DeliveryReport]:
    """Raises Malformed."""
    try:
        data = json.loads(body)
        messages = [_message(each) for each in data.get("messages", [])]
        reports = [_report(each) for each in data.get("reports", [])]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed(f"not the provider's JSON: {type(error).__name__}") from error
    return [*messages, *reports]


def _message(data: dict[str, Any]) -> Inbound:
    kind, values = _kind(data)
    said_at = datetime.fromtimestamp(float(data["at"]), UTC)
    return Inbound(CHANNEL, str(data["from"]), str(data["id"]), kind, said_at, **values)


def _kind(data: dict[str, Any]) -> tuple[Kind, dict[str, Any]]:
    match data["type"]:
        case "text":
            return Kind.TEXT, {"text": str(data["text"])}
        case "button":
            return Kind.PAYLOAD, {"token": str(data["token"])}
        case "file":
            return Kind.ATTACHMENT, {"attached": Attached(reference=str(data["file"]), name=str(data["name"]))}
        case "place":
            return Kind.LOCATION, {"place": Place(data["lat"], data["lon"], data["label"], data["address"])}
        case "edit":
            return Kind.EDITED, {"text": str(data["text"]), "edits": str(data["edits"])}
        case "voice":
            lies = Attached(reference=str(data["file"])) if "file" in data else None
            return Kind.VOICE, {"text": str(data.get("heard", "")), "attached": lies}
        case "event":
            return Kind.EVENT, {"event": str(data["event"]), "text": str(data["title"])}
        case _:
            return Kind.UNKNOWN, {}


def _report(data: dict[str, Any]) -> DeliveryReport:
    status = str(data["status"])
    return DeliveryReport(str(data["id"]), status == "delivered", status, address_gone=status == "no such address")
