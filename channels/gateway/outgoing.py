"""Stored messages and outbox rows in the shape that channels send."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from channels.base import Outbound, Window
from channels.gateway.script import to_script
from channels.gateway.views import BUTTON_PREFIX
from claims import conversations
from claims.contacts import PHONE_CHANNELS
from claims.models import Conversation, Customer, Message, OutboxItem
from claims.outbox.storing import TALK
from claims.vocabulary import Author, InboundKind

SAID = frozenset(TALK.values())


def to_send(session: Session, item: OutboxItem, *, with_window: bool = False) -> Outbound:
    """An outbox row as its channel sends it. What we began to say ourselves is put into the customer's script here;
    what was said in a talk is in it already."""
    message = session.get(Message, item.message_id) if item.message_id is not None else None
    conversation = _conversation(session, item)
    script = conversation.script if conversation is not None else _script_elsewhere(session, item)
    said = item.purpose in SAID
    return Outbound(
        address=item.address,
        text=item.text if said else to_script(item.text, script),
        purpose=item.purpose,
        dedupe_key=item.dedupe_key,
        buttons=[
            (button["title"] if said else to_script(button["title"], script), BUTTON_PREFIX + button["token"])
            for button in item.buttons or []
        ],
        awaiting=message.awaiting if message is not None else None,
        script=script,
        window=_window(session, conversation, item) if with_window and conversation is not None else Window(),
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


def _script_elsewhere(session: Session, item: OutboxItem) -> str:
    """How whoever has this phone writes in the talk they held last; where nothing was said, Simplified."""
    if item.channel not in PHONE_CHANNELS:
        return "hans"
    holders = select(Customer.id).where(Customer.phone_index == item.address_index)
    talks = select(Conversation.script).where(
        or_(Conversation.bound_customer_id.in_(holders), Conversation.proven_customer_id.in_(holders))
    )
    return session.scalar(talks.order_by(Conversation.last_inbound_at.desc().nulls_last()).limit(1)) or "hans"


def _window(session: Session, conversation: Conversation, item: OutboxItem) -> Window:
    last = _last(session, conversation)
    if last is None:
        return Window()
    spoken = _last(session, conversation, Message.kind != InboundKind.EVENT)
    since = spoken.created_at if spoken is not None else last.created_at
    pushed_at = func.coalesce(OutboxItem.sent_at, OutboxItem.created_at)
    pushed = session.execute(
        select(pushed_at, OutboxItem.parts_sent)
        .where(
            OutboxItem.channel == conversation.channel,
            OutboxItem.address_index == conversation.address_index,
            OutboxItem.parts_sent > 0,
            OutboxItem.id != item.id,
            pushed_at >= since,
        )
        .order_by(pushed_at)
    )
    moments = tuple(at for at, parts in pushed for _ in range(parts))
    return Window(last.created_at, last.kind, spoken.created_at if spoken is not None else None, moments)


def _last(session: Session, conversation: Conversation, *conditions: ColumnElement[bool]) -> Message | None:
    """The customer's last message of which all this holds."""
    said = select(Message).where(
        Message.conversation_id == conversation.id, Message.author == Author.CUSTOMER, *conditions
    )
    return session.scalars(said.order_by(Message.id.desc()).limit(1)).first()
