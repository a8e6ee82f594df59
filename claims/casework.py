"""Finding claims: for their customer after proof, for the conversation they were reported in, for staff."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, object_session

from claims import crypto, drafts, identity
from claims.models import Claim, Conversation, Customer
from claims.normalise import plain


def find_claim(session: Session, number: str) -> Claim | None:
    """By number, however it is spelt. For staff: a customer is shown only what `visible` gives."""
    return session.scalar(select(Claim).where(Claim.number == plain(number)))


def claims_of(session: Session, customer_id: str) -> list[Claim]:
    """A customer's claims, newest first: those on their policies and those they reported with their phone."""
    customer = session.get(Customer, customer_id)
    return [] if customer is None else _newest_first(session, _theirs(customer))


def visible(session: Session, conversation: Conversation) -> list[Claim]:
    """The claims that may be shown in this conversation: those of the customer it has proven to be, newest first."""
    customer = identity.proven_customer(session, conversation)
    return [] if customer is None else _newest_first(session, _theirs(customer))


def belongs_to(claim: Claim, customer_id: str) -> bool:
    """Whether `claims_of` this customer would list the claim."""
    if claim.customer_id == customer_id:
        return True
    session = object_session(claim)
    customer = session.get(Customer, customer_id) if session is not None else None
    return customer is not None and claim.contact_phone_index == customer.phone_index


def in_conversation(session: Session, conversation_id: str) -> list[Claim]:
    """Claims reported in this conversation, newest first."""
    return _newest_first(session, Claim.conversation_id == conversation_id)


def reported_in(session: Session, conversation_id: str) -> Claim | None:
    """The claim reported last in this conversation."""
    return next(iter(in_conversation(session, conversation_id)), None)


def by_phone(session: Session, phone: str) -> list[Claim]:
    """Claims of customers with this phone, or reported with it, newest first. For staff."""
    index = crypto.blind_index(phone)
    holders = select(Customer.id).where(Customer.phone_index == index)
    return _newest_first(session, or_(Claim.customer_id.in_(holders), Claim.contact_phone_index == index))


def reporter_phone(session: Session, conversation_id: str) -> str | None:
    """The contact phone given last in this conversation: where a code is sent without asking again."""
    claim = reported_in(session, conversation_id)
    if claim is not None and claim.contact_phone is not None:
        return claim.contact_phone
    draft = drafts.open_draft(session, conversation_id)
    return drafts.facts(draft).contact_phone if draft is not None else None


def _theirs(customer: Customer) -> ColumnElement[bool]:
    return or_(Claim.customer_id == customer.id, Claim.contact_phone_index == customer.phone_index)


def _newest_first(session: Session, condition: ColumnElement[bool]) -> list[Claim]:
    return list(session.scalars(select(Claim).where(condition).order_by(Claim.reported_at.desc(), Claim.number.desc())))
