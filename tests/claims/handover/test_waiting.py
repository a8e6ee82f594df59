import pytest

from claims import conversations
from claims.handover import ownership, waiting
from claims.handover.escalate import escalate
from claims.models import Message
from claims.vocabulary import Author, HandoverReason, HandoverState, Mode


def _said(session, chat) -> list[Message]:
    return conversations.messages_after(session, chat.id)


def test_a_long_wait_is_told_once_with_what_else_can_be_done(session, chat, at_desk, time) -> None:
    at_desk("agent01")
    handover = escalate(session, chat, HandoverReason.ASKED).handover
    time.forward(minutes=7)
    assert waiting.due(session) == []
    time.forward(minutes=2)
    assert waiting.due(session) == [handover.id]
    assert waiting.see_to(session, handover.id) == "late"
    (told,) = _said(session, chat)
    assert (told.author, [each["title"] for each in told.buttons]) == (
        Author.BOT,
        ["继续等待", "预约回电", "我要留言"],
    )
    assert (waiting.due(session), waiting.see_to(session, handover.id)) == ([], None)


def test_an_agent_who_does_not_answer_loses_it_to_the_front_of_the_queue(session, chat, at_desk, staff, time) -> None:
    at_desk("agent01")
    handover = escalate(session, chat, HandoverReason.ASKED).handover
    ownership.send(session, chat.id, staff["agent01"], "您好")
    time.forward(minutes=3)
    conversations.record_inbound(session, chat, text="在吗", provider_id="1")
    session.refresh(chat)
    time.forward(minutes=4)
    assert waiting.due(session) == []
    time.forward(minutes=2)
    assert waiting.due(session) == [handover.id]
    assert waiting.see_to(session, handover.id) == "requeued"
    assert (chat.mode, handover.state, handover.owner_id) == (Mode.QUEUED, HandoverState.WAITING, None)
    assert "抱歉" in _said(session, chat)[-1].text


def test_a_taken_one_without_a_word_goes_back_too(session, chat, at_desk, staff, time) -> None:
    at_desk("agent01")
    handover = escalate(session, chat, HandoverReason.ASKED).handover
    ownership.take(session, chat.id, staff["agent01"])
    time.forward(minutes=6)
    assert waiting.see_to(session, handover.id) == "requeued"


def test_a_customer_who_fell_silent_is_with_the_bot_again(session, chat, at_desk, staff, time) -> None:
    at_desk("agent01")
    handover = escalate(session, chat, HandoverReason.ASKED).handover
    conversations.record_inbound(session, chat, text="你好", provider_id="1")
    session.refresh(chat)
    time.forward(seconds=5)
    ownership.send(session, chat.id, staff["agent01"], "还有什么可以帮您？")
    time.forward(minutes=29)
    assert waiting.due(session) == []
    time.forward(minutes=2)
    assert waiting.due(session) == [handover.id]
    assert waiting.see_to(session, handover.id) == "closed"
    assert (chat.mode, handover.state) == (Mode.BOT, HandoverState.CLOSED)
    assert "先结束" in _said(session, chat)[-1].text


@pytest.mark.parametrize("minutes", [0, 4])
def test_nothing_is_due_while_both_sides_talk(session, chat, at_desk, staff, time, minutes: int) -> None:
    at_desk("agent01")
    handover = escalate(session, chat, HandoverReason.ASKED).handover
    ownership.send(session, chat.id, staff["agent01"], "您好")
    time.forward(minutes=minutes)
    assert (waiting.due(session), waiting.see_to(session, handover.id)) == ([], None)
