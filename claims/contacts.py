"""Opt-out: honoured at once, on every channel we can tie to the person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, clock, crypto
from claims.models import Conversation, Customer, OptOut
from claims.upsert import insert_into


def opt_out(session: Session, conversation: Conversation) -> None:
    """No more messages of our own to this conversation, its address, and the customer if known. Safe to repeat."""
    keys = [f"conversation:{conversation.id}"]
    if conversation.address_index is not None:
        keys.append(f"address:{conversation.address_index}")
    # Nobody needs to prove anything afresh to be left in peace: a proof that has run out counts here.
    known = conversation.bound_customer_id or conversation.proven_customer_id
    customer = session.get(Customer, known) if known is not None else None
    if customer is not None:
        keys += [f"customer:{customer.id}", f"address:{customer.phone_index}"]
    for key in keys:
        session.execute(insert_into(session, OptOut).values(key=key, created_at=clock.now()).on_conflict_do_nothing())
    audit.record(session, "customer", "opted_out", f"conversation:{conversation.id}")


def opted_out(
    session: Session,
    *,
    conversation_id: str | None = None,
    customer_id: str | None = None,
    address: str | None = None,
) -> bool:
    """Whether any of what is given has opted out."""
    keys = []
    if conversation_id is not None:
        keys.append(f"conversation:{conversation_id}")
    if customer_id is not None:
        keys.append(f"customer:{customer_id}")
    if address is not None:
        keys.append(f"address:{crypto.blind_index(address)}")
    return session.scalar(select(OptOut.key).where(OptOut.key.in_(keys)).limit(1)) is not None
