"""Taking what is due, one sender at a time and in order for each address, and marking how it went."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, or_, select, tuple_, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.util import identity_key

from claims import clock, contacts
from claims.models import AddressOff, Conversation, OutboxItem, OutboxPart
from claims.outbox.settling import settle, switch_off
from claims.outbox.storing import FOR_DESKS, NEEDED, TALK
from claims.rules.quiet_hours import quiet_until
from claims.upsert import insert_for
from claims.vocabulary import OutboxState

HOLD = timedelta(seconds=12)
"""A sender that is killed loses nothing: what it took is due again after this. One that lives keeps it (`keep`)."""
ATTEMPTS = 30
"""With the longest pauses these are six hours; after them a person decides (`lipei outbox retry`)."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=15)
JITTER = 0.2
NEEDED_FOR = timedelta(minutes=10)
"""A one-time code is good for ten minutes: later it only confuses."""


def pending(session: Session, limit: int = 20, channels: list[str] | None = None) -> list[OutboxItem]:
    """Take up to `limit` items that are due, of these channels (None: any): commit, send, then mark each.

    At most one item for each address: the first that waits, so that a failure holds up what was said later. What was
    needed at once (NEEDED) neither waits nor holds up. An item taken is due again after HOLD; two senders never take
    the same one (rows are locked and skipped on PostgreSQL; SQLite has one writer at a time). Items that must not
    leave any more (another owner, an opt-out, an address that is off, a code that is too old) are marked so instead,
    and those that must not disturb now wait until they may.
    """
    now = clock.now()
    due = _due(channels is not None).limit(limit).with_for_update(skip_locked=True, of=OutboxItem)
    found = list(session.scalars(due, _values(channels)))
    read = _now(session, found) if found else None
    taken = []
    for item in found:
        if item.quiet_zone and (until := quiet_until(item.channel, item.quiet_zone, now)):
            item.next_try_at = until
            continue
        refusal = _may_not_leave(session, item, read) if read else None
        if refusal is not None:
            item.state, item.error = refusal
            continue
        item.next_try_at = now + HOLD
        item.attempts += 1
        taken.append(item)
    session.flush()
    return taken


def keep(session: Session, items: list[OutboxItem]) -> set[str]:
    """Hold what was taken and is still being sent for another HOLD; ids of those that are the caller's no longer."""
    kept = session.scalars(
        update(OutboxItem)
        .where(
            tuple_(OutboxItem.id, OutboxItem.attempts).in_([(item.id, item.attempts) for item in items]),
            OutboxItem.state == OutboxState.PENDING,
        )
        .values(next_try_at=clock.now() + HOLD)
        .returning(OutboxItem.id)
        .execution_options(synchronize_session=False)
    )
    return {item.id for item in items} - set(kept)


def any_due(session: Session, channels: list[str] | None = None) -> bool:
    """Whether `pending` would take anything. Only reads."""
    found = _due(channels is not None).with_only_columns(OutboxItem.id).order_by(None).limit(1)
    return session.scalar(found, _values(channels)) is not None


def mark_part(session: Session, item: OutboxItem, part: int, provider_id: str | None, *, last: bool = False) -> None:
    """One part of an item was handed to the provider, which gave it this id (None: it gives none). last: see
    `mark_sent`."""
    given = provider_id or f"{item.id}/{part}"
    row = {"channel": item.channel, "provider_id": given, "item_id": item.id, "part": part, "address_gone": False}
    session.execute(_part_taken(session.get_bind().dialect.name), row)
    if last:
        mark_sent(session, item, part + 1)
    else:
        _ours(session, item, parts_sent=part + 1, next_try_at=clock.now() + HOLD)


def mark_sent(session: Session, item: OutboxItem, parts: int | None = None) -> None:
    """All of it (so many parts) was handed to the provider. What it reported before we knew the id counts now."""
    if parts is None:
        parts = item.parts_sent
    if _ours(session, item, state=OutboxState.SENT, parts_sent=parts, sent_at=clock.now(), error=None):
        settle(session, item.id)


@cache
def _part_taken(dialect: str) -> Any:
    insert = insert_for(dialect, OutboxPart.__table__)
    taken = {name: insert.excluded[name] for name in ("item_id", "part")}
    return insert.on_conflict_do_update(index_elements=["channel", "provider_id"], set_=taken)


def mark_failed(
    session: Session,
    item: OutboxItem,
    error: str,
    *,
    permanent: bool = False,
    address_gone: bool = False,
    retry_after: float | None = None,
) -> None:
    """It could not be sent: tried again after 1, 2, 4 … seconds up to a quarter of an hour, or later when the provider
    asks for it (retry_after, seconds). Given up when permanent or tried too often; address_gone: nothing that is sent
    there will arrive, so that nothing more is.

    `error` names the kind of failure and carries no personal data.
    """
    if permanent:
        if _ours(session, item, state=OutboxState.FAILED, error=error) and address_gone:
            switch_off(session, item, error)
    elif item.attempts >= ATTEMPTS:
        _ours(session, item, state=OutboxState.DEAD, error=error)
    else:
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(item.attempts - 1, 20)).total_seconds()
        pause *= random.uniform(1 - JITTER, 1 + JITTER)
        again = clock.now() + timedelta(seconds=max(pause, retry_after or 0))
        _ours(session, item, next_try_at=again, error=error)


@cache
def _due(of_channels: bool) -> Select[OutboxItem]:
    """What is due at `now`, of `channels` or of any; made once, because it is asked for several times a second."""
    earlier = aliased(OutboxItem)
    waits_for_an_earlier = exists().where(
        earlier.channel == OutboxItem.channel,
        earlier.address_index == OutboxItem.address_index,
        earlier.state == OutboxState.PENDING,
        earlier.purpose.not_in(NEEDED),
        or_(
            earlier.number < OutboxItem.number,
            and_(earlier.number == OutboxItem.number, earlier.id < OutboxItem.id),
        ),
    )
    due = (
        select(OutboxItem)
        .where(
            OutboxItem.state == OutboxState.PENDING,
            OutboxItem.next_try_at <= bindparam("now"),
            or_(OutboxItem.purpose.in_(NEEDED), ~waits_for_an_earlier),
        )
        .order_by(OutboxItem.next_try_at, OutboxItem.created_at, OutboxItem.number)
    )
    return due.where(OutboxItem.channel.in_(bindparam("channels", expanding=True))) if of_channels else due


def _values(channels: list[str] | None) -> dict[str, Any]:
    return {"now": clock.now()} if channels is None else {"now": clock.now(), "channels": channels}


@dataclass(frozen=True, slots=True)
class _Now:
    """What holds for the items that are due, read at once. version: of each conversation; off: (channel, index)."""

    version: dict[str, int]
    off: set[tuple[str, str | None]]


def _now(session: Session, items: list[OutboxItem]) -> _Now:
    named = {item.conversation_id for item in items if item.version is not None and item.conversation_id}
    versions = select(Conversation.id, Conversation.version).where(Conversation.id.in_(named))
    indexes = {item.address_index for item in items}
    off = select(AddressOff.channel, AddressOff.address_index).where(AddressOff.address_index.in_(indexes))
    return _Now(
        {row.id: row.version for row in session.execute(versions)} if named else {},
        {(row.channel, row.address_index) for row in session.execute(off)},
    )


def _may_not_leave(session: Session, item: OutboxItem, now: _Now) -> tuple[OutboxState, str] | None:
    """(state, why) of an item that was overtaken by what happened since it was stored; None when it may leave."""
    written_under = item.version if item.conversation_id is not None else None
    if written_under is not None and now.version.get(item.conversation_id or "") != written_under:
        return OutboxState.WITHHELD, "the conversation has another owner by now"
    if item.purpose in NEEDED and item.created_at < clock.now() - NEEDED_FOR:
        return OutboxState.CANCELLED, "no longer of use"
    if (item.channel, item.address_index) in now.off:
        return OutboxState.FAILED, "the address is switched off"
    notice = item.purpose not in NEEDED | FOR_DESKS and item.purpose not in TALK.values()
    if notice and contacts.opted_out(session, address=item.address, channel=item.channel):
        return OutboxState.CANCELLED, "opted out"
    return None


def _ours(session: Session, item: OutboxItem, **values: object) -> bool:
    """Write to the item unless another sender took it since (its attempts rose) or it was settled otherwise."""
    session.flush()
    changed = session.execute(
        update(OutboxItem)
        .where(OutboxItem.id == item.id, OutboxItem.attempts == item.attempts, OutboxItem.state == OutboxState.PENDING)
        .values(**values)
        .returning(OutboxItem.id)
        .execution_options(synchronize_session=False)
    ).first()
    stored = session.identity_map.get(identity_key(OutboxItem, item.id))
    if stored is not None:
        session.expire(stored)
    return changed is not None
