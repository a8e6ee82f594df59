"""Whole exchanges: the stand-in of the domestic gateway, the real one of ours, and back."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import create_engine, update
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from channels import outbox as sending
from claims import clock, contacts, outbox
from claims.database import unit_of_work
from claims.models import OutboxItem
from claims.vocabulary import OutboxState
from lipei.settings import Settings
from standins.aliyun.customer import SmsCustomer
from standins.aliyun.messages import Messages
from tests.channels.conftest import Serve
from tests.channels.support import FakeEngine, Server, eventually

TOKEN = "token-of-the-push-address"


@pytest.fixture
def provider() -> Messages:
    return Messages()


@pytest.fixture
def api(provider: Messages) -> Iterator[Server]:
    server = Server(Starlette(routes=provider.routes())).start()
    yield server
    server.stop()


@pytest.fixture
def phone(
    provider: Messages, api: Server, settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> SmsCustomer:
    """A customer whose messages the provider pushes to a gateway."""
    account = provider.account
    values = {
        "ACCESS_KEY_ID": account.key_id,
        "ACCESS_KEY_SECRET": account.secret,
        "SIGN_NAME": account.sign_name,
        "TEMPLATE_CODE": "SMS_100000001",
        "PUSH_TOKEN": TOKEN,
        "PUSH_SECONDS": "1.5",
        "API_BASE": api.url,
    }
    for name, value in values.items():
        monkeypatch.setenv(f"LIPEI_ALIYUN_SMS_{name}", value)
    address = f"{serve(settings).url}/channels/sms/aliyun?token={TOKEN}"
    return SmsCustomer(provider, "13800138001", address)


def states(url: str) -> list[OutboxState]:
    with unit_of_work(url, read_only=True) as unit:
        return [item.state for item in outbox.listing(unit.session)][::-1]


def push(phone: SmsCustomer, *texts: str, times: int = 1) -> list[httpx.Response]:
    return phone.push([phone.element(text) for text in texts], times, seconds=30)


def test_an_array_is_answered_one_by_one_and_reports_settle_it(
    phone: SmsCustomer, engine: FakeEngine, database_url: str
) -> None:
    answers = push(phone, "我要报案", "昨天下午", times=3)
    assert {answer.json()["code"] for answer in answers} == {0}
    eventually(lambda: len(phone.inbox) == 2)
    assert engine.texts == ["我要报案", "昨天下午"]
    first, second = phone.messages.sent
    phone.push([phone.report(first), phone.report(second, "MOBILE_NOT_ON_SERVICE")], times=2, seconds=30)
    eventually(lambda: states(database_url) == [OutboxState.DELIVERED, OutboxState.FAILED])
    with unit_of_work(database_url, read_only=True) as unit:
        assert contacts.switched_off(unit.session, channel="sms", address=phone.number) == "MOBILE_NOT_ON_SERVICE"


def test_a_push_without_a_token_is_taken_where_none_is_set(
    phone: SmsCustomer, settings: Settings, serve: Serve, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LIPEI_ALIYUN_SMS_PUSH_TOKEN")
    phone.address = f"{serve(settings).url}/channels/sms/aliyun"
    assert [answer.json()["code"] for answer in push(phone, "我要报案", times=2)] == [0, 0]
    eventually(lambda: len(phone.inbox) == 1)
    assert engine.texts == ["我要报案"]


def test_reports_have_an_address_of_their_own_too(phone: SmsCustomer, database_url: str) -> None:
    push(phone, "我要报案")
    eventually(lambda: states(database_url) == [OutboxState.SENT])
    phone.address = phone.address.replace("aliyun?", "aliyun/report?")
    phone.push([phone.report(phone.messages.sent[0])], seconds=30)
    eventually(lambda: states(database_url) == [OutboxState.DELIVERED])


def test_a_database_that_is_busy_is_not_waited_for_and_the_resend_has_one_effect(
    phone: SmsCustomer, engine: FakeEngine, database_url: str
) -> None:
    element = phone.element("我要报案")
    other = create_engine(database_url)
    with other.connect() as writer:
        writer.exec_driver_sql("BEGIN IMMEDIATE")
        (answer,) = phone.push([element], seconds=30)
        assert answer.status_code == 503
        writer.rollback()
    other.dispose()
    phone.push([element], times=2, seconds=30)
    eventually(lambda: len(phone.inbox) == 1)
    push(phone, "还在吗")
    eventually(lambda: len(phone.inbox) == 2)
    assert engine.texts == ["我要报案", "还在吗"]


def test_killed_between_sending_and_marking_it_leaves_again_under_the_same_key(
    phone: SmsCustomer, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = sending._sent

    def killed(*given: object) -> None:
        monkeypatch.setattr(sending, "_sent", mark)
        raise OperationalError("killed", None, Exception())

    monkeypatch.setattr(sending, "_sent", killed)
    push(phone, "我要报案")
    eventually(lambda: len(phone.inbox) == 1)
    assert states(database_url) == [OutboxState.PENDING]
    with unit_of_work(database_url) as unit:  # the minute for which a sender that is killed holds it is over
        unit.session.execute(update(OutboxItem).values(next_try_at=clock.now()))
        unit.commit()
    eventually(lambda: states(database_url) == [OutboxState.SENT])
    assert len({sent.out_id for sent in phone.messages.sent}) == 1
    assert len({sent.body for sent in phone.messages.sent}) == 1
