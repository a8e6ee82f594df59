"""One line of the lists of conversations."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from claims import masking
from claims.handover import queue
from claims.models import Conversation, Handover, Message
from claims.vocabulary import HandoverState
from desk.bubbles import customer_of
from desk.wording import named

Row = dict[str, Any]
SHORT = 60


def row_of(session: Session, conversation: Conversation, handover: Handover | None) -> Row:
    """Who, over which channel, why, since when, who has it. Times are seconds since 1970, for the page's clocks."""
    since = handover.opened_at if handover is not None else conversation.last_inbound_at or conversation.created_at
    return {
        "id": conversation.id,
        "who": who(session, conversation),
        "channel": conversation.channel,
        "channel_name": named("channels", conversation.channel),
        "mode": conversation.mode.value,
        "reason": named("reasons", handover.reason.value) if handover is not None else "",
        "priority": handover.priority.value if handover is not None else "normal",
        "skill": handover.skill if handover is not None else "",
        "state": handover.state.value if handover is not None else "",
        "owner_id": handover.owner_id if handover is not None and handover.state is HandoverState.HELD else None,
        "assigned_id": handover.assigned_id if handover is not None else None,
        "since": since.timestamp(),
        "due": queue.due_by(handover).timestamp() if handover is not None and not handover.first_response_at else None,
        "last": "",
        "unread": 0,
    }


def snippet(message: Message | None) -> str:
    """The beginning of a message, in one line."""
    if message is None:
        return ""
    text = " ".join(message.text.split()) or (named("kinds", "file") if message.attachment_id else "")
    return text[:SHORT] + ("…" if len(text) > SHORT else "")


def who(session: Session, conversation: Conversation) -> str:
    """The customer's name; of one whom we do not know the telephone, masked, or a number to tell visitors apart."""
    customer = customer_of(session, conversation)
    if customer is not None and customer.name:
        return customer.name
    if conversation.address and conversation.channel in ("sms", "voice"):
        return masking.phone(conversation.address)
    return f"{named('kinds', 'visitor')} {conversation.id[:4]}"
