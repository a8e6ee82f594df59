"""What the one poller of a desk process sees, and whom it tells."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from claims import casework, conversations, customers, lifecycle, logins
from claims.database import unit_of_work
from claims.handover import ending, escalate, ownership, presence
from claims.identity import proof
from claims.models import Conversation, StaffAccount
from claims.vocabulary import ClaimState, HandoverReason, Presence
from desk import live
from desk.live import Feed, Listener
from desk.news import News, Watch
from lipei.settings import Settings


@pytest.fixture
def agent(session: Session) -> StaffAccount:
    found = logins.find(session, "agent01")
    presence.announce(session, found, Presence.ONLINE)
    return found


@pytest.fixture
def chat(session: Session) -> Conversation:
    found = conversations.open_conversation(session, "webchat")[0]
    proof.set_proven(found, customers.find_by_phone(session, "13800138002")[0].id)
    return found


def write(session: Session, chat: Conversation, text: str) -> None:
    conversations.record_inbound(session, chat, text=text, provider_id=text)


def test_each_look_tells_only_what_is_new(session: Session, agent: StaffAccount, chat: Conversation) -> None:
    watch = Watch()
    assert not watch.look(session, set)
    escalate.escalate(session, chat, HandoverReason.ASKED)
    news = watch.look(session, set)
    assert [(row["who"], row["state"], row["reason"]) for row in news.rows.values()] == [
        ("李娜", "waiting", "要求转人工")
    ]
    assert not watch.look(session, set)
    ownership.take(session, chat.id, agent)
    assert watch.look(session, set).rows[chat.id]["owner_id"] == agent.id
    ending.hand_back(session, chat.id, agent)
    assert watch.look(session, set).gone == {chat.id}
    assert not watch.look(session, set)


def test_messages_are_read_for_whom_they_are_shown_to(
    session: Session, agent: StaffAccount, chat: Conversation
) -> None:
    watch, other = Watch(), conversations.open_conversation(session, "webchat")[0]
    watch.look(session, set)
    write(session, chat, "第一句")
    write(session, other, "别处")
    news = watch.look(session, lambda: {chat.id})
    assert {key: [b["text"] for b in said] for key, said in news.said.items()} == {chat.id: ["第一句"]}
    assert news.heard == {}  # nobody waits there
    escalate.escalate(session, chat, HandoverReason.ASKED)
    watch.look(session, set)
    write(session, chat, "第二句" * 40)
    assert watch.look(session, set).heard[chat.id].startswith("第二句") and len(news.said[chat.id]) == 1


def test_a_page_that_opens_during_a_look_misses_nothing(session: Session, chat: Conversation) -> None:
    watch, listening = Watch(), set[str]()
    watch.look(session, set)
    write(session, chat, "刚好")
    begins_to_listen = partial(_listens_at_a_query, listening, chat.id)
    event.listen(session.get_bind(), "after_cursor_execute", begins_to_listen)
    news = watch.look(session, lambda: listening)
    event.remove(session.get_bind(), "after_cursor_execute", begins_to_listen)
    assert [b["text"] for b in news.said[chat.id]] == ["刚好"]


def _listens_at_a_query(listening: set[str], conversation_id: str, *_: Any) -> None:
    listening.add(conversation_id)


def test_a_message_that_was_committed_late_is_not_missed(session: Session, chat: Conversation) -> None:
    watch = Watch()
    watch.look(session, set)
    write(session, chat, "早")
    write(session, chat, "晚")
    first, second = conversations.messages_after(session, chat.id)
    late = first.conversation_id
    first.conversation_id = conversations.open_conversation(session, "webchat")[0].id
    session.flush()
    assert [b["id"] for b in watch.look(session, lambda: {chat.id}).said[chat.id]] == [second.id]
    watch._seen.pop(first.id)  # as if its transaction had not been visible at that look
    first.conversation_id = late
    session.flush()
    assert [b["id"] for b in watch.look(session, lambda: {chat.id}).said[chat.id]] == [first.id]


def test_steps_of_claims(session: Session) -> None:
    watch = Watch()
    watch.look(session, set)
    claim = casework.by_phone(session, "13800138002")[0]
    lifecycle.move(session, claim, ClaimState.ACCEPTED, actor="handler01")
    assert watch.look(session, set).moved == {claim.number}
    assert not watch.look(session, set)


async def test_the_feed_tells_pages_and_ends_them_with_their_session(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "SESSIONS_EVERY_SECONDS", 0.0)
    feed, heard, over = Feed(settings), [], []
    with unit_of_work(settings.database_url) as unit:
        agent = logins.find(unit.session, "agent01")
        token, other, ended = (logins.open_session(unit.session, agent) for _ in range(3))
        presence.announce(unit.session, agent, Presence.ONLINE)
        unit.commit()
    for each in (token, other, ended):
        feed.listen(Listener(each, heard.append, lambda each=each: over.append(each)))
    feed.start()
    await until(lambda: feed._watch._cursor is not None)
    with unit_of_work(settings.database_url) as unit:
        chat = conversations.open_conversation(unit.session, "webchat")[0]
        escalate.escalate(unit.session, chat, HandoverReason.ASKED)
        logins.sign_out(unit.session, ended)
        unit.commit()
    await until(lambda: len(heard) >= 2 and over == [ended])
    await feed.stop()
    assert all(isinstance(news, News) and chat.id in news.rows for news in heard)
    assert list(feed.rows) == list(feed.waiting) == [chat.id] and not feed.held
    feed._hand_on(News(rows={chat.id: {**feed.rows[chat.id], "owner_id": agent.id, "state": "held"}}))
    assert not feed.waiting and list(feed.held[agent.id]) == [chat.id]
    feed._hand_on(News(gone={chat.id}))
    assert not feed.rows and not feed.held[agent.id]


async def test_a_page_that_comes_while_sessions_are_checked_stays(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "SESSIONS_EVERY_SECONDS", 0.0)
    feed, over = Feed(settings), []
    with unit_of_work(settings.database_url) as unit:
        agent = logins.find(unit.session, "agent01")
        first, second = (logins.open_session(unit.session, agent) for _ in range(2))
        unit.commit()

    def live_while_another_comes(hashes: set[str]) -> set[str]:
        feed.listen(Listener(second, lambda news: None, lambda: over.append(second)))
        return Feed._live(feed, hashes)

    monkeypatch.setattr(feed, "_live", live_while_another_comes)
    feed.listen(Listener(first, lambda news: None, lambda: over.append(first)))
    await feed._end_sessions()
    assert over == []


async def until(holds: Any) -> None:
    """Wait for something that another task does."""
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.02)
