"""Looking policies up. Nothing here proves who is asking: showing a policy needs claims.identity first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from claims import crypto
from claims.models import Customer, InsuredObject, Policy
from claims.normalise import plain
from claims.rules import cover
from claims.vocabulary import Line, PolicyStatus


def find_policy(session: Session, number: str) -> Policy | None:
    """By number, however it is spelt."""
    return session.scalar(select(Policy).where(Policy.number == plain(number)))


def find_by_plate(session: Session, plate: str) -> list[Policy]:
    """Policies that insure the vehicle with this plate, the newest end first."""
    query = select(Policy).join(InsuredObject).where(InsuredObject.plate_index == crypto.blind_index(plate))
    return list(session.scalars(query.order_by(Policy.ends_at.desc())).unique())


def find_by_id_card(session: Session, id_card: str) -> list[Policy]:
    """Policies of the holder with this identity card, the newest end first."""
    query = select(Policy).join(Customer).where(Customer.id_card_index == crypto.blind_index(id_card))
    return list(session.scalars(query.order_by(Policy.ends_at.desc())))


def policies_of(session: Session, customer_id: str, line: Line | None = None) -> list[Policy]:
    """A customer's policies, of one line if given, the newest end first."""
    conditions: Sequence[ColumnElement[bool]] = [Policy.customer_id == customer_id]
    if line is not None:
        conditions = [*conditions, Policy.line == line]
    return list(session.scalars(select(Policy).where(*conditions).order_by(Policy.ends_at.desc())))


def terms_held(session: Session, customer_id: str) -> list[cover.PolicyTerms]:
    """The terms of a customer's contracts that stand (none that was cancelled), the newest end first."""
    own = policies_of(session, customer_id)
    return [cover.terms(policy) for policy in own if policy.status is not PolicyStatus.CANCELLED]
