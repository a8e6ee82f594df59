"""Claims of those who had one not long ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from claims.insight.figures import Rows, Share
from claims.models import Claim
from claims.vocabulary import ClaimState

REPEAT_WITHIN = timedelta(days=365)


def repeat(session: Session, reported: Sequence[Claim]) -> Share:
    """Of the claims reported, those of a customer or policy that had another one in the year before."""
    query = select(Claim.id, Claim.customer_id, Claim.policy_id, Claim.reported_at).where(
        Claim.state != ClaimState.WITHDRAWN
    )
    if reported:
        query = query.where(
            Claim.reported_at >= reported[0].reported_at - REPEAT_WITHIN,
            Claim.reported_at <= reported[-1].reported_at,
            or_(Claim.customer_id.is_not(None), Claim.policy_id.is_not(None)),
        )
    earlier: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for claim_id, customer_id, policy_id, at in session.execute(query) if reported else ():
        for whose in (customer_id, policy_id):
            if whose is not None:
                earlier[whose].append((at, claim_id))

    def again(claim: Claim) -> bool:
        seen = [each for whose in (claim.customer_id, claim.policy_id) if whose for each in earlier[whose]]
        since = claim.reported_at - REPEAT_WITHIN
        return any(since <= at and (at, other) < (claim.reported_at, claim.id) for at, other in seen)

    repeated = [claim for claim in reported if again(claim)]
    return Share("repeat", Rows.of("claims", (c.id for c in repeated)), Rows.of("claims", (c.id for c in reported)))
