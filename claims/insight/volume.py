"""How many claims came and went, by line, tier and result, what was paid, and when reports come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock
from claims.insight.figures import Amount, Count, Rows
from claims.insight.month import Month
from claims.insight.querying import COUNTED, grouped, within
from claims.models import Claim, TimelineEntry
from claims.vocabulary import ClaimState, Line, Tier

ENDS = (ClaimState.CLOSED, ClaimState.REJECTED, ClaimState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Volume:
    """by_hour: (weekday 0–6 from Monday, hour 0–23) of the report in Shanghai, for those at which there were any."""

    reported: Count
    results: dict[ClaimState, Count]
    by_line: dict[Line, Count]
    by_tier: dict[Tier, Count]
    by_day: tuple[Count, ...]
    by_hour: dict[tuple[int, int], Count]
    paid: Amount
    paid_by_line: dict[Line, Amount]


def volume(session: Session, month: Month) -> Volume:
    """Claims reported in the month, and claims that ended in it."""
    reported = reported_in(session, month)
    lines, tiers = grouped(reported, lambda claim: claim.line), grouped(reported, lambda claim: claim.tier)
    days = grouped(reported, lambda claim: clock.local(claim.reported_at).date())
    hours = grouped(reported, lambda claim: _hour(claim.reported_at))
    results, paid = _ended(session, month)
    paid_lines = grouped(paid, lambda claim: claim.line)
    return Volume(
        reported=_count("reported", reported),
        results=results,
        by_line={line: _count(f"reported_{line}", lines.get(line, ())) for line in Line},
        by_tier={tier: _count(f"reported_{tier}", tiers.get(tier, ())) for tier in Tier},
        by_day=tuple(_count(f"reported_on_{day}", days.get(day, ())) for day in month.days),
        by_hour={at: _count(f"reported_at_{at[0]}_{at[1]:02}", found) for at, found in sorted(hours.items())},
        paid=_amount("paid", paid),
        paid_by_line={line: _amount(f"paid_{line}", paid_lines.get(line, ())) for line in Line},
    )


def reported_in(session: Session, month: Month) -> list[Claim]:
    """The claims reported in the month, in that order."""
    query = select(Claim).where(within(Claim.reported_at, month)).options(COUNTED)
    return list(session.scalars(query.order_by(Claim.reported_at, Claim.id)))


def _ended(session: Session, month: Month) -> tuple[dict[ClaimState, Count], list[Claim]]:
    """The claims by the end they came to, and those that were paid. An end that was disputed and came again counts
    once."""
    rows = session.execute(
        select(TimelineEntry, Claim)
        .join(Claim, Claim.id == TimelineEntry.claim_id)
        .where(TimelineEntry.state_to.in_(ENDS), within(TimelineEntry.at, month))
        .options(COUNTED)
        .order_by(TimelineEntry.id)
    ).all()
    ends: dict[ClaimState, dict[str, Claim]] = {state: {} for state in ENDS}
    paid: dict[str, Claim] = {}
    for entry, claim in rows:
        ends[entry.state_to][claim.id] = claim
        if entry.state_from is ClaimState.PAYMENT:
            paid[claim.id] = claim
    return {state: _count(f"ended_{state}", found.values()) for state, found in ends.items()}, list(paid.values())


def _hour(moment: datetime) -> tuple[int, int]:
    local = clock.local(moment)
    return local.weekday(), local.hour


def _rows(claims: Iterable[Claim]) -> Rows:
    return Rows.of("claims", (claim.id for claim in claims))


def _count(key: str, claims: Iterable[Claim]) -> Count:
    return Count(key, _rows(claims))


def _amount(key: str, claims: Iterable[Claim]) -> Amount:
    found = list(claims)
    return Amount(key, _rows(found), sum((claim.offer_amount or Decimal(0) for claim in found), Decimal("0.00")))
