"""Messages from customers: stored once, however often a provider sends them, and handled in order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select, update
from sqlalchemy.orm import Session

from claims import clock
from claims.errors import BadInput
from claims.models import Conversation, Message
from claims.upsert import insert_new, writes_alone
from claims.vocabulary import Author, InboundKind, InboundState

# Statements of every message are made once: building one anew costs more than running it.
_CONVERSATION: BindParameter[str] = bindparam("conversation")
_HEARD = (
    update(Conversation)
    .where(Conversation.id == _CONVERSATION)
    .values(last_inbound_at=bindparam("at"))
    .execution_options(synchronize_session=False)
)
_WAITING = select(Message).where(Message.conversation_id == _CONVERSATION, Message.state == InboundState.RECEIVED)
_OLDEST_FIRST = _WAITING.order_by(Message.id)
_ANY_WAITING = _WAITING.with_only_columns(Message.id).limit(1)
_LOCK = select(Conversation.id).where(Conversation.id == _CONVERSATION).with_for_update()


def record_inbound(
    session: Session,
    conversation: Conversation,
    *,
    text: str,
    provider_id: str | None,
    attachment_id: str | None = None,
    is_payload: bool = False,
    said_at: datetime | None = None,
    kind: InboundKind = InboundKind.TEXT,
    details: dict[str, Any] | None = None,
    state: InboundState = InboundState.RECEIVED,
    answer_by: datetime | None = None,
) -> tuple[Message, bool]:
    """Store a customer's message; (message, is it new?). A repeat of (channel, provider_id) is the stored one, False.

    BadInput when the provider_id was used in another conversation: ids that clients make up must be made unique to
    the conversation before they come here.
    """
    session.flush()
    hold_order(session, conversation.id)
    now = clock.now()
    row: dict[str, Any] = {
        "conversation_id": conversation.id,
        "author": Author.CUSTOMER,
        "text": text,
        "buttons": [],
        "awaiting_then": conversation.awaiting,
        "attachment_id": attachment_id,
        "channel": conversation.channel,
        "provider_id": provider_id,
        "is_payload": is_payload,
        "kind": kind,
        "details": details,
        "state": state,
        "answer_by": answer_by,
        "said_at": said_at or now,
        "created_at": now,
    }
    new = session.scalar(insert_new(session, Message, ("channel", "provider_id")), row)
    if isinstance(new, Message):
        session.execute(_HEARD, {"conversation": conversation.id, "at": now})
        return new, True
    stored = session.scalars(
        select(Message).where(Message.channel == conversation.channel, Message.provider_id == provider_id)
    ).one()
    if stored.conversation_id != conversation.id:
        raise BadInput("this message id belongs to another conversation")
    return stored, False


def unanswered(session: Session, conversation_id: str) -> list[Message]:
    """The customer's messages that still wait for an answer, oldest first."""
    return list(session.scalars(_OLDEST_FIRST, {"conversation": conversation_id}))


def any_unanswered(session: Session, conversation_id: str) -> bool:
    """Whether one waits."""
    return session.scalar(_ANY_WAITING, {"conversation": conversation_id}) is not None


def conversations_with_unanswered(session: Session) -> list[str]:
    """Ids of the conversations in which a message waits and that no worker has, the longest wait first."""
    oldest = (
        select(Message.conversation_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.state == InboundState.RECEIVED,
            or_(Conversation.lease_until.is_(None), Conversation.lease_until <= clock.now()),
        )
        .order_by(Message.id)
    )
    return list(dict.fromkeys(session.scalars(oldest)))


def hold_order(session: Session, conversation_id: str) -> None:
    """Lock the conversation's row before adding a message to it.

    Ids then rise in the order in which messages become visible, so that a client that asks for what came after the
    last id it saw misses nothing.
    """
    if not writes_alone(session):
        session.execute(_LOCK, {"conversation": conversation_id})
