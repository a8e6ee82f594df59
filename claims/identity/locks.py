"""Guessing is limited: wrong codes are counted for the phone (over all conversations) and for the conversation.

Wrong passwords of staff are counted by the same counters, under keys of their own (claims.logins).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock
from claims.models import Conversation, IdentityLock
from claims.upsert import insert_into

WRONG_CODES = 5
LOCK_MINUTES = 15


def held(session: Session, conversation: Conversation, phone_index: str | None) -> list[IdentityLock]:
    """The counters of this conversation and phone, locked until the transaction ends, so that many guesses sent at
    once are counted one by one. Always in the same order, so that two transactions cannot wait for each other."""
    keys = [f"conversation:{conversation.id}"]
    if phone_index is not None:
        keys.append(f"phone:{phone_index}")
    return counters_of(session, keys)


def counters_of(session: Session, keys: list[str]) -> list[IdentityLock]:
    """The counters of these keys, made when missing, in the order of the keys and locked until the transaction ends."""
    for key in sorted(keys):
        session.execute(insert_into(session, IdentityLock).values(key=key, wrong=0).on_conflict_do_nothing())
    return list(
        session.scalars(
            select(IdentityLock)
            .where(IdentityLock.key.in_(keys))
            .order_by(IdentityLock.key)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def locked_until(counters: Sequence[IdentityLock]) -> datetime | None:
    """When the longest lock ends; None when nothing is locked."""
    now = clock.now()
    return max((c.until for c in counters if c.until is not None and c.until > now), default=None)


def count_wrong(counters: Sequence[IdentityLock], limit: int = WRONG_CODES) -> bool:
    """Count one wrong answer; True when that was one too many (the `limit`th in a row) and the lock is on."""
    now = clock.now()
    locked = False
    for counter in counters:
        quiet = counter.last_wrong_at is None or counter.last_wrong_at <= now - timedelta(minutes=LOCK_MINUTES)
        counter.wrong = 1 if quiet else counter.wrong + 1
        counter.last_wrong_at = now
        if counter.wrong >= limit:
            locked = True
    if locked:
        for counter in counters:
            counter.wrong = 0
            counter.until = now + timedelta(minutes=LOCK_MINUTES)
    return locked


def forgive(counters: Sequence[IdentityLock]) -> None:
    """After a right code nothing is held against anyone."""
    for counter in counters:
        counter.wrong, counter.until, counter.last_wrong_at = 0, None, None
