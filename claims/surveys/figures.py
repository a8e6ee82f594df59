"""The figures of the service plan on callbacks, counted from the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from claims.models import Claim, DueRow, SurveyRun, Ticket, TimelineEntry, Touch
from claims.rules.service_levels import figure
from claims.vocabulary import ClaimState, TicketState

SATISFIED = 4


@dataclass(frozen=True, slots=True)
class Share:
    """count of those among `of`."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """None when there is nothing to divide by."""
        return self.count / self.of if self.of else None


def started(session: Session, since: datetime, until: datetime) -> Share:
    """Of the claims closed in [since, until): those whose callback began within 24 hours."""
    within = timedelta(hours=figure("callback").hours or 0)
    begun = (
        select(DueRow.claim_id, func.min(Touch.at).label("at"))
        .join(Touch, Touch.due_id == DueRow.id)
        .where(DueRow.purpose == "survey")
        .group_by(DueRow.claim_id)
        .subquery()
    )
    closings = _closings(since, until).subquery()
    rows = session.execute(
        select(closings.c.closed_at, begun.c.at).outerjoin(begun, begun.c.claim_id == closings.c.claim_id)
    )
    return _counted((at is not None and at <= closed_at + within) for closed_at, at in rows)


def covered(session: Session, since: datetime, until: datetime) -> Share:
    """Of the claims closed in [since, until): those whose customer answered within 72 hours of it."""
    within = timedelta(hours=figure("callback_cover").hours or 0)
    closings = _closings(since, until).subquery()
    rows = session.execute(
        select(closings.c.closed_at, SurveyRun.first_answer_at).outerjoin(
            SurveyRun, and_(SurveyRun.claim_id == closings.c.claim_id, SurveyRun.round == 1)
        )
    )
    return _counted((at is not None and at <= closed_at + within) for closed_at, at in rows)


def satisfied(session: Session, since: datetime, until: datetime) -> Share:
    """Of the first callbacks of claims closed in [since, until) that have a score: 4 and 5."""
    closings = _closings(since, until).subquery()
    scores = session.scalars(
        select(SurveyRun.score)
        .join(closings, closings.c.claim_id == SurveyRun.claim_id)
        .where(SurveyRun.round == 1, SurveyRun.score.is_not(None))
    )
    return _counted((score is not None and score >= SATISFIED) for score in scores)


def solved(session: Session, since: datetime, until: datetime) -> Share:
    """Of the tickets opened in [since, until): those answered within 48 hours and found solved, or closed by then."""
    within = timedelta(hours=figure("ticket").hours or 0)
    found = session.execute(
        select(Ticket.created_at, Ticket.first_answered_at, Ticket.solved, Ticket.state).where(
            Ticket.created_at >= since, Ticket.created_at < until
        )
    )
    return _counted(
        answered is not None
        and answered <= opened + within
        and (is_solved is True or (is_solved is None and state is TicketState.CLOSED))
        for opened, answered, is_solved, state in found
    )


def _closings(since: datetime, until: datetime) -> Select[str, datetime]:
    """(claim_id, closed_at) of each claim closed in the period."""
    closed: ColumnElement[bool] = TimelineEntry.state_to == ClaimState.CLOSED
    return (
        select(TimelineEntry.claim_id, func.max(TimelineEntry.at).label("closed_at"))
        .join(Claim, Claim.id == TimelineEntry.claim_id)
        .where(closed, TimelineEntry.at >= since, TimelineEntry.at < until)
        .group_by(TimelineEntry.claim_id)
    )


def _counted(holds: Iterable[bool]) -> Share:
    outcomes = list(holds)
    return Share(sum(outcomes), len(outcomes))
