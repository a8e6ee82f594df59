"""What became of a campaign: how many customers were written to, wait, or will not be, and why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.models import Campaign, DueRow
from claims.outreach import reasons
from claims.vocabulary import DueState

PURPOSE = "education"
"""Of the due rows of campaigns."""


@dataclass(slots=True)
class Outcome:
    """Customers by what became of them. why_not: of those that will not be written to, by the reason in words."""

    sent: int = 0
    waiting: int = 0
    not_sent: int = 0
    why_not: Counter[str] = field(default_factory=Counter)


def outcomes(session: Session, found: Sequence[Campaign]) -> dict[str, Outcome]:
    """By the id of the campaign; all nought for one of which nothing is planned yet."""
    by_id = {each.id: Outcome() for each in found}
    rows = session.execute(
        select(DueRow.subject, DueRow.state, DueRow.reason, func.count())
        .where(DueRow.purpose == PURPOSE, DueRow.subject.in_(by_id))
        .group_by(DueRow.subject, DueRow.state, DueRow.reason)
    )
    for subject, state, reason, count in rows:
        outcome = by_id[str(subject)]
        match state:
            case DueState.WAITING:
                outcome.waiting += count
            case DueState.DONE:
                outcome.sent += count
            case _:
                outcome.not_sent += count
                outcome.why_not[reasons.brief(reason or "failed")] += count
    return by_id
