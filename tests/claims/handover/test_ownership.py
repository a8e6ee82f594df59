import pytest

from claims import conversations, drafts
from claims.conversations import OutgoingMessage
from claims.errors import BadInput, OwnedByOther, OwnerChanged
from claims.facts import Facts
from claims.handover import ending, ownership, queue
from claims.handover.escalate import escalate
from claims.models import Message
from claims.vocabulary import Author, HandoverReason, HandoverState, InboundState, Line, Mode, WrapUp


def _asked(session, chat):
    return escalate(session, chat, HandoverReason.ASKED).handover


def _heard(session, chat) -> list[tuple[str, str]]:
    return [(m.author.value, m.text) for m in conversations.messages_after(session, chat.id)]


def test_the_first_keystroke_takes_it_and_the_customer_is_told(session, chat, at_desk, staff) -> None:
    at_desk("agent01", "agent02")
    handover = _asked(session, chat)
    assert chat.mode is Mode.QUEUED
    assert ownership.take(session, chat.id, staff["agent01"]) is handover
    assert (chat.mode, handover.state, handover.owner_id) == (Mode.AGENT, HandoverState.HELD, staff["agent01"].id)
    assert _heard(session, chat)[-1] == ("system", "坐席王敏已接入，由我为您服务。")
    ownership.take(session, chat.id, staff["agent01"])
    assert len(_heard(session, chat)) == 1


def test_a_colleague_can_neither_take_nor_write_what_one_has(session, chat, at_desk, staff) -> None:
    at_desk("agent01", "agent02")
    _asked(session, chat)
    ownership.take(session, chat.id, staff["agent01"])
    for attempt in (ownership.take, lambda *args: ownership.send(*args, "您好")):
        with pytest.raises(OwnedByOther) as refused:
            attempt(session, chat.id, staff["agent02"])
        assert refused.value.owner == "王敏"
    assert chat.version == 3


def test_a_message_takes_the_conversation_and_sent_twice_is_one(session, chat, at_desk, staff, time) -> None:
    handover = _asked(session, chat)
    at_desk("agent01")
    time.forward(seconds=20)
    first = ownership.send(session, chat.id, staff["agent01"], "您好，我是王敏", client_id="a")
    again = ownership.send(session, chat.id, staff["agent01"], "您好，我是王敏", client_id="a")
    assert first.id == again.id
    assert (first.author, first.staff_id, first.version) == (Author.AGENT, staff["agent01"].id, chat.version)
    held = queue.under_way(session, chat.id)
    assert held.first_response_at == time.moment
    assert handover.state is HandoverState.CALLBACK, "nobody was there when it was asked for: a new one is held"


def test_what_the_bot_composed_before_the_agent_came_is_not_stored(session, chat, at_desk, staff) -> None:
    at_desk("agent01")
    said, _ = conversations.record_inbound(session, chat, text="查进度", provider_id="1")
    version = chat.version
    ownership.take(session, chat.id, staff["agent01"])
    assert conversations.answer(session, said, [OutgoingMessage("在审核")], version=version) == []
    assert session.get_one(Message, said.id).state is InboundState.ANSWERED
    assert ("bot", "在审核") not in _heard(session, chat)


def test_nor_after_the_agent_has_given_it_back(session, chat, at_desk, staff) -> None:
    at_desk("agent01")
    said, _ = conversations.record_inbound(session, chat, text="查进度", provider_id="1")
    version = chat.version
    ownership.take(session, chat.id, staff["agent01"])
    ending.hand_back(session, chat.id, staff["agent01"])
    assert conversations.answer(session, said, [OutgoingMessage("在审核")], version=version) == []


def test_a_turn_that_was_overtaken_by_the_queue_alone_begins_anew(session, chat, at_desk) -> None:
    at_desk("agent01")
    said, _ = conversations.record_inbound(session, chat, text="查进度", provider_id="1")
    version = chat.version
    _asked(session, chat)
    with pytest.raises(OwnerChanged):
        conversations.answer(session, said, [OutgoingMessage("在审核")], version=version)
    assert session.get_one(Message, said.id).state is InboundState.RECEIVED


def test_the_turn_that_asks_for_a_person_may_say_so(session, chat, at_desk) -> None:
    at_desk("agent01")
    said, _ = conversations.record_inbound(session, chat, text="转人工", provider_id="1")
    version = chat.version
    escalate(session, chat, HandoverReason.ASKED, message_id=said.id)
    (stored,) = conversations.answer(session, said, [OutgoingMessage("已为您排队")], version=version)
    assert (stored.text, stored.version) == ("已为您排队", chat.version)


def test_the_hand_back_corrects_the_report_and_sets_the_bot_to_it(session, chat, at_desk, staff) -> None:
    at_desk("agent01")
    draft = drafts.start(session, chat.id)
    drafts.save(session, draft, Facts(line=Line.AUTO, location="北京"), asked="cause")
    _asked(session, chat)
    ownership.take(session, chat.id, staff["agent01"])
    handover = ending.hand_back(
        session,
        chat.id,
        staff["agent01"],
        agreed="拖车已安排",
        facts={"location": "上海虹桥", "injured_count": 0},
        wrap_up=WrapUp.REPORT_TAKEN,
    )
    assert (handover.state, handover.agreed, handover.wrap_up) == (
        HandoverState.HANDED_BACK,
        "拖车已安排",
        WrapUp.REPORT_TAKEN,
    )
    assert chat.mode is Mode.BOT
    assert (drafts.facts(draft).location, drafts.facts(draft).injured_count, draft.asked) == ("上海虹桥", 0, "cause")
    (waiting,) = conversations.unanswered(session, chat.id)
    assert (waiting.author, waiting.text) == (Author.SYSTEM, "坐席王敏的服务已结束，小理接着为您办理。")


@pytest.mark.parametrize("facts", [{"weather": "雨"}, {"line": "ship"}, {"incident_time": "2026-11-21T10:00"}])
def test_facts_that_are_none_undo_nothing(session, chat, at_desk, staff, facts) -> None:
    at_desk("agent01")
    ownership.take(session, chat.id, staff["agent01"])
    with pytest.raises(BadInput):
        ending.hand_back(session, chat.id, staff["agent01"], facts=facts)
    assert chat.mode is Mode.AGENT


def test_it_is_passed_on_to_a_colleague_or_back_into_the_queue(session, chat, at_desk, staff) -> None:
    at_desk("agent01", "agent02")
    ownership.take(session, chat.id, staff["agent01"])
    ownership.transfer(session, chat.id, staff["agent01"], to=staff["agent02"])
    with pytest.raises(OwnedByOther):
        ownership.send(session, chat.id, staff["agent01"], "还有一句")
    ownership.send(session, chat.id, staff["agent02"], "我来接着办")
    handover = ownership.transfer(session, chat.id, staff["agent02"], skill="auto")
    assert (chat.mode, handover.state, handover.skill) == (Mode.QUEUED, HandoverState.WAITING, "auto")


def test_a_supervisor_names_who_is_to_take_it(session, chat, at_desk, staff) -> None:
    at_desk("agent01", "agent02")
    handover = _asked(session, chat)
    ownership.assign(session, chat.id, staff["supervisor01"], staff["agent02"])
    assert handover.assigned_id == staff["agent02"].id
    ownership.take(session, chat.id, staff["agent02"])
    ownership.assign(session, chat.id, staff["supervisor01"], staff["agent01"])
    assert handover.owner_id == staff["agent01"].id


def test_what_is_said_for_the_bot_while_an_agent_talks_is_a_notice(session, chat, at_desk, staff) -> None:
    at_desk("agent01")
    ownership.take(session, chat.id, staff["agent01"])
    conversations.say(session, chat, Author.BOT, "您的案件已受理")
    assert _heard(session, chat)[-1] == ("system", "您的案件已受理")
