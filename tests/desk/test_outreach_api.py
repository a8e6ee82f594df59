"""What is due to be said, and why it was not, as staff read it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock, outreach
from claims.models import Customer, DueRow
from claims.outreach import Due
from claims.vocabulary import OutreachKind
from tests.desk.conftest import Call


@pytest.fixture
def row_id(session: Session) -> str:
    customer = session.scalars(select(Customer)).first()
    assert customer is not None
    outreach.plan(session, "renewal", OutreachKind.SALES, [Due("1", clock.now(), customer_id=customer.id)])
    row = session.scalars(select(DueRow)).one()
    until = clock.now() + timedelta(days=1)
    outreach.postponed(row, until, "weekly_cap", {"until": until.isoformat()})
    session.commit()
    return row.id


def test_each_row_says_why_it_waits(ask: Call, row_id: str) -> None:
    [row] = ask("agent01", "GET", "/outreach", params={"state": "waiting", "purpose": "renewal"}).json()
    assert (row["id"], row["kind"], row["tries"]) == (row_id, "sales", 0)
    assert row["why"].startswith("一周内联系这位客户的次数已满")
    assert ask("agent01", "GET", "/outreach", params={"state": "done"}).json() == []


def test_one_row_lists_what_was_sent(ask: Call, session: Session, row_id: str) -> None:
    row = session.get_one(DueRow, row_id)
    outreach.sent(session, row, channel="sms", outbox_id=None, segments=1, again_at=None)
    session.commit()
    shown = ask("agent01", "GET", f"/outreach/{row_id}").json()
    assert (shown["state"], shown["why"]) == ("done", "已通过短信发出")
    assert [(each["number"], each["channel"]) for each in shown["sent"]] == [(1, "sms")]


def test_surveyors_read_nothing_of_it(ask: Call, row_id: str) -> None:
    assert ask("surveyor01", "GET", "/outreach").status_code == 403
