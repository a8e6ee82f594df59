"""Complaints at the desk: listed by when an answer is due, answered, given to somebody else, closed."""

from __future__ import annotations

from typing import Any

from claims import accounts, clock, logins
from claims.handover import complaints
from claims.models import Claim, Complaint, Customer
from claims.staff import Right
from claims.vocabulary import ComplaintState
from desk.access import Desk
from desk.door import operation
from desk.problems import Refused
from desk.shown import person, when
from desk.wording import named

LONGEST = 2000


@operation(Right.ANSWER_COMPLAINTS)
def list_complaints(desk: Desk, scope: str = "open") -> list[dict[str, Any]]:
    """scope: open (under way), mine, or all; the earliest due first."""
    found = complaints.listing(desk.session, owner_id=desk.account.id if scope == "mine" else None)
    if scope != "all":
        found = [each for each in found if each.state is not ComplaintState.CLOSED]
    desk.note("complaints_listed", "complaints", {"count": len(found)})
    names = accounts.names(desk.session)
    return [_line(desk, each, names) for each in found[:200]]


@operation(Right.ANSWER_COMPLAINTS)
def answer_complaint(desk: Desk, number: str, text: str) -> bool:
    """The customer reads the answer where the complaint was made."""
    if not text.strip():
        raise Refused(422, "text_needed")
    complaints.answer(desk.session, complaints.find(desk.session, number), desk.account, text.strip()[:LONGEST])
    return True


@operation(Right.ANSWER_COMPLAINTS)
def close_complaint(desk: Desk, number: str, outcome: str) -> bool:
    """It is over; the customer is told the outcome."""
    if not outcome.strip():
        raise Refused(422, "text_needed")
    complaints.close(desk.session, complaints.find(desk.session, number), desk.account, outcome.strip()[:LONGEST])
    return True


@operation(Right.SUPERVISE)
def assign_complaint(desk: Desk, number: str, login: str) -> bool:
    """Another owner."""
    complaint = complaints.find(desk.session, number)
    complaints.assign(desk.session, complaint, desk.account, logins.find(desk.session, login))
    return True


def _line(desk: Desk, each: Complaint, names: dict[str, str]) -> dict[str, Any]:
    customer = desk.session.get(Customer, each.customer_id) if each.customer_id else None
    claim = desk.session.get(Claim, each.claim_id) if each.claim_id else None
    open_ = each.state is ComplaintState.OPEN
    return {
        "number": each.number,
        "who": person(desk, customer),
        "claim": claim.number if claim is not None else "",
        "conversation_id": each.conversation_id,
        "what": each.what,
        "wanted": each.wanted,
        "state": each.state.value,
        "state_name": named("complaint_states", each.state.value),
        "due": when(each.due_at),
        "late": open_ and each.due_at < clock.now(),
        "owner": names.get(each.owner_id or "", ""),
        "answer": each.answer or "",
        "outcome": each.outcome or "",
    }
