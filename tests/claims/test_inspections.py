"""Visits to see a loss."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from claims import casework, clock, inspections, lifecycle
from claims.errors import BadInput, NotFound
from claims.models import Claim, StaffAccount
from claims.seed import seed_demo
from claims.vocabulary import ClaimState, InspectionState, Role


@pytest.fixture
def claim(session, time) -> Claim:
    seed_demo(session, date(2026, 11, 22))
    found = casework.by_phone(session, "13800138002")[0]
    lifecycle.move(session, found, ClaimState.ACCEPTED, actor="handler01")
    return found


def book(session, claim, hours: float = 24, surveyor: str = "surveyor01", place: str = "科苑路8号"):
    at = clock.now() + timedelta(hours=hours)
    return inspections.book(session, claim, at=at, place=place, surveyor=surveyor, actor="handler01")


def test_booking_takes_the_claim_to_the_inspection(session, claim) -> None:
    visit = book(session, claim)
    assert claim.state is ClaimState.INSPECTION
    assert inspections.to_come(session, claim) is visit


def test_booking_again_moves_the_visit(session, claim) -> None:
    first, second = book(session, claim), book(session, claim, hours=48, place="门口")
    assert first is second
    assert (second.at, second.place) == (clock.now() + timedelta(hours=48), "门口")
    assert len(inspections.of_claim(session, claim)) == 1


def test_a_visit_ends_with_findings_or_is_cancelled(session, claim) -> None:
    book(session, claim)
    with pytest.raises(BadInput):
        inspections.finish(session, claim, " ", "surveyor01")
    done = inspections.finish(session, claim, "左侧受损", "surveyor01")
    assert (done.state, done.findings) == (InspectionState.DONE, "左侧受损")
    with pytest.raises(NotFound):
        inspections.cancel(session, claim, "handler01")
    book(session, claim)
    assert inspections.cancel(session, claim, "handler01").state is InspectionState.CANCELLED


@pytest.mark.parametrize(
    "wrong",
    [{"hours": -1}, {"hours": 24 * 61}, {"surveyor": "agent01"}, {"surveyor": "nobody"}, {"place": " "}],
)
def test_what_cannot_be_booked(session, claim, wrong) -> None:
    with pytest.raises(BadInput):
        book(session, claim, **wrong)


def test_a_claim_that_is_not_accepted_is_not_visited(session, time) -> None:
    seed_demo(session, date(2026, 11, 22))
    with pytest.raises(BadInput):
        book(session, casework.by_phone(session, "13800138002")[0])


def test_the_least_busy_surveyor_comes_first(session, claim) -> None:
    session.add(StaffAccount(login="surveyor02", name="郑涛", role=Role.SURVEYOR))
    session.flush()
    book(session, claim)
    assert [(a.login, n) for a, n in inspections.surveyors(session)] == [("surveyor02", 0), ("surveyor01", 1)]
