"""Inspections at the desk: who can be sent, and booking, moving, reporting and cancelling a visit."""

from __future__ import annotations

from datetime import timedelta

from claims import clock, inspections
from claims.errors import NotEntitled
from claims.staff import Right
from claims.vocabulary import Role
from desk.access import Desk
from desk.cards import Card, card
from desk.door import operation
from desk.operations.cases import find
from desk.problems import Refused
from desk.shown import moment_of


@operation(Right.BOOK_INSPECTIONS, reads=True)
def list_surveyors(desk: Desk) -> dict[str, str]:
    """Login → name and number of visits still to come, the least busy first."""
    return {account.login: f"{account.name}（{visits}）" for account, visits in inspections.surveyors(desk.session)}


@operation(Right.BOOK_INSPECTIONS)
def book_visit(desk: Desk, number: str, at: str, place: str, surveyor: str) -> Card:
    """Book or move a visit. at: a day and time as typed."""
    moment = moment_of(at)
    if not clock.now() + inspections.EARLIEST <= moment <= clock.now() + inspections.LATEST - timedelta(hours=1):
        raise Refused(422, "time_wrong")
    if not place.strip():
        raise Refused(422, "place_needed")
    if surveyor not in {account.login for account, _ in inspections.surveyors(desk.session)}:
        raise Refused(422, "surveyor_needed")
    claim = find(desk, number)
    inspections.book(desk.session, claim, at=moment, place=place.strip()[:200], surveyor=surveyor, actor=desk.actor)
    return card(desk, claim)


@operation(Right.REPORT_INSPECTIONS)
def finish_visit(desk: Desk, number: str, findings: str) -> Card:
    """The visit took place. A surveyor reports their own visits only."""
    claim = find(desk, number)
    visit = inspections.to_come(desk.session, claim)
    if visit is not None and desk.account.role is Role.SURVEYOR and visit.surveyor_id != desk.account.id:
        raise NotEntitled("another surveyor's visit")
    if not findings.strip():
        raise Refused(422, "findings_needed")
    inspections.finish(desk.session, claim, findings.strip()[:4000], desk.actor)
    return card(desk, claim)


@operation(Right.BOOK_INSPECTIONS)
def cancel_visit(desk: Desk, number: str) -> Card:
    """The visit is off."""
    claim = find(desk, number)
    inspections.cancel(desk.session, claim, desk.actor)
    return card(desk, claim)
