"""Service-level clocks: staff are warned, breaches are raised, and a delay that nobody told is told by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clocks
from claims.clocks import Clock
from claims.models import Claim, DueRow
from claims.outreach import Due
from claims.vocabulary import AlertKind, ClaimState, OutreachKind
from outreach.purpose import Done, Occasion, Prepared, Purpose, Skip

NAME = "clock"
AHEAD = timedelta(hours=1)
"""How long before its moment a row is planned. Later changes are seen when it is due, so this only spreads work."""


class Event(StrEnum):
    WARNING = "warning"
    DELAY = "delay"
    BREACH = "breach"


def plan(session: Session, now: datetime) -> Iterable[Due]:
    """What happens to running clocks within the next hour, or should have happened already."""
    found = clocks.running(session)
    planned = _planned(session)
    for running in found:
        for event, at in _events(running):
            if at <= now + AHEAD and _key(running, event) not in planned:
                yield Due(
                    key=_key(running, event),
                    due_at=at,
                    subject=running.claim.id,
                    claim_id=running.claim.id,
                    facts={"event": event, "key": _key(running, event)},
                )


def prepare(session: Session, occasion: Occasion) -> Prepared:
    """Raise it, if the clock still runs as it did when this was planned."""
    claim = session.get_one(Claim, occasion.row.subject)
    event = Event(occasion.row.facts["event"])
    same = (each for each in clocks.running(session, claim) if _key(each, event) == occasion.row.facts["key"])
    running = next(same, None)
    if running is None or (event is not Event.BREACH and occasion.now >= running.due):
        return Skip("no_longer")
    if event is Event.DELAY:
        if running.announce_at is None:
            return Skip("no_longer")
        clocks.move(session, running, reason=None, until=None, actor=NAME)
        return Done("moved", {"text": clocks.say("moved")})
    clocks.raise_alert(session, running, AlertKind(event))
    return Done("raised", {"text": clocks.say("raised")})


def _planned(session: Session) -> set[str]:
    """The keys of what was planned for claims that have not ended."""
    keys = select(DueRow.key).join(Claim, Claim.id == DueRow.claim_id)
    mine = keys.where(DueRow.purpose == NAME, Claim.state.not_in((ClaimState.CLOSED, ClaimState.WITHDRAWN)))
    return {key.removeprefix(f"{NAME}:") for key in session.scalars(mine)}


def _events(running: Clock) -> Iterator[tuple[Event, datetime]]:
    yield Event.WARNING, running.warn_at
    if running.announce_at is not None:
        yield Event.DELAY, running.announce_at
    yield Event.BREACH, running.due


def _key(running: Clock, event: Event) -> str:
    began, ends = (f"{moment.astimezone(UTC):%Y%m%d%H%M%S}" for moment in (running.started_at, running.due))
    return f"{running.claim.id}:{running.rule.key}:{began}:{ends}:{event}"


PURPOSE = Purpose(NAME, OutreachKind.ALERT, plan, prepare)
