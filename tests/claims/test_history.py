"""Made-up months: the same each time, nobody real, nobody written to."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from claims import contacts
from claims.lifecycle import ENDED
from claims.models import Claim, Conversation, Customer, OutboxItem, SurveyRun
from claims.seed.history import seed_history
from claims.seed.months import seed_months

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 3)


@pytest.fixture
def backend() -> str:
    """Thousands of rows that no query of ours depends on: one kind of database is enough."""
    return "sqlite"


def shape(claims: list[Claim]) -> list[tuple[object, ...]]:
    return [(c.registration_key, c.line, c.state, c.offer_amount, c.state_since, len(c.timeline)) for c in claims]


def test_the_same_at_each_run_and_nobody_real(work, time) -> None:
    with work() as unit:
        first = shape([made.claim for made in seed_history(unit.session, FIRST, LAST)])
        assert seed_history(unit.session, FIRST, LAST) == []
        for customer in unit.session.scalars(select(Customer)):
            assert customer.phone.startswith("000")
            assert customer.name.startswith("演示客户")
            assert contacts.opted_out(unit.session, customer_id=customer.id)
    with work() as unit:
        assert shape([made.claim for made in seed_history(unit.session, FIRST, LAST)]) == first
        assert {claim.state for claim in unit.session.scalars(select(Claim))} <= ENDED  # none waits for anybody
    assert len(first) >= 15


def test_a_month_can_be_put_in_twice(work, time) -> None:
    def rows(session) -> list[int]:
        return [session.scalar(select(func.count()).select_from(kind)) for kind in (Claim, Conversation, SurveyRun)]

    with work() as unit:
        assert seed_months(unit.session, FIRST, date(2026, 9, 14)) > 0
        before = rows(unit.session)
        assert seed_months(unit.session, FIRST, date(2026, 9, 14)) == 0
        assert rows(unit.session) == before
        assert all(before)
        assert unit.session.scalars(select(OutboxItem)).all() == []
