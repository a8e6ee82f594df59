"""Telephone calls that were promised: booked at a time the customer chooses, made by staff."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, casework, clock, identity
from claims.contacts import PHONE_CHANNELS
from claims.errors import BadInput, NotFound
from claims.models import CallbackBooking, Conversation, Handover, StaffAccount
from claims.normalise import phone as one_spelling
from claims.rules.handover import callable_at, rules
from claims.vocabulary import CallbackState, HandoverState

_NUMBER = re.compile(r"\+?\d{7,15}")  # a caller may have shown none


def book(session: Session, conversation: Conversation, handover: Handover) -> CallbackBooking:
    """A callback without a time yet; its phone is the one we know, if we know one. The hand-over ends with it."""
    handover.state, handover.ended_at = HandoverState.CALLBACK, clock.now()
    booking = CallbackBooking(
        handover_id=handover.id,
        conversation_id=conversation.id,
        phone=known_phone(session, conversation),
        minutes=rules().callbacks.slot_minutes,
    )
    session.add(booking)
    session.flush()
    audit.record(session, "customer", "callback_booked", f"callback:{booking.id}", {"handover": handover.id})
    return booking


def known_phone(session: Session, conversation: Conversation) -> str | None:
    """The number a customer can be called at: where they write from, on file once proven, or given in a report."""
    if conversation.channel in PHONE_CHANNELS and _NUMBER.fullmatch(conversation.address or ""):
        return conversation.address
    customer = identity.proven_customer(session, conversation)
    return customer.phone if customer is not None else casework.reporter_phone(session, conversation.id)


def open_booking(session: Session, conversation_id: str) -> CallbackBooking | None:
    """The callback that this conversation still waits for."""
    return session.scalar(
        select(CallbackBooking)
        .where(CallbackBooking.conversation_id == conversation_id, CallbackBooking.state == CallbackState.OPEN)
        .order_by(CallbackBooking.created_at.desc())
        .limit(1)
    )


def choose_time(session: Session, booking: CallbackBooking, due_at: datetime) -> None:
    """The time the customer chose (aware). BadInput when nobody can call then."""
    if not callable_at(due_at, clock.now()):
        raise BadInput("nobody calls back at this time")
    booking.due_at = due_at
    session.flush()
    when = due_at.isoformat(timespec="minutes")
    audit.record(session, "customer", "callback_time_chosen", f"callback:{booking.id}", {"due_at": when})


def set_phone(session: Session, booking: CallbackBooking, phone: str) -> None:
    """Where to call."""
    booking.phone = one_spelling(phone)
    session.flush()


def withdraw(session: Session, booking: CallbackBooking) -> None:
    """The customer does not want to be called any more."""
    booking.state, booking.done_at = CallbackState.CANCELLED, clock.now()
    session.flush()
    audit.record(session, "customer", "callback_withdrawn", f"callback:{booking.id}")


def listing(session: Session, *, state: CallbackState | None = None, limit: int = 200) -> list[CallbackBooking]:
    """Callbacks, the earliest due first; those without a time come before, by when they were asked for."""
    query = select(CallbackBooking).order_by(
        CallbackBooking.due_at.is_not(None), CallbackBooking.due_at, CallbackBooking.created_at
    )
    if state is not None:
        query = query.where(CallbackBooking.state == state)
    return list(session.scalars(query.limit(limit)))


def get(session: Session, booking_id: str) -> CallbackBooking:
    """NotFound when there is none."""
    booking = session.get(CallbackBooking, booking_id)
    if booking is None:
        raise NotFound("no such callback")
    return booking


def settle(
    session: Session, booking: CallbackBooking, account: StaffAccount, state: CallbackState, note: str = ""
) -> None:
    """The call was made, nobody took it, or it is no longer wanted. BadInput when it was settled before."""
    if booking.state is not CallbackState.OPEN:
        raise BadInput("this callback was settled before")
    booking.state, booking.done_at, booking.done_by_id, booking.note = state, clock.now(), account.id, note or None
    session.flush()
    audit.record(session, account.login, "callback_settled", f"callback:{booking.id}", {"state": state.value})
