"""The queue: the urgent first, then whoever came first; and how long it will probably take."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from claims import clock
from claims.handover import presence
from claims.models import Handover
from claims.rules.handover import rules
from claims.vocabulary import HandoverState, Priority

_RANK = case({Priority.EMERGENCY: 0, Priority.HIGH: 1}, value=Handover.priority, else_=2)
RANKS = {Priority.EMERGENCY: 0, Priority.HIGH: 1, Priority.NORMAL: 2}
UNDER_WAY = (HandoverState.WAITING, HandoverState.HELD)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a customer hears: the place in the queue (from 1) and the minutes until somebody has time."""

    place: int
    minutes: int


def waiting(session: Session) -> list[Handover]:
    """All that wait, in the order in which they are to be taken."""
    query = select(Handover).where(Handover.state == HandoverState.WAITING)
    return list(session.scalars(query.order_by(_RANK, Handover.opened_at, Handover.id)))


def held(session: Session, account_id: str | None = None) -> list[Handover]:
    """All that agents have now, or one account's; the longest held first."""
    query = select(Handover).where(Handover.state == HandoverState.HELD)
    if account_id is not None:
        query = query.where(Handover.owner_id == account_id)
    return list(session.scalars(query.order_by(Handover.taken_at, Handover.id)))


def under_way(session: Session, conversation_id: str) -> Handover | None:
    """The hand-over of this conversation that waits or is held."""
    return session.scalar(
        select(Handover).where(Handover.conversation_id == conversation_id, Handover.state.in_(UNDER_WAY))
    )


def expected(session: Session, handover: Handover) -> Expected:
    """The place of one that waits, and the wait: so many conversations before it, shared among who is online."""
    ahead = 0
    for each in waiting(session):
        if each.id == handover.id:
            break
        ahead += 1
    place = ahead + 1
    people = max(1, len(presence.online(session, handover.skill)))
    busy = len(held(session))
    # Somebody who is free now takes the first at once; whoever is not free frees up after half a conversation.
    turns = place / people if busy >= people else max(0.0, (place - (people - busy)) / people)
    return Expected(place, max(1, math.ceil(turns * _minutes_each(session))))


def due_by(handover: Handover) -> datetime:
    """Until when the first answer of a person is promised."""
    return handover.opened_at + timedelta(seconds=rules().first_response_seconds[handover.priority])


def _minutes_each(session: Session) -> float:
    """How long conversations with agents took of late, on average; a plain figure without enough of them."""
    rule = rules().waiting
    since = clock.now() - timedelta(days=rule.history_days)
    rows = session.execute(
        select(Handover.taken_at, Handover.ended_at)
        .where(Handover.ended_at.is_not(None), Handover.taken_at.is_not(None), Handover.ended_at >= since)
        .order_by(Handover.ended_at.desc())
        .limit(200)
    ).all()
    if len(rows) < rule.history_least:
        return float(rule.minutes_each)
    return float(sum((row.ended_at - row.taken_at).total_seconds() for row in rows) / len(rows) / 60)


def count_waiting(session: Session) -> int:
    """How many wait."""
    return session.scalar(select(func.count()).where(Handover.state == HandoverState.WAITING)) or 0
