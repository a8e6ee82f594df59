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
from outreach.purpose import Done, Occasion, Prepared, Purpose, Skip, one_by_one

NAME = "clock"
AHEAD = timedelta(hours=2)
"""How long before its moment a row is planned. Later changes are seen when it is due, so this only spreads work."""
ALL_EVERY, LATELY = timedelta(hours=1), timedelta(minutes=30)
"""How often all claims are looked through; in between only those of which something happened lately."""


class Event(StrEnum):
    WARNING = "warning"
    DELAY = "delay"
    BREACH = "breach"


class Planner:
    """Remembers when this process last looked through all claims, which takes seconds with thousands of them."""

    def __init__(self) -> None:
        self._all_at: datetime | None = None

    def __call__(self, session: Session, now: datetime) -> Iterable[Due]:
        """What happens to running clocks within the next two hours, or should have happened already."""
        everything = self._all_at is None or not timedelta() <= now - self._all_at < ALL_EVERY
        found = clocks.running(session, changed_since=None if everything else now - LATELY)
        planned = _planned(session, {running.claim.id for running in found} if not everything else None)
        for running in found:
            for event, at in _events(running):
                key = _key(running, event)
                if at <= now + AHEAD and key not in planned:
                    facts = {"event": event, "key": key}
                    yield Due(key=key, due_at=at, subject=running.claim.id, claim_id=running.claim.id, facts=facts)
        if everything:
            self._all_at = now


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


def _planned(session: Session, claims: set[str] | None) -> set[str]:
    """The keys of what was planned for these claims (None: for all that have not ended)."""
    keys = select(DueRow.key).where(DueRow.purpose == NAME)
    if claims is None:
        going_on = Claim.state.not_in((ClaimState.CLOSED, ClaimState.WITHDRAWN))
        keys = keys.join(Claim, Claim.id == DueRow.claim_id).where(going_on)
    else:
        keys = keys.where(DueRow.claim_id.in_(claims))
    return {key.removeprefix(f"{NAME}:") for key in session.scalars(keys)}


def _events(running: Clock) -> Iterator[tuple[Event, datetime]]:
    yield Event.WARNING, running.warn_at
    if running.announce_at is not None:
        yield Event.DELAY, running.announce_at
    yield Event.BREACH, running.due


def _key(running: Clock, event: Event) -> str:
    began, ends = (f"{moment.astimezone(UTC):%Y%m%d%H%M%S}" for moment in (running.started_at, running.due))
    return f"{running.claim.id}:{running.rule.key}:{began}:{ends}:{event}"


PURPOSE = Purpose(NAME, OutreachKind.ALERT, Planner(), one_by_one(prepare))
