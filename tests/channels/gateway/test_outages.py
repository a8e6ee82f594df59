"""Engine down, gateway down, two gateways: nothing is lost, nothing doubled, nobody left without a word."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from starlette.responses import Response

from channels.gateway import dispatcher
from claims import conversations
from claims.database import engine_for, unit_of_work
from claims.models import Handover, Message
from claims.vocabulary import Author, HandoverReason
from lipei.settings import Settings
from tests.channels.conftest import IMPATIENT, Serve
from tests.channels.support import ENGINE_TOKEN, Customer, FakeEngine, Server, eventually, free_port


def _by(customer: Customer, author: str) -> list[str]:
    return [message["text"] for message in customer.history() if message["from"] == author]


def test_a_failing_engine_gives_a_receipt_and_the_answer_follows(
    waiting_customer: Customer, engine: FakeEngine
) -> None:
    engine.failing = True
    (receipt,) = waiting_customer.say("我要报案")["messages"]
    assert receipt["from"] == "system"
    assert "已经收到" in receipt["text"]
    engine.failing = False
    assert eventually(lambda: _by(waiting_customer, "bot")) == ["收到：我要报案"]
    assert len({turn["message_id"] for turn in engine.turns}) == 1


def test_one_receipt_for_each_outage(waiting_customer: Customer, engine: FakeEngine) -> None:
    engine.failing = True
    first = waiting_customer.say("我要报案")["messages"]
    assert waiting_customer.say("在吗")["messages"] == first
    assert len(_by(waiting_customer, "system")) == 1
    engine.failing = False
    eventually(lambda: len(_by(waiting_customer, "bot")) == 2)
    engine.failing = True
    assert waiting_customer.say("还在吗")["messages"][0]["id"] != first[0]["id"]
    assert len(_by(waiting_customer, "system")) == 2


def test_the_receipt_comes_in_time_when_the_engine_hangs(waiting_customer: Customer, engine: FakeEngine) -> None:
    engine.held = True
    assert waiting_customer.say("我要報案")["messages"][0]["from"] == "system"
    assert "已經收到" in _by(waiting_customer, "system")[0]


def test_an_engine_that_is_not_there_yet(database_url: str, tmp_path: Path, serve: Serve, engine: FakeEngine) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    gateway = serve(
        Settings(var_dir=tmp_path / "var", database_url=database_url, engine_url=url, engine_token=ENGINE_TOKEN),
        IMPATIENT,
    )
    customer = Customer(gateway.url)
    assert customer.say("你好")["messages"][0]["from"] == "system"
    assert customer.http.get("/readyz").status_code == 503
    server = Server(engine.app, port).start()
    try:
        assert eventually(lambda: _by(customer, "bot"), 20) == ["收到：你好"]
        assert customer.http.get("/readyz").json() == {"status": "ready", "database": "ok", "engine": "ok"}
    finally:
        server.stop()


@pytest.mark.parametrize("answer", ["not json", "{}", '{"messages": [{"buttons": 3}]}', "[]"])
def test_an_engine_that_answers_nonsense_counts_as_failed(
    waiting_customer: Customer, engine: FakeEngine, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.channels.support.JSONResponse", lambda *_: Response(answer))
    assert waiting_customer.say("你好")["messages"][0]["from"] == "system"
    monkeypatch.undo()
    assert eventually(lambda: _by(waiting_customer, "bot")) == ["收到：你好"]


def test_a_gateway_that_starts_finds_what_was_left_unanswered(
    settings: Settings, serve: Serve, engine: FakeEngine
) -> None:
    engine.failing = True
    first = serve(settings, IMPATIENT)
    customer = Customer(first.url)
    customer.say("第一句")
    customer.say("第二句")
    first.stop()
    assert customer_texts(settings, customer) == ["第一句", "第二句"]
    engine.failing = False
    second = serve(settings)
    customer.http.base_url = httpx.URL(second.url)
    assert eventually(lambda: len(_by(customer, "bot")) == 2 and _by(customer, "bot")) == [
        "收到：第一句",
        "收到：第二句",
    ]


def test_the_lease_of_a_killed_gateway_runs_out(
    settings: Settings, serve: Serve, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.gateway.turns.LEASE_SECONDS", 0.5)
    with unit_of_work(settings.database_url) as unit:
        conversation, token = conversations.open_conversation(unit.session, "webchat")
        assert conversations.take(unit.session, conversation.id, "killed gateway", 0.5)
        conversations.record_inbound(unit.session, conversation, text="有人吗", provider_id=None)
        unit.commit()
    gateway = serve(settings)
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=gateway.url, headers=headers, trust_env=False) as http:
        found = eventually(lambda: http.get("/api/chat/messages").json()["messages"][1:])
    assert found[0]["text"] == "收到：有人吗"


def test_a_resend_to_another_gateway_after_the_first_stopped(
    settings: Settings, serve: Serve, engine: FakeEngine
) -> None:
    first = serve(settings)
    customer = Customer(first.url)
    before = customer.say("我要报案", client_id="m1")
    first.stop()
    customer.http.base_url = httpx.URL(serve(settings).url)
    after = customer.say("我要报案", client_id="m1")
    assert after["messages"] == before["messages"]
    assert len(engine.turns) == 1


def test_two_gateways_share_the_work_without_doubling(
    any_database_url: str, engine_server: Server, engine: FakeEngine, serve: Serve, tmp_path: Path
) -> None:
    settings = Settings(
        var_dir=tmp_path / "var",
        database_url=any_database_url,
        engine_url=engine_server.url,
        engine_token=ENGINE_TOKEN,
    )
    gateways = [serve(settings), serve(settings)]
    customers = [Customer(gateways[number % 2].url) for number in range(4)]

    def talk(customer: Customer) -> None:
        for number in range(6):
            # Every message is sent to both gateways, as a balancer's retry would.
            for gateway in gateways:
                customer.http.base_url = httpx.URL(gateway.url)
                answer = customer.say(f"第{number}句", client_id=f"m{number}")
                assert answer["messages"][0]["text"] in {f"收到：第{number}句"}

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(talk, customers))
    for customer in customers:
        assert _by(customer, "bot") == [f"收到：第{number}句" for number in range(6)]
        assert engine.most_at_once[customer.session_id] == 1
    assert len(engine.turns) == 24


def test_a_request_gets_the_answer_that_another_gateway_stored(
    settings: Settings, serve: Serve, engine: FakeEngine
) -> None:
    """The lease is with another gateway, which answers: the request here sees it in the database."""
    gateway = serve(settings)
    customer = Customer(gateway.url)
    with unit_of_work(settings.database_url) as unit:
        assert conversations.take(unit.session, customer.session_id, "another gateway", 60)
        unit.commit()
    with ThreadPoolExecutor(1) as pool:
        saying = pool.submit(customer.say, "你好")
        eventually(lambda: customer_texts(settings, customer))
        with unit_of_work(settings.database_url) as unit:
            (inbound,) = conversations.unanswered(unit.session, customer.session_id)
            conversations.answer(unit.session, inbound, [conversations.OutgoingMessage("另一个网关的回答")])
            unit.commit()
        assert saying.result()["messages"][0]["text"] == "另一个网关的回答"
    assert engine.turns == []


def test_the_database_gone_is_said_honestly(customer: Customer, settings: Settings) -> None:
    with engine_for(settings.database_url).connect() as connection:
        connection.exec_driver_sql("ALTER TABLE messages RENAME TO messages_gone")
        connection.commit()
    response = customer.send(text="我要报案")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "没有记录" in response.json()["detail"]
    with engine_for(settings.database_url).connect() as connection:
        connection.exec_driver_sql("ALTER TABLE messages_gone RENAME TO messages")
        connection.commit()
    assert customer.say("我要报案")["messages"][0]["from"] == "bot"


def customer_texts(settings: Settings, customer: Customer) -> list[str]:
    with unit_of_work(settings.database_url, read_only=True) as unit:
        return list(
            unit.session.scalars(
                select(Message.text)
                .where(Message.conversation_id == customer.session_id, Message.author == Author.CUSTOMER)
                .order_by(Message.id)
            )
        )


def test_a_message_that_only_itself_fails_is_handed_to_a_person(
    waiting_customer: Customer, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(dispatcher, "GIVE_UP_AFTER", 2)

    def reply(turn: dict[str, Any]) -> list[dict[str, Any]]:
        if turn["text"] == "这句会让引擎出错":
            raise RuntimeError("the engine stumbles over this one")
        return FakeEngine.usual(turn)

    engine.reply = reply
    waiting_customer.say("这句会让引擎出错")
    assert "转给工作人员" in eventually(lambda: _by(waiting_customer, "bot"))[0]
    assert waiting_customer.say("那我换个说法")["messages"][0]["text"] == "收到：那我换个说法"
    with unit_of_work(database_url, read_only=True) as unit:
        assert unit.session.scalars(select(Handover.reason)).all() == [HandoverReason.BOT_FAILED]


def test_no_message_is_given_up_because_of_an_outage(
    waiting_customer: Customer, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "GIVE_UP_AFTER", 1)
    monkeypatch.setattr(dispatcher, "LONGEST_PAUSE", 0.05)
    engine.failing = True
    waiting_customer.say("我要报案")
    eventually(lambda: len(engine.turns) > 5)
    engine.failing = False
    assert eventually(lambda: _by(waiting_customer, "bot")) == ["收到：我要报案"]
