"""The edges of the public API: who may ask, how much, how often, and what nonsense gets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import func, select

from channels.webchat.settings import get_webchat_settings
from claims.database import unit_of_work
from claims.models import Conversation
from claims.tokens import token_hash
from lipei.settings import Settings
from tests.channels.conftest import Serve
from tests.channels.support import Customer, FakeEngine, Server


@contextmanager
def stranger(gateway: Server, **headers: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=gateway.url, headers=headers, trust_env=False) as client:
        yield client


def test_a_session_is_opened_and_only_the_hash_of_its_token_is_kept(customer: Customer, database_url: str) -> None:
    with unit_of_work(database_url, read_only=True) as unit:
        assert unit.session.get_one(Conversation, customer.session_id).token_hash == token_hash(customer.token)
    assert len(customer.token) >= 40


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer wrong", "Basic abc", "Bearer " + "x" * 400, b"Bearer \xfc"]
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/chat/messages"),
        ("POST", "/api/chat/messages"),
        ("GET", "/api/chat/session"),
        ("POST", "/api/chat/attachments"),
        ("GET", "/api/chat/attachments/00000000-0000-0000-0000-000000000000"),
    ],
)
def test_nothing_without_the_token(common_gateway: Server, method: str, path: str, header: str | bytes | None) -> None:
    with stranger(common_gateway) as client:
        headers = None if header is None else {"Authorization": header}
        more: dict[str, object] = {}
        if method == "POST":
            upload = path.endswith("attachments")
            more = {"files": {"file": ("a.png", PNG)}} if upload else {"json": {"text": "你好"}}
        response = client.request(method, path, headers=headers, **more)  # type: ignore[arg-type]
        assert response.status_code == 401
        assert response.json()["code"] == "no_session"


def test_the_other_customers_messages_are_out_of_reach(customer: Customer, gateway: Server) -> None:
    customer.say("我叫张伟")
    assert Customer(gateway.url).history() == []


def test_history_goes_on_from_an_id(anyone: Customer) -> None:
    seen = anyone.say("第一句")["messages"][0]["id"]
    anyone.say("第二句")
    assert [message["text"] for message in anyone.history(seen)] == ["第二句", "收到：第二句"]
    assert [message["from"] for message in anyone.history()] == ["customer", "bot", "customer", "bot"]


@pytest.mark.parametrize("after", ["-1", "abc", str(2**63), str(10**40), "1.5", "١"])
def test_a_bad_after(anyone: Customer, after: str) -> None:
    assert anyone.http.get("/api/chat/messages", params={"after": after}).status_code == 422


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "empty"),
        ({"text": ""}, "empty"),
        ({"text": " \n\t　"}, "empty"),
        ({"text": "\x00"}, "empty"),
        ({"text": None}, "empty"),
        ({"text": "长" * 2001}, "text_too_long"),
        ({"text": "你好", "payload": "b_x"}, "one_thing"),
        ({"text": 3}, "bad_request"),
        ({"text": ["你好"]}, "bad_request"),
        ({"text": "你好", "client_id": ""}, "bad_request"),
        ({"text": "你好", "client_id": "x" * 101}, "bad_request"),
        ({"text": "你好", "client_id": "a b"}, "bad_request"),
        ({"attachment_id": "../../etc/passwd"}, "unknown_attachment"),
        ({"attachment_id": "00000000-0000-0000-0000-000000000000"}, "unknown_attachment"),
        ([], "bad_request"),
        ("你好", "bad_request"),
        (None, "bad_request"),
    ],
)
def test_a_message_that_is_not_one(anyone: Customer, body: object, code: str) -> None:
    response = anyone.http.post("/api/chat/messages", json=body)
    assert (response.status_code, response.json()["code"]) == (422, code)
    assert anyone.history() == []


def test_two_thousand_characters_are_taken(anyone: Customer) -> None:
    assert len(anyone.say("长" * 2000)["received"]["text"]) == 2000


def test_half_a_character_is_no_reason_to_lose_the_rest(anyone: Customer) -> None:
    response = anyone.http.post(
        "/api/chat/messages", content=b'{"text": "\\ud800 \\ud83d\\ude97 \\u0000\xe8\xbd\xa6"}', headers=JSON
    )
    assert response.json()["received"]["text"] == "\ufffd 🚗 车"


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe", b'{"text": "\xff"}', b"[" * 50_000, b'{"text": ' + b"9" * 5000 + b"}", b"NaN", b"null"],
)
def test_malformed_json_is_the_clients_mistake(anyone: Customer, raw: bytes) -> None:
    response = anyone.http.post("/api/chat/messages", content=raw, headers=JSON)
    assert response.status_code in {400, 422}
    assert response.json()["detail"]


def test_a_huge_body_is_refused_with_and_without_a_declared_length(anyone: Customer) -> None:
    big = json.dumps({"text": "a" * 100_000}).encode()

    def in_pieces() -> Iterator[bytes]:
        for start in range(0, len(big), 8192):
            yield big[start : start + 8192]

    for content in (big, in_pieces()):
        response = anyone.http.post("/api/chat/messages", content=content, headers=JSON)
        assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_too_many_messages(settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_WEBCHAT_MESSAGES_BURST", "3")
    get_webchat_settings.cache_clear()
    gateway = serve(settings)
    customer, other = Customer(gateway.url), Customer(gateway.url)
    for _ in range(3):
        customer.say("你好")
    response = customer.send(text="你好")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) >= 1
    assert response.headers["Retry-After"] in response.json()["detail"]
    assert other.say("你好")["messages"]


def test_too_many_sessions_from_one_address(
    settings: Settings,
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    database_url: str,
) -> None:
    monkeypatch.setenv("LIPEI_WEBCHAT_SESSIONS_PER_MINUTE", "3")
    get_webchat_settings.cache_clear()
    gateway = serve(settings)
    with stranger(gateway, **{"X-Forwarded-For": "203.0.113.7"}) as far:
        statuses = [far.post("/api/chat/sessions").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    with stranger(gateway, **{"X-Forwarded-For": "203.0.113.8"}) as other:
        assert other.post("/api/chat/sessions").status_code == 200
    with stranger(gateway) as local:
        assert {local.post("/api/chat/sessions").status_code for _ in range(6)} == {200}
    with unit_of_work(database_url, read_only=True) as unit:
        assert unit.session.scalar(select(func.count()).select_from(Conversation)) == 10


@pytest.mark.parametrize("body", [b"", b"{}", b'{"anything": 1}', b"not json"])
def test_opening_a_session_needs_no_body(common_gateway: Server, body: bytes) -> None:
    with stranger(common_gateway) as client:
        opened = client.post("/api/chat/sessions", content=body)
    assert set(opened.json()) == {"session_id", "token"}


@pytest.mark.parametrize("path", ["/nowhere", "/api/chat/nothing", "/static/../app.py", "/static/%2e%2e/setup.py"])
def test_what_is_not_there(common_gateway: Server, path: str) -> None:
    with stranger(common_gateway) as client:
        response = client.get(path)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_the_wrong_method(common_gateway: Server) -> None:
    with stranger(common_gateway) as client:
        assert client.get("/api/chat/sessions").status_code == 405


def test_every_answer_carries_the_security_headers(anyone: Customer) -> None:
    for response in (anyone.send(text="你好"), anyone.http.get("/nowhere"), anyone.http.get("/docs")):
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_only_allowed_sites_may_call_from_a_browser(
    settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIPEI_WEBCHAT_ALLOWED_ORIGINS", '["https://insurer.example"]')
    get_webchat_settings.cache_clear()
    gateway = serve(settings)
    with stranger(gateway, Origin="https://insurer.example") as known:
        assert known.post("/api/chat/sessions").headers["Access-Control-Allow-Origin"] == "https://insurer.example"
    with stranger(gateway, Origin="https://elsewhere.example") as unknown:
        assert "Access-Control-Allow-Origin" not in unknown.post("/api/chat/sessions").headers


def test_the_docs_page_needs_nothing_from_elsewhere(common_gateway: Server) -> None:
    with stranger(common_gateway) as client:
        page = client.get("/docs").text
        document = client.get("/openapi.json").json()
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page
    for path in ("/api/chat/sessions", "/api/chat/messages", "/api/chat/attachments"):
        assert path in page
        assert path in document["paths"]


@pytest.mark.parametrize("path", ["/", "/widget.js", "/static/index.html"])
def test_an_unchanged_page_costs_a_short_answer(common_gateway: Server, path: str) -> None:
    with stranger(common_gateway) as client:
        first = client.get(path)
        assert first.status_code == 200
        assert first.headers["Cache-Control"] == "no-cache"
        assert "script-src 'self'" in first.headers["Content-Security-Policy"]
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_health_tells_a_missing_engine_apart(customer: Customer, engine: FakeEngine) -> None:
    assert customer.http.get("/healthz").json() == {"status": "ok"}
    assert customer.http.get("/readyz").json() == {"status": "ready", "database": "ok", "engine": "ok"}
    engine.failing = True
    response = customer.http.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "database": "ok", "engine": "down"}


JSON = {"Content-Type": "application/json"}
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
