"""Progress, delays and clocks, through the engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from claims import clocks
from claims.facts import Facts
from claims.lifecycle import move
from claims.models import Claim, ClockDelay, DueRow, OutboxItem, StaffAlert
from claims.registration import register
from claims.vocabulary import AlertKind, Cause, DueState, Line, Priority
from claims.vocabulary import ClaimState as S
from outreach.engine import Engine
from outreach.purposes import clock, delay, progress


@pytest.fixture
def claim_id(work, customer_id: str) -> str:
    """A car claim of the customer, whose report was told in a chat."""
    with work() as unit:
        claim, _ = register(
            unit.session,
            draft=None,
            facts=Facts(line=Line.AUTO, cause=Cause.COLLISION_SINGLE, contact_phone="13800138001"),
            policy=None,
            customer_id=customer_id,
            priority=Priority.NORMAL,
            key="k",
            actor="customer",
        )
        unit.commit()
        return claim.id


@pytest.fixture
def engine(database_url: str) -> Engine:
    purposes = [progress.PURPOSE, delay.PURPOSE, replace(clock.PURPOSE, plan=clock.Planner())]
    return Engine({each.name: each for each in purposes}, "one", database_url)


def go(work, claim_id: str, *states: S) -> None:
    for state in states:
        with work() as unit:
            claim = unit.session.get_one(Claim, claim_id)
            amount = Decimal("5800.00") if state is S.APPROVAL else None
            move(unit.session, claim, state, actor="handler01", amount=amount, grounds="不在保障范围")
            unit.commit()


def sent(work) -> list[str]:
    with work() as unit:
        query = select(OutboxItem).where(OutboxItem.channel == "sms").order_by(OutboxItem.number)
        return [item.text for item in unit.session.scalars(query)]


def run(engine: Engine) -> None:
    engine.plan()
    while engine.work():
        pass


def test_each_step_is_told_once(work, engine, claim_id) -> None:
    run(engine)
    go(work, claim_id, S.MATERIALS)
    run(engine)
    run(engine)
    told = sent(work)
    assert len(told) == 2  # the report, which was not made in a chat, and the step
    assert "报案已登记" in told[0]
    assert "初审完成，请提交" in told[1]


def test_nobody_is_told_of_a_step_that_was_undone(work, engine, claim_id) -> None:
    with work() as unit:
        move(unit.session, unit.session.get_one(Claim, claim_id), S.MATERIALS, actor="handler01")
    run(engine)
    assert len(sent(work)) == 1


def test_steps_of_one_night_are_told_by_the_last_and_the_amount_in_any_case(work, engine, claim_id, time) -> None:
    run(engine)
    time.forward(hours=12)  # 22:00
    go(work, claim_id, S.MATERIALS, S.ACCEPTED, S.ASSESSMENT, S.APPROVAL, S.OFFER, S.PAYMENT)
    run(engine)
    assert len(sent(work)) == 1
    time.forward(hours=11, minutes=5)
    run(engine)
    assert ["核定赔付5,800元" in text or "正在支付" in text for text in sent(work)[1:]] == [True, True]
    with work() as unit:
        skipped = unit.session.scalars(select(DueRow).where(DueRow.state == DueState.SKIPPED)).all()
        assert {row.reason for row in skipped} == {"overtaken"}
        assert len(skipped) == 4


def test_history_is_told_to_nobody(work, engine, claim_id, time) -> None:
    with work() as unit:
        claim = unit.session.get_one(Claim, claim_id)
        move(unit.session, claim, S.MATERIALS, actor="handler01", at=time.moment - timedelta(days=2))
        unit.commit()
    run(engine)
    assert not [text for text in sent(work) if "请提交" in text]


def test_a_clock_warns_then_the_customer_is_told_then_it_is_broken(work, engine, claim_id, time) -> None:
    """Reported at 10:00: 24 hours for the first review, a warning six hours before, the delay in the evening."""

    def alerts() -> list[AlertKind]:
        with work() as unit:
            return list(unit.session.scalars(select(StaffAlert.kind).order_by(StaffAlert.created_at)))

    def delays() -> int:
        with work() as unit:
            return len(unit.session.scalars(select(ClockDelay)).all())

    run(engine)
    time.forward(hours=9)  # 19:00
    run(engine)
    assert (alerts(), delays(), len(sent(work))) == ([], 0, 1)
    time.forward(hours=1, minutes=1)  # 20:01: the last moment at which it may be told before 10:00
    run(engine)
    assert (alerts(), delays()) == ([], 1)
    run(engine)
    assert "初步审核会晚一些" in sent(work)[1]
    assert "11月24日10:00前" in sent(work)[1]
    time.forward(hours=32, minutes=1)  # six hours before the new end
    run(engine)
    assert alerts() == [AlertKind.WARNING]
    time.forward(hours=6)
    run(engine)
    run(engine)
    assert alerts() == [AlertKind.WARNING, AlertKind.BREACH]
    assert len(sent(work)) == 2  # one delay is told by itself, the next by a person


def test_what_is_done_in_time_is_heard_of_by_nobody(work, engine, claim_id, time) -> None:
    run(engine)
    go(work, claim_id, S.MATERIALS)
    time.forward(hours=30)
    run(engine)
    with work() as unit:
        assert unit.session.scalars(select(StaffAlert)).all() == []
        assert unit.session.scalars(select(ClockDelay)).all() == []


def test_the_clock_of_a_refusal_stops_with_its_notice(work, engine, claim_id, time) -> None:
    go(work, claim_id, S.MATERIALS, S.REJECTED)
    with work() as unit:
        (running,) = clocks.running(unit.session)
        assert running.rule.key == "refusal_notice"
    time.forward(minutes=1)
    run(engine)
    with work() as unit:
        assert clocks.running(unit.session) == []
    assert "理由：不在保障范围" in sent(work)[-1]


def test_between_full_looks_only_what_changed_is_looked_at(work, claim_id, time) -> None:
    planner = clock.Planner()
    with work() as unit:
        time.forward(hours=16, minutes=30)
        assert [due.facts["event"] for due in planner(unit.session, time.moment)] == ["warning", "delay"]
        # Nothing is stored by the planner itself: the same again, if all were looked through.
        assert list(planner(unit.session, time.moment)) == []
        time.forward(hours=1)
        assert len(list(planner(unit.session, time.moment))) == 2
