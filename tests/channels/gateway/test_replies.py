"""Replies in the answer to the provider's own request, and who brings those that come too late for it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from channels import registry
from channels.gateway.gateway import Gateway
from channels.rendering import Limits
from claims import outbox
from claims.database import unit_of_work
from claims.vocabulary import OutboxState
from tests.channels.conftest import IMPATIENT
from tests.channels.contract.conftest import Connect, Line, connect, line
from tests.channels.contract.example.answering import AnsweringWebhook
from tests.channels.contract.kits.answering import Kit
from tests.channels.contract.test_contract import plain
from tests.channels.support import FakeEngine, Server, eventually

__all__ = ["connect", "line"]


@pytest.fixture
def kit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kit]:
    made = Kit()
    server = Server(made.standin()).start()
    made.standin_url = server.url
    for name, value in made.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(registry.CHANNELS, made.name, made.module)
    yield made
    server.stop()


def replies(line: Line, text: str, provider_id: str = "1") -> list[str]:
    response = line.post(line.kit.text(text, provider_id))
    assert response.status_code == 200
    return list(response.json()["replies"])


def rows(url: str) -> list[tuple[OutboxState, bool]]:
    with unit_of_work(url, read_only=True) as unit:
        return [(item.state, item.in_reply) for item in outbox.listing(unit.session)]


def test_an_answer_in_time_goes_back_and_is_pushed_by_nobody(
    line: Line, kit: Kit, engine: FakeEngine, database_url: str
) -> None:
    engine.reply = plain
    assert replies(line, "你好") == ["收到：你好"]
    assert rows(database_url) == [(OutboxState.SENT, True)]
    assert replies(line, "你好") == ["收到：你好"]
    assert (kit.sent, len(engine.turns)) == ([], 1)


def test_deliveries_at_the_same_time_get_the_same_answer(line: Line, kit: Kit, engine: FakeEngine) -> None:
    engine.reply, engine.held = plain, True
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(replies, line, "你好") for _ in range(3)]
        eventually(lambda: engine.turns)
        engine.held = False
        assert [each.result() for each in waiting] == [["收到：你好"]] * 3
    assert (kit.sent, len(engine.turns)) == ([], 1)


def test_an_answer_too_late_is_pushed_and_goes_back_to_nobody(
    line: Line, kit: Kit, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnsweringWebhook, "answer_seconds", 0.2)
    engine.reply, engine.held = plain, True
    assert replies(line, "你好") == []
    engine.held = False
    assert eventually(lambda: kit.sent) == [(kit.address, "收到：你好")]
    assert replies(line, "你好") == []


def test_the_receipt_goes_back_in_the_answer_too(
    connect: Connect, kit: Kit, engine: FakeEngine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.channels.contract.example.answering.LIMITS", Limits(size=300))
    line = connect(database_url, IMPATIENT)
    engine.reply, engine.failing = plain, True
    assert "已经收到" in "".join(replies(line, "你好"))
    engine.failing = False
    assert eventually(lambda: kit.sent) == [(kit.address, "收到：你好")]


def test_what_does_not_fit_is_pushed_after_it(line: Line, kit: Kit, engine: FakeEngine) -> None:
    engine.reply = lambda turn: [{"text": "一", "buttons": []}, {"text": "二", "buttons": []}]
    assert replies(line, "你好") == ["一"]
    assert eventually(lambda: kit.sent) == [(kit.address, "二")]


def test_a_request_that_nobody_waits_for_any_more_is_answered_by_push(
    line: Line, kit: Kit, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    """As after a kill of the gateway that had promised to answer."""

    async def die(*_: object) -> list[object]:
        raise RuntimeError("killed")

    monkeypatch.setattr(AnsweringWebhook, "answer_seconds", 0.5)
    monkeypatch.setattr(Gateway, "answer_within", die)
    engine.reply = plain
    assert line.post(kit.text("你好")).status_code == 500
    assert eventually(lambda: kit.sent) == [(kit.address, "收到：你好")]
    eventually(lambda: rows(database_url)[0] == (OutboxState.SENT, False))


def test_a_channel_that_cannot_push_repeats_its_answer_to_every_delivery(
    line: Line, kit: Kit, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(AnsweringWebhook, "pushes", False)
    engine.reply = plain
    assert [replies(line, "你好") for _ in range(2)] == [["收到：你好"]] * 2
    assert rows(database_url) == []
    assert len(engine.turns) == 1
