"""Messages from customers: stored once, however often a provider sends them, and handled in order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from claims import clock
from claims.errors import BadInput
from claims.models import Conversation, Message
from claims.upsert import insert_into, writes_alone
from claims.vocabulary import Author, InboundKind, InboundState


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
    new = session.scalar(
        insert_into(session, Message)
        .values(
            conversation_id=conversation.id,
            author=Author.CUSTOMER,
            text=text,
            buttons=[],
            awaiting_then=conversation.awaiting,
            attachment_id=attachment_id,
            channel=conversation.channel,
            provider_id=provider_id,
            is_payload=is_payload,
            kind=kind,
            details=details,
            state=state,
            answer_by=answer_by,
            said_at=said_at or now,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["channel", "provider_id"])
        .returning(Message)
    )
    if isinstance(new, Message):
        session.execute(
            update(Conversation)
            .where(Conversation.id == conversation.id)
            .values(last_inbound_at=now)
            .execution_options(synchronize_session=False)
        )
        return new, True
    stored = session.scalars(
        select(Message).where(Message.channel == conversation.channel, Message.provider_id == provider_id)
    ).one()
    if stored.conversation_id != conversation.id:
        raise BadInput("this message id belongs to another conversation")
    return stored, False


def unanswered(session: Session, conversation_id: str) -> list[Message]:
    """The customer's messages that still wait for an answer, oldest first."""
    return list(
        session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id, Message.state == InboundState.RECEIVED)
            .order_by(Message.id)
        )
    )


def any_unanswered(session: Session, conversation_id: str) -> bool:
    """Whether one waits."""
    waiting = select(Message.id).where(
        Message.conversation_id == conversation_id, Message.state == InboundState.RECEIVED
    )
    return session.scalar(waiting.limit(1)) is not None


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
    if writes_alone(session):
        return
    session.execute(select(Conversation.id).where(Conversation.id == conversation_id).with_for_update())
