"""Receipts on channels that push: owed by whoever is alive, once for all that had come in before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.gateway import turns
from claims import conversations
from claims.conversations import OutgoingMessage
from claims.models import Conversation, Message
from claims.vocabulary import Author

AT_ONCE = timedelta(0)


@pytest.fixture
def chat(session: Session) -> Conversation:
    return conversations.open_conversation(session, "telegram", "5000001", pushed=True)[0]


def hear(session: Session, chat: Conversation, text: str) -> Message:
    return conversations.record_inbound(session, chat, text=text, provider_id=text)[0]


def receipts(session: Session) -> int:
    return len(session.scalars(select(Message).where(Message.author == Author.SYSTEM)).all())


def test_what_another_gateway_left_behind_is_owed_a_receipt(session: Session, chat: Conversation) -> None:
    first = hear(session, chat, "第一句")
    hear(session, chat, "第二句")
    assert turns.receipts_owed(session, timedelta(minutes=1)) == []
    assert turns.receipts_owed(session, AT_ONCE) == [first.id]
    turns.answer_or_receipt(session, first.id)
    assert turns.receipts_owed(session, AT_ONCE) == []


def test_one_receipt_counts_for_all_that_came_before_it(session: Session, chat: Conversation) -> None:
    first, second = hear(session, chat, "第一句"), hear(session, chat, "第二句")
    turns.answer_or_receipt(session, first.id)
    conversations.answer(session, first, [OutgoingMessage("第一个回答")])
    assert turns.receipts_owed(session, AT_ONCE) == []
    turns.answer_or_receipt(session, second.id)
    assert receipts(session) == 1


def test_what_comes_after_the_bots_answer_is_owed_another(session: Session, chat: Conversation) -> None:
    first = hear(session, chat, "第一句")
    turns.answer_or_receipt(session, first.id)
    conversations.answer(session, first, [OutgoingMessage("第一个回答")])
    second = hear(session, chat, "第二句")
    assert turns.receipts_owed(session, AT_ONCE) == [second.id]
    turns.answer_or_receipt(session, second.id)
    assert receipts(session) == 2


def test_the_web_chat_sees_to_its_own(session: Session) -> None:
    chat, _ = conversations.open_conversation(session, "webchat")
    hear(session, chat, "你好")
    assert turns.receipts_owed(session, AT_ONCE) == []
