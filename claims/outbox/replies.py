"""Answers that go back in the provider's own request instead of being pushed."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from claims import clock
from claims.models import Conversation, Message, OutboxItem
from claims.vocabulary import OutboxState


def hand_over(session: Session, message_ids: list[int], carries: Callable[[list[OutboxItem]], int]) -> list[OutboxItem]:
    """Take along the replies (stored messages, by id) that one answer can carry; marked as sent, in this transaction.

    carries: how many of these, from the first on, fit into the answer. The rest is due at once for the sender. What
    was handed over to an earlier delivery of the same message comes back again, and nothing else. Nothing is taken
    while something earlier waits for the same address, or when a sender has begun with it.
    """
    rows = list(
        session.scalars(
            select(OutboxItem)
            .where(OutboxItem.message_id.in_(message_ids))
            .order_by(OutboxItem.number)
            .with_for_update()
        )
    )
    before = [row for row in rows if row.in_reply]
    if before or not rows:
        return before
    if any(row.state is not OutboxState.PENDING or row.attempts for row in rows) or _waits(session, rows[0]):
        return []
    first = rows[0]
    version = session.scalar(select(Conversation.version).where(Conversation.id == first.conversation_id))
    now = clock.now()
    if any(row.version not in (None, version) for row in rows):
        return []
    count = carries(rows)
    for row in rows[:count]:
        row.state, row.sent_at, row.in_reply = OutboxState.SENT, now, True
    for row in rows[count:]:
        row.next_try_at = now
    session.flush()
    return rows[:count]


def _waits(session: Session, row: OutboxItem) -> bool:
    """Whether something earlier for the same address has not left yet."""
    earlier = exists().where(
        OutboxItem.channel == row.channel,
        OutboxItem.address_index == row.address_index,
        OutboxItem.state == OutboxState.PENDING,
        OutboxItem.number < row.number,
    )
    return bool(session.scalar(select(earlier)))


def replies_to(session: Session, inbound_id: int) -> list[Message]:
    """What was answered to a message, with the receipt that was given for it first."""
    query = select(Message).where(or_(Message.answers_id == inbound_id, Message.provider_id == f"receipt:{inbound_id}"))
    return list(session.scalars(query.order_by(Message.id)))
