"""The live connection of a page: only from our own pages, and only for the session that opened the page."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient
from nicegui import app as pages_app
from starlette.websockets import WebSocketDisconnect

from claims import logins
from claims.database import unit_of_work
from desk import sessions
from tests.desk.conftest import web_session

HERE = "http://testserver"


def client_id(web: TestClient, token: str) -> str:
    """The id of a page that was opened just now."""
    page = web.get("/cases", headers={"Cookie": f"{sessions.COOKIE}={token}"})
    found = re.search(r"['\"]client_id['\"]: ['\"]([0-9a-f-]{36})", page.text)
    assert found is not None
    return found[1]


def connect(web: TestClient, client: str, token: str | None, origin: str | None) -> str:
    """Open the live connection as a browser does; what the server says first."""
    headers = {**({"Cookie": f"{sessions.COOKIE}={token}"} if token else {}), **({"Origin": origin} if origin else {})}
    headers["Upgrade"] = "websocket"
    query = f"client_id={client}&tab_id=t&document_id=d&implicit_handshake=true&next_message_id=0&EIO=4"
    with web.websocket_connect(f"/_nicegui_ws/socket.io/?{query}&transport=websocket", headers=headers) as socket:
        opened = socket.receive_text()
        assert json.loads(opened[1:])["sid"]
        socket.send_text("40")
        return str(socket.receive_text())


def test_the_page_of_a_session_connects(web: TestClient) -> None:
    token = web_session("handler01")
    assert connect(web, client_id(web, token), token, HERE).startswith("40")


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://evil.example/testserver"])
def test_a_page_of_another_site_does_not(web: TestClient, origin: str | None) -> None:
    token = web_session("handler01")
    with pytest.raises(WebSocketDisconnect):
        connect(web, client_id(web, token), token, origin)


def test_nobody_connects_to_the_page_of_somebody_else(web: TestClient) -> None:
    page = client_id(web, web_session("handler01"))
    for token in (None, "lpd_wrong", web_session("surveyor01"), web_session("handler01")):
        with pytest.raises(WebSocketDisconnect):
            connect(web, page, token, HERE)


def test_nobody_connects_after_signing_out(web: TestClient) -> None:
    token = web_session("handler01")
    page = client_id(web, token)
    with unit_of_work(pages_app.state.settings.database_url) as unit:
        logins.sign_out(unit.session, token)
        unit.commit()
    with pytest.raises(WebSocketDisconnect):
        connect(web, page, token, HERE)


def test_there_is_no_other_way_in(web: TestClient) -> None:
    token = web_session("handler01")
    page, cookie = client_id(web, token), {"Cookie": f"{sessions.COOKIE}={token}", "Origin": HERE}
    polling = f"/_nicegui_ws/socket.io/?client_id={page}&EIO=4&transport=polling"
    assert web.get(polling, headers=cookie).status_code == 403
    upload = f"/_nicegui/client/{page}/upload/1"
    assert web.post(upload, headers={"Origin": HERE}).status_code == 403
    assert web.post(upload, headers={"Cookie": cookie["Cookie"]}).status_code == 403
    other = {"Cookie": f"{sessions.COOKIE}={web_session('surveyor01')}", "Origin": HERE}
    assert web.post(upload, headers=other).status_code == 403
    assert web.post(upload, headers=cookie).status_code == 404  # the page has no field for files


def test_pages_load_nothing_from_elsewhere_and_are_framed_by_nobody(web: TestClient) -> None:
    token = web_session("handler01")
    page = web.get("/cases", headers={"Cookie": f"{sessions.COOKIE}={token}"})
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "http" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", page.text)
    assert token not in page.text
