"""Claims, conversations and notices as the staff API shows them. Times are ISO 8601 at +08:00, money is yuan."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from claims import clock, materials
from claims.facts import FACT_NAMES
from claims.lifecycle import STATE_NAMES, allowed
from claims.models import Attachment, Claim, Conversation, Message

Json = dict[str, Any]


def moment(value: datetime | None) -> str | None:
    """ISO 8601 as people in Shanghai read it."""
    return None if value is None else clock.local(value).isoformat(timespec="seconds")


def yuan(value: Decimal | None) -> int | float | None:
    """A JSON number: whole yuan as 3500, otherwise 3500.5. For showing only; nothing is computed from it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def facts_json(claim: Claim) -> Json:
    """The eleven facts of the report, all names always present."""
    facts = materials.facts_of(claim)
    shown: Json = {}
    for name in FACT_NAMES:
        value = getattr(facts, name)
        if isinstance(value, datetime):
            shown[name] = moment(value)
        elif isinstance(value, Decimal):
            shown[name] = yuan(value)
        else:
            shown[name] = value
    return shown


def claim_json(session: Session, claim: Claim) -> Json:
    """The whole claim card; the facts stand under `facts` and once more at the top."""
    facts = facts_json(claim)
    return {
        **facts,
        "claim_no": claim.number,
        "state": claim.state.value,
        "state_name": STATE_NAMES[claim.state],
        "state_since": moment(claim.state_since),
        "allowed_steps": [state.value for state in allowed(claim)],
        "facts": facts,
        "loss_estimate_text": None if claim.loss_estimate is None else f"{claim.loss_estimate:.2f}",
        "priority": claim.priority.value,
        "tier": claim.tier.value,
        "conversation_id": claim.conversation_id,
        "reported_at": moment(claim.reported_at),
        "offer_amount": yuan(claim.offer_amount),
        "rejection_grounds": claim.rejection_grounds,
        "timeline": [
            {
                "at": moment(entry.at),
                "state_from": entry.state_from.value if entry.state_from else None,
                "state_to": entry.state_to.value,
                "actor": entry.actor,
                "note": entry.note,
            }
            for entry in claim.timeline
        ],
        "materials": [
            {
                "kind": item.kind,
                "name": item.name,
                "state": item.state.value,
                "required": item.required,
                "reason": item.reason,
            }
            for item in materials.standing(session, claim)
        ],
    }


def conversation_json(conversation: Conversation) -> Json:
    """One line of the list of conversations."""
    return {
        "id": conversation.id,
        "channel": conversation.channel,
        "mode": conversation.mode.value,
        "script": conversation.script,
        "awaiting": conversation.awaiting,
        "customer_id": conversation.proven_customer_id or conversation.bound_customer_id,
        "created_at": moment(conversation.created_at),
        "last_inbound_at": moment(conversation.last_inbound_at),
    }


def message_json(message: Message, attachment: Attachment | None) -> Json:
    """One message of a transcript; buttons by their titles."""
    return {
        "id": message.id,
        "from": message.author.value,
        "text": message.text,
        "buttons": [button["title"] for button in message.buttons] if message.state is None else [],
        "awaiting": message.awaiting,
        "created_at": moment(message.created_at),
        "attachment": None
        if attachment is None
        else {
            "id": attachment.id,
            "mime": attachment.mime,
            "size": attachment.size,
            "name": attachment.original_name,
        },
    }
