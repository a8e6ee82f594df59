"""What time brings: customers who wait too long, agents and customers who fall silent. Run again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from claims import clock
from claims.handover import ending, outside, ownership, queue
from claims.handover.telling import offer
from claims.models import Conversation, Handover
from claims.rules.handover import rules
from claims.vocabulary import HandoverState

KEEP_WAITING, CALLBACK, MESSAGE = "/stay_in_queue", "/book_callback", "/leave_message"


def due(session: Session) -> list[str]:
    """Ids of the hand-overs that `see_to` has something to do for. Only reads."""
    now, silence, late = clock.now(), rules().silence, timedelta(minutes=rules().waiting.late_after_minutes)
    agent_until = now - timedelta(minutes=silence.agent_minutes)
    customer_until = now - timedelta(minutes=silence.customer_minutes)
    waits = and_(
        Handover.state == HandoverState.WAITING,
        Handover.opened_at <= now - late,
        or_(Handover.told_late_at.is_(None), Handover.told_late_at <= now - 2 * late),
    )
    said = func.coalesce(Conversation.last_inbound_at, Handover.opened_at)
    agent_silent = and_(
        Handover.agent_at <= agent_until,
        said <= agent_until,
        or_(said > Handover.agent_at, Handover.first_response_at.is_(None)),
    )
    customer_silent = and_(said <= customer_until, Handover.agent_at <= customer_until)
    query = (
        select(Handover.id)
        .join(Conversation, Conversation.id == Handover.conversation_id)
        .where(
            or_(waits, and_(Handover.state == HandoverState.HELD, or_(agent_silent, customer_silent))),
            Conversation.channel.not_in(outside.CHANNELS),  # another desk has clocks of its own
        )
        .order_by(Handover.opened_at)
    )
    return list(session.scalars(query))


def see_to(session: Session, handover_id: str) -> str | None:
    """Do what is due for one hand-over: "late", "requeued", "closed", or None when nothing is by now. One transaction
    each; several gateways may look at the same one."""
    handover = session.get_one(Handover, handover_id)
    conversation = ownership.locked(session, handover.conversation_id)
    session.refresh(handover)
    now = clock.now()
    if handover.state is HandoverState.WAITING:
        return "late" if _tell_late(session, conversation, handover, now) else None
    if handover.state is not HandoverState.HELD or handover.agent_at is None:
        return None
    silence = rules().silence
    said = conversation.last_inbound_at or handover.opened_at
    last = max(said, handover.agent_at)
    if (said > handover.agent_at or handover.first_response_at is None) and now - last >= timedelta(
        minutes=silence.agent_minutes
    ):
        return "requeued" if ownership.requeue(session, handover) else None
    if now - last >= timedelta(minutes=silence.customer_minutes):
        return "closed" if ending.close_silent(session, handover) else None
    return None


def _tell_late(session: Session, conversation: Conversation, handover: Handover, now: datetime) -> bool:
    late = timedelta(minutes=rules().waiting.late_after_minutes)
    promised = timedelta(minutes=2 * (handover.minutes_told or 0))
    if handover.told_late_at is not None:
        if now - handover.told_late_at < 2 * late:
            return False
    elif now - handover.opened_at < max(late, promised):
        return False
    expected = queue.expected(session, handover)
    choices = {"keep_waiting": KEEP_WAITING, "callback": CALLBACK, "message": MESSAGE}
    offer(session, conversation, "late", choices, "choice", ahead=expected.place - 1, minutes=expected.minutes)
    handover.told_late_at = now
    session.flush()
    return True
