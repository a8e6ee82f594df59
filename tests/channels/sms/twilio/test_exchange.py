"""Whole exchanges: the stand-in of Twilio, the real gateway, and back through the real client library."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from sqlalchemy import select
from starlette.applications import Starlette

from claims import contacts, outbox
from claims.database import unit_of_work
from claims.models import Attachment, Message
from claims.vocabulary import OutboxState
from lipei.settings import Settings
from standins.twilio.account import Account
from standins.twilio.customer import SmsCustomer
from standins.twilio.messages import Messages
from tests.channels.conftest import Serve
from tests.channels.support import FakeEngine, Server, eventually

PUBLIC_URL = "https://lipei.example.com"
NUMBER = "+8613800138001"


@pytest.fixture
def twilio() -> Messages:
    return Messages(Account())


@pytest.fixture
def api(twilio: Messages) -> Iterator[Server]:
    server = Server(Starlette(routes=twilio.routes())).start()
    yield server
    server.stop()


@pytest.fixture
def phone(
    twilio: Messages, api: Server, settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> SmsCustomer:
    """A customer whose messages reach a gateway behind a proxy."""
    account = twilio.account
    monkeypatch.setenv("LIPEI_TWILIO_ACCOUNT_SID", account.sid)
    monkeypatch.setenv("LIPEI_TWILIO_AUTH_TOKEN", account.token)
    monkeypatch.setenv("LIPEI_TWILIO_FROM", account.number)
    monkeypatch.setenv("LIPEI_TWILIO_API_BASE", api.url)
    gateway = serve(settings.model_copy(update={"public_url": PUBLIC_URL}))
    twilio.gateway_url = gateway.url
    return SmsCustomer(twilio, NUMBER, PUBLIC_URL)


def states(url: str) -> list[OutboxState]:
    with unit_of_work(url, read_only=True) as unit:
        return [item.state for item in outbox.listing(unit.session)][::-1]


def inbox(phone: SmsCustomer, count: int) -> list[str]:
    eventually(lambda: len(phone.inbox) >= count)
    return phone.inbox


def test_a_conversation_is_told_the_channel_and_choices_come_by_number(
    phone: SmsCustomer, engine: FakeEngine, database_url: str
) -> None:
    phone.write("我要报案")
    assert inbox(phone, 1) == ["收到：我要报案\n请回复数字选择：\n1. 确认报案\n2. 不是"]
    phone.write("1")
    inbox(phone, 2)
    assert [(turn["text"], turn["channel"]) for turn in engine.turns] == [("我要报案", "sms"), ("/affirm", "sms")]
    eventually(lambda: states(database_url) == [OutboxState.DELIVERED] * 2)


def test_reports_that_come_twice_and_last_first_settle_it_once(phone: SmsCustomer, database_url: str) -> None:
    phone.messages.faults.backwards, phone.messages.faults.reports = True, 2
    phone.write("我要报案")
    eventually(lambda: states(database_url) == [OutboxState.DELIVERED])


def test_three_deliveries_of_one_message(phone: SmsCustomer, engine: FakeEngine) -> None:
    assert {answer.status_code for answer in phone.write("我要报案", times=3)} == {200}
    phone.write("还在吗")
    assert len(inbox(phone, 2)) == 2
    assert engine.texts == ["我要报案", "还在吗"]


def test_photos_are_fetched_and_kept_and_the_words_come_first(
    phone: SmsCustomer, engine: FakeEngine, database_url: str
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "JPEG")
    phone.messages.faults.outage = 1
    phone.write("这是现场照片", [(picture.getvalue(), "image/jpeg")])
    eventually(lambda: len(engine.turns) == 2)
    with unit_of_work(database_url, read_only=True) as unit:
        kept = unit.session.scalars(select(Attachment)).one()
        assert (kept.mime, kept.size) == ("image/jpeg", len(picture.getvalue()))
        payload = f'/submit_material{{"attachment_id": "{kept.id}"}}'
    assert engine.texts == ["这是现场照片", payload]


def test_a_file_of_another_kind_is_answered(phone: SmsCustomer, engine: FakeEngine) -> None:
    phone.write("", [(b"BEGIN:VCARD", "text/vcard")])
    assert "只能" in inbox(phone, 1)[0]
    assert engine.turns == []


def test_a_busy_twilio_gets_the_answers_later_and_in_order(phone: SmsCustomer, engine: FakeEngine) -> None:
    engine.reply = lambda turn: [{"text": text, "buttons": [], "awaiting": None} for text in ("一", "二", "三")]
    phone.messages.faults.outage, phone.messages.faults.status = 2, 429
    phone.write("我要报案")
    assert inbox(phone, 3) == ["一", "二", "三"]


@pytest.mark.parametrize("word", ["TD", "退訂", "Stop"])
def test_opt_out_is_heard_before_anything_is_understood_and_start_takes_it_back(
    phone: SmsCustomer, engine: FakeEngine, database_url: str, word: str
) -> None:
    for _ in range(2):
        phone.write(word)
    phone.write("START")
    first, second = inbox(phone, 2)
    assert "停止" in first and "恢复" in second
    assert engine.turns == []
    with unit_of_work(database_url, read_only=True) as unit:
        assert not contacts.opted_out(unit.session, address="13800138001", channel="sms")


def test_a_number_that_does_not_exist_is_switched_off_by_the_late_report(phone: SmsCustomer, database_url: str) -> None:
    phone.messages.faults.fate[NUMBER] = 30005
    phone.write("我要报案")
    eventually(lambda: states(database_url) == [OutboxState.FAILED])
    with unit_of_work(database_url, read_only=True) as unit:
        assert contacts.switched_off(unit.session, channel="sms", address=NUMBER) == "undelivered 30005"


def test_a_phone_that_is_switched_off_for_now_stays_on(phone: SmsCustomer, database_url: str) -> None:
    phone.messages.faults.fate[NUMBER] = 30003
    phone.write("我要报案")
    eventually(lambda: states(database_url) == [OutboxState.FAILED])
    with unit_of_work(database_url, read_only=True) as unit:
        assert contacts.switched_off(unit.session, channel="sms", address=NUMBER) is None


def test_a_one_time_code_and_a_conversation_reach_one_phone(phone: SmsCustomer, database_url: str) -> None:
    phone.write("我要报案")
    inbox(phone, 1)
    with unit_of_work(database_url) as unit:
        outbox.enqueue(
            unit.session,
            channel="sms",
            address="13800138001",
            purpose="one_time_code",
            text="验证码 123456",
            dedupe_key="code:1",
        )
        unit.commit()
    assert inbox(phone, 2)[1] == "验证码 123456"
    with unit_of_work(database_url, read_only=True) as unit:
        assert len(unit.session.scalars(select(Message)).all()) == 2
