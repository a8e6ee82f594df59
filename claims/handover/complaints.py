"""Complaints: acknowledged at once with a number and a date, owned, answered, asked about, mediated, closed."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims import audit, clock, conversations
from claims.errors import BadInput, NotFound
from claims.handover.telling import offer, tell
from claims.models import Claim, Complaint, Conversation, StaffAccount
from claims.numbers import next_complaint_number
from claims.rules.handover import rules
from claims.vocabulary import ComplaintState, Role

OWNERS = (Role.HANDLER, Role.SUPERVISOR)
"""Who answers complaints: not the agent whose conversation may be what is complained about."""
UNDER_WAY = (ComplaintState.OPEN, ComplaintState.ANSWERED, ComplaintState.MEDIATION)
VERDICT = "complaint_verdict"
"""The task by which the bot reads "yes" and "no" as what the customer thinks of our answer."""


def register(
    session: Session, conversation: Conversation, *, key: str, what: str, wanted: str = "", claim: Claim | None = None
) -> tuple[Complaint, bool]:
    """Take down a complaint; (complaint, is it new?). The same key is the same complaint.

    It belongs to the handler or supervisor who has the fewest under way, and is to be answered by the end of so many
    working days.
    """
    known = session.scalar(select(Complaint).where(Complaint.key == key))
    if known is not None:
        return known, False
    if not what.strip():
        raise BadInput("a complaint says what happened")
    now = clock.now()
    complaint = Complaint(
        number=next_complaint_number(session, clock.local(now).date()),
        key=key,
        conversation_id=conversation.id,
        customer_id=conversation.bound_customer_id or conversation.proven_customer_id,
        claim_id=claim.id if claim is not None else None,
        what=what.strip(),
        wanted=wanted.strip(),
        due_at=rules().complaints.answer.due(now),
        owner_id=_least_busy(session),
        created_at=now,
    )
    session.add(complaint)
    session.flush()
    note = {"owner": complaint.owner_id, "conversation": conversation.id}
    audit.record(session, "customer", "complaint_registered", f"complaint:{complaint.number}", note)
    return complaint, True


def find(session: Session, number: str) -> Complaint:
    """By its number. NotFound when there is none."""
    complaint = session.scalar(select(Complaint).where(Complaint.number == number.strip().upper()))
    if complaint is None:
        raise NotFound("no such complaint")
    return complaint


def of(session: Session, conversation_id: str) -> list[Complaint]:
    """The complaints made in a conversation that are under way, newest first."""
    query = select(Complaint).where(Complaint.conversation_id == conversation_id, Complaint.state.in_(UNDER_WAY))
    return list(session.scalars(query.order_by(Complaint.created_at.desc())))


def listing(
    session: Session, *, state: ComplaintState | None = None, overdue: bool = False, owner_id: str | None = None
) -> list[Complaint]:
    """Complaints, the earliest due first; overdue: only those that should have been answered by now."""
    query = select(Complaint).order_by(Complaint.due_at, Complaint.number)
    if state is not None:
        query = query.where(Complaint.state == state)
    if overdue:
        query = query.where(Complaint.state == ComplaintState.OPEN, Complaint.due_at < clock.now())
    if owner_id is not None:
        query = query.where(Complaint.owner_id == owner_id)
    return list(session.scalars(query))


def assign(session: Session, complaint: Complaint, by: StaffAccount, to: StaffAccount) -> None:
    """Another owner. BadInput for a role that answers no complaints."""
    if to.role not in OWNERS:
        raise BadInput(f"the role {to.role} answers no complaints")
    complaint.owner_id = to.id
    session.flush()
    audit.record(session, by.login, "complaint_assigned", f"complaint:{complaint.number}", {"to": to.id})


def answer(session: Session, complaint: Complaint, account: StaffAccount, text: str) -> None:
    """Answer a complaint: the customer reads it in the conversation it was made in and is asked whether it will do.

    BadInput without words, or when it is neither open nor answered.
    """
    if not text.strip():
        raise BadInput("an answer needs words")
    if complaint.state not in (ComplaintState.OPEN, ComplaintState.ANSWERED):
        raise BadInput(f"a complaint that is {complaint.state} cannot be answered")
    complaint.answer, complaint.answered_at, complaint.satisfied = text.strip(), clock.now(), None
    complaint.state = ComplaintState.ANSWERED
    conversation = _locked(session, complaint)
    conversations.drop_tasks(conversation, VERDICT)
    conversations.push_task(conversation, {"task": VERDICT, "number": complaint.number, "step": "satisfied"})
    offer(
        session,
        conversation,
        "complaint_answered",
        {"satisfied": "/affirm", "not_satisfied": "/deny"},
        "confirm",
        number=complaint.number,
        answer=complaint.answer,
    )
    conversations.set_awaiting(conversation, "confirm")
    session.flush()
    audit.record(session, account.login, "complaint_answered", f"complaint:{complaint.number}")


def verdict(session: Session, complaint: Complaint, satisfied: bool) -> None:
    """What the customer thinks of the answer. Satisfied closes it."""
    complaint.satisfied = satisfied
    if satisfied:
        complaint.state, complaint.closed_at = ComplaintState.CLOSED, clock.now()
    session.flush()
    audit.record(session, "customer", "complaint_verdict", f"complaint:{complaint.number}", {"satisfied": satisfied})


def not_satisfied(session: Session, complaint: Complaint, mediation: bool) -> None:
    """The customer wants a mediator, or us to look at it again: then a new answer is due."""
    complaint.state = ComplaintState.MEDIATION if mediation else ComplaintState.OPEN
    complaint.due_at = rules().complaints.answer.due(clock.now())
    session.flush()
    audit.record(session, "customer", "complaint_goes_on", f"complaint:{complaint.number}", {"mediation": mediation})


def close(session: Session, complaint: Complaint, account: StaffAccount, outcome: str) -> None:
    """It is over: by what a mediator found, or agreed otherwise. The customer is told. BadInput when it was before, or
    without saying how it ended."""
    if complaint.state is ComplaintState.CLOSED:
        raise BadInput("this complaint was closed before")
    if not outcome.strip():
        raise BadInput("closing a complaint needs its outcome")
    complaint.state, complaint.closed_at, complaint.outcome = ComplaintState.CLOSED, clock.now(), outcome.strip()
    conversation = _locked(session, complaint)
    conversations.drop_tasks(conversation, VERDICT)
    tell(session, conversation, "complaint_closed", number=complaint.number, outcome=complaint.outcome)
    audit.record(session, account.login, "complaint_closed", f"complaint:{complaint.number}")


def _locked(session: Session, complaint: Complaint) -> Conversation:
    conversation = conversations.get(session, complaint.conversation_id)
    session.flush()
    conversations.hold_order(session, conversation.id)
    session.refresh(conversation)
    return conversation


def _least_busy(session: Session) -> str | None:
    busy = (
        select(Complaint.owner_id, func.count().label("many"))
        .where(Complaint.state.in_(UNDER_WAY))
        .group_by(Complaint.owner_id)
        .subquery()
    )
    return session.scalar(
        select(StaffAccount.id)
        .outerjoin(busy, busy.c.owner_id == StaffAccount.id)
        .where(StaffAccount.active, StaffAccount.role.in_(OWNERS))
        .order_by(func.coalesce(busy.c.many, 0), StaffAccount.login)
        .limit(1)
    )
