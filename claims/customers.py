"""Looking customers up, and keeping reporters whom no policy names."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import crypto
from claims.errors import NotFound
from claims.models import Customer
from claims.normalise import phone as one_spelling
from claims.vocabulary import CustomerKind


def get(session: Session, customer_id: str) -> Customer:
    """NotFound when there is none."""
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise NotFound("no such customer")
    return customer


def find_by_phone(session: Session, phone: str) -> list[Customer]:
    """Everyone on file with this phone, the earliest known first."""
    query = select(Customer).where(Customer.phone_index == crypto.blind_index(phone))
    return list(session.scalars(query.order_by(Customer.created_at, Customer.id)))


def find_by_id_card(session: Session, id_card: str) -> Customer | None:
    """The person with this identity card."""
    query = select(Customer).where(Customer.id_card_index == crypto.blind_index(id_card))
    return session.scalars(query.order_by(Customer.created_at, Customer.id)).first()


def reporter(session: Session, phone: str) -> Customer:
    """Whoever has this phone: a customer on file, or a new one of whom we know only the phone.

    So that someone who reports without a policy at hand can prove the phone later and follow the claim.
    """
    known = find_by_phone(session, phone)
    if known:
        return known[0]
    customer = Customer(
        kind=CustomerKind.PERSON, name="", phone=one_spelling(phone), phone_index=crypto.blind_index(phone)
    )
    session.add(customer)
    session.flush()
    return customer
