"""Tickets of callbacks for staff: what is owed to whom until when, the answer, the end."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from claims import clock, staff, tickets
from claims.models import Claim, StaffAccount, SurveyRun, Ticket
from claims.vocabulary import TicketState
from desk.access import Desk, TalksDesk
from desk.views import Json, moment

router = APIRouter(prefix="/api/staff/tickets", tags=["tickets"])

TicketId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]


class AnswerBody(BaseModel):
    """What the customer reads."""

    model_config = ConfigDict(extra="ignore")
    text: Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[^\x00]*$")]


class OwnerBody(BaseModel):
    """Login of the new owner."""

    model_config = ConfigDict(extra="ignore")
    login: Annotated[str, Field(max_length=40)]


@router.get("", summary="回访工单")
def list_tickets(
    desk: TalksDesk,
    state: TicketState | None = None,
    mine: bool = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[Json]:
    """Those due first come first; mine: only those that I own."""
    owner = desk.account.id if mine else None
    found = tickets.listing(desk.session, states=[state] if state else (), owner_id=owner, limit=limit)
    desk.note("tickets_listed", "tickets", {"count": len(found)})
    return [_ticket(desk, ticket, clock.now()) for ticket in found]


@router.get("/{ticket_id}", summary="一个工单")
def get_ticket(desk: TalksDesk, ticket_id: TicketId) -> Json:
    """With the customer's words and the answer."""
    ticket = tickets.get(desk.session, ticket_id)
    desk.note("ticket_read", f"ticket:{ticket.id}")
    return _ticket(desk, ticket, clock.now())


@router.post("/{ticket_id}/answer", summary="答复客户")
def answer(desk: TalksDesk, ticket_id: TicketId, body: AnswerBody) -> Json:
    """The answer goes to the customer on the channel they use, and they are asked whether it is solved."""
    ticket = tickets.get(desk.session, ticket_id)
    tickets.answer(desk.session, ticket, body.text, desk.actor)
    return _ticket(desk, ticket, clock.now())


@router.post("/{ticket_id}/close", summary="关闭工单")
def close(desk: TalksDesk, ticket_id: TicketId) -> Json:
    """Over, whether or not the customer said so."""
    ticket = tickets.get(desk.session, ticket_id)
    tickets.close(desk.session, ticket, desk.actor)
    return _ticket(desk, ticket, clock.now())


@router.post("/{ticket_id}/owner", summary="转给别人")
def assign(desk: TalksDesk, ticket_id: TicketId, body: OwnerBody) -> Json:
    """Give it to another owner."""
    ticket = tickets.get(desk.session, ticket_id)
    tickets.assign(desk.session, ticket, staff.find(desk.session, body.login), desk.actor)
    return _ticket(desk, ticket, clock.now())


def _ticket(desk: Desk, ticket: Ticket, now: datetime) -> Json:
    claim = desk.session.get(Claim, ticket.claim_id) if ticket.claim_id else None
    owner = desk.session.get(StaffAccount, ticket.owner_id) if ticket.owner_id else None
    run = desk.session.get(SurveyRun, ticket.run_id) if ticket.run_id else None
    return {
        "id": ticket.id,
        "claim_no": claim.number if claim else None,
        "customer_id": ticket.customer_id,
        "owner": {"login": owner.login, "name": owner.name} if owner else None,
        "score": run.score if run else None,
        "text": desk.text(ticket.text),
        "state": ticket.state.value,
        "created_at": moment(ticket.created_at),
        "due_at": moment(ticket.due_at),
        "overdue": ticket.state is TicketState.OPEN and ticket.due_at <= now,
        "answer": ticket.answer,
        "answered_at": moment(ticket.answered_at),
        "solved": ticket.solved,
        "closed_at": moment(ticket.closed_at),
    }
