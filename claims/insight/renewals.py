"""How many policies go on: of the terms that ended in a month, those that have a next one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.insight.figures import Rows, Share
from claims.insight.month import Month
from claims.insight.querying import within
from claims.models import Policy, Renewal
from claims.renewals.terms import succeeded
from claims.vocabulary import PolicyStatus, RenewalState


def renewed(session: Session, month: Month) -> Share:
    """Policies that ended in the month, and of them those renewed: a person said so, or the next term is there."""
    query = select(Policy).where(Policy.status == PolicyStatus.ACTIVE, within(Policy.ends_at, month))
    ended = list(session.scalars(query.order_by(Policy.ends_at, Policy.number)))
    said = select(Renewal.policy_id).where(Renewal.state == RenewalState.RENEWED)
    by_staff = set(session.scalars(said.where(Renewal.policy_id.in_([policy.id for policy in ended]))))
    kept = [policy for policy in ended if policy.id in by_staff or succeeded(session, policy) is not None]
    return Share("renewed", Rows.of("policies", (p.id for p in kept)), Rows.of("policies", (p.id for p in ended)))
