"""Clocks, renewals and reports behind the desk's pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from claims import clock, clocks, policies, renewals
from claims.errors import BadInput
from claims.vocabulary import AlertKind
from desk import report_files, sessions
from desk.app import create_app
from desk.operations.cases import list_cases, open_case
from desk.operations.clocks import list_alerts, list_clocks, see_alert, tell_delay
from desk.operations.renewals import assign_renewal, list_renewals, settle_renewal
from desk.problems import Refused
from tests.desk.conftest import Call, Desks


@pytest.fixture
def disputed(ask: Call) -> str:
    """陳志明's offer, disputed just now."""
    (claim,) = ask("handler01", "GET", "/claims", params={"phone": "13800138003"}).json()
    assert ask("handler01", "POST", f"/claims/{claim['claim_no']}/dispute").status_code == 200
    return str(claim["claim_no"])


def test_a_promise_is_moved_from_the_list_of_clocks(desks: Desks, disputed: str) -> None:
    (reply,) = [each for each in desks("handler01", list_clocks) if each["clock"] == "dispute_reply"]
    assert (reply["claim"], reply["standing"], reply["movable"]) == (disputed, "running", True)
    until = f"{clock.local(clock.now() + timedelta(days=4)):%Y-%m-%d %H:%M}"
    with pytest.raises(Refused):
        desks("handler01", tell_delay, disputed, "dispute_reply", " ", until)
    with pytest.raises(Refused):
        desks("handler01", tell_delay, disputed, "dispute_reply", "需要向修理厂核实", "过几天")
    with pytest.raises(BadInput):
        desks("handler01", tell_delay, disputed, "undisputed_minimum", "需要向修理厂核实", until)
    assert desks("handler01", tell_delay, disputed, "dispute_reply", "需要向修理厂核实", until)
    (moved,) = [each for each in desks("handler01", list_clocks) if each["clock"] == "dispute_reply"]
    assert (moved["due"], moved["moved"]) == (until, "需要向修理厂核实")


def test_a_claim_shows_the_clocks_that_run_for_it(desks: Desks, disputed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = desks("surveyor01", open_case, disputed)
    assert found["clocks"] == [each for each in desks("surveyor01", list_clocks) if each["claim"] == disputed]
    reply, law = found["clocks"]
    assert (reply["name"], reply["how"], reply["left"], reply["warned"]) == ("异议答复", "ok", "48 小时", "")
    assert law["name"] == "先行赔付"
    assert (found["clock"]["next"], found["clock"]["due"]) == ("复核（异议答复）", reply["due"])
    for hours, how, told in ((37, "soon", reply["due"]), (50, "late", reply["due"])):
        later = clock.now() + timedelta(hours=hours)
        with monkeypatch.context() as at:
            at.setattr(clock, "now", lambda later=later: later)
            then = Desks(desks.settings)("handler01", open_case, disputed)
            listed = Desks(desks.settings)("handler01", list_cases)
        assert (then["clocks"][0]["how"], then["clocks"][0]["due"]) == (how, told)
        assert then["clocks"][0]["warned"]
        assert (listed[0]["number"], listed[0]["clock"]["how"]) == (disputed, how)
    assert (then["clocks"][0]["over"], then["clocks"][0]["left"]) == ("2 小时", "")


def test_where_no_clock_runs_what_is_next_is_told(desks: Desks, li_na: str) -> None:
    found = desks("handler01", open_case, li_na)
    assert found["clocks"] == []
    assert (found["clock"]["next"], found["clock"]["how"], found["clock"]["due"]) == ("等客户补齐材料", "off", "")


def test_an_alert_leaves_the_list_when_somebody_has_seen_it(desks: Desks, disputed: str, session: Session) -> None:
    running = next(each for each in clocks.running(session) if each.claim.number == disputed)
    clocks.raise_alert(session, running, AlertKind.BREACH)
    session.commit()
    (alert,) = desks("surveyor01", list_alerts)
    assert alert["kind"] == "breach"
    assert desks("supervisor01", see_alert, alert["id"])
    assert desks("surveyor01", list_alerts) == []


def test_a_renewal_from_the_list_to_its_end(desks: Desks, session: Session) -> None:
    policy = policies.find_policy(session, "PA202600000003")
    assert policy is not None
    renewals.ask(session, policy, details={"use": "family"}, quote=None, conversation_id=None)
    session.commit()
    (mine,) = desks("agent01", list_renewals, "mine")
    assert (mine["who"], mine["checked"], mine["owner"]) == ("陳志明", "用途 家庭自用", "王敏")
    assert desks("supervisor01", assign_renewal, mine["id"], "supervisor01")
    assert desks("agent01", list_renewals, "mine") == []
    with pytest.raises(Refused):
        desks("supervisor01", settle_renewal, mine["id"], "renewed", "", "")
    assert desks("supervisor01", settle_renewal, mine["id"], "renewed", "PA202700000003", "")
    assert desks("supervisor01", list_renewals) == []
    assert [each["state"] for each in desks("supervisor01", list_renewals, "all")] == ["renewed"]


@pytest.mark.parametrize(("form", "begins"), [("html", b"<!doctype html>"), ("xlsx", b"PK")])
def test_the_report_for_a_signed_in_page(desks: Desks, form: str, begins: bytes) -> None:
    app = create_app(desks.settings)
    app.include_router(report_files.router)
    with TestClient(app, follow_redirects=False) as client:
        path = f"/reports/2026-11/{form}"
        assert client.get(path).headers["location"] == "/login"
        agent = {"Cookie": f"{sessions.COOKIE}={desks.token('agent01')}"}
        assert client.get(path, headers=agent).status_code == 403
        supervisor = {"Cookie": f"{sessions.COOKIE}={desks.token('supervisor01')}"}
        assert client.get(path, headers=supervisor).content.startswith(begins)
        assert client.get("/reports/2026-13/html", headers=supervisor).status_code == 422
