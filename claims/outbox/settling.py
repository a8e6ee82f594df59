"""What follows when a provider says for good that a message arrived, or that it never will."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from claims import clock, contacts, requests
from claims.models import OutboxItem, OutboxPart
from claims.vocabulary import OutboxState

DELIVERED, FAILED = "delivered", "failed"


_REPORTED = (
    select(OutboxPart.id).where(OutboxPart.item_id == bindparam("item"), OutboxPart.report.is_not(None)).limit(1)
)


def settle(session: Session, item_id: str) -> None:
    """Bring an item that was sent to the state its parts were reported in.

    A report that comes at the same moment waits for the row of its part, which both write, and settles then.
    """
    if session.scalar(_REPORTED, {"item": item_id}) is None:
        return
    item = session.get_one(OutboxItem, item_id, with_for_update=True, populate_existing=True)
    if item.state not in (OutboxState.SENT, OutboxState.FAILED) or item.sent_at is None:
        return
    parts = list(session.scalars(select(OutboxPart).where(OutboxPart.item_id == item_id)))
    failed = next((part for part in parts if part.report == FAILED), None)
    if failed is not None and item.state is OutboxState.SENT:
        item.state, item.error = OutboxState.FAILED, failed.error or "not delivered"
        if failed.address_gone:
            switch_off(session, item, item.error)
    elif failed is None and parts and all(part.report == DELIVERED for part in parts):
        item.state, item.error, item.delivered_at = OutboxState.DELIVERED, None, clock.now()
    session.flush()


def switch_off(session: Session, item: OutboxItem, reason: str) -> None:
    """Nothing more is sent to the item's address, and staff are told."""
    contacts.switch_off(session, channel=item.channel, address=item.address, reason=reason)
    requests.open_request(
        session, kind="address_off", conversation_id=item.conversation_id, text=f"{item.channel}: {reason}"
    )
