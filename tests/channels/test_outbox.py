"""What waits in the outbox leaves once, however many gateways look."""

from __future__ import annotations

import asyncio
import logging

import pytest

from channels import registry
from channels.base import Outbound, PassingFailure, PermanentFailure
from channels.gateway.database import Database
from channels.outbox import OutboxSender
from channels.sms.console import ConsoleSms
from claims import clock, outbox
from claims.database import unit_of_work
from claims.models import OutboxItem
from claims.vocabulary import OutboxState
from lipei.settings import Settings
from tests.channels.support import Server, eventually

CODE = "验证码 123456，10分钟内有效"


class Phone:
    """Writes down what arrives; fails in the way it is told to."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.arrived: list[Outbound] = []

    async def send(self, message: Outbound) -> None:
        await asyncio.sleep(0)
        if self.failure is not None:
            raise self.failure
        self.arrived.append(message)


def put(url: str, count: int = 1) -> None:
    with unit_of_work(url) as unit:
        for number in range(count):
            outbox.enqueue(
                unit.session,
                channel="sms",
                address="13800138001",
                purpose="one_time_code",
                text=CODE,
                dedupe_key=f"code-{number}",
            )
        unit.commit()


def items(url: str) -> list[tuple[OutboxState, int, str | None, bool]]:
    with unit_of_work(url, read_only=True) as unit:
        found = outbox.listing(unit.session)
        return [(item.state, item.attempts, item.error, item.next_try_at > clock.now()) for item in found]


async def test_each_leaves_once_from_several_gateways(any_database_url: str) -> None:
    put(any_database_url, 30)
    phone = Phone()
    senders = [OutboxSender(Database(any_database_url), {"sms": phone}) for _ in range(3)]
    while sum(await asyncio.gather(*(sender.send_due() for sender in senders))):
        pass
    assert sorted(message.dedupe_key for message in phone.arrived) == sorted(f"code-{n}" for n in range(30))
    assert {state for state, *_ in items(any_database_url)} == {OutboxState.SENT}


async def test_a_passing_failure_is_tried_again_later(database_url: str) -> None:
    put(database_url)
    sender = OutboxSender(Database(database_url), {"sms": Phone(PassingFailure("busy", retry_after=600))})
    assert await sender.send_due() == 1
    assert items(database_url) == [(OutboxState.PENDING, 1, "busy", True)]
    assert await sender.send_due() == 0
    with unit_of_work(database_url, read_only=True) as unit:
        assert (outbox.listing(unit.session)[0].next_try_at - clock.now()).total_seconds() > 500


async def test_a_permanent_failure_is_not(database_url: str) -> None:
    put(database_url)
    await OutboxSender(Database(database_url), {"sms": Phone(PermanentFailure("no such number"))}).send_due()
    assert items(database_url)[0][:3] == (OutboxState.FAILED, 1, "no such number")


async def test_an_error_of_a_library_keeps_its_words_to_itself(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    put(database_url)
    await OutboxSender(Database(database_url), {"sms": Phone(RuntimeError("13800138001 refused"))}).send_due()
    assert items(database_url)[0][:3] == (OutboxState.PENDING, 1, "RuntimeError")
    assert "13800138001" not in caplog.text


async def test_a_channel_that_is_off_keeps_its_messages(database_url: str) -> None:
    put(database_url)
    assert await OutboxSender(Database(database_url), {"wechat": Phone()}).send_due() == 0
    assert items(database_url) == [(OutboxState.PENDING, 0, None, False)]


def test_the_running_gateway_sends(gateway: Server, database_url: str) -> None:
    put(database_url)
    assert eventually(lambda: items(database_url)[0][0] is OutboxState.SENT)


@pytest.mark.parametrize(("demo", "shown"), [(True, True), (False, False)])
async def test_the_console_twin_shows_a_code_in_demonstrations_only(
    demo: bool, shown: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await ConsoleSms(plainly=demo).send(Outbound("13800138001", CODE, "one_time_code", "k"))
    assert ("123456" in caplog.text) is shown
    assert ("13800138001" in caplog.text) is shown


def test_every_channel_tells_its_state() -> None:
    states = dict(registry.states(Settings()))
    assert set(states) == set(registry.CHANNELS)
    assert states["webchat"] == "on"
    assert states["sms"].startswith("on (console")
    assert dict(registry.states(Settings(sms_provider="none")))["sms"].startswith("off")
    assert "sms" not in registry.senders(Settings(sms_provider="none"))


def test_an_item_is_encrypted(database_url: str) -> None:
    put(database_url)
    with unit_of_work(database_url, read_only=True) as unit:
        raw = unit.session.connection().exec_driver_sql("SELECT address, text FROM outbox_items").all()
        assert "123456" not in str(raw)
        assert unit.session.query(OutboxItem).one().text == CODE
