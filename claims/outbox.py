"""The one door through which notices leave: stored first, taken by a sender, then marked."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock, contacts
from claims.models import OutboxItem
from claims.models.base import new_id
from claims.upsert import insert_into
from claims.vocabulary import OutboxState

HOLD = timedelta(seconds=60)
ATTEMPTS = 8
NEEDED = frozenset({"one_time_code"})  # what was asked for a moment ago is sent in spite of an opt-out


def enqueue(
    session: Session, *, channel: str, address: str, purpose: str, text: str, dedupe_key: str
) -> OutboxItem | None:
    """Store a notice. None when it was stored before (same dedupe_key) or its address wants no messages."""
    if purpose not in NEEDED and contacts.opted_out(session, address=address):
        return None
    now = clock.now()
    item_id = session.scalar(
        insert_into(session, OutboxItem)
        .values(
            id=new_id(),
            channel=channel,
            address=address,
            purpose=purpose,
            text=text,
            state=OutboxState.PENDING,
            attempts=0,
            next_try_at=now,
            created_at=now,
            dedupe_key=dedupe_key,
        )
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(OutboxItem.id)
    )
    return None if item_id is None else session.get_one(OutboxItem, item_id)


def pending(session: Session, limit: int = 20) -> list[OutboxItem]:
    """Take up to `limit` items that are due, for one sender: commit, send, then mark each.

    An item taken is due again after a minute, so that a sender that is killed loses nothing; two senders never take
    the same one (rows are locked and skipped on PostgreSQL; SQLite has one writer at a time).
    """
    now = clock.now()
    items = list(
        session.scalars(
            select(OutboxItem)
            .where(OutboxItem.state == OutboxState.PENDING, OutboxItem.next_try_at <= now)
            .order_by(OutboxItem.next_try_at, OutboxItem.created_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
    for item in items:
        item.next_try_at = now + HOLD
        item.attempts += 1
    session.flush()
    return items


def mark_sent(session: Session, item: OutboxItem) -> None:
    """It was handed to the provider."""
    item = session.merge(item)
    item.state, item.sent_at, item.error = OutboxState.SENT, clock.now(), None
    session.flush()


def mark_failed(session: Session, item: OutboxItem, error: str, *, permanent: bool = False) -> None:
    """It could not be sent: tried again after 1, 2, 4 … minutes, or given up when permanent or tried 8 times.

    `error` names the kind of failure and carries no personal data.
    """
    item = session.merge(item)
    item.error = error
    if permanent or item.attempts >= ATTEMPTS:
        item.state = OutboxState.FAILED
    else:
        item.next_try_at = clock.now() + timedelta(minutes=2 ** max(item.attempts - 1, 0))
    session.flush()


def listing(session: Session, *, limit: int = 100, state: OutboxState | None = None) -> list[OutboxItem]:
    """What was or will be sent, newest first. Addresses and texts are in the clear: mask them (claims.masking)."""
    query = select(OutboxItem).order_by(OutboxItem.created_at.desc(), OutboxItem.id).limit(limit)
    if state is not None:
        query = query.where(OutboxItem.state == state)
    return list(session.scalars(query))
