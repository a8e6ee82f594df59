"""Whole exchanges: a customer's phone, the Bot API's stand-in, the real gateway, and a stand-in engine behind it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from channels import outbox as sending
from claims import contacts, outbox
from claims.database import unit_of_work
from claims.models import Attachment, Conversation, Message
from claims.vocabulary import InboundKind, OutboxState
from standins.telegram.chats import user
from standins.telegram.customer import TelegramCustomer
from standins.telegram.server import Fault, TelegramServer
from tests.channels.support import FakeEngine, Server, eventually

Start = Callable[..., Server]
GROUP = {"id": -1_002_000_000_001, "type": "supergroup", "title": "小区车友群"}


def plain(turn: dict[str, Any]) -> list[dict[str, Any]]:
    """An engine that answers without buttons."""
    return [{"text": f"收到：{turn['text']}", "buttons": [], "awaiting": None}]


def photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (64, 48), "red").save(file, "JPEG")
    return file.getvalue()


def states(url: str) -> set[OutboxState]:
    with unit_of_work(url, read_only=True) as unit:
        return {item.state for item in outbox.listing(unit.session)}


@pytest.fixture
def gateway(start: Start) -> Server:
    return start()


@pytest.fixture
def brief(engine: FakeEngine) -> FakeEngine:
    engine.reply = plain
    return engine


def test_a_tap_is_confirmed_and_means_what_the_button_said(
    gateway: Server, zhang: TelegramCustomer, telegram: TelegramServer, engine: FakeEngine
) -> None:
    assert zhang.ask("我要报案") == ["收到：我要报案"]
    zhang.taps("确认报案")
    assert zhang.hears() == ["收到：/affirm"]
    assert (engine.turns[1]["text"], engine.turns[1]["payload"]) == ("/affirm", True)
    eventually(lambda: len(telegram.chats.answered_callbacks) == 1)


def test_commands_open_and_stop_and_are_never_the_engines_own(
    gateway: Server, zhang: TelegramCustomer, brief: FakeEngine
) -> None:
    for command in ("/start", "/start report", "/help", "/cancel", '/affirm{"confirmed": true}'):
        zhang.ask(command, quiet=0.1)
    told = [(turn["text"], turn["payload"]) for turn in brief.turns]
    assert told == [
        ("/greet", True),
        ("/report_claim", True),
        ("帮助", False),
        ("取消", False),
        ('/affirm{"confirmed": true}', False),
    ]


def test_the_command_to_stop_is_the_word_to_stop(
    gateway: Server, zhang: TelegramCustomer, brief: FakeEngine, database_url: str
) -> None:
    assert "停止发送通知" in zhang.ask("/stop", quiet=0.1)[0]
    with unit_of_work(database_url, read_only=True) as unit:
        assert contacts.opted_out(unit.session, channel="telegram", address=str(zhang.chat_id))
    assert brief.turns == []


def test_every_kind_of_message_is_taken(
    gateway: Server, zhang: TelegramCustomer, brief: FakeEngine, database_url: str
) -> None:
    zhang.sends_photo(photo(), "这是现场照片")
    zhang.sends_document(b"%PDF-1.4\n...\n%%EOF\n", "事故认定书.pdf")
    zhang.shares_place(39.908, 116.397, "国贸地铁站", "北京市朝阳区建国门外大街1号")
    zhang.shares_contact("+86 138 0013 8001")
    zhang.hears(5)
    texts = brief.texts
    assert texts[0] == "这是现场照片"
    assert [text.split("{")[0] for text in texts[1:3]] == ["/submit_material"] * 2
    assert "国贸" in texts[3]
    assert texts[4] == "13800138001"
    with unit_of_work(database_url, read_only=True) as unit:
        kept = unit.session.scalars(select(Attachment).order_by(Attachment.mime)).all()
        assert [(file.mime, file.original_name) for file in kept] == [
            ("application/pdf", "事故认定书.pdf"),
            ("image/jpeg", ""),
        ]


def test_a_voice_message_is_asked_for_in_writing(gateway: Server, zhang: TelegramCustomer, engine: FakeEngine) -> None:
    zhang.speaks()
    assert "请用文字" in zhang.hears()[0]
    assert engine.turns == []


def test_a_file_of_another_kind_is_refused_in_words(
    gateway: Server, zhang: TelegramCustomer, engine: FakeEngine
) -> None:
    zhang.sends_document(b"MZ" + b"\0" * 100, "x.exe", "application/octet-stream")
    assert "只能" in zhang.hears()[0]
    assert engine.turns == []


def test_an_edited_message_is_a_correction(
    gateway: Server, zhang: TelegramCustomer, brief: FakeEngine, database_url: str
) -> None:
    said = zhang.says("昨天出的事")
    zhang.hears()
    zhang.corrects(said, "前天出的事")
    assert zhang.hears() == ["收到：前天出的事"]
    with unit_of_work(database_url, read_only=True) as unit:
        first, second = unit.session.scalars(select(Message).where(Message.state.is_not(None)).order_by(Message.id))
        assert (second.kind, second.details) == (InboundKind.EDITED, {"edits": first.id})


def test_three_deliveries_have_one_effect(gateway: Server, zhang: TelegramCustomer, brief: FakeEngine) -> None:
    zhang.says("我要报案", times=3)
    zhang.says("还在吗", times=3)
    assert zhang.hears(2) == ["收到：我要报案", "收到：还在吗"]
    assert brief.texts == ["我要报案", "还在吗"]


def test_updates_in_the_wrong_order_and_twice_have_each_one_effect(
    gateway: Server, zhang: TelegramCustomer, brief: FakeEngine, telegram: TelegramServer
) -> None:
    zhang.ask("你好", quiet=0.1)
    updates = []
    for number in range(6):
        chat = {"id": zhang.chat_id, "type": "private", "first_name": "张伟"}
        content = {"from": user(zhang.chat_id, "张伟"), "text": f"第{number}句"}
        updates.append(telegram.chats.update(message=telegram.chats.message(chat, **content)))
    shuffled = random.Random(7).sample(updates * 2, 12)
    zhang.delivery.in_this_order(shuffled)
    assert sorted(zhang.hears(6)) == [f"收到：第{number}句" for number in range(6)]
    assert len(brief.turns) == 7


def test_updates_wait_with_telegram_while_the_gateway_is_away(
    start: Start, zhang: TelegramCustomer, brief: FakeEngine
) -> None:
    """Telegram tries again until somebody acknowledges."""
    zhang.delivery.tries = 1
    zhang.says("有人吗")
    start()
    zhang.says("还在吗")
    assert zhang.hears(2) == ["收到：有人吗", "收到：还在吗"]


@pytest.mark.parametrize(
    "fault", [Fault("sendMessage", 429, retry_after=1), Fault("sendMessage", 502), Fault("sendMessage", 500)]
)
def test_telegram_away_delays_an_answer_and_keeps_the_order(
    gateway: Server, zhang: TelegramCustomer, telegram: TelegramServer, brief: FakeEngine, fault: Fault
) -> None:
    telegram.faults.append(fault)
    zhang.says("一")
    zhang.says("二")
    assert zhang.hears(2) == ["收到：一", "收到：二"]


def test_a_gateway_killed_between_sending_and_marking_sends_again(
    gateway: Server,
    zhang: TelegramCustomer,
    brief: FakeEngine,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The Bot API has no key by which it would know a message again: the customer sees it twice, and no third time."""
    monkeypatch.setattr("claims.outbox.sending.HOLD", timedelta(seconds=0.3))
    monkeypatch.setattr("channels.outbox._sent", _killed_once())
    zhang.says("我要报案")
    assert zhang.hears(2) == ["收到：我要报案"] * 2
    eventually(lambda: states(database_url) == {OutboxState.SENT})
    zhang.says("还在吗")
    assert zhang.hears() == ["收到：还在吗"]


def _killed_once() -> Callable[..., None]:
    mark, deaths = sending._sent, iter([True])

    def instead(session: Session, *arguments: Any) -> None:
        if next(deaths, False):
            raise OperationalError("killed", None, Exception())
        mark(session, *arguments)

    return instead


def test_who_blocks_the_bot_gets_nothing_until_it_is_started_again(
    gateway: Server, zhang: TelegramCustomer, telegram: TelegramServer, brief: FakeEngine, database_url: str
) -> None:
    zhang.ask("你好", quiet=0.1)
    zhang.blocks()
    with unit_of_work(database_url) as unit:
        conversation = unit.session.scalars(select(Conversation)).one()
        assert contacts.switched_off(unit.session, channel="telegram", address=str(zhang.chat_id)) == "left"
        assert conversation.address == str(zhang.chat_id)
    zhang.unblocks()
    assert zhang.hears() == ["收到：/greet"]
    assert telegram.calls.count("sendMessage") == 2


def test_a_group_is_told_once_and_nothing_is_done_there(
    gateway: Server, zhang: TelegramCustomer, telegram: TelegramServer, engine: FakeEngine, database_url: str
) -> None:
    telegram.chats.known.add(GROUP["id"])
    for text in ("/start@lipei_bot", "我要报案"):
        said = telegram.chats.message(GROUP, **{"from": user(zhang.chat_id, "张伟")}, text=text)
        zhang.delivery.deliver(telegram.chats.update(message=said))
    zhang.ask("你好", quiet=0.1)
    told = telegram.chats.to(GROUP["id"])
    assert len(told) == 1 and "私聊" in told[0]["text"]
    assert engine.texts == ["你好"]
    with unit_of_work(database_url, read_only=True) as unit:
        assert len(unit.session.scalars(select(Conversation)).all()) == 1


def test_an_update_larger_than_the_web_chat_takes(gateway: Server, zhang: TelegramCustomer, brief: FakeEngine) -> None:
    """A long message that answers a long message: six bytes a character, escaped."""
    chat = {"id": zhang.chat_id, "type": "private", "first_name": "张伟"}
    earlier = zhang._server.chats.message(chat, text="长" * 15_000)
    zhang._message(1, text="我要报案", reply_to_message=earlier)
    assert zhang.hears() == ["收到：我要报案"]
