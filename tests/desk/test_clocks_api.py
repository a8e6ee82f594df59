"""Clocks and alerts, as staff see them."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from claims import clock, clocks
from claims.vocabulary import AlertKind


@pytest.fixture(autouse=True)
def _noon_of_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 11, 22, 12, 30, tzinfo=clock.SHANGHAI)
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def disputed(ask) -> str:
    """陳志明's offer, disputed just now."""
    (claim,) = ask("handler01", "GET", "/claims", params={"phone": "13800138003"}).json()
    assert ask("agent01", "POST", f"/claims/{claim['claim_no']}/dispute").status_code == 200
    return str(claim["claim_no"])


def test_what_runs_is_listed_with_its_end(ask, disputed: str) -> None:
    found = {each["clock"]: each for each in ask("agent01", "GET", "/clocks", params={"claim_no": disputed}).json()}
    assert set(found) == {"dispute_reply", "undisputed_minimum"}
    reply = found["dispute_reply"]
    assert (reply["standing"], reply["minutes_left"]) == ("running", 48 * 60)
    assert reply["due"] == "2026-11-24T12:30:00+08:00"
    assert ask("agent01", "GET", "/clocks", params={"standing": "breached"}).json() == []
    assert ask("admin01", "GET", "/clocks").status_code == 403
    assert ask("agent01", "GET", "/clocks", params={"claim_no": "C1"}).status_code == 404


def test_a_delay_moves_the_promise(ask, disputed: str) -> None:
    path, body = f"/clocks/{disputed}/dispute_reply/delay", {"reason": "需要向修理厂核实", "until": "2026-11-25T18:00"}
    assert ask("agent01", "POST", path, json=body).status_code == 403
    moved = ask("handler01", "POST", path, json=body).json()
    assert (moved["first_due"], moved["due"]) == ("2026-11-24T12:30:00+08:00", "2026-11-25T18:00:00+08:00")
    assert [(d["reason"], d["by"]) for d in moved["delays"]] == [("需要向修理厂核实", "handler01")]
    assert ask("handler01", "POST", path, json={**body, "until": "2026-11-20T18:00"}).status_code == 422
    law = ask("handler01", "POST", f"/clocks/{disputed}/undisputed_minimum/delay", json=body)
    assert law.status_code == 422


def test_alerts_are_listed_and_taken_note_of(ask, session: Session) -> None:
    for each in clocks.running(session)[:1]:
        clocks.raise_alert(session, each, AlertKind.BREACH)
    session.commit()
    (alert,) = ask("supervisor01", "GET", "/clocks/alerts", params={"unseen": True}).json()
    assert (alert["kind"], alert["seen_by"]) == ("breach", None)
    assert ask("supervisor01", "POST", f"/clocks/alerts/{alert['id']}/seen").json()["seen_by"] == "supervisor01"
    assert ask("agent01", "POST", f"/clocks/alerts/{alert['id']}/seen").json()["seen_by"] == "supervisor01"
    assert ask("supervisor01", "GET", "/clocks/alerts", params={"unseen": True}).json() == []
    assert len(ask("supervisor01", "GET", "/clocks/alerts").json()) == 1
