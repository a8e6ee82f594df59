"""Putting into the outbox what is to leave, in the transaction in which it was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims import clock, contacts, crypto
from claims.models import Conversation, Message, OutboxItem
from claims.models.base import new_id
from claims.upsert import insert_into
from claims.vocabulary import Author, OutboxState

NEEDED = frozenset({"one_time_code"})  # what was asked for a moment ago is sent in spite of an opt-out
TALK = {Author.BOT: "reply", Author.AGENT: "agent", Author.SYSTEM: "system"}
"""Purposes of what is said in a conversation: the customer began it, so an opt-out from notices stops none of it."""

STORED = "outbox_stored"
"""Set in `session.info` when something was stored, so that a sender in the same process can be woken."""


def enqueue(
    session: Session, *, channel: str, address: str, purpose: str, text: str, dedupe_key: str
) -> OutboxItem | None:
    """Store a notice. None when it was stored before (same dedupe_key) or its address wants no messages."""
    if purpose not in NEEDED and contacts.opted_out(session, address=address, channel=channel):
        return None
    return _insert(session, channel=channel, address=address, purpose=purpose, text=text, dedupe_key=dedupe_key)


def enqueue_message(session: Session, conversation: Conversation, message: Message, *, due: datetime | None) -> None:
    """Store the way out of a message that was said in a conversation whose channel pushes.

    The conversation's row must be locked and fresh: its version is what the sender checks a bot's message against.
    due: not before this moment, because the request that brought the question may take the answer along.
    """
    if conversation.address is None:
        return
    _insert(
        session,
        channel=conversation.channel,
        address=conversation.address,
        purpose=TALK[message.author],
        text=message.text,
        dedupe_key=f"message:{message.id}",
        buttons=[{"title": button["title"], "token": button["token"]} for button in message.buttons] or None,
        conversation_id=conversation.id,
        message_id=message.id,
        version=conversation.version if message.author is Author.BOT else None,
        next_try_at=due or clock.now(),
    )


def _insert(session: Session, *, channel: str, address: str, **values: Any) -> OutboxItem | None:
    now, index = clock.now(), crypto.blind_index(address)
    so_far = select(func.coalesce(func.max(OutboxItem.number), 0) + 1).where(
        OutboxItem.channel == channel, OutboxItem.address_index == index
    )
    row = {
        "id": new_id(),
        "channel": channel,
        "address": address,
        "address_index": index,
        "number": so_far.scalar_subquery(),
        "state": OutboxState.PENDING,
        "attempts": 0,
        "parts_sent": 0,
        "in_reply": False,
        "next_try_at": now,
        "created_at": now,
        **values,
    }
    item_id = session.scalar(
        insert_into(session, OutboxItem)
        .values(row)
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(OutboxItem.id)
    )
    if item_id is None:
        return None
    session.info[STORED] = True
    return session.get_one(OutboxItem, item_id)
