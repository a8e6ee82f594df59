"""What holds for every channel to which something can be sent at any time: all but calls."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from claims import contacts, conversations, requests
from claims.database import unit_of_work
from claims.models import Conversation
from claims.vocabulary import Author, Mode, OutboxState
from tests.channels.contract.conftest import WRITTEN, Line
from tests.channels.contract.test_contract import plain, states
from tests.channels.support import FakeEngine, eventually

pytestmark = pytest.mark.parametrize("kit", WRITTEN, indirect=True)


def test_an_unknown_kind_is_answered_politely(line: Line, engine: FakeEngine) -> None:
    line.deliver(line.kit.unknown("1"))
    assert "用文字" in line.texts(1)[0]
    assert engine.turns == []


def say(url: str, author: Author, text: str) -> None:
    """A message of ours in the one conversation there is, from another process."""
    with unit_of_work(url) as unit:
        conversations.say(unit.session, unit.session.scalars(select(Conversation)).one(), author, text)
        unit.commit()


def begun(line: Line, engine: FakeEngine) -> Line:
    """The line after a customer has written and got an answer."""
    engine.reply = plain
    line.deliver(line.kit.text("你好"))
    line.texts(1)
    return line


def test_an_agents_message_leaves_and_what_the_bot_wrote_before_does_not(
    line: Line, engine: FakeEngine, database_url: str
) -> None:
    begun(line, engine).kit.outage = 1_000
    say(database_url, Author.BOT, "机器人先说的")
    with unit_of_work(database_url) as unit:
        conversation = unit.session.scalars(select(Conversation)).one()
        assert conversations.change_mode(unit.session, conversation, Mode.AGENT, version=conversation.version)
        unit.commit()
    say(database_url, Author.AGENT, "您好，我是王敏")
    line.kit.outage = 0
    assert line.texts(2) == ["收到：你好", "您好，我是王敏"]
    assert OutboxState.WITHHELD in states(database_url)


def test_a_passing_failure_holds_up_what_was_said_later(line: Line, engine: FakeEngine, database_url: str) -> None:
    begun(line, engine).kit.outage = 2
    for text in ("一", "二"):
        say(database_url, Author.SYSTEM, text)
    assert line.texts(3) == ["收到：你好", "一", "二"]


def test_an_address_that_is_gone_is_switched_off_until_it_writes_again(
    line: Line, engine: FakeEngine, database_url: str
) -> None:
    begun(line, engine).kit.gone = True
    say(database_url, Author.SYSTEM, "一")
    eventually(lambda: states(database_url)[-1] is OutboxState.FAILED)
    with unit_of_work(database_url, read_only=True) as unit:
        assert contacts.switched_off(unit.session, channel=line.kit.channel, address=line.kit.address)
        assert [request.kind for request in requests.listing(unit.session)] == ["address_off"]
    line.kit.gone = False
    line.deliver(line.kit.text("二", "2"))
    assert line.texts(2) == ["收到：你好", "收到：二"]
