"""The second callback: after the problem that the first one found was dealt with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import Claim, SurveyRun, Ticket
from claims.outreach import Due, unplanned
from claims.surveys import open_run
from claims.vocabulary import OutreachKind, TicketState
from outreach.purpose import Occasion, Prepared, Purpose, Skip, one_by_one
from outreach.purposes.asking import CHANNELS, ask

NAME = "second_survey"
AFTER, EXPIRES = timedelta(hours=24), timedelta(hours=96)
REPEATS = (timedelta(hours=20), timedelta(hours=24))


def plan(session: Session, now: datetime) -> Iterable[Due]:
    """Tickets of first callbacks that were closed lately."""
    closed = (
        select(Ticket.id, Ticket.claim_id, Ticket.customer_id, Ticket.closed_at)
        .join(SurveyRun, SurveyRun.id == Ticket.run_id)
        .where(
            Ticket.state == TicketState.CLOSED,
            Ticket.closed_at > now - EXPIRES,
            SurveyRun.round == 1,
            unplanned(NAME, Ticket.id),
        )
    )
    for ticket in session.execute(closed):
        yield Due(
            key=ticket.id,
            subject=ticket.id,
            claim_id=ticket.claim_id,
            customer_id=ticket.customer_id,
            due_at=ticket.closed_at + AFTER,
            expires_at=ticket.closed_at + EXPIRES,
        )


def prepare(session: Session, occasion: Occasion) -> Prepared:
    """The opening with the question at which the survey stands."""
    ticket = session.get_one(Ticket, occasion.row.subject)
    if ticket.state is not TicketState.CLOSED or ticket.claim_id is None:
        return Skip("no_longer")
    claim = session.get_one(Claim, ticket.claim_id)
    run = open_run(session, claim, closed_at=ticket.closed_at or occasion.now, second=True)
    return ask(session, [(occasion, run, claim)])[0]


PURPOSE = Purpose(NAME, OutreachKind.SURVEY, plan, one_by_one(prepare), CHANNELS, REPEATS)
