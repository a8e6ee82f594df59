"""The figures of the supervisors' board: what waits now, and how it went in a span of time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from statistics import mean, median

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock
from claims.handover import callbacks, complaints, presence, queue
from claims.models import CallbackBooking, Handover
from claims.vocabulary import CallbackState, ComplaintState, HandoverState, Presence


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds unless named otherwise; None where nothing was measured. breaches: first answers later than promised,
    those still missing included. handled: had an agent and have ended."""

    waiting: int
    longest_wait: float
    held: int
    online: int
    away: int
    opened: int
    handled: int
    left: int
    breaches: int
    first_response_median: float | None
    first_response_worst: float | None
    handling_mean: float | None
    callbacks_open: int
    callbacks_overdue: int
    complaints_open: int
    complaints_overdue: int
    reasons: dict[str, int] = field(default_factory=dict)
    by_agent: dict[str, int] = field(default_factory=dict)


def figures(session: Session, since: datetime, until: datetime | None = None) -> Figures:
    """What waits now, and of the hand-overs opened between since and until (aware): how it went."""
    now = clock.now()
    until = until or now
    opened = list(session.scalars(select(Handover).where(Handover.opened_at >= since, Handover.opened_at < until)))
    in_queue = queue.waiting(session)
    seen = presence.colleagues(session)
    first = [(each.first_response_at - each.opened_at).total_seconds() for each in opened if each.first_response_at]
    handled = [each for each in opened if each.taken_at is not None and each.ended_at is not None]
    handling = [(each.ended_at - each.taken_at).total_seconds() for each in handled if each.ended_at and each.taken_at]
    overdue = select(CallbackBooking.id).where(
        CallbackBooking.state == CallbackState.OPEN,
        CallbackBooking.due_at < now,
    )
    return Figures(
        waiting=len(in_queue),
        longest_wait=max(((now - each.opened_at).total_seconds() for each in in_queue), default=0.0),
        held=len(queue.held(session)),
        online=sum(each.presence is Presence.ONLINE for each in seen),
        away=sum(each.presence is Presence.AWAY for each in seen),
        opened=len(opened),
        handled=len(handled),
        left=sum(each.state is HandoverState.LEFT for each in opened),
        breaches=sum(_breached(each, now) for each in opened),
        first_response_median=median(first) if first else None,
        first_response_worst=max(first) if first else None,
        handling_mean=mean(handling) if handling else None,
        callbacks_open=len(callbacks.listing(session, state=CallbackState.OPEN)),
        callbacks_overdue=len(list(session.scalars(overdue))),
        complaints_open=len(complaints.listing(session, state=ComplaintState.OPEN)),
        complaints_overdue=len(complaints.listing(session, overdue=True)),
        reasons=dict(Counter(each.reason.value for each in opened)),
        by_agent=dict(Counter(each.owner_id for each in handled if each.owner_id is not None)),
    )


def _breached(handover: Handover, now: datetime) -> bool:
    """Whether the first answer came, or is still missing, after it was due. A callback or leaving ends the waiting."""
    came = handover.first_response_at
    if came is None and handover.state in (HandoverState.CALLBACK, HandoverState.LEFT):
        came = handover.ended_at
    return (came or now) > queue.due_by(handover)
