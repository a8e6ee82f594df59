import pytest
from sqlalchemy import select

from claims import conversations
from claims.conversations import OutgoingMessage
from claims.errors import BadInput
from claims.models import Message
from claims.vocabulary import Author, InboundState
from tests.support.threads import together


def _hear(session, chat, text: str, provider_id: str | None = None) -> Message:
    return conversations.record_inbound(session, chat, text=text, provider_id=provider_id)[0]


def test_a_message_sent_again_is_the_same_message(session, chat) -> None:
    first, new = conversations.record_inbound(session, chat, text="我要报案", provider_id="m1")
    again, new_again = conversations.record_inbound(session, chat, text="我要报案", provider_id="m1")
    assert (new, new_again) == (True, False)
    assert again.id == first.id


def test_messages_without_an_id_are_all_kept(session, chat) -> None:
    assert _hear(session, chat, "喂").id != _hear(session, chat, "喂").id


def test_one_id_on_two_channels_is_two_messages(session, chat) -> None:
    other, _ = conversations.open_conversation(session, "sms", "13800138001")
    _hear(session, chat, "你好", "m1")
    assert conversations.record_inbound(session, other, text="你好", provider_id="m1")[1]


def test_an_id_of_another_conversation_gives_nothing_away(session, chat) -> None:
    other, _ = conversations.open_conversation(session, "web")
    _hear(session, chat, "我的电话是13800138001", "m1")
    with pytest.raises(BadInput):
        conversations.record_inbound(session, other, text="x", provider_id="m1")


def test_what_was_awaited_then_is_kept(session, chat, time) -> None:
    conversations.set_awaiting(chat, "location")
    message = _hear(session, chat, "朝阳路")
    conversations.set_awaiting(chat, "cause")
    session.flush()
    assert message.awaiting_then == "location"
    assert message.said_at == time.moment
    session.refresh(chat)
    assert chat.last_inbound_at == time.moment


def test_answers_are_stored_with_the_mark(session, chat) -> None:
    message = _hear(session, chat, "我要报案")
    stored = conversations.answer(
        session, message, [OutgoingMessage("好的"), OutgoingMessage("在哪里？", awaiting="location")]
    )
    assert [(m.text, m.awaiting, m.author) for m in stored] == [
        ("好的", None, Author.BOT),
        ("在哪里？", "location", Author.BOT),
    ]
    assert message.state is InboundState.ANSWERED
    assert conversations.unanswered(session, chat.id) == []


def test_a_second_answer_is_not_stored(session, chat) -> None:
    message = _hear(session, chat, "我要报案")
    first = conversations.answer(session, message, [OutgoingMessage("好的")])
    second = conversations.answer(session, message, [OutgoingMessage("好的好的"), OutgoingMessage("真的")])
    assert [m.id for m in second] == [m.id for m in first]
    assert len(conversations.messages_after(session, chat.id)) == 2


def test_unanswered_come_in_order_and_the_longest_wait_first(session, chat) -> None:
    other, _ = conversations.open_conversation(session, "web")
    _hear(session, other, "早来的")
    texts = ["一", "二", "三"]
    for text in texts:
        _hear(session, chat, text)
    assert [m.text for m in conversations.unanswered(session, chat.id)] == texts
    assert conversations.conversations_with_unanswered(session) == [other.id, chat.id]


def test_everything_said_is_listed_in_order(session, chat) -> None:
    message = _hear(session, chat, "转人工")
    conversations.answer(session, message, [OutgoingMessage("请稍候")])
    agent = conversations.say(session, chat, Author.AGENT, "您好，我是王敏")
    said = conversations.messages_after(session, chat.id)
    assert [m.author for m in said] == [Author.CUSTOMER, Author.BOT, Author.AGENT]
    assert conversations.messages_after(session, chat.id, said[1].id) == [agent]


def test_a_button_means_something_in_its_own_conversation_only(session, chat) -> None:
    other, _ = conversations.open_conversation(session, "web")
    message = _hear(session, chat, "对")
    shown = conversations.answer(session, message, [OutgoingMessage("确认？", [("确认", "/affirm"), ("改", "/deny")])])
    yes, no = shown[0].buttons
    assert conversations.button_payload(session, chat.id, yes["token"]) == ("/affirm", "确认")
    assert conversations.button_payload(session, chat.id, no["token"]) == ("/deny", "改")
    assert conversations.button_payload(session, other.id, yes["token"]) is None
    assert conversations.button_payload(session, chat.id, "/affirm") is None


@pytest.mark.parametrize("number", [None, "", "x", "²", "-1", "999999"])
def test_no_such_message(session, chat, number: str | None) -> None:
    assert conversations.message(session, number) is None


def test_a_message_by_its_number_as_text(session, chat) -> None:
    message = _hear(session, chat, "你好")
    assert conversations.message(session, str(message.id)) is message


def test_one_message_that_arrives_many_times_at_once_is_stored_once(work) -> None:
    with work() as unit:
        chat, _ = conversations.open_conversation(unit.session, "web")
        unit.commit()

    def arrive(_: int) -> tuple[int, bool]:
        with work() as unit:
            same = conversations.get(unit.session, chat.id)
            message, new = conversations.record_inbound(unit.session, same, text="我要报案", provider_id="m1")
            unit.commit()
            return message.id, new

    arrivals = together(8, arrive)
    assert len({number for number, _ in arrivals}) == 1
    assert [new for _, new in arrivals].count(True) == 1


def test_one_message_answered_many_times_at_once_has_one_answer(work) -> None:
    with work() as unit:
        chat, _ = conversations.open_conversation(unit.session, "web")
        question = _hear(unit.session, chat, "我要报案")
        unit.commit()

    def reply(number: int) -> list[int]:
        with work() as unit:
            inbound = unit.session.get_one(Message, question.id)
            stored = conversations.answer(unit.session, inbound, [OutgoingMessage(f"答{number}")])
            unit.commit()
            return [message.id for message in stored]

    answers = together(8, reply)
    with work() as unit:
        stored = unit.session.scalars(select(Message.id).where(Message.author == Author.BOT)).all()
    assert len(stored) == 1
    assert all(numbers == list(stored) for numbers in answers)


def test_nobody_who_reads_on_misses_a_message(work) -> None:
    """Ids must appear in rising order within a conversation, whoever writes at the same time."""
    with work() as unit:
        chat, _ = conversations.open_conversation(unit.session, "web")
        unit.commit()

    def act(number: int) -> list[int]:
        if number:
            for _ in range(5):
                with work() as unit:
                    same = conversations.get(unit.session, chat.id)
                    conversations.say(unit.session, same, Author.AGENT, "您好")
                    unit.commit()
            return []
        seen: list[int] = []
        while len(seen) < 15:
            with work() as unit:
                after = seen[-1] if seen else 0
                seen += [m.id for m in conversations.messages_after(unit.session, chat.id, after)]
        return seen

    seen = together(4, act)[0]
    with work() as unit:
        assert seen == [m.id for m in conversations.messages_after(unit.session, chat.id)]
