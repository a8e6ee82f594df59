"""Unfinished reports. They live in the database, so they survive restarts, pauses and a change of channel."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from claims import clock, contacts, crypto, identity
from claims.errors import BadInput
from claims.facts import Facts
from claims.models import Conversation, Draft, Policy
from claims.vocabulary import DraftState

_UNFINISHED = (DraftState.OPEN, DraftState.PARKED)


def open_draft(session: Session, conversation_id: str) -> Draft | None:
    """The report under way in this conversation."""
    return _newest(session, Draft.conversation_id == conversation_id, Draft.state == DraftState.OPEN)


def latest_parked(session: Session, conversation_id: str) -> Draft | None:
    """The report last put aside in this conversation."""
    return _newest(session, Draft.conversation_id == conversation_id, Draft.state == DraftState.PARKED)


def parked_for_phone(session: Session, phone: str) -> Draft | None:
    """The report left unfinished last, in any conversation, with this contact phone. Prove the phone first."""
    return _newest(session, Draft.contact_phone_index == crypto.blind_index(phone), Draft.state.in_(_UNFINISHED))


def parked_for_proven(session: Session, conversation: Conversation) -> Draft | None:
    """The report that the customer proven here left unfinished in another conversation: one with their phone, one on
    a policy of theirs, or one from a conversation in which they had proven who they are, by code, by a bound account
    or by the phone they wrote from."""
    customer = identity.proven_customer(session, conversation)
    if customer is None:
        return None
    theirs = select(Conversation.id).where(
        or_(
            Conversation.proven_customer_id == customer.id,
            Conversation.bound_customer_id == customer.id,
            and_(Conversation.channel.in_(contacts.PHONE_CHANNELS), Conversation.address_index == customer.phone_index),
        )
    )
    numbers = session.scalars(select(Policy.number).where(Policy.customer_id == customer.id))
    return _newest(
        session,
        or_(
            Draft.contact_phone_index == customer.phone_index,
            Draft.policy_index.in_([crypto.blind_index(number) for number in numbers]),
            Draft.conversation_id.in_(theirs),
        ),
        Draft.conversation_id != conversation.id,
        Draft.state.in_(_UNFINISHED),
    )


def start(session: Session, conversation_id: str) -> Draft:
    """A new, empty report. One that is open in the same conversation is put aside, not lost."""
    before = open_draft(session, conversation_id)
    if before is not None:
        park(before)
    draft = Draft(conversation_id=conversation_id, state=DraftState.OPEN, facts={}, flags={}, misses=0)
    session.add(draft)
    session.flush()
    return draft


def facts(draft: Draft) -> Facts:
    """What has been said so far."""
    return Facts.from_json(draft.facts)


def save(
    session: Session,
    draft: Draft,
    facts: Facts,
    *,
    asked: str | None = None,
    flags: dict[str, Any] | None = None,
    misses: int | None = None,
) -> None:
    """Write the facts and what is asked next. `flags` None keeps those there are, `misses` None sets none missed when
    another fact is asked. A write from an older version of the draft fails (sqlalchemy.orm.exc.StaleDataError)."""
    if draft.state is not DraftState.OPEN:
        raise BadInput(f"a {draft.state} report cannot be written to")
    draft.facts = facts.to_json()
    draft.contact_phone_index = crypto.blind_index(facts.contact_phone) if facts.contact_phone else None
    draft.policy_index = crypto.blind_index(facts.policy) if facts.policy else None
    if misses is not None:
        draft.misses = misses
    elif asked != draft.asked:
        draft.misses = 0
    draft.asked = asked
    if flags is not None:
        draft.flags = dict(flags)
    draft.updated_at = clock.now()
    session.flush()


def park(draft: Draft) -> None:
    """Put an open report aside, to be taken up later."""
    _change(draft, DraftState.PARKED, {DraftState.OPEN, DraftState.PARKED})


def resume(session: Session, draft: Draft, conversation_id: str) -> None:
    """Take up a report that was put aside, in this conversation, with everything that was said.

    When it was another conversation before, nothing is asked there any more; a report that is open here is put aside.
    """
    _change(draft, DraftState.OPEN, {DraftState.PARKED, DraftState.OPEN})
    if draft.conversation_id == conversation_id:
        return
    here = open_draft(session, conversation_id)
    if here is not None:
        park(here)
    before = session.get(Conversation, draft.conversation_id)
    if before is not None:
        before.awaiting = None
    draft.conversation_id = conversation_id
    session.flush()


def discard(draft: Draft) -> None:
    """Drop a report for good."""
    _change(draft, DraftState.DISCARDED, {DraftState.OPEN, DraftState.PARKED, DraftState.DISCARDED})


def _change(draft: Draft, to: DraftState, allowed_from: set[DraftState]) -> None:
    if draft.state not in allowed_from:
        raise BadInput(f"a {draft.state} report cannot become {to}")
    draft.state = to
    draft.updated_at = clock.now()


def _newest(session: Session, *conditions: ColumnElement[bool]) -> Draft | None:
    return session.scalar(select(Draft).where(*conditions).order_by(Draft.updated_at.desc(), Draft.id).limit(1))
