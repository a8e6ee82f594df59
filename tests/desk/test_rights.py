"""No role sees or does what it may not: every endpoint, page and operation that there is, with every role and with
none, against the tables below. What is new and stands in no table fails here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from nicegui import app as pages_app

import desk.operations  # noqa: F401 (registers the operations)
from claims import logins
from claims.database import unit_of_work
from claims.errors import NotEntitled
from desk import sessions
from desk.door import OPERATIONS, SignedOut, perform
from lipei.settings import get_settings
from tests.desk.conftest import KEY, LOGINS, Desks

AGENT, HANDLER, SURVEYOR, SUPERVISOR, ADMIN = LOGINS
TALKERS = {AGENT, HANDLER, SUPERVISOR}
READERS = TALKERS | {SURVEYOR}
JUDGES = {HANDLER, SURVEYOR, SUPERVISOR}
EVERYBODY = set(LOGINS)
ANYONE = EVERYBODY | {"nobody"}

STAFF_API = {
    "GET /api/staff/claims": READERS,
    "GET /api/staff/claims/{claim_no}": READERS,
    "POST /api/staff/claims/{claim_no}/{step}": {HANDLER, SUPERVISOR},
    "POST /api/staff/claims/{claim_no}/materials/{kind}": JUDGES,
    "GET /api/staff/conversations": TALKERS,
    "GET /api/staff/conversations/{conversation_id}": TALKERS,
    "GET /api/staff/faq/questions": TALKERS,
    "POST /api/staff/faq/questions/{question_id}/done": TALKERS,
    "GET /api/staff/outbox": TALKERS | {ADMIN},
    "GET /api/staff/requests": TALKERS,
    "GET /api/staff/queue": TALKERS,
    "GET /api/staff/presence": TALKERS,
    "POST /api/staff/presence": TALKERS,
    "POST /api/staff/conversations/{conversation_id}/typing": TALKERS,
    "POST /api/staff/conversations/{conversation_id}/messages": TALKERS,
    "POST /api/staff/conversations/{conversation_id}/attachments": TALKERS,
    "GET /api/staff/conversations/{conversation_id}/notes": TALKERS,
    "POST /api/staff/conversations/{conversation_id}/notes": TALKERS,
    "POST /api/staff/conversations/{conversation_id}/hand_back": TALKERS,
    "POST /api/staff/conversations/{conversation_id}/transfer": TALKERS,
    "POST /api/staff/conversations/{conversation_id}/assign": {SUPERVISOR},
    "GET /api/staff/handovers/{handover_id}": TALKERS,
    "POST /api/staff/handovers/{handover_id}/wrap_up": TALKERS,
    "GET /api/staff/callbacks": TALKERS,
    "POST /api/staff/callbacks/{booking_id}": TALKERS,
    "GET /api/staff/complaints": {HANDLER, SUPERVISOR},
    "GET /api/staff/complaints/{number}": {HANDLER, SUPERVISOR},
    "POST /api/staff/complaints/{number}/answer": {HANDLER, SUPERVISOR},
    "POST /api/staff/complaints/{number}/close": {HANDLER, SUPERVISOR},
    "POST /api/staff/complaints/{number}/assign": {SUPERVISOR},
    "GET /api/staff/figures": {SUPERVISOR},
    "GET /api/staff/clocks": READERS,
    "GET /api/staff/clocks/alerts": READERS,
    "POST /api/staff/clocks/alerts/{alert_id}/seen": READERS,
    "POST /api/staff/clocks/{claim_no}/{key}/delay": JUDGES,
    "GET /api/staff/outreach": TALKERS | {ADMIN},
    "GET /api/staff/outreach/{row_id}": TALKERS | {ADMIN},
    "GET /api/staff/tickets": TALKERS,
    "GET /api/staff/tickets/{ticket_id}": TALKERS,
    "POST /api/staff/tickets/{ticket_id}/answer": TALKERS,
    "POST /api/staff/tickets/{ticket_id}/close": TALKERS,
    "POST /api/staff/tickets/{ticket_id}/owner": TALKERS,
    "GET /api/staff/renewals": {AGENT, SUPERVISOR},
    "GET /api/staff/renewals/rate": {AGENT, SUPERVISOR},
    "GET /api/staff/renewals/{renewal_id}": {AGENT, SUPERVISOR},
    "POST /api/staff/renewals/{renewal_id}/assign": {AGENT, SUPERVISOR},
    "POST /api/staff/renewals/{renewal_id}/outcome": {AGENT, SUPERVISOR},
    "GET /api/staff/campaigns": {HANDLER, SUPERVISOR},
    "GET /api/staff/campaigns/templates": {HANDLER, SUPERVISOR},
    "POST /api/staff/campaigns": {HANDLER, SUPERVISOR},
    "GET /api/staff/campaigns/{campaign_id}/preview": {HANDLER, SUPERVISOR},
    "POST /api/staff/campaigns/{campaign_id}/approve": {SUPERVISOR},
    "POST /api/staff/campaigns/{campaign_id}/stop": {SUPERVISOR},
    "GET /api/staff/reports/monthly/{month}": {SUPERVISOR, ADMIN},
    "GET /api/staff/reports/monthly/{month}/rows": {SUPERVISOR, ADMIN},
    "GET /api/staff/reports/monthly/{month}/report.html": {SUPERVISOR, ADMIN},
    "GET /api/staff/reports/monthly/{month}/report.pdf": {SUPERVISOR, ADMIN},
    "GET /api/staff/reports/monthly/{month}/report.xlsx": {SUPERVISOR, ADMIN},
}
PAGES = {
    "GET /": EVERYBODY,
    "GET /talks": TALKERS,
    "GET /talks/{conversation_id}": TALKERS,
    "GET /cases": READERS,
    "GET /cases/{number}": READERS,
    "GET /complaints": {HANDLER, SUPERVISOR},
    "GET /tickets": TALKERS,
    "GET /campaigns": {HANDLER, SUPERVISOR},
    "GET /clocks": READERS,
    "GET /renewals": {AGENT, SUPERVISOR},
    "GET /reports": {SUPERVISOR, ADMIN},
    "GET /reports/{month}/{form}": {SUPERVISOR, ADMIN},
    "GET /board": {SUPERVISOR},
    "GET /quality": {SUPERVISOR},
    "GET /accounts": {ADMIN},
    "GET /audit": {SUPERVISOR, ADMIN},
    "GET /files/{attachment_id}": EVERYBODY,  # by what the file belongs to: see test_files
}
OPEN = {
    "GET /healthz",
    "GET /readyz",
    "GET /login",
    "POST /login",
    "POST /logout",
    "GET /api/staff/openapi.json",
    "HEAD /api/staff/openapi.json",
    "GET /api/staff/docs",
    "GET /api/staff/docs.css",
}
"""For anyone. What they do for whom is tested in test_signing."""
ASSETS = ("/desk-static", "/_nicegui/", "/favicon.ico")
LIVE = "/_nicegui_ws"  # see test_gate
OPERATIONS_BY_ROLE: dict[str, set[str]] = {
    **dict.fromkeys(["who_am_i", "change_password", "open_file"], EVERYBODY),
    **dict.fromkeys(["list_cases", "open_case", "move_case"], READERS),
    **dict.fromkeys(["judge_material", "finish_visit"], JUDGES),
    **dict.fromkeys(["list_surveyors", "book_visit", "cancel_visit"], READERS),
    **dict.fromkeys(["open_talk", "talk_standing", "recent_talks", "search", "list_callbacks"], TALKERS),
    **dict.fromkeys(["take_talk", "take_next", "say_to_customer", "send_file", "write_note", "hand_back"], TALKERS),
    **dict.fromkeys(["pass_on", "draft_fields", "announce", "beat", "colleagues", "settle_callback"], TALKERS),
    **dict.fromkeys(["own_replies", "keep_reply", "drop_reply", "last_question"], TALKERS),
    **{key: {HANDLER, SUPERVISOR} for key in ["list_complaints", "answer_complaint", "close_complaint"]},
    **{key: {SUPERVISOR} for key in ["assign_talk", "assign_complaint", "board"]},
    **{key: {SUPERVISOR} for key in ["draw_sample", "read_sampled", "judge_talk", "list_reviews"]},
    **dict.fromkeys(["list_tickets", "take_ticket", "assign_ticket", "note_ticket"], TALKERS),
    **dict.fromkeys(["answer_ticket", "close_ticket"], TALKERS),
    **{key: {HANDLER, SUPERVISOR} for key in ["list_campaigns", "campaign_templates", "draft_campaign"]},
    "preview_campaign": {HANDLER, SUPERVISOR},
    **{key: {SUPERVISOR} for key in ["approve_campaign", "stop_campaign"]},
    **dict.fromkeys(["list_clocks", "list_alerts", "see_alert"], READERS),
    "tell_delay": JUDGES,
    **{key: {AGENT, SUPERVISOR} for key in ["list_renewals", "settle_renewal"]},
    "assign_renewal": {SUPERVISOR},
    "read_report": {SUPERVISOR, ADMIN},
    **{key: {ADMIN} for key in ["list_accounts", "add_account", "reset_password", "switch_account", "give_role"]},
    **{key: {SUPERVISOR, ADMIN} for key in ["read_audit", "verify_audit"]},
}
SAMPLES = {
    "claim_no": "C202611220000017",
    "number": "C202611220000017",
    "step": "accept",
    "kind": "claim_form",
    "handover_id": "00000000-0000-0000-0000-000000000000",
    "booking_id": "00000000-0000-0000-0000-000000000000",
    "conversation_id": "00000000-0000-0000-0000-000000000000",
    "question_id": "00000000-0000-0000-0000-000000000000",
    "attachment_id": "00000000-0000-0000-0000-000000000000",
    "alert_id": "00000000-0000-0000-0000-000000000000",
    "row_id": "00000000-0000-0000-0000-000000000000",
    "ticket_id": "00000000-0000-0000-0000-000000000000",
    "renewal_id": "00000000-0000-0000-0000-000000000000",
    "campaign_id": "00000000-0000-0000-0000-000000000000",
    "key": "review",
    "month": "2026-10",
    "form": "xlsx",
}


@pytest.fixture(scope="module")
def cookies(web: TestClient) -> dict[str, str]:
    """A session's token for each account."""
    with pytest.MonkeyPatch.context() as patch, unit_of_work(pages_app.state.settings.database_url) as unit:
        patch.setenv("LIPEI_DATA_KEY", KEY)  # made before the key of each test is
        get_settings.cache_clear()
        tokens = {login: logins.open_session(unit.session, logins.find(unit.session, login)) for login in LOGINS}
        unit.commit()
    return tokens


def walked(routes: list[Any]) -> Iterator[str]:
    """METHOD /path of every route, whatever it is wrapped in."""
    for route in routes:
        if hasattr(route, "original_router"):
            yield from walked(route.original_router.routes)
        elif getattr(route, "methods", None):
            yield from (f"{method} {route.path}" for method in route.methods)
        elif getattr(route, "app", None) is pages_app:
            yield from walked(pages_app.routes)
        else:
            yield f"MOUNT {route.path}"


def test_every_route_stands_in_a_table(web: TestClient) -> None:
    found = set(walked(web.app.routes))  # type: ignore[attr-defined]
    unlisted = {
        route
        for route in found - set(STAFF_API) - set(PAGES) - OPEN
        if not route.split(" ")[1].startswith(ASSETS) and route != f"MOUNT {LIVE}"
    }
    assert unlisted == set()
    assert set(STAFF_API) | set(PAGES) | OPEN <= found


@pytest.mark.parametrize("route", STAFF_API)
def test_the_staff_api(
    web: TestClient, seeded: tuple[Path, dict[str, str]], cookies: dict[str, str], route: str
) -> None:
    method, path = route.split(" ")
    url = path.format(**SAMPLES)
    for login in LOGINS:
        response = web.request(method, url, headers={"Authorization": f"Bearer {seeded[1][login]}"}, json={})
        assert (response.status_code not in (401, 403)) is (login in STAFF_API[route]), (login, response.text)
    assert web.request(method, url, json={}).status_code == 401
    signed_in = {"Cookie": f"{sessions.COOKIE}={cookies[SUPERVISOR]}"}
    assert web.request(method, url, json={}, headers=signed_in).status_code == 401  # no cookie opens the API


@pytest.mark.parametrize("route", PAGES)
def test_the_pages(web: TestClient, cookies: dict[str, str], route: str) -> None:
    url = route.split(" ")[1].format(**SAMPLES)
    for login in LOGINS:
        response = web.get(url, headers={"Cookie": f"{sessions.COOKIE}={cookies[login]}"})
        assert (response.status_code != 403) is (login in PAGES[route]), (login, response.status_code)
        assert response.status_code < 500, login
        assert response.headers.get("location") != "/login", login
    for header in ({}, {"Cookie": f"{sessions.COOKIE}=lpd_wrong"}, {"Cookie": f"{sessions.COOKIE}={'x' * 500}"}):
        response = web.get(url, headers=header)
        assert (response.status_code, response.headers.get("location")) == (303, "/login")


def test_every_operation_stands_in_the_table() -> None:
    assert set(OPERATIONS) == set(OPERATIONS_BY_ROLE)


@pytest.mark.parametrize("name", OPERATIONS_BY_ROLE)
def test_the_operations(desks: Desks, name: str) -> None:
    for login in LOGINS:
        try:
            desks(login, OPERATIONS[name])
        except NotEntitled:
            let_in = False
        except Exception:  # it was called without what it needs, or there is nothing to do: but it was let in
            let_in = True
        else:
            let_in = True
        assert let_in is (login in OPERATIONS_BY_ROLE[name]), login
    for token in ("", "lpd_wrong"):
        with pytest.raises(SignedOut):
            perform(desks.settings, token, OPERATIONS[name])
