"""What a provider with a budget counts, as a sender sees it."""

from __future__ import annotations

import pytest

from channels.base import Kind, Outbound, Window
from channels.gateway.database import Database
from channels.gateway.outgoing import to_send
from channels.outbox import OutboxSender
from channels.rendering import Limits
from claims import clock, conversations, outbox
from claims.database import unit_of_work
from claims.models import OutboxItem
from claims.vocabulary import Author


class Counting:
    """A sender of short messages to a provider that counts."""

    limits = Limits(size=2)
    uses_window = True

    def __init__(self) -> None:
        self.windows: list[Window] = []

    async def send(self, message: Outbound) -> None:
        self.windows.append(message.window)


def hear(url: str, kind: Kind, number: int) -> None:
    with unit_of_work(url) as unit:
        conversation, _ = conversations.open_conversation(unit.session, "wechat", "customer", pushed=True)
        message, _ = conversations.record_inbound(
            unit.session, conversation, text="你好", provider_id=str(number), kind=kind
        )
        conversations.answer(unit.session, message, [])
        unit.commit()


def say(url: str, text: str) -> None:
    with unit_of_work(url) as unit:
        conversation, _ = conversations.open_conversation(unit.session, "wechat", "customer", pushed=True)
        conversations.say(unit.session, conversation, Author.SYSTEM, text)
        unit.commit()


async def windows(url: str) -> list[Window]:
    sender = Counting()
    while await OutboxSender(Database(url), {"wechat": sender}).send_due():
        pass
    return sender.windows


async def test_every_part_that_was_pushed_since_counts(database_url: str) -> None:
    hear(database_url, Kind.TEXT, 1)
    say(database_url, "一二三四")
    say(database_url, "五")
    assert [len(window.pushed_at) for window in await windows(database_url)] == [0, 1, 2]
    hear(database_url, Kind.TEXT, 2)
    say(database_url, "六")
    assert [len(window.pushed_at) for window in await windows(database_url)] == [0]


async def test_a_tap_does_not_hide_what_was_said_before_it(database_url: str) -> None:
    hear(database_url, Kind.TEXT, 1)
    say(database_url, "一")
    await windows(database_url)
    hear(database_url, Kind.EVENT, 2)
    say(database_url, "二")
    (window,) = await windows(database_url)
    assert window.last_kind is Kind.EVENT
    assert window.spoke_at is not None and window.last_at is not None and window.spoke_at < window.last_at
    assert len(window.pushed_at) == 1


@pytest.mark.parametrize("kind", [None, Kind.EVENT])
async def test_a_customer_who_said_nothing_yet(database_url: str, kind: Kind | None) -> None:
    if kind is not None:
        hear(database_url, kind, 1)
    say(database_url, "一")
    (window,) = await windows(database_url)
    assert (window.last_kind, window.spoke_at, window.pushed_at) == (kind, None, ())


def test_a_reply_that_went_back_in_the_request_is_no_push(database_url: str) -> None:
    hear(database_url, Kind.TEXT, 1)
    say(database_url, "一")
    say(database_url, "二")
    with unit_of_work(database_url) as unit:
        first, second = unit.session.query(OutboxItem).order_by(OutboxItem.number)
        assert first.message_id is not None
        assert outbox.hand_over(unit.session, [first.message_id], len) == [first]
        assert first.sent_at is not None and first.sent_at <= clock.now()
        assert to_send(unit.session, second, with_window=True).window.pushed_at == ()
