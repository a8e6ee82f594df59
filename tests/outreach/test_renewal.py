"""Reminders that a policy ends, day by day, through the engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from claims import clock, contacts, conversations, renewals
from claims.models import Claim, Complaint, DueRow, OutboxItem, Policy
from claims.rules.plans import plan
from claims.vocabulary import ClaimState, Line
from outreach.engine import Engine
from outreach.purposes import renewal

ENDS = datetime(2026, 12, 31, 23, 59, 59, tzinfo=clock.SHANGHAI)


@pytest.fixture
def backend() -> str:
    """Weeks of rounds: what the engine does with the database is tested on both kinds elsewhere."""
    return "sqlite"


@pytest.fixture
def policy_id(work, customer_id: str) -> str:
    """A car policy that ends in 39 days."""
    with work() as unit:
        begins = ENDS - timedelta(days=365)
        policy = Policy(
            number="PA202600000009",
            customer_id=customer_id,
            line=Line.AUTO,
            starts_at=begins,
            ends_at=ENDS,
            plan=plan(Line.AUTO),
        )
        unit.session.add(policy)
        unit.commit()
        return policy.id


@pytest.fixture
def days(work, time, database_url: str, policy_id: str) -> Callable[[int], dict[int, str]]:
    """days(n): let n days pass, a quarter at a time; what was sent so far, by the days that were left."""
    engine = Engine({renewal.NAME: renewal.PURPOSE}, "one", database_url)

    def run(count: int) -> dict[int, str]:
        for _ in range(count * 4):
            engine.plan()
            engine.work()
            time.forward(hours=6)
        with work() as unit:
            items = unit.session.scalars(select(OutboxItem).order_by(OutboxItem.created_at)).all()
            return {(ENDS.date() - clock.local(item.created_at).date()).days: item.text for item in items}

    return run


def test_six_reminders_each_firmer_and_no_more(days) -> None:
    sent = days(42)
    assert list(sent) == [30, 15, 7, 3, 2, 1]
    assert len(set(sent.values())) == 6
    assert "最后提醒" in sent[1]
    assert all("尾号0009" in text for text in sent.values())


def test_found_late_it_begins_with_the_step_that_fits(days, time) -> None:
    time.forward(days=27)  # twelve days are left
    sent = days(13)
    assert list(sent) == [12, 7, 3, 2, 1]
    assert "还有12天" in sent[12]


def test_none_after_it_was_declined(days, work, policy_id) -> None:
    assert list(days(12)) == [30]
    with work() as unit:
        renewals.decline(unit.session, unit.session.get_one(Policy, policy_id))
        unit.commit()
    assert list(days(30)) == [30]


def test_none_while_a_person_sees_to_it(days, work, policy_id) -> None:
    assert list(days(12)) == [30]
    with work() as unit:
        renewals.ask(
            unit.session, unit.session.get_one(Policy, policy_id), details={}, quote=None, conversation_id=None
        )
        unit.commit()
    assert list(days(30)) == [30]


def test_none_when_the_next_term_is_there(days, work, policy_id) -> None:
    assert list(days(12)) == [30]
    with work() as unit:
        old = unit.session.get_one(Policy, policy_id)
        unit.session.add(
            Policy(
                number="PA202700000001",
                customer_id=old.customer_id,
                line=old.line,
                starts_at=ENDS + timedelta(seconds=1),
                ends_at=ENDS + timedelta(days=365),
            )
        )
        unit.commit()
    assert list(days(30)) == [30]


def test_none_during_a_dispute_and_again_after_it(days, work, customer_id) -> None:
    with work() as unit:
        claim = Claim(
            number="C1", registration_key="k", line=Line.AUTO, customer_id=customer_id, state=ClaimState.DISPUTED
        )
        unit.session.add(claim)
        unit.commit()
        claim_id = claim.id
    assert days(26) == {}
    with work() as unit:
        unit.session.get_one(Claim, claim_id).state = ClaimState.CLOSED
        unit.commit()
    assert list(days(14)) in ([12, 7, 3, 2, 1], [13, 7, 3, 2, 1])


def test_none_while_a_complaint_is_under_way(days, work, customer_id, time) -> None:
    with work() as unit:
        talk = conversations.open_conversation(unit.session, "web")[0]
        complaint = Complaint(number="X1", key="k", conversation_id=talk.id, customer_id=customer_id, what="慢")
        complaint.due_at = time.moment
        unit.session.add(complaint)
        unit.commit()
    assert days(12) == {}


def test_none_after_an_opt_out(days, work, customer_id) -> None:
    with work() as unit:
        chat = conversations.open_conversation(unit.session, "web")[0]
        chat.bound_customer_id = customer_id
        contacts.opt_out(unit.session, chat)
        unit.commit()
    assert days(12) == {}
    with work() as unit:
        assert unit.session.scalars(select(DueRow)).one().reason == "opted_out"


def test_an_answer_by_text_message_finds_the_question(days, work) -> None:
    days(12)
    with work() as unit:
        chat = conversations.by_address(unit.session, "sms", "13800138001")
        assert chat is not None
        assert conversations.top_task(chat) == {
            "task": "renewal",
            "step": "offered",
            "policy": "PA202600000009",
            "details": {},
        }
        assert chat.awaiting == "confirm"
