"""Tickets of callbacks for staff: listing, answering, closing, passing on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from claims import clock
from tests.desk.conftest import Call


def test_the_owner_sees_what_is_owed_until_when(ask: Call, ticket_id: str) -> None:
    [ticket] = ask("handler01", "GET", "/tickets", params={"mine": True, "state": "open"}).json()
    assert (ticket["id"], ticket["score"], ticket["owner"]["login"]) == (ticket_id, 1, "handler01")
    assert ticket["overdue"] is False and "1分" in ticket["text"]
    assert ask("supervisor01", "GET", "/tickets", params={"mine": True}).json() == []


def test_an_answer_is_stored_for_the_customer(ask: Call, ticket_id: str) -> None:
    answered = ask("handler01", "POST", f"/tickets/{ticket_id}/answer", json={"text": "已经补发。"}).json()
    assert (answered["state"], answered["answer"]) == ("answered", "已经补发。")
    assert ask("handler01", "POST", f"/tickets/{ticket_id}/answer", json={"text": ""}).status_code == 422


def test_a_closed_ticket_takes_no_answer(ask: Call, ticket_id: str) -> None:
    assert ask("handler01", "POST", f"/tickets/{ticket_id}/close").json()["state"] == "closed"
    assert ask("handler01", "POST", f"/tickets/{ticket_id}/answer", json={"text": "晚了"}).status_code == 422


def test_a_ticket_is_passed_on(ask: Call, ticket_id: str) -> None:
    passed = ask("handler01", "POST", f"/tickets/{ticket_id}/owner", json={"login": "supervisor01"}).json()
    assert passed["owner"]["name"] == "吴静"
    assert ask("handler01", "POST", f"/tickets/{ticket_id}/owner", json={"login": "nobody"}).status_code == 404


def test_a_ticket_is_overdue_after_48_hours(ask: Call, ticket_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(hours=48, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert ask("handler01", "GET", f"/tickets/{ticket_id}").json()["overdue"] is True
