"""Who wants no messages of ours, honoured at once and on every channel; and whom no message reaches any more."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from claims import audit, clock, crypto
from claims.models import AddressOff, Conversation, Customer, OptOut
from claims.upsert import insert_into

PHONE_CHANNELS = frozenset({"sms", "voice"})
"""Channels whose addresses are phone numbers. Elsewhere a string of digits may be anything."""


_OFF = select(AddressOff).where(
    AddressOff.channel == bindparam("channel"), AddressOff.address_index == bindparam("index")
)


def opt_out(session: Session, conversation: Conversation) -> None:
    """No more messages of our own to this conversation, its address, and the customer if known. Safe to repeat."""
    for key in _keys_of(session, conversation):
        session.execute(insert_into(session, OptOut).values(key=key, created_at=clock.now()).on_conflict_do_nothing())
    audit.record(session, "customer", "opted_out", f"conversation:{conversation.id}")


def opt_in(session: Session, conversation: Conversation) -> None:
    """Messages of our own again, wherever an opt-out from this conversation had stopped them. Safe to repeat."""
    session.execute(delete(OptOut).where(OptOut.key.in_(_keys_of(session, conversation))))
    audit.record(session, "customer", "opted_in", f"conversation:{conversation.id}")


def opted_out(
    session: Session,
    *,
    conversation_id: str | None = None,
    customer_id: str | None = None,
    address: str | None = None,
    channel: str | None = None,
) -> bool:
    """Whether any of what is given has opted out, or whoever is known to be behind it. channel: of the address."""
    keys = set()
    if conversation_id is not None:
        conversation = session.get(Conversation, conversation_id)
        keys |= {f"conversation:{conversation_id}"} | (_keys_of(session, conversation) if conversation else set())
    if customer_id is not None:
        keys.add(f"customer:{customer_id}")
    if address is not None:
        keys |= _keys_of_address(session, address, channel)
    return session.scalar(select(OptOut.key).where(OptOut.key.in_(keys)).limit(1)) is not None


def switch_off(session: Session, *, channel: str, address: str, reason: str) -> None:
    """Nothing that is sent to this address arrives: nothing more is sent, until the customer writes from it again.

    `reason` is for staff and carries no personal data. Safe to repeat.
    """
    row = {
        "channel": channel,
        "address_index": crypto.blind_index(address),
        "reason": reason,
        "created_at": clock.now(),
    }
    session.execute(insert_into(session, AddressOff).values(row).on_conflict_do_nothing())


def switch_on(session: Session, *, channel: str, address: str) -> None:
    """The address works again. Nothing happens when it was never off."""
    off = _off(session, channel, address)
    if off is not None:
        session.delete(off)
        session.flush()


def switched_off(session: Session, *, channel: str, address: str) -> str | None:
    """Why nothing is sent to this address; None when it is on."""
    off = _off(session, channel, address)
    return off.reason if off is not None else None


def _off(session: Session, channel: str, address: str) -> AddressOff | None:
    return session.scalar(_OFF, {"channel": channel, "index": crypto.blind_index(address)})


def _keys_of(session: Session, conversation: Conversation) -> set[str]:
    keys = {f"conversation:{conversation.id}"}
    if conversation.address_index is not None:
        keys.add(f"address:{conversation.address_index}")
    # Nobody needs to prove anything afresh to be left in peace: a proof that has run out counts here.
    known = conversation.bound_customer_id or conversation.proven_customer_id
    customers = [session.get(Customer, known)] if known is not None else []
    if conversation.channel in PHONE_CHANNELS and conversation.address_index is not None:
        customers += session.scalars(select(Customer).where(Customer.phone_index == conversation.address_index))
    for customer in customers:
        if customer is not None:
            keys |= {f"customer:{customer.id}", f"address:{customer.phone_index}"}
    return keys


def _keys_of_address(session: Session, address: str, channel: str | None) -> set[str]:
    """Of the address itself, of the conversations held from it, and of the customers known to be behind it."""
    index = crypto.blind_index(address)
    keys = {f"address:{index}"}
    held = select(Conversation).where(Conversation.address_index == index)
    for conversation in session.scalars(held if channel is None else held.where(Conversation.channel == channel)):
        keys |= _keys_of(session, conversation)
    if channel is None or channel in PHONE_CHANNELS:
        keys |= {
            f"customer:{each}" for each in session.scalars(select(Customer.id).where(Customer.phone_index == index))
        }
    return keys
