"""A person is wanted: queued, called back, complained, handed back, as the customer reads it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from claims import clock, conversations, database, drafts
from claims.facts import Facts
from claims.handover import ending, ownership, presence
from claims.models import CallbackBooking, Complaint, Conversation, Handover, ServiceRequest, StaffAccount
from claims.vocabulary import ComplaintState, HandoverReason, HandoverState, Line, Mode, Presence
from faq import service
from faq.decide import Unknown
from tests.actions.talk import Talk

HUMAN = ("request_human", "转人工", "action_human", "action_back")


@pytest.fixture(autouse=True)
def _always_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """At any hour, and the knowledge base knows nothing: what it would say is no matter here."""
    monkeypatch.setenv("LIPEI_SERVICE_HOURS", "always")
    monkeypatch.setattr(service, "answer", lambda text: Unknown(None))
    monkeypatch.setattr(service, "search", lambda text, k=10: [])


def at_desk(login: str = "agent01") -> None:
    def come(session: Any) -> None:
        account = session.scalars(select(StaffAccount).where(StaffAccount.login == login)).one()
        presence.announce(session, account, Presence.ONLINE)

    within(come)


def within(work: Callable[[Any], Any]) -> Any:
    with database.unit_of_work() as unit:
        found = work(unit.session)
        unit.commit()
        return found


def all_of(kind: Any) -> list[Any]:
    return within(lambda session: list(session.scalars(select(kind))))


def mode(talk: Talk) -> Mode:
    return within(lambda session: session.get_one(Conversation, talk.conversation_id).mode)


def reporting(talk: Talk) -> None:
    def begin(session: Any) -> None:
        draft = drafts.start(session, talk.conversation_id)
        drafts.save(session, draft, Facts(line=Line.AUTO, contact_phone="13800138001"), asked="injured_count")

    within(begin)


def test_somebody_is_there_place_and_wait_are_told(talk: Talk) -> None:
    at_desk()
    assert "第 1 位" in talk.hears(*HUMAN)
    assert mode(talk) is Mode.QUEUED
    assert "还要" in talk.hears("request_human", "快点", "action_human", "action_back")
    (handover,) = all_of(Handover)
    assert (handover.reason, handover.place_told, handover.minutes_told) == (HandoverReason.ASKED, 1, 1)
    assert "已取消排队" in talk.hears("leave_queue", "不等了", "action_leave_queue", "action_back")
    assert mode(talk) is Mode.BOT


def test_nobody_is_there_and_the_customer_chooses_when_to_be_called(talk: Talk) -> None:
    reply = talk.hears(*HUMAN)
    assert "没有空闲的坐席" in reply
    assert (talk.awaiting, mode(talk)) == ("callback_time", Mode.BOT)
    # Read as bot.values reads it.
    at = (clock.local(clock.now()) + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    talk.hears("inform", "明天上午十点", "action_continue", incident_time=at.isoformat())
    assert talk.awaiting == "contact_phone"
    assert "尾号 8001" in talk.hears("inform", "13800138001", "action_continue", phone="13800138001")
    assert [each.due_at for each in all_of(CallbackBooking)] == [at]
    assert "已经为您登记过人工回电" in talk.hears(*HUMAN)


def test_in_the_middle_of_a_report_a_callback_is_offered_and_the_report_goes_on(talk: Talk) -> None:
    reporting(talk)
    reply = talk.hears(*HUMAN)
    assert "随时选下面的时间" in reply
    assert talk.awaiting == "injured_count"
    assert [each.phone for each in all_of(CallbackBooking)] == ["13800138001"]


def test_a_slot_that_is_tapped_is_booked(talk: Talk) -> None:
    reporting(talk)
    talk.hears(*HUMAN)
    offered = [each for reply in talk.last_replies for each in reply.get("buttons") or []]
    slot = offered[0]["payload"].partition('"callback_time": "')[2].rstrip('"}')
    reply = talk.hears("book_callback", offered[0]["title"], "action_book_callback", "action_back", callback_time=slot)
    assert "已为您登记人工回电" in reply
    assert talk.awaiting == "injured_count"
    (booking,) = all_of(CallbackBooking)
    assert clock.local(booking.due_at).isoformat() == slot


def test_twice_not_understood_brings_a_person(talk: Talk) -> None:
    at_desk()
    assert "换个说法" in talk.hears("nlu_fallback", "阿巴阿巴", "action_clarify")
    assert "一直没听懂" in talk.hears("nlu_fallback", "呜啦呜啦", "action_clarify")
    assert [each.reason for each in all_of(Handover)] == [HandoverReason.BOT_FAILED]
    assert "已经记下" in talk.hears("nlu_fallback", "咕噜咕噜", "action_clarify")


def test_anger_is_met_first_and_brings_a_person(talk: Talk) -> None:
    at_desk()
    reply = talk.hears("ask_faq", "你们太过分了，到底赔不赔！！", "action_answer_question", "action_back")
    assert reply.startswith("我看得出您现在很着急")
    assert [each.reason for each in all_of(Handover)] == [HandoverReason.ANGER]
    again = talk.hears("ask_faq", "气死我了，到底赔不赔！！", "action_answer_question", "action_back")
    assert "我看得出" not in again


def test_who_speaks_of_dying_hears_where_help_is(talk: Talk) -> None:
    reply = talk.hears("nlu_fallback", "再不赔我就不想活了", "action_clarify")
    assert "12356" in reply
    assert [(each.reason, each.state) for each in all_of(Handover)] == [
        (HandoverReason.EMERGENCY, HandoverState.WAITING)
    ]


def test_a_complaint_from_its_first_word_to_the_mediator(talk: Talk) -> None:
    reply = talk.hears("complain", "你们的查勘员爽约三次，我要投诉", "action_complain", "action_back")
    (complaint,) = all_of(Complaint)
    assert complaint.number in reply
    assert complaint.owner_id is not None
    assert "哪个案件" in reply
    talk.hears("deny", "没有", "action_continue")
    assert "都记下了" in talk.hears("inform", "希望道歉，换一个人", "action_continue", description="希望道歉，换一个人")
    (complaint,) = all_of(Complaint)
    assert (complaint.what, complaint.wanted) == ("你们的查勘员爽约三次，我要投诉", "希望道歉，换一个人")
    within(_answer)
    assert "调解" in talk.hears("deny", "不满意", "action_continue")
    assert "已为您登记调解" in talk.hears("affirm", "申请调解", "action_continue")
    assert [each.state for each in all_of(Complaint)] == [ComplaintState.MEDIATION]


def _answer(session: Any) -> None:
    from claims.handover import complaints

    (complaint,) = complaints.listing(session)
    complaints.answer(session, complaint, session.get_one(StaffAccount, complaint.owner_id), "已更换查勘员，向您道歉。")


def test_a_bare_complaint_is_asked_what_happened(talk: Talk) -> None:
    assert "发生了什么" in talk.hears("complain", "我要投诉", "action_complain", "action_back")
    talk.hears("complain", "打了五个电话都没人接", "action_complain", "action_back")
    (complaint,) = all_of(Complaint)
    assert complaint.what == "我要投诉\n打了五个电话都没人接"


def test_a_complaint_in_a_report_returns_to_its_question(talk: Talk) -> None:
    reporting(talk)
    talk.hears("complain", "什么破系统，投诉你们", "action_complain", "action_back")
    talk.hears("deny", "没有", "action_continue")
    talk.hears("inform", "改进一下", "action_continue", description="改进一下")
    assert talk.awaiting == "injured_count"


def test_after_the_agent_the_bot_knows_what_was_agreed_and_asks_what_is_open(talk: Talk) -> None:
    at_desk()
    reporting(talk)
    talk.hears(*HUMAN)

    def hold(session: Any) -> None:
        account = session.scalars(select(StaffAccount).where(StaffAccount.login == "agent01")).one()
        ownership.take(session, talk.conversation_id, account)
        ending.hand_back(session, talk.conversation_id, account, agreed="明天上午来拖车", facts={"injured_count": 0})

    within(hold)
    told = within(lambda session: conversations.unanswered(session, talk.conversation_id))[-1]
    talk.last_message_id = str(told.id)
    reply = talk.hears_again("agent_done", "", "action_agent_done", "action_back")
    assert "明天上午来拖车" in reply
    assert talk.awaiting == "incident_time"


def test_what_the_bot_gave_up_on_and_the_agent_put_right_is_not_asked_again(talk: Talk) -> None:
    at_desk()

    def stuck(session: Any) -> None:
        draft = drafts.start(session, talk.conversation_id)
        facts = Facts(line=Line.AUTO, injured_count=0, contact_phone="13800138001")
        drafts.save(session, draft, facts, asked="incident_time", flags={"editing": "incident_time"}, misses=2)

    within(stuck)
    talk.hears(*HUMAN)

    def hold(session: Any) -> None:
        account = session.scalars(select(StaffAccount).where(StaffAccount.login == "agent01")).one()
        ownership.take(session, talk.conversation_id, account)
        when = (clock.now() - timedelta(hours=5)).isoformat()
        ending.hand_back(session, talk.conversation_id, account, facts={"incident_time": when})

    within(hold)
    told = within(lambda session: conversations.unanswered(session, talk.conversation_id))[-1]
    talk.last_message_id = str(told.id)
    reply = talk.hears_again("agent_done", "", "action_agent_done", "action_back")
    assert talk.awaiting == "location"
    assert "人工" not in reply
    assert [each.state for each in all_of(Handover)] == [HandoverState.HANDED_BACK]


def test_a_message_is_left_instead_of_waiting(talk: Talk) -> None:
    at_desk()
    talk.hears(*HUMAN)
    talk.hears("leave_message", "我要留言", "action_leave_message")
    assert "已经记下您的留言" in talk.hears(
        "inform", "请把发票寄到公司", "action_continue", description="请把发票寄到公司"
    )
    assert [(each.kind, each.text) for each in all_of(ServiceRequest)] == [("message", "请把发票寄到公司")]
    assert mode(talk) is Mode.BOT
