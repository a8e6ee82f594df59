"""Notices from the outbox to a mailbox, through the running gateway."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from channels import outbox as sending
from claims import contacts, outbox
from claims.database import unit_of_work
from claims.vocabulary import OutboxState
from lipei.settings import Settings
from standins.email.server import MailServer
from tests.channels.conftest import Serve
from tests.channels.support import Server, eventually

ADDRESS = "zhang.wei@example.com"


def put(url: str, *texts: str, address: str = ADDRESS) -> None:
    with unit_of_work(url) as unit:
        for text in texts:
            outbox.enqueue(
                unit.session, channel="email", address=address, purpose="progress", text=text, dedupe_key=f"k:{text}"
            )
        unit.commit()


def states(url: str) -> list[OutboxState]:
    """Oldest first."""
    with unit_of_work(url, read_only=True) as unit:
        return [item.state for item in outbox.listing(unit.session)][::-1]


def texts(server: MailServer) -> list[str]:
    return [mail.message.get_body(("plain",)).get_content().splitlines()[0] for mail in server.mails]  # type: ignore[union-attr]


@pytest.fixture
def gateway(url: str, settings: Settings, serve: Serve) -> Server:
    """Started once the mail server is in the environment."""
    return serve(settings)


def test_notices_arrive_once_and_in_order(gateway: Server, server: MailServer, database_url: str) -> None:
    put(database_url, "一", "二")
    eventually(lambda: states(database_url) == [OutboxState.SENT] * 2)
    assert texts(server) == ["一", "二"]


def test_a_greylisting_server_gets_it_again(gateway: Server, server: MailServer, database_url: str) -> None:
    server.say("RCPT", "450 4.2.0 greylisted", "451 4.7.1 greylisted")
    put(database_url, "一", "二")
    eventually(lambda: states(database_url) == [OutboxState.SENT] * 2, 20)
    assert texts(server) == ["一", "二"]


def test_a_mailbox_that_is_not_there_is_switched_off_and_another_is_not(
    gateway: Server, server: MailServer, database_url: str
) -> None:
    server.say("RCPT", "550 5.1.1 no such user")
    put(database_url, "一")
    eventually(lambda: states(database_url) == [OutboxState.FAILED])
    put(database_url, "二")
    put(database_url, "三", address="zhangwei@example.com")
    eventually(lambda: sorted(states(database_url)) == [OutboxState.FAILED, OutboxState.FAILED, OutboxState.SENT])
    assert texts(server) == ["三"]
    with unit_of_work(database_url, read_only=True) as unit:
        assert contacts.switched_off(unit.session, channel="email", address="Zhang.Wei@example.com")


def test_a_gateway_killed_between_sending_and_marking_sends_the_same_again(
    gateway: Server, server: MailServer, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark, deaths = sending._sent, iter([True])

    def instead(session: Session, *arguments: Any) -> None:
        if next(deaths, False):
            raise OperationalError("killed", None, Exception())
        mark(session, *arguments)

    monkeypatch.setattr("claims.outbox.sending.HOLD", timedelta(seconds=0.3))
    monkeypatch.setattr("channels.outbox._sent", instead)
    put(database_url, "一")
    eventually(lambda: states(database_url) == [OutboxState.SENT])
    assert [mail.message["Message-ID"] for mail in server.mails] == [server.mails[0].message["Message-ID"]] * 2
