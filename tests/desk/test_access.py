"""Who may do what: every endpoint with every role, and with none."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from claims import staff
from claims.database import unit_of_work
from tests.desk.conftest import LOGINS, Call

READS = {
    "/claims": {"agent01", "handler01", "surveyor01", "supervisor01"},
    "/claims/{claim}": {"agent01", "handler01", "surveyor01", "supervisor01"},
    "/conversations": {"agent01", "handler01", "supervisor01"},
    "/conversations/{missing}": {"agent01", "handler01", "supervisor01"},
    "/requests": {"agent01", "handler01", "supervisor01"},
    "/faq/questions": {"agent01", "handler01", "supervisor01"},
    "/outbox": {"agent01", "handler01", "supervisor01", "admin01"},
}
STEPS = {
    "accept": {"handler01", "supervisor01"},
    "reject": {"handler01", "supervisor01"},
    "inspect": {"handler01", "surveyor01", "supervisor01"},
    "assess": {"handler01", "surveyor01", "supervisor01"},
    "approve": {"handler01", "supervisor01"},
    "offer": {"handler01", "supervisor01"},
    "pay": {"handler01", "supervisor01"},
    "close": {"handler01", "supervisor01"},
    "withdraw": {"agent01", "handler01", "supervisor01"},
    "dispute": {"agent01", "handler01", "supervisor01"},
}


@pytest.mark.parametrize("path", READS)
def test_reading(ask: Call, li_na: str, path: str) -> None:
    real = path.format(claim=li_na, missing="00000000-0000-0000-0000-000000000000")
    for login in LOGINS:
        response = ask(login, "GET", real)
        assert response.status_code in ({200, 404} if login in READS[path] else {403}), (login, response.text)


@pytest.mark.parametrize("step", STEPS)
def test_steps(ask: Call, li_na: str, step: str) -> None:
    for login in LOGINS:
        response = ask(login, "POST", f"/claims/{li_na}/{step}")
        assert (response.status_code != 403) is (login in STEPS[step]), (login, response.text)


def test_materials(ask: Call, li_na: str) -> None:
    allowed = {"handler01", "surveyor01", "supervisor01"}
    for login in LOGINS:
        response = ask(login, "POST", f"/claims/{li_na}/materials/claim_form", json={"state": "received"})
        assert (response.status_code == 200) is (login in allowed), (login, response.text)


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer wrong", "Basic YTpi", "Bearer " + "x" * 500])
@pytest.mark.parametrize("path", [*READS, "/claims/x/accept"])
def test_nothing_without_a_token(client: TestClient, path: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    method = "POST" if path.endswith("accept") else "GET"
    real = path.format(claim="C202611220000017", missing="00000000-0000-0000-0000-000000000000")
    response = client.request(method, f"/api/staff{real}", headers=headers)
    assert (response.status_code, response.json()["code"]) == (401, "no_account")


def test_a_revoked_token(ask: Call, database_url: str) -> None:
    assert ask("agent01", "GET", "/claims").status_code == 200
    with unit_of_work(database_url) as unit:
        staff.revoke_tokens(unit.session, "agent01", "admin01")
        unit.commit()
    assert ask("agent01", "GET", "/claims").status_code == 401


def test_a_refused_step_leaves_no_trace(ask: Call, li_na: str) -> None:
    before = ask("handler01", "GET", f"/claims/{li_na}").json()
    ask("agent01", "POST", f"/claims/{li_na}/accept")
    assert ask("handler01", "GET", f"/claims/{li_na}").json() == before
