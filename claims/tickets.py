"""Problems told in a callback: owned, answered within 48 hours, and closed when the customer says that it is solved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims import audit, clock
from claims.errors import BadInput, NotFound
from claims.models import StaffAccount, SurveyRun, Ticket, TicketNote
from claims.models.base import new_id
from claims.rules.service_levels import figure
from claims.upsert import insert_into
from claims.vocabulary import Role, TicketState

OWNERS = (Role.HANDLER, Role.SUPERVISOR)


def open_for(session: Session, run: SurveyRun, told: str) -> Ticket:
    """The ticket of this callback, opened at the first problem; what is told later is added to it."""
    now = clock.now()
    ticket_id = session.scalar(
        insert_into(session, Ticket)
        .values(
            id=new_id(),
            run_id=run.id,
            claim_id=run.claim_id,
            customer_id=run.customer_id,
            owner_id=_least_busy(session),
            text=told,
            state=TicketState.OPEN,
            due_at=figure("ticket").due(now),
            answers=0,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["run_id"])
        .returning(Ticket.id)
    )
    if ticket_id is not None:
        audit.record(session, "customer", "ticket_opened", f"ticket:{ticket_id}")
        return session.get_one(Ticket, ticket_id)
    add(session, run, told)
    ticket = of_run(session, run)
    if ticket is None:
        raise NotFound("the ticket was removed while it was being opened")
    return ticket


def add(session: Session, run: SurveyRun, told: str) -> None:
    """More words to the ticket of this callback, if there is one."""
    ticket = of_run(session, run)
    if ticket is not None and told not in ticket.text.split("\n"):
        ticket.text = f"{ticket.text}\n{told}"
        session.flush()


def of_run(session: Session, run: SurveyRun) -> Ticket | None:
    """The ticket that came of this callback."""
    return session.scalar(select(Ticket).where(Ticket.run_id == run.id))


def get(session: Session, ticket_id: str) -> Ticket:
    """NotFound when there is none."""
    ticket = session.get(Ticket, ticket_id)
    if ticket is None:
        raise NotFound("no such ticket")
    return ticket


def listing(
    session: Session, *, states: Collection[TicketState] = (), owner_id: str | None = None, limit: int = 200
) -> list[Ticket]:
    """Those due first come first. states: none given means every one."""
    query = select(Ticket).order_by(Ticket.due_at, Ticket.id).limit(limit)
    if states:
        query = query.where(Ticket.state.in_(states))
    if owner_id is not None:
        query = query.where(Ticket.owner_id == owner_id)
    return list(session.scalars(query))


def assign(session: Session, ticket: Ticket, owner: StaffAccount, actor: str) -> None:
    """Give it to another owner."""
    ticket.owner_id = owner.id
    session.flush()
    audit.record(session, actor, "ticket_assigned", f"ticket:{ticket.id}", {"owner": owner.login})


def note(session: Session, ticket: Ticket, account: StaffAccount, text: str) -> TicketNote:
    """Keep a note for colleagues. BadInput when it is empty."""
    if not text.strip():
        raise BadInput("a note needs words")
    kept = TicketNote(ticket_id=ticket.id, account_id=account.id, text=text.strip())
    session.add(kept)
    session.flush()
    audit.record(session, account.login, "ticket_noted", f"ticket:{ticket.id}", {"note": kept.id})
    return kept


def notes_of(session: Session, found: Sequence[Ticket]) -> dict[str, list[TicketNote]]:
    """The notes on these tickets by the id of the ticket, oldest first."""
    query = select(TicketNote).where(TicketNote.ticket_id.in_([each.id for each in found]))
    notes: dict[str, list[TicketNote]] = {}
    for each in session.scalars(query.order_by(TicketNote.created_at, TicketNote.id)):
        notes.setdefault(each.ticket_id, []).append(each)
    return notes


def answer(session: Session, ticket: Ticket, text: str, actor: str) -> None:
    """Answer the customer: outreach takes it to them and asks whether it is solved. BadInput when it is closed, or
    nothing is said."""
    session.refresh(ticket, with_for_update=True)
    if ticket.state is TicketState.CLOSED:
        raise BadInput("this ticket is closed")
    if not text.strip():
        raise BadInput("an answer says something")
    now = clock.now()
    ticket.answer, ticket.answers, ticket.answered_at = text.strip(), ticket.answers + 1, now
    ticket.first_answered_at = ticket.first_answered_at or now
    ticket.state = TicketState.ANSWERED
    session.flush()
    audit.record(session, actor, "ticket_answered", f"ticket:{ticket.id}")


def close(session: Session, ticket: Ticket, actor: str) -> None:
    """Over, whatever the customer said or did not say. Safe to repeat."""
    if ticket.state is TicketState.CLOSED:
        return
    ticket.state, ticket.closed_at = TicketState.CLOSED, clock.now()
    session.flush()
    audit.record(session, actor, "ticket_closed", f"ticket:{ticket.id}")


def judged(session: Session, ticket: Ticket, *, solved: bool) -> None:
    """What the customer says of the answer: it is closed, or open again with a new clock."""
    ticket.solved = solved
    if solved:
        close(session, ticket, "customer")
        return
    ticket.state, ticket.due_at = TicketState.OPEN, figure("ticket").due(clock.now())
    session.flush()
    audit.record(session, "customer", "ticket_reopened", f"ticket:{ticket.id}")


def overdue(session: Session, now: datetime) -> list[Ticket]:
    """Open ones whose clock has run out, the longest first. For the alerts."""
    query = select(Ticket).where(Ticket.state == TicketState.OPEN, Ticket.due_at <= now)
    return list(session.scalars(query.order_by(Ticket.due_at)))


def _least_busy(session: Session) -> str | None:
    """The owner with the fewest open tickets."""
    load = (
        select(Ticket.owner_id, func.count().label("count"))
        .where(Ticket.state == TicketState.OPEN)
        .group_by(Ticket.owner_id)
        .subquery()
    )
    return session.scalar(
        select(StaffAccount.id)
        .outerjoin(load, load.c.owner_id == StaffAccount.id)
        .where(StaffAccount.role.in_(OWNERS), StaffAccount.active)
        .order_by(func.coalesce(load.c.count, 0), StaffAccount.login)
        .limit(1)
    )
