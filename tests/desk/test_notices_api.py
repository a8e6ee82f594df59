"""The outbox, requests and conversations, as staff read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from claims import conversations, outbox, requests
from claims.conversations import OutgoingMessage
from claims.vocabulary import Mode
from desk.app import create_app
from lipei.settings import Settings
from tests.desk.conftest import Call

CODE = "验证码 123456，10分钟内有效"


@pytest.fixture
def notices(session: Session) -> None:
    for number, (phone, purpose, text) in enumerate(
        [
            ("13800138001", "one_time_code", CODE),
            ("13800138002", "progress", "您的案件已受理，客服电话13800138005"),
            ("13800138001", "progress", "您的案件已受理"),
        ]
    ):
        outbox.enqueue(session, channel="sms", address=phone, purpose=purpose, text=text, dedupe_key=f"notice-{number}")
        session.flush()
    session.commit()


def test_the_outbox_newest_first_with_its_filters(ask: Call, notices: None) -> None:
    items = ask("handler01", "GET", "/outbox").json()
    assert [item["purpose"] for item in items] == ["progress", "progress", "one_time_code"]
    assert {"id", "channel", "to", "purpose", "text", "state", "created_at"} <= set(items[0])
    codes = ask("handler01", "GET", "/outbox", params={"phone": "13800138001", "purpose": "one_time_code"}).json()
    assert [(item["to"], item["text"], item["state"]) for item in codes] == [("13800138001", CODE, "pending")]
    assert len(ask("handler01", "GET", "/outbox", params={"state": "sent"}).json()) == 0
    assert len(ask("handler01", "GET", "/outbox", params={"limit": 1}).json()) == 1


def test_only_what_came_after(ask: Call, notices: None) -> None:
    items = ask("handler01", "GET", "/outbox").json()
    assert ask("handler01", "GET", "/outbox", params={"after": items[1]["id"]}).json() == items[:1]
    past = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    future = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert len(ask("handler01", "GET", "/outbox", params={"after": past}).json()) == 3
    assert ask("handler01", "GET", f"/outbox?after={future}").json() == []
    assert ask("handler01", "GET", "/outbox", params={"after": "yesterday"}).status_code == 422


def test_an_administrator_sees_neither_phones_nor_texts_whole(ask: Call, notices: None) -> None:
    items = ask("admin01", "GET", "/outbox").json()
    assert {item["to"] for item in items} == {"138****8001", "138****8002"}
    assert "13800138005" not in str(items)


@pytest.mark.parametrize("login", ["handler01", "admin01"])
def test_codes_are_shown_in_demonstrations_only(
    settings: Settings, notices: None, login: str, seeded: tuple[Path, dict[str, str]]
) -> None:
    real = settings.model_copy(update={"demo": False})
    headers = {"Authorization": f"Bearer {seeded[1][login]}"}
    with TestClient(create_app(real)) as client:
        (item,) = client.get("/api/staff/outbox?purpose=one_time_code", headers=headers).json()
    assert "123456" not in item["text"]
    assert "******" in item["text"]


def test_a_conversation_is_read_whole(ask: Call, session: Session) -> None:
    conversation, _ = conversations.open_conversation(session, "webchat")
    inbound, _ = conversations.record_inbound(session, conversation, text="我要报案", provider_id=None)
    conversations.answer(session, inbound, [OutgoingMessage("好的", [("确认", "/affirm")], "confirm")])
    session.commit()
    (listed,) = ask("agent01", "GET", "/conversations").json()
    assert (listed["id"], listed["mode"], listed["channel"]) == (conversation.id, "bot", "webchat")
    read = ask("agent01", "GET", f"/conversations/{conversation.id}").json()
    assert [(m["from"], m["text"], m["buttons"]) for m in read["messages"]] == [
        ("customer", "我要报案", []),
        ("bot", "好的", ["确认"]),
    ]
    assert (read["claims"], read["draft"]) == ([], None)


def test_conversations_by_mode(ask: Call, session: Session) -> None:
    for mode in (Mode.BOT, Mode.QUEUED):
        conversation, _ = conversations.open_conversation(session, "webchat")
        conversations.change_mode(session, conversation, mode, version=conversation.version)
    session.commit()
    assert len(ask("agent01", "GET", "/conversations").json()) == 2
    (queued,) = ask("agent01", "GET", "/conversations", params={"mode": "queued"}).json()
    assert queued["mode"] == "queued"
    assert ask("agent01", "GET", "/conversations", params={"mode": "asleep"}).status_code == 422


def test_requests(ask: Call, session: Session) -> None:
    conversation, _ = conversations.open_conversation(session, "webchat")
    requests.open_request(session, kind="human", conversation_id=conversation.id, text="请人工联系我")
    session.commit()
    (request,) = ask("agent01", "GET", "/requests", params={"kind": "human"}).json()
    assert (request["kind"], request["text"], request["state"]) == ("human", "请人工联系我", "open")
    assert ask("agent01", "GET", "/requests", params={"kind": "complaint"}).json() == []


def test_the_docs_need_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/api/staff/docs")
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert "<script" not in page.text
    document = client.get("/api/staff/openapi.json").json()
    assert "/api/staff/claims/{claim_no}/{step}" in document["paths"]
    assert "/api/staff/claims/{claim_no}/{step}" in page.text
    assert client.get("/", follow_redirects=False).headers["location"] == "/api/staff/docs"


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "database": "ok"}


def test_a_large_body_and_a_wrong_address(ask: Call, li_na: str) -> None:
    assert ask("handler01", "POST", f"/claims/{li_na}/accept", json={"note": "x" * 70_000}).status_code == 413
    assert ask("handler01", "GET", "/nothing").json()["code"] == "not_found"
    assert ask("handler01", "DELETE", f"/claims/{li_na}").json()["code"] == "method"
