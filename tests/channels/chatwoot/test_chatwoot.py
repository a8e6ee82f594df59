"""Chatwoot as the desk, against its stand-in: the bot talks, agents take over there, and give back by the status."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from claims import conversations
from claims.database import unit_of_work
from claims.handover.escalate import escalate, leave
from claims.models import Conversation, Handover, Message
from claims.vocabulary import Author, HandoverReason, HandoverState, Mode
from lipei.settings import Settings
from standins.chatwoot.server import Chatwoot, Talk
from tests.channels.conftest import Serve
from tests.channels.support import FakeEngine, Server, eventually

TOKEN, SECRET = "bot-token-of-the-tests", "webhook-secret-of-the-tests"


@pytest.fixture
def chatwoot(monkeypatch: pytest.MonkeyPatch, serve: Serve, settings: Settings) -> Iterator[Chatwoot]:
    """A gateway that is the agent bot of a Chatwoot account."""
    made = Chatwoot(TOKEN, SECRET)
    theirs = Server(made.app).start()
    for name, value in {
        "API_BASE": theirs.url,
        "ACCOUNT_ID": str(made.account),
        "BOT_TOKEN": TOKEN,
        "WEBHOOK_SECRET": SECRET,
    }.items():
        monkeypatch.setenv(f"LIPEI_CHATWOOT_{name}", value)
    gateway = serve(settings)
    made.bot_url = f"{gateway.url}/channels/chatwoot"
    yield made
    theirs.stop()


@pytest.fixture
def queueing(engine: FakeEngine, database_url: str) -> None:
    """An engine that puts whoever says 转人工 into the queue, as the action does."""

    def reply(turn: dict[str, Any]) -> list[dict[str, Any]]:
        if turn["text"] != "转人工":
            return FakeEngine.usual(turn)
        with unit_of_work(database_url) as unit:
            chat = conversations.get(unit.session, turn["conversation"])
            escalate(unit.session, chat, HandoverReason.ASKED, message_id=int(turn["message_id"]))
            unit.commit()
        return [{"text": "正在为您转接", "buttons": [], "awaiting": None}]

    engine.reply = reply


def stored(database_url: str, talk: Talk) -> Conversation:
    with unit_of_work(database_url) as unit:
        found = conversations.by_address(unit.session, "chatwoot", str(talk.number))
        assert found is not None
        unit.commit()
        return found


def test_the_bot_answers_in_chatwoot_once_however_often_it_is_called(chatwoot: Chatwoot, engine: FakeEngine) -> None:
    talk = chatwoot.opens()
    assert [each.status_code for each in chatwoot.customer_says(talk, "我要报案", times=3)] == [200] * 3
    (answer,) = eventually(lambda: talk.heard)
    assert answer.startswith("收到：我要报案")
    assert "1. 确认报案" in answer or "确认报案" in answer
    assert engine.texts == ["我要报案"]


def test_from_the_bot_to_an_agent_and_back(
    chatwoot: Chatwoot, engine: FakeEngine, queueing: None, database_url: str
) -> None:
    talk = chatwoot.opens()
    chatwoot.customer_says(talk, "转人工")
    eventually(lambda: "正在为您转接" in talk.heard)
    assert talk.status == "open"
    assert "要求转人工" in talk.notes[0]

    chatwoot.agent_says(talk, "不要告诉客户", private=True)
    assert stored(database_url, talk).mode is Mode.QUEUED
    chatwoot.agent_says(talk, "您好，我来处理")
    assert stored(database_url, talk).mode is Mode.AGENT
    asked = len(engine.turns)
    chatwoot.customer_says(talk, "车在三元桥")
    chatwoot.agent_says(talk, "拖车一小时到", number=6, name="王坐席")
    assert len(engine.turns) == asked
    with unit_of_work(database_url, read_only=True) as unit:
        said = [(m.author, m.text) for m in unit.session.scalars(select(Message).order_by(Message.id))]
        (handover,) = unit.session.scalars(select(Handover))
        assert handover.first_response_at is not None
    assert said[2:] == [
        (Author.AGENT, "您好，我来处理"),
        (Author.CUSTOMER, "车在三元桥"),
        (Author.AGENT, "拖车一小时到"),
    ]
    assert talk.heard.count("您好，我来处理") == 1, "what an agent said there does not leave here once more"

    chatwoot.resolves(talk)
    assert stored(database_url, talk).mode is Mode.BOT
    talk.status = "pending"
    chatwoot.customer_says(talk, "还差什么")
    eventually(lambda: engine.texts[-1] == "还差什么")


def test_a_message_that_comes_with_the_status_given_back_is_answered_by_the_bot(
    chatwoot: Chatwoot, engine: FakeEngine, queueing: None, database_url: str
) -> None:
    talk = chatwoot.opens()
    chatwoot.customer_says(talk, "转人工")
    eventually(lambda: talk.status == "open")
    chatwoot.agent_says(talk, "您好")
    talk.status = "pending"
    chatwoot.customer_says(talk, "查进度")
    eventually(lambda: any(text.startswith("收到：查进度") for text in talk.heard))
    with unit_of_work(database_url, read_only=True) as unit:
        assert [each.state for each in unit.session.scalars(select(Handover))] == [HandoverState.HANDED_BACK]


def test_who_does_not_want_to_wait_is_given_back_to_the_bot_there_too(
    chatwoot: Chatwoot, queueing: None, database_url: str
) -> None:
    talk = chatwoot.opens()
    chatwoot.customer_says(talk, "转人工")
    eventually(lambda: talk.status == "open")
    with unit_of_work(database_url) as unit:
        chat = conversations.by_address(unit.session, "chatwoot", str(talk.number))
        assert chat is not None
        leave(unit.session, chat)
        unit.commit()
    eventually(lambda: talk.status == "pending")


def test_an_api_that_is_down_gets_it_later(chatwoot: Chatwoot) -> None:
    chatwoot.refuse = [503]
    talk = chatwoot.opens()
    chatwoot.customer_says(talk, "你好")
    assert eventually(lambda: talk.heard)


@pytest.mark.parametrize("forged", ["", "sha256=" + "0" * 64, "nonsense"])
def test_a_forged_call_is_refused(chatwoot: Chatwoot, engine: FakeEngine, forged: str) -> None:
    assert chatwoot.calls({"event": "message_created"}, signature=forged).status_code == 403
    assert engine.turns == []


def test_a_stale_call_is_refused(chatwoot: Chatwoot) -> None:
    old = int(time.time()) - 301
    assert chatwoot.calls({"event": "message_created"}, timestamp=old).status_code == 403


@pytest.mark.parametrize(
    "event",
    [
        {"event": "conversation_opened", "id": 5, "status": "open"},
        {"event": "webwidget_triggered"},
        {"event": "message_created", "private": True},
    ],
)
def test_what_is_nothing_to_us_is_acknowledged(chatwoot: Chatwoot, event: dict[str, Any]) -> None:
    assert chatwoot.calls(event).status_code == 200


@pytest.mark.parametrize("event", [[], {"event": "message_created"}, {"event": "conversation_resolved", "id": "x"}])
def test_what_cannot_be_read_is_refused(chatwoot: Chatwoot, event: Any) -> None:
    assert chatwoot.calls(event).status_code == 400


def test_half_a_setup_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    from channels.chatwoot import setup

    monkeypatch.setenv("LIPEI_CHATWOOT_API_BASE", "https://chat.example.com")
    assert setup.state(Settings()).startswith("off: half set up")
    assert setup.webhooks(Settings()) == []


def test_an_older_version_calls_with_the_secret_in_the_address(chatwoot: Chatwoot, engine: FakeEngine) -> None:
    import httpx

    talk = chatwoot.opens()
    event = chatwoot._created(talk, "你好", "incoming", {"id": 31, "type": "contact"})
    for secret, status in ((SECRET, 200), ("wrong", 403)):
        answer = httpx.post(f"{chatwoot.bot_url}?secret={secret}", json=event, trust_env=False)
        assert answer.status_code == status
