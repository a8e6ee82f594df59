"""Notices are planned in the transaction of what they tell of, so that neither exists without the other."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from claims import clock, outreach
from claims.models import Claim, ClockDelay, TimelineEntry
from claims.outreach import Due
from claims.vocabulary import ClaimState, OutreachKind

PROGRESS, DELAY = "progress", "delay"
GOOD_FOR = timedelta(days=7)
"""What could not be sent for so long is no news any more."""
CUSTOMER = "customer"
OWN_DOING = frozenset({ClaimState.WITHDRAWN})
"""What the customer did a moment ago and was told of there and then."""


def step(session: Session, claim: Claim, entry: TimelineEntry) -> None:
    """Plan the notice of a step; the entry must have its number. Nobody is told where we know no customer."""
    if claim.customer_id is None or (entry.actor == CUSTOMER and entry.state_to in OWN_DOING):
        return
    now = clock.now()
    due = Due(
        key=str(entry.id),
        due_at=now,
        subject=str(entry.id),
        customer_id=claim.customer_id,
        claim_id=claim.id,
        expires_at=now + GOOD_FOR,
    )
    outreach.plan(session, PROGRESS, OutreachKind.SERVICE, [due])


def delayed(session: Session, claim: Claim, delay: ClockDelay) -> None:
    """Plan the notice of a promise that was moved. It should be out before the time that was promised."""
    if claim.customer_id is None:
        return
    now = clock.now()
    due = Due(
        key=delay.id,
        due_at=now,
        subject=delay.id,
        customer_id=claim.customer_id,
        claim_id=claim.id,
        start_by=max(now, delay.promised),
        expires_at=max(now, delay.until),
    )
    outreach.plan(session, DELAY, OutreachKind.SERVICE, [due])
