"""A conversation needs a person: into the queue when somebody is there, otherwise a callback is booked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from claims import audit, clock, conversations, drafts
from claims.errors import ClaimsError
from claims.handover import callbacks, outside, presence, queue, summary
from claims.handover.queue import RANKS, Expected
from claims.models import CallbackBooking, Claim, Conversation, Handover
from claims.reporting import taking
from claims.rules.handover import open_at, rules
from claims.vocabulary import HandoverReason, HandoverState, Mode, Priority

PRIORITIES: dict[HandoverReason, Priority] = {
    HandoverReason.EMERGENCY: Priority.EMERGENCY,
    HandoverReason.ANGER: Priority.HIGH,
    HandoverReason.COMPLAINT: Priority.HIGH,
    HandoverReason.MAJOR_CLAIM: Priority.HIGH,
    HandoverReason.LOW_RATING: Priority.HIGH,
}


@dataclass(frozen=True, slots=True)
class Escalation:
    """What came of it. Either `expected` (in the queue) or `booking` (a callback, its time still to be chosen) or, when
    an agent has the conversation already, neither. is_new: nothing was under way before."""

    handover: Handover
    is_new: bool
    expected: Expected | None = None
    booking: CallbackBooking | None = None


def escalate(
    session: Session,
    conversation: Conversation,
    reason: HandoverReason,
    *,
    claim: Claim | None = None,
    message_id: int | None = None,
) -> Escalation:
    """Ask for a person for this conversation. Safe to repeat: what is under way is only made more urgent.

    message_id: the customer's message whose turn does so, if one does: its answer may still be said. An emergency
    waits in the queue at any hour, because whoever is on call looks there.
    """
    session.flush()
    conversations.hold_order(session, conversation.id)
    session.refresh(conversation, ["mode", "version", "version_message_id"])
    there = queue.under_way(session, conversation.id)
    priority = max(
        _priority(session, conversation, reason, claim), PRIORITIES.get(reason, Priority.NORMAL), key=_urgency
    )
    if there is not None:
        _more_urgent(session, conversation, there, reason, priority)
        expected = queue.expected(session, there) if there.state is HandoverState.WAITING else None
        return Escalation(there, is_new=False, expected=expected)
    booked = callbacks.open_booking(session, conversation.id)
    skill = _skill(session, conversation, claim)
    elsewhere = outside.is_outside(conversation)
    somebody = elsewhere or (open_at(clock.now()) and bool(presence.online(session, skill)))
    if not somebody and booked is not None and priority is not Priority.EMERGENCY:
        return Escalation(session.get_one(Handover, booked.handover_id), is_new=False, booking=booked)
    handover = Handover(
        conversation_id=conversation.id,
        claim_id=claim.id if claim is not None else None,
        reason=reason,
        priority=priority,
        skill=skill,
        summary=summary.write(session, conversation, reason),
        state=HandoverState.WAITING,
        opened_at=clock.now(),
    )
    session.add(handover)
    session.flush()
    note = {"reason": reason.value, "priority": priority.value, "skill": skill, "conversation": conversation.id}
    audit.record(session, "customer", "handover_opened", f"handover:{handover.id}", note)
    if not somebody and priority is not Priority.EMERGENCY:
        return Escalation(handover, is_new=True, booking=callbacks.book(session, conversation, handover))
    if not conversations.change_mode(
        session, conversation, Mode.QUEUED, version=conversation.version, message_id=message_id
    ):
        raise ClaimsError("the conversation changed hands while it was locked")
    expected = queue.expected(session, handover)
    handover.place_told, handover.minutes_told = expected.place, expected.minutes
    session.flush()
    if elsewhere:
        outside.hand_over(session, conversation, handover)
    return Escalation(handover, is_new=True, expected=expected)


def staffed(session: Session, conversation: Conversation, claim: Claim | None = None) -> bool:
    """Whether somebody is there for this conversation now: within hours, and online."""
    if outside.is_outside(conversation):
        return True
    return open_at(clock.now()) and bool(presence.online(session, _skill(session, conversation, claim)))


def low_rating(
    session: Session, conversation: Conversation, score: int, *, message_id: int | None = None
) -> Escalation | None:
    """A customer who is not satisfied with a closed case reaches a person; None for a score that is not low."""
    if score > rules().low_rating_at_most:
        return None
    return escalate(session, conversation, HandoverReason.LOW_RATING, message_id=message_id)


def leave(session: Session, conversation: Conversation, *, message_id: int | None = None) -> bool:
    """The customer does not want to wait any longer: out of the queue, back to the bot. False when none waits."""
    handover = _out_of_queue(session, conversation, HandoverState.LEFT, message_id)
    return handover is not None


def call_instead(
    session: Session, conversation: Conversation, *, message_id: int | None = None
) -> CallbackBooking | None:
    """The customer would rather be called than wait: out of the queue, a callback booked, its time still to be chosen.
    The booking there is when none waits; None when there is neither."""
    handover = _out_of_queue(session, conversation, HandoverState.CALLBACK, message_id)
    if handover is None:
        return callbacks.open_booking(session, conversation.id)
    return callbacks.book(session, conversation, handover)


def _out_of_queue(
    session: Session, conversation: Conversation, to: HandoverState, message_id: int | None
) -> Handover | None:
    session.flush()
    conversations.hold_order(session, conversation.id)
    session.refresh(conversation, ["mode", "version", "version_message_id"])
    handover = queue.under_way(session, conversation.id)
    if handover is None or handover.state is not HandoverState.WAITING:
        return None
    handover.state, handover.ended_at = to, clock.now()
    conversations.change_mode(session, conversation, Mode.BOT, version=conversation.version, message_id=message_id)
    audit.record(session, "customer", "handover_left", f"handover:{handover.id}", {"to": to.value})
    if outside.is_outside(conversation):
        outside.hand_in(session, conversation, handover)
    return handover


def _urgency(priority: Priority) -> int:
    return -RANKS[priority]


def _more_urgent(
    session: Session, conversation: Conversation, handover: Handover, reason: HandoverReason, priority: Priority
) -> None:
    if _urgency(priority) <= _urgency(handover.priority):
        return
    handover.priority, handover.reason = priority, reason
    handover.summary = summary.write(session, conversation, reason)
    session.flush()
    note = {"reason": reason.value, "priority": priority.value}
    audit.record(session, "customer", "handover_raised", f"handover:{handover.id}", note)


def _priority(session: Session, conversation: Conversation, reason: HandoverReason, claim: Claim | None) -> Priority:
    """What the claim or the open report is worth by the core's own rules."""
    draft = drafts.open_draft(session, conversation.id)
    known = [claim.priority] if claim is not None else []
    if draft is not None:
        known.append(taking.priority_of(taking.known(draft), dict(draft.flags or {})))
    return max([Priority.NORMAL, *known], key=_urgency)


def _skill(session: Session, conversation: Conversation, claim: Claim | None) -> str:
    if claim is not None:
        return claim.line.value
    draft = drafts.open_draft(session, conversation.id)
    line = taking.known(draft).line if draft is not None else None
    if line is None:
        about = summary.claims_about(session, conversation)
        line = about[0].line if about else None
    return line.value if line is not None else presence.GENERAL
