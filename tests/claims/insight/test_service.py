"""Callbacks, problems told in them, what customers say, and policies that go on: counted by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from claims import clock, insight, renewals
from claims.clock import SHANGHAI
from claims.insight import Month
from claims.models import (
    Claim,
    Customer,
    DueRow,
    OutboxItem,
    Policy,
    SurveyAnswer,
    SurveyRun,
    Ticket,
    TimelineEntry,
    Touch,
)
from claims.surveys import figures
from claims.vocabulary import ClaimState, Line, OutboxState, OutreachKind, RenewalState, TicketState

OCTOBER = Month(2026, 10)
CLOSED = datetime(2026, 10, 10, 10, 0, tzinfo=SHANGHAI)
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def customer(session: Session) -> Customer:
    found = Customer(name="客户", phone="00000000001", phone_index="i")
    session.add(found)
    session.flush()
    return found


def closed(session: Session, key: str, at: datetime = CLOSED) -> Claim:
    claim = Claim(number=key, registration_key=key, line=Line.AUTO, state=ClaimState.CLOSED, reported_at=at)
    session.add(claim)
    session.flush()
    entry = TimelineEntry(
        claim_id=claim.id, at=at, state_from=ClaimState.PAYMENT, state_to=ClaimState.CLOSED, actor="handler01"
    )
    session.add(entry)
    session.flush()
    return claim


def called(session: Session, claim: Claim, after_hours: float, outcome: OutboxState | None = None) -> None:
    at = CLOSED + timedelta(hours=after_hours)
    row = DueRow(
        purpose="survey",
        kind=OutreachKind.SURVEY,
        key=f"survey:{claim.id}",
        subject=claim.id,
        claim_id=claim.id,
        due_at=at,
        next_at=at,
    )
    item = OutboxItem(
        channel="sms",
        address="0",
        purpose="survey",
        text="您好",
        dedupe_key=claim.id,
        state=outcome or OutboxState.SENT,
    )
    session.add_all([row, item])
    session.flush()
    outbox_id = item.id if outcome is not None else None
    touch = {"due_id": row.id, "number": 1, "purpose": "survey", "kind": OutreachKind.SURVEY, "channel": "sms"}
    session.add(Touch(**touch, outbox_id=outbox_id, at=at))
    session.flush()


def ran(session: Session, claim: Claim, score: int | None, after_hours: float) -> SurveyRun:
    run = SurveyRun(
        survey="regular",
        version="1",
        round=1,
        claim_id=claim.id,
        link_hash=claim.id,
        closed_at=CLOSED,
        score=score,
        first_answer_at=CLOSED + timedelta(hours=after_hours) if score else None,
    )
    session.add(run)
    session.flush()
    return run


def test_callbacks_are_counted_by_when_they_were_sent_and_answered(session: Session) -> None:
    early, late, gone, never, edge = (closed(session, key) for key in ("a", "b", "c", "d", "e"))
    closed(session, "new", NOW - timedelta(hours=71))  # may still be called in time
    called(session, early, 5)
    called(session, late, 72.1)
    called(session, gone, 5, OutboxState.FAILED)
    called(session, edge, 72, OutboxState.DELIVERED)
    ran(session, early, 5, 10)
    ran(session, edge, 4, 73)
    service = insight.monthly(session, OCTOBER).service
    assert set(service.covered.whole.ids) == {early.id, late.id, gone.id, never.id, edge.id}
    assert set(service.started.part.ids) == {early.id, gone.id}
    assert set(service.reached.part.ids) == {early.id, edge.id}
    assert service.covered.part.ids == (early.id,)
    assert insight.monthly(session, OCTOBER.following).service.covered.whole.ids == ()


def test_satisfaction_counts_the_marks_that_were_given(session: Session) -> None:
    runs = [ran(session, closed(session, str(n)), score, 10) for n, score in enumerate((5, 4, 3, 1, None))]
    satisfied = insight.monthly(session, OCTOBER).service.satisfied
    assert set(satisfied.part.ids) == {runs[0].id, runs[1].id}
    assert (len(satisfied.part), len(satisfied.whole), satisfied.met) == (2, 4, False)


def test_a_problem_is_solved_when_it_was_answered_in_time_and_nobody_objects(session: Session) -> None:
    def ticket(hours: float | None, solved: bool | None, state: TicketState, opened: datetime = CLOSED) -> Ticket:
        answered = opened + timedelta(hours=hours) if hours is not None else None
        found = Ticket(
            text="", due_at=opened, created_at=opened, first_answered_at=answered, solved=solved, state=state
        )
        session.add(found)
        session.flush()
        return found

    agreed = ticket(47, True, TicketState.CLOSED)
    silent = ticket(10, None, TicketState.CLOSED)
    ticket(49, True, TicketState.CLOSED)
    ticket(10, False, TicketState.OPEN)
    ticket(10, None, TicketState.ANSWERED)
    ticket(None, None, TicketState.OPEN)
    solved = insight.monthly(session, OCTOBER).service.solved
    assert set(solved.part.ids) == {agreed.id, silent.id}
    assert len(solved.whole) == 6
    ticket(None, None, TicketState.OPEN, NOW - timedelta(hours=47))  # not over yet
    assert insight.monthly(session, OCTOBER.following).service.solved.percent is None


def test_words_by_mood_and_what_the_bad_ones_are_about(session: Session) -> None:
    run = ran(session, closed(session, "a"), 2, 5)
    for number, (mood, topics) in enumerate([("bad", ["speed", "app"]), ("bad", ["speed"]), ("good", ["attitude"])]):
        session.add(
            SurveyAnswer(
                run_id=run.id, question=str(number), text="", mood=mood, topics=topics, channel="sms", at=CLOSED
            )
        )
    session.flush()
    voices = insight.monthly(session, OCTOBER).voices
    assert {mood: each.value for mood, each in voices.moods.items()} == {"bad": 2, "good": 1}
    assert [(topic, each.value) for topic, each in voices.topics.items()] == [("speed", 2), ("app", 1)]
    assert [week.monday.isoformat() for week in voices.weeks] == ["2026-10-05"]


def test_a_policy_goes_on_by_its_next_term_or_by_what_staff_noted(session: Session, customer: Customer) -> None:
    def policy(number: str, line: Line, ends: datetime) -> Policy:
        starts = ends - timedelta(days=365)
        found = Policy(number=number, customer_id=customer.id, line=line, starts_at=starts, ends_at=ends)
        session.add(found)
        session.flush()
        return found

    followed, noted, lost = (
        policy(str(n), line, CLOSED) for n, line in enumerate((Line.AUTO, Line.HEALTH, Line.PROPERTY))
    )
    policy("next", Line.AUTO, CLOSED + timedelta(days=365))
    renewal = renewals.of_policy(session, noted)
    renewals.settle(session, renewal, RenewalState.RENEWED, actor="agent01", new_policy_no="PH202700000001")
    renewed = insight.monthly(session, OCTOBER).renewed
    assert set(renewed.part.ids) == {followed.id, noted.id}
    assert set(renewed.whole.ids) == {followed.id, noted.id, lost.id}


def test_the_report_and_the_figures_of_the_callbacks_agree(session: Session) -> None:
    """claims.surveys.figures counts the same rows in SQL, for the simulated month."""
    chance = Random(7)
    for number in range(40):
        claim = closed(session, str(number))
        called(session, claim, chance.choice((5, 23.9, 24.1, 71, 73)))
        ran(session, claim, chance.choice((None, 1, 3, 4, 5)), chance.choice((6, 71.9, 72.1)))
        answered = chance.choice((None, CLOSED + timedelta(hours=47), CLOSED + timedelta(hours=49)))
        solved, state = chance.choice((None, True, False)), chance.choice(list(TicketState))
        session.add(
            Ticket(text="", due_at=CLOSED, created_at=CLOSED, first_answered_at=answered, solved=solved, state=state)
        )
    session.flush()
    service, span = insight.monthly(session, OCTOBER).service, (OCTOBER.start, OCTOBER.end)
    for share, count in (
        (service.covered, figures.covered(session, *span)),
        (service.started, figures.started(session, *span)),
        (service.satisfied, figures.satisfied(session, *span)),
        (service.solved, figures.solved(session, *span)),
    ):
        assert (len(share.part), len(share.whole)) == (count.count, count.of), share.key
        assert 0 < count.count < count.of
