"""The live connection: pushes once, catches up, takes messages, survives nonsense."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from claims import conversations
from claims.database import unit_of_work
from claims.vocabulary import Author, Mode
from lipei.settings import Settings
from tests.channels.conftest import Serve
from tests.channels.support import Customer, FakeEngine, Server, eventually

Event = dict[str, Any]


@contextmanager
def live(customer: Customer, after: int | None = None) -> Iterator[ClientConnection]:
    base = str(customer.http.base_url).replace("http", "ws", 1).rstrip("/")
    tail = "" if after is None else f"&after={after}"
    with connect(f"{base}/api/chat/ws?token={customer.token}{tail}", proxy=None) as socket:
        assert json.loads(socket.recv(5)) == {"type": "mode", "mode": "bot"}
        yield socket


def events(socket: ClientConnection, until: str) -> list[Event]:
    """What is pushed up to the first event of a type."""
    found: list[Event] = []
    while not found or found[-1]["type"] != until:
        found.append(json.loads(socket.recv(10)))
    return found


def quiet(socket: ClientConnection, seconds: float = 0.8) -> bool:
    try:
        socket.recv(seconds)
    except TimeoutError:
        return True
    return False


def test_an_answer_is_pushed_once_with_a_typing_sign_before_it(customer: Customer) -> None:
    with live(customer) as socket:
        answer = customer.say("我要报案")
        typing, message = events(socket, "message")
        assert typing == {"type": "typing"}
        assert message["message"] == answer["messages"][0]
        assert quiet(socket)


def test_a_message_sent_over_the_socket(customer: Customer, engine: FakeEngine) -> None:
    with live(customer) as socket:
        for _ in range(2):
            socket.send(json.dumps({"type": "message", "text": "你好", "client_id": "w1"}))
        first = events(socket, "message")
        assert first[-1]["message"]["text"] == "收到：你好"
        received = [event for event in first if event["type"] == "received"]
        assert received[0]["client_id"] == "w1"
        assert received[0]["message"]["text"] == "你好"
    assert len(engine.turns) == 1
    assert len(customer.history()) == 2


def test_a_receipt_over_the_socket_when_the_engine_fails(waiting_customer: Customer, engine: FakeEngine) -> None:
    engine.failing = True
    with live(waiting_customer) as socket:
        socket.send(json.dumps({"type": "message", "text": "你好", "client_id": "w1"}))
        assert events(socket, "message")[-1]["message"]["from"] == "system"
        engine.failing = False
        assert events(socket, "message")[-1]["message"]["from"] == "bot"


def test_what_was_missed_comes_first(customer: Customer) -> None:
    seen = customer.say("第一句")["messages"][0]["id"]
    missed = customer.say("第二句")["messages"][0]
    base = str(customer.http.base_url).replace("http", "ws", 1).rstrip("/")
    with connect(f"{base}/api/chat/ws?token={customer.token}&after={seen}", proxy=None) as socket:
        found = events(socket, "message")
        assert found[-1]["message"] == missed
        answer = customer.say("第三句")["messages"][0]
        assert events(socket, "message")[-1]["message"] == answer


def test_messages_and_modes_of_another_process_arrive(customer: Customer, settings: Settings) -> None:
    with live(customer) as socket:
        with unit_of_work(settings.database_url) as unit:
            conversation = conversations.get(unit.session, customer.session_id)
            conversations.change_mode(unit.session, conversation, Mode.AGENT, version=conversation.version)
            conversations.say(unit.session, conversation, Author.AGENT, "您好，我是王敏")
            unit.commit()
        found = [json.loads(socket.recv(5)), json.loads(socket.recv(5))]
        assert {"type": "mode", "mode": "agent"} in found
        assert [event["message"]["text"] for event in found if event["type"] == "message"] == ["您好，我是王敏"]
        assert quiet(socket)


def test_an_answer_given_by_another_gateway_arrives(settings: Settings, serve: Serve, engine: FakeEngine) -> None:
    here, there = serve(settings), serve(settings)
    customer = Customer(here.url)
    with live(customer) as socket:
        customer.http.base_url = there.url  # type: ignore[assignment]
        answer = customer.say("你好")
        assert events(socket, "message")[-1]["message"] == answer["messages"][0]
        assert quiet(socket)


@pytest.mark.parametrize("token", ["", "wrong", "x" * 500, "%00", "%F0%9F%98%80"])
def test_an_unknown_token_is_turned_away(common_gateway: Server, token: str) -> None:
    address = f"{common_gateway.url.replace('http', 'ws')}/api/chat/ws?token={token}"
    with connect(address, proxy=None) as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv(5)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("nonsense", "bad_request"),
        ("[]", "bad_request"),
        ("{}", "bad_request"),
        ('{"type": "message"}', "empty"),
        ('{"type": "message", "text": 3}', "bad_request"),
        ('{"type": "message", "payload": "\\ud800"}', "unknown_button"),
        ('{"type": "message", "text": "a", "client_id": {"a": 1}}', "bad_request"),
        ('{"type": "message", "payload": "b_forgedforgedforged"}', "unknown_button"),
        ('{"type": "message", "text": "' + "长" * 2001 + '"}', "text_too_long"),
        ("[" * 60_000, "bad_request"),
    ],
)
def test_nonsense_is_answered_and_the_connection_stays(anyone: Customer, frame: str, code: str) -> None:
    with live(anyone) as socket:
        socket.send(frame)
        (error,) = events(socket, "error")
        assert error["code"] == code
        assert error["detail"]
        socket.send(json.dumps({"type": "message", "text": "你好"}))
        assert events(socket, "message")[-1]["message"]["text"] == "收到：你好"


def test_a_stopped_gateway_closes_its_sockets(customer: Customer, gateway: Server) -> None:
    with live(customer) as socket:
        gateway.stop()
        with pytest.raises(ConnectionClosed):
            eventually(lambda: socket.recv(5) is None)
