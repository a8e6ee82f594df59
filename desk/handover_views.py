"""Hand-overs, callbacks and complaints as the staff API shows them."""

from __future__ import annotations

from claims.handover import queue
from claims.handover.presence import Colleague
from claims.models import CallbackBooking, Complaint, Handover, PrivateNote, StaffAccount
from desk.access import Desk
from desk.views import Json, moment


def handover_json(desk: Desk, handover: Handover) -> Json:
    """One hand-over; place (from 1) and minutes only while it waits."""
    shown: Json = {
        "id": handover.id,
        "conversation_id": handover.conversation_id,
        "claim_id": handover.claim_id,
        "reason": handover.reason.value,
        "priority": handover.priority.value,
        "skill": handover.skill,
        "summary": desk.text(handover.summary),
        "state": handover.state.value,
        "opened_at": moment(handover.opened_at),
        "answer_due_at": moment(queue.due_by(handover)),
        "taken_at": moment(handover.taken_at),
        "first_response_at": moment(handover.first_response_at),
        "ended_at": moment(handover.ended_at),
        "owner": login_of(desk, handover.owner_id),
        "assigned_to": login_of(desk, handover.assigned_id),
        "agreed": handover.agreed,
        "wrap_up": handover.wrap_up.value if handover.wrap_up is not None else None,
        "wrap_up_note": handover.wrap_up_note,
    }
    return shown


def callback_json(desk: Desk, booking: CallbackBooking) -> Json:
    """One callback; due_at is null until the customer chose a time."""
    return {
        "id": booking.id,
        "conversation_id": booking.conversation_id,
        "handover_id": booking.handover_id,
        "phone": desk.address(booking.phone) if booking.phone is not None else None,
        "due_at": moment(booking.due_at),
        "minutes": booking.minutes,
        "state": booking.state.value,
        "created_at": moment(booking.created_at),
        "done_at": moment(booking.done_at),
        "done_by": login_of(desk, booking.done_by_id),
        "note": booking.note,
    }


def complaint_json(desk: Desk, complaint: Complaint) -> Json:
    """One complaint, with what the customer said."""
    return {
        "number": complaint.number,
        "conversation_id": complaint.conversation_id,
        "claim_id": complaint.claim_id,
        "customer_id": complaint.customer_id,
        "what": desk.text(complaint.what),
        "wanted": desk.text(complaint.wanted),
        "state": complaint.state.value,
        "created_at": moment(complaint.created_at),
        "due_at": moment(complaint.due_at),
        "owner": login_of(desk, complaint.owner_id),
        "answer": complaint.answer,
        "answered_at": moment(complaint.answered_at),
        "satisfied": complaint.satisfied,
        "closed_at": moment(complaint.closed_at),
        "outcome": complaint.outcome,
    }


def note_json(note: PrivateNote, author: StaffAccount) -> Json:
    return {"id": note.id, "by": author.login, "name": author.name, "text": note.text, "at": moment(note.created_at)}


def colleague_json(colleague: Colleague) -> Json:
    return {
        "login": colleague.account.login,
        "name": colleague.account.name,
        "role": colleague.account.role.value,
        "presence": colleague.presence.value,
        "since": moment(colleague.since),
        "skills": list(colleague.skills),
    }


def login_of(desk: Desk, account_id: str | None) -> str | None:
    """How an account is named; None for nobody."""
    account = desk.session.get(StaffAccount, account_id) if account_id is not None else None
    return account.login if account is not None else None
