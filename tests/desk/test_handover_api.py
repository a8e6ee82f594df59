"""The staff API of talks: who may do what, and what each sees."""

from __future__ import annotations

from typing import Any

import pytest

from claims import conversations
from claims.database import unit_of_work
from claims.handover import complaints
from claims.handover.escalate import escalate
from claims.models import AuditEntry, StaffAccount
from claims.vocabulary import HandoverReason
from tests.desk.conftest import LOGINS, Call

TALKS = {"agent01", "handler01", "supervisor01"}
MISSING = "00000000-0000-0000-0000-000000000000"
READS = {
    "/queue": TALKS,
    "/presence": TALKS,
    "/callbacks": TALKS,
    f"/conversations/{MISSING}/notes": TALKS,
    f"/handovers/{MISSING}": TALKS,
    "/complaints": {"handler01", "supervisor01"},
    "/complaints/T202611220000015": {"handler01", "supervisor01"},
    "/figures": {"supervisor01"},
}
ACTS: dict[str, tuple[set[str], dict[str, Any]]] = {
    "/presence": (TALKS, {"state": "away"}),
    f"/conversations/{MISSING}/typing": (TALKS, {}),
    f"/conversations/{MISSING}/messages": (TALKS, {"text": "您好"}),
    f"/conversations/{MISSING}/notes": (TALKS, {"text": "备注"}),
    f"/conversations/{MISSING}/hand_back": (TALKS, {}),
    f"/conversations/{MISSING}/transfer": (TALKS, {}),
    f"/conversations/{MISSING}/assign": ({"supervisor01"}, {"to": "agent01"}),
    f"/handovers/{MISSING}/wrap_up": (TALKS, {"code": "solved"}),
    f"/callbacks/{MISSING}": (TALKS, {"state": "done"}),
    "/complaints/T202611220000015/answer": ({"handler01", "supervisor01"}, {"text": "答复"}),
    "/complaints/T202611220000015/close": ({"handler01", "supervisor01"}, {"text": "办结"}),
    "/complaints/T202611220000015/assign": ({"supervisor01"}, {"to": "handler01"}),
}


@pytest.fixture
def waits(database_url: str) -> str:
    """A conversation that waits for a person."""
    with unit_of_work(database_url) as unit:
        chat, _ = conversations.open_conversation(unit.session, "webchat")
        conversations.record_inbound(unit.session, chat, text="我手机13800138001，转人工", provider_id="1")
        escalate(unit.session, chat, HandoverReason.EMERGENCY)
        unit.commit()
        return chat.id


@pytest.mark.parametrize("path", READS)
def test_reading(ask: Call, path: str) -> None:
    for login in LOGINS:
        response = ask(login, "GET", path)
        assert response.status_code in ({200, 404} if login in READS[path] else {403}), (login, response.text)


@pytest.mark.parametrize("path", ACTS)
def test_acting(ask: Call, path: str) -> None:
    allowed, body = ACTS[path]
    for login in LOGINS:
        response = ask(login, "POST", path, json=body)
        assert (response.status_code == 403) is (login not in allowed), (login, response.text)


def test_from_the_queue_to_the_wrap_up(ask: Call, waits: str, database_url: str) -> None:
    (first,) = ask("agent01", "GET", "/queue").json()["waiting"]
    assert (first["conversation_id"], first["place"], first["priority"]) == (waits, 1, "emergency")
    here = f"/conversations/{waits}"
    assert ask("agent01", "POST", f"{here}/typing").json()["owner"] == "agent01"
    refused = ask("handler01", "POST", f"{here}/messages", json={"text": "我来"})
    assert (refused.status_code, refused.json()["owner"]) == (409, "王敏")
    assert ask("agent01", "POST", f"{here}/messages", json={"text": "您好"}).json()["from"] == "agent"
    ask("agent01", "POST", f"{here}/notes", json={"text": "客户很急"})
    assert [each["text"] for each in ask("handler01", "GET", f"{here}/notes").json()] == ["客户很急"]
    assert ask("supervisor01", "POST", f"{here}/assign", json={"to": "handler01"}).json()["owner"] == "handler01"
    assert ask("agent01", "POST", f"{here}/transfer", json={}).status_code == 409
    body = {"agreed": "明天上午查勘", "facts": {"line": "auto"}}
    done = ask("handler01", "POST", f"{here}/hand_back", json=body).json()
    assert (done["state"], done["agreed"]) == ("handed_back", "明天上午查勘")
    ask("handler01", "POST", f"/handovers/{done['id']}/wrap_up", json={"code": "solved", "note": "已安排"})
    assert ask("agent01", "GET", f"/handovers/{done['id']}").json()["wrap_up"] == "solved"
    assert ask("supervisor01", "GET", "/figures").json()["handled"] == 1
    with unit_of_work(database_url, read_only=True) as unit:
        actions = {entry.action for entry in unit.session.query(AuditEntry)}
    assert {"queue_read", "handover_taken", "agent_message", "private_note_written", "private_notes_read"} <= actions
    assert {"handover_transferred", "handover_handed_back", "handover_wrapped_up", "figures_read"} <= actions


def test_a_surveyor_cannot_be_given_a_talk(ask: Call, waits: str) -> None:
    assert ask("supervisor01", "POST", f"/conversations/{waits}/assign", json={"to": "surveyor01"}).status_code == 403


def test_a_file_is_sent_and_what_is_none_is_refused(ask: Call, waits: str) -> None:
    here = f"/conversations/{waits}"
    pdf = {"file": ("说明.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "application/pdf")}
    stored = ask("agent01", "POST", f"{here}/attachments", files=pdf)
    assert stored.status_code == 200, stored.text
    sent = ask("agent01", "POST", f"{here}/messages", json={"attachment_id": stored.json()["attachment_id"]})
    assert sent.status_code == 200
    script = {"file": ("x.html", b"<script>alert(1)</script>", "text/html")}
    assert ask("agent01", "POST", f"{here}/attachments", files=script).status_code == 422
    assert ask("agent01", "POST", f"{here}/messages", json={"attachment_id": MISSING}).status_code == 404
    assert ask("agent01", "POST", f"{here}/messages", json={"text": " "}).status_code == 422


def test_a_complaint_is_answered_and_closed(ask: Call, waits: str, database_url: str) -> None:
    with unit_of_work(database_url) as unit:
        chat = conversations.get(unit.session, waits)
        number = complaints.register(unit.session, chat, key="1", what="没人接电话")[0].number
        owner = complaints.find(unit.session, number).owner_id
        login = unit.session.get_one(StaffAccount, owner).login
        unit.commit()
    assert [each["number"] for each in ask(login, "GET", "/complaints?mine=true").json()] == [number]
    answered = ask(login, "POST", f"/complaints/{number}/answer", json={"text": "已安排专人"}).json()
    assert (answered["state"], answered["answer"]) == ("answered", "已安排专人")
    assert ask(login, "POST", f"/complaints/{number}/close", json={"text": "双方认可"}).json()["state"] == "closed"
    assert ask(login, "POST", f"/complaints/{number}/close", json={"text": "再次"}).status_code == 422
