"""Clocks of a claim: what runs when, who is warned once, and how a promise is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from claims import clocks, outreach
from claims.clocks import Standing
from claims.errors import BadInput, NotFound
from claims.facts import Facts
from claims.lifecycle import move
from claims.models import Claim, DueRow, Material, OutboxItem, StaffAccount, Ticket
from claims.outreach import Due
from claims.registration import register
from claims.rules.clocks import rule
from claims.vocabulary import AlertKind, Cause, Line, MaterialState, OutreachKind, Priority, Role
from claims.vocabulary import ClaimState as S

PAID = (S.MATERIALS, S.ACCEPTED, S.ASSESSMENT, S.APPROVAL, S.OFFER, S.PAYMENT, S.CLOSED)


def a_claim(session, line: Line = Line.AUTO, cause: Cause = Cause.COLLISION_SINGLE, key: str = "k") -> Claim:
    facts = Facts(line=line, cause=cause, contact_phone="13800138001")
    claim, _ = register(
        session,
        draft=None,
        facts=facts,
        policy=None,
        customer_id=None,
        priority=Priority.NORMAL,
        key=key,
        actor="customer",
    )
    return claim


def go(session, claim: Claim, *states: S) -> None:
    for state in states:
        amount = Decimal("800.00") if state is S.APPROVAL else None
        move(
            session,
            claim,
            state,
            actor="handler01",
            amount=amount,
            grounds="不在保障范围" if state is S.REJECTED else None,
        )


def keys(session, claim: Claim) -> list[str]:
    return sorted(each.rule.key for each in clocks.running(session, claim))


def test_each_part_of_the_way_has_its_clocks(session, time) -> None:
    claim = a_claim(session)
    assert keys(session, claim) == ["initial_review"]
    go(session, claim, S.MATERIALS)
    assert keys(session, claim) == []  # we wait for the customer
    go(session, claim, S.ACCEPTED)
    assert keys(session, claim) == ["decision", "inspection", "undisputed_minimum"]
    go(session, claim, S.INSPECTION, S.ASSESSMENT)
    assert keys(session, claim) == ["decision", "undisputed_minimum"]
    go(session, claim, S.REJECTED)
    assert keys(session, claim) == ["refusal_notice"]
    go(session, claim, S.DISPUTED)
    assert keys(session, claim) == ["dispute_reply"]
    go(session, claim, S.WITHDRAWN)
    assert keys(session, claim) == []


def test_several_claims_at_once_are_as_each_alone(session) -> None:
    first, second, third = (a_claim(session, key=key) for key in "abc")
    go(session, first, S.MATERIALS, S.ACCEPTED)
    go(session, second, S.MATERIALS)
    go(session, third, *PAID)
    session.add(Ticket(claim_id=third.id, due_at=third.state_since + timedelta(hours=48)))
    session.flush()
    found = clocks.by_claim(session, [first, second, third])
    assert found == {claim.id: clocks.running(session, claim) for claim in (first, second, third)}
    assert [len(found[claim.id]) for claim in (first, second, third)] == [3, 0, 2]
    assert clocks.by_claim(session, []) == {}


def test_an_inspection_is_for_things_and_not_for_people(session) -> None:
    claim = a_claim(session, Line.HEALTH, Cause.HOSPITALISATION)
    go(session, claim, S.MATERIALS, S.ACCEPTED)
    assert keys(session, claim) == ["decision", "undisputed_minimum"]


def test_the_review_of_papers_runs_from_the_last_one(session, time) -> None:
    claim = a_claim(session)
    go(session, claim, S.MATERIALS)
    needed = session.scalars(select(Material).where(Material.claim_id == claim.id, Material.required)).all()
    assert len(needed) > 1
    for material in needed:
        time.forward(hours=1)
        assert keys(session, claim) == []
        material.state, material.updated_at = MaterialState.RECEIVED, time.moment
        session.flush()
    (review,) = clocks.running(session, claim)
    assert (review.rule.key, review.started_at) == ("materials_review", time.moment)
    assert review.due == time.moment + timedelta(hours=24)


def test_the_inspection_counts_from_the_acceptance_and_is_warned_of_a_day_before(session, time) -> None:
    claim = a_claim(session)
    go(session, claim, S.MATERIALS)
    time.forward(hours=5)
    go(session, claim, S.ACCEPTED)
    accepted = time.moment
    time.forward(hours=10)
    go(session, claim, S.INSPECTION)
    inspection = next(each for each in clocks.running(session, claim) if each.rule.key == "inspection")
    assert inspection.started_at == accepted
    assert inspection.due == accepted + timedelta(hours=72)
    assert inspection.warn_at == accepted + timedelta(hours=48)
    standings = [inspection.standing(accepted + timedelta(hours=h)) for h in (0, 47, 48, 71, 72, 100)]
    running, warning, breached = Standing.RUNNING, Standing.WARNING, Standing.BREACHED
    assert standings == [running, running, warning, warning, breached, breached]


def test_an_alert_is_raised_once_and_mailed_to_the_supervisors(session, time) -> None:
    session.add(StaffAccount(login="s1", name="主管", role=Role.SUPERVISOR, email="s1@example.com"))
    session.add(StaffAccount(login="a1", name="坐席", role=Role.AGENT, email="a1@example.com"))
    session.add(StaffAccount(login="s2", name="主管", role=Role.SUPERVISOR, email="s2@example.com", active=False))
    claim = a_claim(session)
    (review,) = clocks.running(session, claim)
    alert = clocks.raise_alert(session, review, AlertKind.WARNING)
    assert alert is not None
    assert claim.number in clocks.text_of(alert)
    assert "初步审核" in clocks.text_of(alert)
    assert clocks.raise_alert(session, review, AlertKind.WARNING) is None
    assert clocks.raise_alert(session, review, AlertKind.BREACH) is not None
    mails = session.scalars(select(OutboxItem).where(OutboxItem.channel == "email")).all()
    assert [(mail.address, mail.purpose) for mail in mails] == [("s1@example.com", "staff_alert")] * 2
    assert {"预警", "超期"} == {mail.text[2:4] for mail in mails}


def test_what_was_taken_note_of_stays_so(session, time) -> None:
    (review,) = clocks.running(session, a_claim(session))
    alert = clocks.raise_alert(session, review, AlertKind.WARNING)
    assert alert is not None
    assert clocks.listing(session, unseen=True) == [alert]
    clocks.see(session, alert.id, "supervisor01")
    time.forward(hours=1)
    clocks.see(session, alert.id, "agent01")
    assert (alert.seen_by, alert.seen_at) == ("supervisor01", time.moment - timedelta(hours=1))
    assert clocks.listing(session, unseen=True) == []
    with pytest.raises(NotFound):
        clocks.see(session, "none", "agent01")


def test_a_moved_promise_is_the_one_that_counts(session, time) -> None:
    claim = a_claim(session)
    (before,) = clocks.running(session, claim)
    first = clocks.raise_alert(session, before, AlertKind.WARNING)
    delay = clocks.tell(session, claim, "initial_review", reason="暴雨后报案多", until=None, actor="handler01")
    assert (delay.promised, delay.until) == (before.due, before.due + timedelta(hours=24))
    (after,) = clocks.running(session, claim)
    assert (after.first_due, after.due) == (before.due, delay.until)
    assert after.announce_at is None  # told once already
    second = clocks.raise_alert(session, after, AlertKind.WARNING)  # the new end has its own warning
    assert first is not None
    assert second is not None


def test_what_cannot_be_moved(session, time) -> None:
    claim = a_claim(session)
    (review,) = clocks.running(session, claim)
    with pytest.raises(BadInput, match="later"):
        clocks.tell(session, claim, "initial_review", reason=None, until=review.due, actor="handler01")
    with pytest.raises(NotFound):
        clocks.tell(session, claim, "payment", reason=None, until=None, actor="handler01")
    go(session, claim, S.MATERIALS, S.ACCEPTED)
    with pytest.raises(BadInput, match="law"):
        clocks.tell(session, claim, "decision", reason="再等等", until=None, actor="handler01")


def test_runs_of_the_past_come_from_the_timeline(session, time) -> None:
    claim = a_claim(session)
    began = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
    steps = (S.MATERIALS, S.ACCEPTED, S.MATERIALS, S.ACCEPTED, S.INSPECTION, S.ASSESSMENT)
    for state in steps:
        time.forward(hours=10)
        go(session, claim, state)

    def hours(key: str) -> list[tuple[float, float | None]]:
        found = clocks.runs(rule(key), claim, claim.timeline)
        return [
            ((r.started_at - began) / timedelta(hours=1), r.ended_at and (r.ended_at - began) / timedelta(hours=1))
            for r in found
        ]

    assert hours("initial_review") == [(0, 10)]
    assert hours("inspection") == [(20, 30), (40, 60)]  # papers were missing in between
    assert hours("decision") == [(20, 30), (40, None)]


def test_the_callback_is_watched_for_three_days_and_until_it_was_made(session, time) -> None:
    told, untold = a_claim(session, key="one"), a_claim(session, key="two")
    go(session, told, *PAID)
    go(session, untold, *PAID)
    assert keys(session, told) == keys(session, untold) == ["callback"]
    time.forward(hours=3)
    outreach.plan(session, "survey", OutreachKind.SURVEY, [Due(key="k", due_at=time.moment, claim_id=told.id)])
    row = session.scalars(select(DueRow).where(DueRow.purpose == "survey")).one()
    outreach.sent(session, row, channel="sms", outbox_id=None, segments=1, again_at=None)
    session.flush()
    assert keys(session, told) == []
    assert [each.claim for each in clocks.running(session)] == [untold]
    time.forward(days=3)
    assert clocks.running(session) == []


def test_a_ticket_is_a_clock_of_its_own(session, time) -> None:
    claim = a_claim(session)
    go(session, claim, *PAID)
    due = time.moment + timedelta(hours=48)
    session.add(Ticket(claim_id=claim.id, due_at=due, text="没收到钱"))
    session.flush()
    found = {each.rule.key: each for each in clocks.running(session)}
    assert found["ticket"].due == due
    assert found["ticket"].warn_at == due - timedelta(hours=12)
    time.forward(days=10)
    (still,) = clocks.running(session, claim)
    assert still.standing(time.moment) is Standing.BREACHED
