"""Visits to see a loss: booked, moved, done. Booking one takes the claim to the inspection step."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims import audit, clock, lifecycle
from claims.errors import BadInput, NotFound
from claims.models import Claim, Inspection, StaffAccount
from claims.vocabulary import ClaimState, InspectionState, Role

EARLIEST = timedelta(minutes=-5)
LATEST = timedelta(days=60)
_OPEN = frozenset({ClaimState.ACCEPTED, ClaimState.INSPECTION, ClaimState.ASSESSMENT, ClaimState.DISPUTED})


def of_claim(session: Session, claim: Claim) -> list[Inspection]:
    """Every visit of a claim, the newest booking first."""
    query = select(Inspection).where(Inspection.claim_id == claim.id).order_by(Inspection.created_at.desc())
    return list(session.scalars(query))


def to_come(session: Session, claim: Claim) -> Inspection | None:
    """The visit that is booked."""
    return next((each for each in of_claim(session, claim) if each.state is InspectionState.BOOKED), None)


def surveyors(session: Session) -> list[tuple[StaffAccount, int]]:
    """Who may be sent, each with the number of visits still to come, the least busy first."""
    load = (
        select(Inspection.surveyor_id, func.count().label("visits"))
        .where(Inspection.state == InspectionState.BOOKED)
        .group_by(Inspection.surveyor_id)
        .subquery()
    )
    rows = session.execute(
        select(StaffAccount, func.coalesce(load.c.visits, 0))
        .outerjoin(load, load.c.surveyor_id == StaffAccount.id)
        .where(StaffAccount.role == Role.SURVEYOR, StaffAccount.active)
        .order_by(func.coalesce(load.c.visits, 0), StaffAccount.login)
    )
    return [(account, int(visits)) for account, visits in rows]


def book(session: Session, claim: Claim, *, at: datetime, place: str, surveyor: str, actor: str) -> Inspection:
    """Book a visit, or move the one that is booked. surveyor: the login. The claim goes to the inspection step where
    it was accepted before. BadInput names what cannot be."""
    if claim.state not in _OPEN:
        raise BadInput(f"a claim in state {claim.state} is not inspected")
    if not clock.now() + EARLIEST <= at <= clock.now() + LATEST:
        raise BadInput("a visit is booked for the next sixty days")
    if not place.strip():
        raise BadInput("a visit needs a place")
    account = session.scalar(
        select(StaffAccount).where(StaffAccount.login == surveyor, StaffAccount.role == Role.SURVEYOR)
    )
    if account is None or not account.active:
        raise BadInput("no such surveyor")
    visit = to_come(session, claim)
    action = "inspection_booked" if visit is None else "inspection_moved"
    if visit is None:
        visit = Inspection(claim_id=claim.id, at=at, place=place.strip(), surveyor_id=account.id, booked_by=actor)
        session.add(visit)
    else:
        visit.at, visit.place, visit.surveyor_id, visit.booked_by = at, place.strip(), account.id, actor
    session.flush()
    audit.record(
        session, actor, action, f"claim:{claim.number}", {"at": at.isoformat(timespec="minutes"), "surveyor": surveyor}
    )
    if claim.state is ClaimState.ACCEPTED:
        lifecycle.move(session, claim, ClaimState.INSPECTION, actor=actor)
    return visit


def finish(session: Session, claim: Claim, findings: str, actor: str) -> Inspection:
    """The visit took place; what was seen is kept for staff. NotFound when none was booked."""
    visit = _booked(session, claim)
    if not findings.strip():
        raise BadInput("a visit that took place has findings")
    visit.state, visit.findings = InspectionState.DONE, findings.strip()
    session.flush()
    audit.record(session, actor, "inspection_done", f"claim:{claim.number}")
    return visit


def cancel(session: Session, claim: Claim, actor: str) -> Inspection:
    """The visit is off. NotFound when none was booked."""
    visit = _booked(session, claim)
    visit.state = InspectionState.CANCELLED
    session.flush()
    audit.record(session, actor, "inspection_cancelled", f"claim:{claim.number}")
    return visit


def _booked(session: Session, claim: Claim) -> Inspection:
    visit = to_come(session, claim)
    if visit is None:
        raise NotFound(f"claim {claim.number} has no visit booked")
    return visit
