"""The answer to a ticket goes to the customer, who is asked whether that solves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import Claim, Ticket
from claims.outreach import Due
from claims.vocabulary import OutreachKind, TicketState
from outreach.purpose import Occasion, Prepared, Purpose, Say, Skip, one_by_one
from outreach.wording import say

NAME = "ticket_answer"
CHANNELS = ("wechat", "telegram", "sms", "voice", "email")
EXPIRES = timedelta(days=3)
TASK = "ticket"
BUTTONS = (("解决了", "/affirm"), ("没解决", "/deny"))


def plan(session: Session, now: datetime) -> Iterable[Due]:
    """Tickets that wait for what the customer says: each answer goes out once."""
    answered = select(Ticket).where(Ticket.state == TicketState.ANSWERED, Ticket.answered_at > now - EXPIRES)
    for ticket in session.scalars(answered):
        at = ticket.answered_at or now
        yield Due(
            key=f"{ticket.id}:{ticket.answers}",
            subject=ticket.id,
            claim_id=ticket.claim_id,
            customer_id=ticket.customer_id,
            due_at=at,
            expires_at=at + EXPIRES,
            facts={"answers": ticket.answers},
        )


def prepare(session: Session, occasion: Occasion) -> Prepared:
    """The newest answer, unless it was judged or changed meanwhile."""
    ticket = session.get_one(Ticket, occasion.row.subject)
    if ticket.state is not TicketState.ANSWERED or ticket.answers != occasion.row.facts["answers"]:
        return Skip("no_longer")
    claim = session.get(Claim, ticket.claim_id) if ticket.claim_id else None
    tail = claim.number[-4:] if claim is not None else ""
    text = say("ticket_answer", tail=tail, answer=ticket.answer) + "\n" + say("ticket_question")
    return Say(text, BUTTONS, "confirm", {"task": TASK, "ticket": ticket.id})


PURPOSE = Purpose(NAME, OutreachKind.SERVICE, plan, one_by_one(prepare), CHANNELS, (timedelta(hours=24),))
