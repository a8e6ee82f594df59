"""Which policies can be renewed, what we know of them, and what the next term costs."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims import clock
from claims.models import Claim, Policy
from claims.rules import cover, premiums
from claims.rules.premiums import Quote
from claims.rules.renewals import rules, use_of_product
from claims.vocabulary import ClaimState, Line, ObjectKind, PolicyStatus

FOLLOWS_WITHIN = timedelta(days=30)
"""A policy of the same customer and line that begins so near to the end of another is its next term."""
_DROPPED = (ClaimState.WITHDRAWN, ClaimState.REJECTED)


def renewable(session: Session, customer_id: str, now: datetime) -> list[Policy]:
    """The customer's policies that end soon, or ended not long ago, and have no next term; the first to end first."""
    window = rules().window
    query = select(Policy).where(
        Policy.customer_id == customer_id,
        Policy.status == PolicyStatus.ACTIVE,
        Policy.ends_at.between(now - timedelta(days=window.after_days), now + timedelta(days=window.before_days)),
    )
    found = session.scalars(query.order_by(Policy.ends_at, Policy.number))
    return [policy for policy in found if not succeeded(session, policy)]


def succeeded(session: Session, policy: Policy) -> Policy | None:
    """The next term of a policy, when it was renewed already, by whatever way."""
    query = select(Policy).where(
        Policy.customer_id == policy.customer_id,
        Policy.line == policy.line,
        Policy.id != policy.id,
        Policy.status == PolicyStatus.ACTIVE,
        Policy.starts_at.between(policy.ends_at - FOLLOWS_WITHIN, policy.ends_at + FOLLOWS_WITHIN),
        Policy.ends_at > policy.ends_at,
    )
    found = session.scalars(query.order_by(Policy.starts_at)).all()
    plates = _plates(policy)
    return next((each for each in found if not plates or plates & _plates(each)), None)


def details_known(policy: Policy) -> dict[str, str]:
    """What is on file of what is checked with the customer; what is not on file is left out."""
    known = {"phone": policy.customer.phone}
    for insured in policy.objects:
        if insured.plate:
            known["plate"] = insured.plate
        if insured.kind is ObjectKind.PLACE:
            known["address"] = insured.label
    use = use_of_product(policy.product)
    if policy.line is Line.AUTO and use is not None:
        known["use"] = use
    return known


def price(session: Session, policy: Policy, details: dict[str, str]) -> Quote | None:
    """What the next term costs with these details; None where a person must say it."""
    counted = session.scalar(
        select(func.count())
        .select_from(Claim)
        .where(
            Claim.policy_id == policy.id,
            Claim.state.not_in(_DROPPED),
            Claim.incident_time.between(policy.starts_at, min(policy.ends_at, clock.now())),
        )
    )
    return premiums.quote(
        policy.line,
        list(cover.terms(policy).items),
        last_premium=policy.premium,
        claims=int(counted or 0),
        use=details.get("use"),
        plate=details.get("plate"),
    )


def _plates(policy: Policy) -> set[str]:
    return {insured.plate_index for insured in policy.objects if insured.plate_index}
