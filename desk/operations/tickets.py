"""Tickets of callbacks at the desk: what customers were not happy with, who sees to it, until when, and the answer."""

from __future__ import annotations

from typing import Any

from claims import accounts, clock, tickets
from claims.models import Claim, Customer, SurveyRun, Ticket, TicketNote
from claims.staff import Right
from claims.vocabulary import TicketState
from desk.access import Desk
from desk.door import operation
from desk.operations.board import colleague
from desk.problems import Refused
from desk.shown import person, phone, span, when
from desk.wording import named, say

OPEN = (TicketState.OPEN, TicketState.ANSWERED)
LONGEST = 1000


@operation(Right.READ_CONVERSATIONS)
def list_tickets(desk: Desk, scope: str = "open") -> list[dict[str, Any]]:
    """scope: open (not over yet), mine (of these), or all; those due first come first."""
    owner = desk.account.id if scope == "mine" else None
    found = tickets.listing(desk.session, states=() if scope == "all" else OPEN, owner_id=owner)
    desk.note("tickets_listed", "tickets", {"count": len(found)})
    names, notes = accounts.names(desk.session), tickets.notes_of(desk.session, found)
    return [_line(desk, each, notes.get(each.id, []), names) for each in found]


@operation(Right.WRITE_CONVERSATIONS)
def take_ticket(desk: Desk, ticket_id: str) -> bool:
    """It is one's own from now on."""
    tickets.assign(desk.session, tickets.get(desk.session, ticket_id), desk.account, desk.actor)
    return True


@operation(Right.WRITE_CONVERSATIONS)
def assign_ticket(desk: Desk, ticket_id: str, login: str) -> bool:
    """Another owner."""
    tickets.assign(desk.session, tickets.get(desk.session, ticket_id), colleague(desk, login), desk.actor)
    return True


@operation(Right.WRITE_CONVERSATIONS)
def note_ticket(desk: Desk, ticket_id: str, text: str) -> bool:
    """A note for colleagues, which the customer never sees."""
    tickets.note(desk.session, tickets.get(desk.session, ticket_id), desk.account, _words(text))
    return True


@operation(Right.WRITE_CONVERSATIONS)
def answer_ticket(desk: Desk, ticket_id: str, text: str) -> bool:
    """The answer goes to the customer on the channel they use, who is asked whether that solves it."""
    tickets.answer(desk.session, tickets.get(desk.session, ticket_id), _words(text), desk.actor)
    return True


@operation(Right.WRITE_CONVERSATIONS)
def close_ticket(desk: Desk, ticket_id: str) -> bool:
    """Over, whether or not the customer said so."""
    tickets.close(desk.session, tickets.get(desk.session, ticket_id), desk.actor)
    return True


def _words(text: str) -> str:
    if not text.strip():
        raise Refused(422, "text_needed")
    return text.strip()[:LONGEST]


def _line(desk: Desk, each: Ticket, notes: list[TicketNote], names: dict[str, str]) -> dict[str, Any]:
    claim = desk.session.get(Claim, each.claim_id) if each.claim_id else None
    customer = desk.session.get(Customer, each.customer_id) if each.customer_id else None
    run = desk.session.get(SurveyRun, each.run_id) if each.run_id else None
    owed, left = each.state is TicketState.OPEN, (each.due_at - clock.now()).total_seconds()
    state = named("ticket_states", each.state.value)
    return {
        "id": each.id,
        "claim": claim.number if claim is not None else "",
        "who": person(desk, customer),
        "phone": phone(desk, customer.phone if customer is not None else None),
        "score": say("ticket.of_five", score=run.score) if run is not None and run.score else "",
        "said": desk.text(each.text),
        "state": each.state.value,
        "state_name": f"{state} · {say('ticket.left', time=span(left))}" if owed and left > 0 else state,
        "due": when(each.due_at) if owed else "",
        "late": owed and left <= 0,
        "owner": names.get(each.owner_id or "", ""),
        "mine": each.owner_id == desk.account.id,
        "notes": "\n".join(f"{names.get(n.account_id, '')} {when(n.created_at)}：{n.text}" for n in notes),
        "answer": f"{each.answer}（{when(each.answered_at)}）" if each.answer else "",
        "solved": "" if each.solved is None else say("ticket.yes" if each.solved else "ticket.no"),
        "conversation_id": claim.conversation_id if claim is not None else None,
    }
