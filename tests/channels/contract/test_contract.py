"""What holds for every channel, whatever its provider."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from channels import registry
from claims import contacts, outbox
from claims.database import engine_for, unit_of_work
from claims.models import Conversation, Message
from claims.vocabulary import OutboxState
from lipei.settings import Settings
from tests.channels.conftest import IMPATIENT
from tests.channels.contract.conftest import Connect, Line
from tests.channels.contract.kit import ChannelKit
from tests.channels.support import FakeEngine, eventually


def plain(turn: dict[str, object]) -> list[dict[str, object]]:
    """An engine that answers without buttons."""
    return [{"text": f"收到：{turn['text']}", "buttons": [], "awaiting": None}]


def stored(url: str) -> list[tuple[str, str]]:
    """(author, text) of all messages."""
    with unit_of_work(url, read_only=True) as unit:
        found = unit.session.scalars(select(Message).order_by(Message.id))
        return [(message.author.value, message.text) for message in found]


def states(url: str) -> list[OutboxState]:
    """Of the outbox, oldest first."""
    with unit_of_work(url, read_only=True) as unit:
        return [item.state for item in outbox.listing(unit.session)][::-1]


def test_it_is_on_with_its_settings(kit: ChannelKit) -> None:
    assert dict(registry.states(Settings()))[kit.name].startswith("on")


def test_a_text_is_answered(line: Line, engine: FakeEngine, database_url: str) -> None:
    engine.reply = plain
    line.deliver(line.kit.text("我要报案"))
    assert line.texts(1) == ["收到：我要报案"]
    assert line.kit.sent[0][0] == line.kit.address
    assert stored(database_url) == [("customer", "我要报案"), ("bot", "收到：我要报案")]
    eventually(lambda: set(states(database_url)) <= {OutboxState.SENT, OutboxState.DELIVERED})


def test_three_deliveries_have_one_effect_and_one_answer(line: Line, engine: FakeEngine, database_url: str) -> None:
    engine.reply = plain
    request = line.kit.text("我要报案")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(line.deliver, [request] * 3))
    line.deliver(line.kit.text("还在吗", "2"))
    texts = line.texts(2)
    assert engine.texts == ["我要报案", "还在吗"]
    assert list(dict.fromkeys(texts)) == ["收到：我要报案", "收到：还在吗"]
    assert len(stored(database_url)) == 4


def test_forged_and_stale_requests_are_refused_before_they_are_read(line: Line, database_url: str) -> None:
    request = line.kit.text("我要报案")
    refused = [*line.kit.forged(request), line.kit.stale()]
    assert [line.post(each).status_code for each in refused if each is not None] == [403] * sum(map(bool, refused))
    assert stored(database_url) == []
    line.deliver(request)


def test_malformed_and_oversized_requests_are_refused(line: Line, database_url: str) -> None:
    assert {line.post(each).status_code for each in line.kit.malformed()} == {400}
    assert line.post(line.kit.oversized()).status_code == 413
    assert stored(database_url) == []


def test_the_engine_away_gives_a_receipt_and_the_answer_follows(
    connect: Connect, engine: FakeEngine, database_url: str
) -> None:
    line = connect(database_url, IMPATIENT)
    engine.reply, engine.failing = plain, True
    line.deliver(line.kit.text("我要报案"))
    assert "已经收到" in "".join(line.texts(1))
    engine.failing = False
    eventually(lambda: line.kit.sent[-1][1] == "收到：我要报案")
    assert len({turn["message_id"] for turn in engine.turns}) == 1


def test_a_database_that_is_gone_is_not_acknowledged(line: Line, engine: FakeEngine, database_url: str) -> None:
    engine.reply = plain
    with engine_for(database_url).connect() as connection:
        connection.exec_driver_sql("ALTER TABLE messages RENAME TO messages_gone")
        connection.commit()
    assert line.post(line.kit.text("我要报案")).status_code == 503
    with engine_for(database_url).connect() as connection:
        connection.exec_driver_sql("ALTER TABLE messages_gone RENAME TO messages")
        connection.commit()
    line.deliver(line.kit.text("我要报案"))
    assert line.texts(1) == ["收到：我要报案"]


def test_choices_can_be_made(line: Line, engine: FakeEngine) -> None:
    line.deliver(line.kit.text("我要报案"))
    line.texts(1)
    line.deliver(line.kit.choose(2, "2"))
    eventually(lambda: len(engine.turns) == 2)
    assert (engine.turns[1]["text"], engine.turns[1]["payload"]) == ("/deny", True)


def test_a_wish_for_no_more_notices_is_confirmed_once(line: Line, engine: FakeEngine, database_url: str) -> None:
    engine.reply = plain
    for number in range(2):
        line.deliver(line.kit.text("退订", f"out-{number}"))
    line.deliver(line.kit.text("你好", "after"))
    assert len(line.texts(2)) == 2
    assert "停止" in line.kit.sent[0][1]
    assert engine.texts == ["你好"]
    with unit_of_work(database_url, read_only=True) as unit:
        assert contacts.opted_out(unit.session, address=line.kit.address, channel=line.kit.channel)


def test_two_gateways_share_one_line(connect: Connect, any_database_url: str, engine: FakeEngine) -> None:
    engine.reply = plain
    lines = [connect(any_database_url), connect(any_database_url)]
    texts = [f"第{name}句" for name in "甲乙丙丁戊己庚辛壬癸子丑"]  # a figure is said in words on the phone
    for number, text in enumerate(texts):
        for line in lines:
            line.deliver(line.kit.text(text, str(number)))
    eventually(lambda: len(lines[0].kit.sent) >= 12, 30)
    assert list(dict.fromkeys(text for _, text in lines[0].kit.sent)) == [f"收到：{text}" for text in texts]
    assert engine.texts == texts
    with unit_of_work(any_database_url, read_only=True) as unit:
        assert unit.session.scalar(select(func.count()).select_from(Conversation)) == 1
