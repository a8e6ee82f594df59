"""Stored messages and outbox rows in the shape that channels send."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.base import Outbound, Window
from channels.gateway.views import BUTTON_PREFIX
from claims import conversations
from claims.models import Conversation, Message, OutboxItem
from claims.vocabulary import Author


def to_send(session: Session, item: OutboxItem, *, with_window: bool = False) -> Outbound:
    """An outbox row as its channel sends it."""
    message = session.get(Message, item.message_id) if item.message_id is not None else None
    conversation = _conversation(session, item)
    return Outbound(
        address=item.address,
        text=item.text,
        purpose=item.purpose,
        dedupe_key=item.dedupe_key,
        buttons=[(button["title"], BUTTON_PREFIX + button["token"]) for button in item.buttons or []],
        awaiting=message.awaiting if message is not None else None,
        script=conversation.script if conversation is not None else "hans",
        window=_window(session, conversation) if with_window and conversation is not None else Window(),
    )


def said(conversation: Conversation, message: Message) -> Outbound:
    """A stored message of a conversation whose channel does not push."""
    return Outbound(
        address=conversation.address or "",
        text=message.text,
        purpose="reply",
        dedupe_key=f"message:{message.id}",
        buttons=[(button["title"], BUTTON_PREFIX + button["token"]) for button in message.buttons],
        awaiting=message.awaiting,
        script=conversation.script,
    )


def _conversation(session: Session, item: OutboxItem) -> Conversation | None:
    if item.conversation_id is not None:
        return session.get(Conversation, item.conversation_id)
    return conversations.by_address(session, item.channel, item.address)


def _window(session: Session, conversation: Conversation) -> Window:
    last = session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation.id, Message.author == Author.CUSTOMER)
        .order_by(Message.id.desc())
        .limit(1)
    ).first()
    pushed = select(OutboxItem.sent_at).where(
        OutboxItem.channel == conversation.channel,
        OutboxItem.address_index == conversation.address_index,
        OutboxItem.sent_at.is_not(None),
        OutboxItem.in_reply.is_(False),
    )
    if last is None:
        return Window()
    since = session.scalars(pushed.where(OutboxItem.sent_at >= last.created_at).order_by(OutboxItem.sent_at))
    return Window(last.created_at, last.kind, tuple(moment for moment in since if moment is not None))
