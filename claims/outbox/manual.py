"""The outbox by hand: looking, sending again, dropping."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, clock, contacts
from claims.errors import BadInput, NotFound
from claims.models import OutboxItem
from claims.outbox.storing import STORED
from claims.vocabulary import OutboxState

_AGAIN = (OutboxState.DEAD, OutboxState.FAILED, OutboxState.CANCELLED)


def listing(session: Session, *, limit: int = 100, state: OutboxState | None = None) -> list[OutboxItem]:
    """What was or will be sent, newest first. Addresses and texts are in the clear: mask them (claims.masking)."""
    query = select(OutboxItem).order_by(OutboxItem.created_at.desc(), OutboxItem.id).limit(limit)
    if state is not None:
        query = query.where(OutboxItem.state == state)
    return list(session.scalars(query))


def get(session: Session, item_id: str) -> OutboxItem:
    """An item by its id, or by the beginning of it. NotFound when none, BadInput when several begin so."""
    prefix = item_id.replace("%", "").replace("_", "")
    found = list(session.scalars(select(OutboxItem).where(OutboxItem.id.startswith(prefix)).limit(2)))
    if not prefix or not found:
        raise NotFound("no such outbox item")
    if len(found) > 1:
        raise BadInput("several outbox items begin with this id: give more of it")
    return found[0]


def retry(session: Session, item: OutboxItem, actor: str) -> None:
    """Send an item once more that failed, was given up or cancelled; its address is switched on again.

    BadInput for an item that waits, was sent, or was withheld.
    """
    if item.state not in _AGAIN:
        raise BadInput(f"a {item.state} item cannot be sent again")
    contacts.switch_on(session, channel=item.channel, address=item.address)
    item.state, item.attempts, item.next_try_at = OutboxState.PENDING, 0, clock.now()
    session.info[STORED] = True
    session.flush()
    audit.record(session, actor, "outbox_retried", f"outbox:{item.id}")


def retry_dead(session: Session, actor: str) -> int:
    """The same for all that were tried too often; how many."""
    dead = list(session.scalars(select(OutboxItem).where(OutboxItem.state == OutboxState.DEAD)))
    for item in dead:
        retry(session, item, actor)
    return len(dead)


def cancel(session: Session, item: OutboxItem, actor: str) -> None:
    """Drop an item that waits or was given up. BadInput for any other."""
    if item.state not in (OutboxState.PENDING, OutboxState.DEAD, OutboxState.FAILED):
        raise BadInput(f"a {item.state} item cannot be cancelled")
    item.state, item.error = OutboxState.CANCELLED, "cancelled by hand"
    session.flush()
    audit.record(session, actor, "outbox_cancelled", f"outbox:{item.id}")
