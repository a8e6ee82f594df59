"""The first satisfaction callback: begins within 24 hours of closing, tried on other channels up to 72."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import Claim
from claims.outreach import Due, unplanned
from claims.rules.service_levels import figure
from claims.surveys import open_runs
from claims.vocabulary import ClaimState, OutreachKind
from outreach.purpose import Occasion, Prepared, Purpose
from outreach.purposes.asking import CHANNELS, ask

NAME = "survey"
AFTER = timedelta(hours=2)
"""Nobody is called in the minute in which their case is closed: the notice of it comes first."""
REPEATS = (timedelta(hours=4), timedelta(hours=14), timedelta(hours=24), timedelta(hours=20))
AT_ONCE = 2_000


def plan(session: Session, now: datetime) -> Iterable[Due]:
    """Claims closed lately that have no callback yet."""
    covers = figure("callback_cover")
    longest = timedelta(hours=covers.hours or 0)
    closed = (
        select(Claim.id, Claim.customer_id, Claim.state_since)
        .where(Claim.state == ClaimState.CLOSED, Claim.state_since > now - longest, unplanned(NAME, Claim.id))
        .order_by(Claim.state_since)
        .limit(AT_ONCE)
    )
    for claim in session.execute(closed):
        yield Due(
            key=claim.id,
            subject=claim.id,
            claim_id=claim.id,
            customer_id=claim.customer_id,
            due_at=claim.state_since + AFTER,
            start_by=figure("callback").due(claim.state_since),
            expires_at=covers.due(claim.state_since),
        )


def prepare(session: Session, occasions: Sequence[Occasion]) -> list[Prepared]:
    """The opening with the question at which the survey stands."""
    claims = [session.get_one(Claim, occasion.row.claim_id) for occasion in occasions]
    runs = open_runs(session, [(claim, claim.state_since) for claim in claims])
    return ask(session, [(occasion, runs[claim.id], claim) for occasion, claim in zip(occasions, claims, strict=True)])


PURPOSE = Purpose(NAME, OutreachKind.SURVEY, plan, prepare, CHANNELS, REPEATS)
