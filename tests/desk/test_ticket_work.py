"""Tickets at the desk: taken, noted, passed on, answered so that the customer hears of it, closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock, tickets
from claims.errors import BadInput, NotFound
from claims.models import AuditEntry, Message, OutboxItem
from desk.operations.tickets import (
    answer_ticket,
    assign_ticket,
    close_ticket,
    list_tickets,
    note_ticket,
    take_ticket,
)
from desk.problems import Refused
from tests.desk.conftest import Desks


def test_what_the_customer_said_and_until_when(desks: Desks, ticket_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = desks("agent01", list_tickets)
    assert (line["id"], line["who"], line["score"]) == (ticket_id, "海淀好味餐饮有限公司，孙丽", "1 分（满分 5 分）")
    assert "1分" in line["said"] and line["owner"] == "刘洋" and not line["late"]
    assert line["state_name"] == "待答复 · 剩余 48 小时"
    later = clock.now() + timedelta(hours=49)
    monkeypatch.setattr(clock, "now", lambda: later)
    (line,) = Desks(desks.settings)("agent01", list_tickets)
    assert line["late"] and line["state_name"] == "待答复"


def test_it_is_taken_and_passed_on_to_whoever_may_write(desks: Desks, ticket_id: str) -> None:
    assert desks("supervisor01", list_tickets, "mine") == []
    desks("supervisor01", take_ticket, ticket_id)
    assert [each["mine"] for each in desks("supervisor01", list_tickets, "mine")] == [True]
    desks("supervisor01", assign_ticket, ticket_id, "agent01")
    assert [each["owner"] for each in desks("agent01", list_tickets, "mine")] == ["王敏"]
    for nobody in ("surveyor01", "admin01", "nobody"):
        with pytest.raises(NotFound):
            desks("agent01", assign_ticket, ticket_id, nobody)


def test_a_note_stays_inside(desks: Desks, ticket_id: str, session: Session) -> None:
    desks("handler01", note_ticket, ticket_id, "已联系修理厂")
    desks("supervisor01", note_ticket, ticket_id, "周五前回复")
    with pytest.raises(Refused, match="text_needed"):
        desks("handler01", note_ticket, ticket_id, " ")
    first, second = desks("agent01", list_tickets)[0]["notes"].split("\n")
    assert first.startswith("刘洋") and first.endswith("：已联系修理厂")
    assert second.startswith("吴静") and second.endswith("：周五前回复")
    assert not any("修理厂" in text for kind in (Message, OutboxItem) for text in session.scalars(select(kind.text)))


def test_an_answer_waits_for_what_the_customer_says(desks: Desks, ticket_id: str, session: Session) -> None:
    with pytest.raises(Refused, match="text_needed"):
        desks("handler01", answer_ticket, ticket_id, "")
    desks("handler01", answer_ticket, ticket_id, " 已经补发。 ")
    (line,) = desks("handler01", list_tickets)
    assert (line["state_name"], line["due"], line["solved"]) == ("待客户确认", "", "")
    assert line["answer"].startswith("已经补发。（")
    tickets.judged(session, tickets.get(session, ticket_id), solved=False)
    session.commit()
    (line,) = desks("handler01", list_tickets)
    assert (line["state"], line["solved"]) == ("open", "没有解决")
    desks("handler01", answer_ticket, ticket_id, "今天到账。")
    tickets.judged(session, tickets.get(session, ticket_id), solved=True)
    session.commit()
    assert desks("handler01", list_tickets) == []
    assert [each["solved"] for each in desks("handler01", list_tickets, "all")] == ["已解决"]


def test_a_closed_ticket_is_over_and_everything_is_in_the_trail(desks: Desks, ticket_id: str, session: Session) -> None:
    desks("agent01", take_ticket, ticket_id)
    desks("agent01", note_ticket, ticket_id, "客户不再追究")
    desks("agent01", close_ticket, ticket_id)
    assert desks("agent01", list_tickets) == []
    with pytest.raises(BadInput):
        desks("agent01", answer_ticket, ticket_id, "晚了")
    about = select(AuditEntry).where(AuditEntry.subject == f"ticket:{ticket_id}", AuditEntry.actor == "agent01")
    entries = list(session.scalars(about.order_by(AuditEntry.id)))
    assert [each.action for each in entries] == ["ticket_assigned", "ticket_noted", "ticket_closed"]
    assert "追究" not in str([each.detail for each in entries])
