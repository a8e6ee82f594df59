"""The clocks that run for a claim at a moment, worked out from its timeline, its papers and the delays told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session, load_only, selectinload

from claims import clock
from claims.models import Claim, ClockDelay, DueRow, Material, Ticket, TimelineEntry, Touch
from claims.rules import clocks as rules
from claims.rules.clocks import ClockRule
from claims.vocabulary import ClaimState, MaterialState, TicketState


class Standing(StrEnum):
    RUNNING = "running"
    WARNING = "warning"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Clock:
    """One running clock. Times are aware. first_due: as promised at first; due: as the customer knows by now."""

    claim: Claim
    rule: ClockRule
    started_at: datetime
    first_due: datetime
    due: datetime
    delays: tuple[ClockDelay, ...] = ()

    @property
    def warn_at(self) -> datetime:
        """When staff are warned; never before it began."""
        return max(self.rule.warn.before(self.due), clock.local(self.started_at))

    @property
    def announce_at(self) -> datetime | None:
        """When the customer is told of a delay unless the step is done; None: this promise is not moved by itself.

        Once only: whoever was told of one delay hears of the next from a person.
        """
        if self.rule.delay is None or self.delays:
            return None
        return max(self.rule.delay.told_at(self.due), clock.local(self.started_at))

    def standing(self, now: datetime) -> Standing:
        if now >= self.due:
            return Standing.BREACHED
        return Standing.WARNING if now >= self.warn_at else Standing.RUNNING


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a clock in a claim's history; ended_at None: it still runs."""

    rule: ClockRule
    started_at: datetime
    ended_at: datetime | None


def runs(rule: ClockRule, claim: Claim, timeline: Iterable[TimelineEntry]) -> list[Run]:
    """Every run of a clock that begins with a state, in the order of the timeline."""
    if claim.line not in rule.lines:
        return []
    found: list[Run] = []
    started: datetime | None = None
    for entry in timeline:
        if started is not None and entry.state_to not in rule.runs_in:
            found.append(Run(rule, started, entry.at))
            started = None
        if started is None and entry.state_to == rule.starts:
            started = entry.at
    return [*found, Run(rule, started, None)] if started is not None else found


def running(session: Session, claim: Claim | None = None, *, changed_since: datetime | None = None) -> list[Clock]:
    """The clocks that run now for this claim (default: for all), the one that ends first, first.

    changed_since: only of claims of which something that starts or moves a clock happened since (aware).
    """
    scope = _under_way() if claim is None else Claim.id == claim.id
    of_tickets = true() if claim is None else Claim.id == claim.id
    if changed_since is not None:
        scope = and_(scope, _changed(changed_since))
        of_tickets = and_(of_tickets, or_(Ticket.created_at >= changed_since, Ticket.due_at >= changed_since))
    return _found(session, scope, of_tickets)


def by_claim(session: Session, claims: Iterable[Claim]) -> dict[str, list[Clock]]:
    """The clocks that run now for each of these claims, by its id; the one that ends first, first."""
    by_id: dict[str, list[Clock]] = {claim.id: [] for claim in claims}
    scope = Claim.id.in_(by_id)
    for each in _found(session, scope, scope) if by_id else ():
        by_id[each.claim.id].append(each)
    return by_id


def _found(session: Session, scope: ColumnElement[bool], of_tickets: ColumnElement[bool]) -> list[Clock]:
    columns = load_only(Claim.number, Claim.line, Claim.state, Claim.state_since)  # no personal field is deciphered
    claims = list(session.scalars(select(Claim).where(scope).options(columns, selectinload(Claim.timeline))))
    complete, moved, told = _papers_complete(session, scope), _delays(session, scope), _told(session, scope)
    found = []
    for each in claims:
        for rule in rules.rules():
            start = _start(rule, each, complete.get(each.id))
            told_at = told.get((each.id, rule.until_told or ""))
            if start is not None and (told_at is None or told_at < start):
                found.append(_clock(rule, each, start, moved))
    found += _tickets(session, of_tickets)
    return sorted(found, key=lambda each: (each.due, each.claim.number, each.rule.key))


def _under_way() -> ColumnElement[bool]:
    """Claims in a state in which a clock may run, and not for longer than it is of interest."""
    of_states = [rule for rule in rules.rules() if rule.starts != "ticket"]
    endless = {state for rule in of_states if not rule.for_days for state in rule.runs_in}
    brief = [
        and_(Claim.state.in_(rule.runs_in), Claim.state_since > clock.now() - timedelta(days=rule.for_days))
        for rule in of_states
        if rule.for_days
    ]
    return or_(Claim.state.in_(endless), *brief)


def _start(rule: ClockRule, claim: Claim, complete_at: datetime | None) -> datetime | None:
    if rule.starts == "ticket" or claim.line not in rule.lines or claim.state not in rule.runs_in:
        return None
    if rule.for_days and claim.state_since <= clock.now() - timedelta(days=rule.for_days):
        return None
    if rule.starts == "materials_complete":
        return max(complete_at, claim.state_since) if complete_at is not None else None
    last = next(reversed(runs(rule, claim, claim.timeline)), None)
    return last.started_at if last is not None and last.ended_at is None else None


def _changed(since: datetime) -> ColumnElement[bool]:
    """A step, a paper or a delay came since then."""
    return or_(
        Claim.state_since >= since,
        Claim.id.in_(select(Material.claim_id).where(Material.updated_at >= since)),
        Claim.id.in_(select(ClockDelay.claim_id).where(ClockDelay.created_at >= since)),
    )


def _tickets(session: Session, scope: ColumnElement[bool]) -> list[Clock]:
    """Problems told in a callback whose answer somebody owes."""
    rule = next((each for each in rules.rules() if each.starts == "ticket"), None)
    if rule is None:
        return []
    query = select(Ticket, Claim).join(Claim, Claim.id == Ticket.claim_id)
    rows = session.execute(query.where(Ticket.state == TicketState.OPEN, scope))
    return [Clock(each, rule, ticket.created_at, ticket.due_at, ticket.due_at) for ticket, each in rows]


def _clock(rule: ClockRule, claim: Claim, start: datetime, told: dict[tuple[str, str], list[ClockDelay]]) -> Clock:
    first = rule.due(start)
    delays = tuple(each for each in told.get((claim.id, rule.key), []) if each.started_at == start)
    return Clock(claim, rule, start, first, delays[-1].until if delays else first, delays)


def _papers_complete(session: Session, scope: ColumnElement[bool]) -> dict[str, datetime]:
    """When the last of a claim's required papers came in; nothing for claims that still miss one."""
    at: dict[str, datetime] = {}
    missing: set[str] = set()
    rows = session.execute(
        select(Material.claim_id, Material.state, Material.updated_at)
        .join(Claim, Claim.id == Material.claim_id)
        .where(scope, Claim.state == ClaimState.MATERIALS, Material.required)
    )
    for claim_id, state, updated_at in rows:
        if state in (MaterialState.MISSING, MaterialState.REJECTED):
            missing.add(claim_id)
        at[claim_id] = max(at.get(claim_id, updated_at), updated_at)
    return {claim_id: moment for claim_id, moment in at.items() if claim_id not in missing}


def _delays(session: Session, scope: ColumnElement[bool]) -> dict[tuple[str, str], list[ClockDelay]]:
    told: dict[tuple[str, str], list[ClockDelay]] = defaultdict(list)
    query = select(ClockDelay).join(Claim, Claim.id == ClockDelay.claim_id).where(scope)
    for delay in session.scalars(query.order_by(ClockDelay.until, ClockDelay.id)):
        told[delay.claim_id, delay.clock].append(delay)
    return told


def _told(session: Session, scope: ColumnElement[bool]) -> dict[tuple[str, str], datetime]:
    """When customers were last told something, by claim and purpose, of the purposes that stop a clock."""
    stopping = {rule.until_told for rule in rules.rules() if rule.until_told}
    states = {state for rule in rules.rules() if rule.until_told for state in rule.runs_in}
    rows = session.execute(
        select(DueRow.claim_id, DueRow.purpose, func.max(Touch.at))
        .join(Touch, Touch.due_id == DueRow.id)
        .join(Claim, Claim.id == DueRow.claim_id)
        .where(scope, Claim.state.in_(states), DueRow.purpose.in_(stopping))
        .group_by(DueRow.claim_id, DueRow.purpose)
    )
    return {(claim_id, purpose): _aware(at) for claim_id, purpose, at in rows if claim_id is not None}


def _aware(moment: datetime) -> datetime:
    """What func.max gives on SQLite has lost its zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
