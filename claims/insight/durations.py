"""How long claims stay in each step, how long the whole takes, and which promises were kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from claims.clocks.running import runs
from claims.insight.figures import Rows, Share, Spread
from claims.insight.month import Month
from claims.insight.querying import COUNTED, grouped, hours_between, within
from claims.models import Claim, TimelineEntry
from claims.rules import clocks
from claims.vocabulary import ClaimState

ALL_KEPT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Durations:
    """steps: time in a state, for the claims that left it in the month, by the timeline entry with which they did.
    whole: from report to closing after payment. promises: of the clocks that stopped in the month, those in time."""

    steps: dict[ClaimState, Spread]
    whole: Spread
    promises: tuple[Share, ...]


def durations(session: Session, month: Month) -> Durations:
    """For everything that went on in the month. A claim that is in a step for the second time counts twice."""
    moved = select(TimelineEntry.claim_id).where(within(TimelineEntry.at, month))
    query = select(Claim).where(Claim.id.in_(moved)).options(COUNTED, selectinload(Claim.timeline)).order_by(Claim.id)
    claims = list(session.scalars(query))
    pairs = [
        (before, entry)
        for claim in claims
        for before, entry in zip(claim.timeline, claim.timeline[1:], strict=False)
        if month.start <= entry.at < month.end
    ]
    states = grouped(pairs, lambda pair: pair[0].state_to)
    steps = {state: _spread(f"time_{state}", states[state]) for state in ClaimState if state in states}
    paid = [
        (claim.timeline[0], entry)
        for claim in claims
        for entry in claim.timeline
        if entry.state_to is ClaimState.CLOSED
        and entry.state_from is ClaimState.PAYMENT
        and month.start <= entry.at < month.end
    ]
    return Durations(steps, _spread("time_whole", paid), _promises(claims, month))


def _spread(key: str, pairs: list[tuple[TimelineEntry, TimelineEntry]]) -> Spread:
    return Spread(
        key,
        Rows.of("timeline_entries", (after.id for _, after in pairs)),
        tuple(hours_between(before.at, after.at) for before, after in pairs),
    )


def _promises(claims: list[Claim], month: Month) -> tuple[Share, ...]:
    """Against the time promised at first: a delay that was told is still one."""
    found = []
    for rule in clocks.rules():
        if rule.until_told:
            continue  # it ends with a message, not with a step
        done = [
            (claim.id, run)
            for claim in claims
            for run in runs(rule, claim, claim.timeline)
            if run.ended_at is not None and month.start <= run.ended_at < month.end
        ]
        kept = [
            claim_id for claim_id, run in done if run.ended_at is not None and run.ended_at <= rule.due(run.started_at)
        ]
        whole = Rows.of("claims", (claim_id for claim_id, _ in done))
        if done:
            found.append(Share(f"kept_{rule.key}", Rows.of("claims", kept), whole, target=ALL_KEPT))
    return tuple(found)
