"""A satisfaction callback as a conversation: begun by us, answered, interrupted, refused, and what comes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from claims import channel_states, clock, contacts, conversations, database, tickets
from claims.models import Claim, Reward, StaffAccount, SurveyAnswer, SurveyRun, Ticket
from claims.vocabulary import ClaimState, SurveyState, TicketState
from outreach.engine import Engine
from outreach.purpose import Purpose
from outreach.purposes import purposes
from tests.actions.talk import Talk

PHONE = "13800138005"


def ours() -> dict[str, Purpose]:
    """The purposes of callbacks alone: the demo people are due for other things, too."""
    return {name: purposes()[name] for name in ("survey", "second_survey", "ticket_answer")}


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten o'clock, so that the callback is not held back."""
    now = clock.now()
    ten = clock.local(now).replace(hour=10, minute=0)
    monkeypatch.setattr(clock, "now", lambda: ten.astimezone(now.tzinfo))


@pytest.fixture
def callback(talk: Talk, morning: None) -> Talk:
    """The demo claim that is closed leads by itself to a question in the customer's text messages."""
    with database.unit_of_work() as work:
        channel_states.say(work.session, {"sms": True})
        claim = work.session.scalars(select(Claim).where(Claim.state == ClaimState.CLOSED)).one()
        claim.state_since = clock.now() - timedelta(hours=20)
        work.commit()
    engine = Engine(ours(), "w1")
    assert engine.plan() == 1
    assert engine.work() == 1
    with database.unit_of_work(read_only=True) as work:
        found = conversations.by_address(work.session, "sms", PHONE)
        assert found is not None
        return Talk(talk.executor, found.id, "sms")


def answers() -> dict[str, str | None]:
    with database.unit_of_work(read_only=True) as work:
        found = work.session.scalars(select(SurveyAnswer).order_by(SurveyAnswer.id))
        return {answer.question: answer.value or answer.text for answer in found}


def run_state() -> SurveyState:
    with database.unit_of_work(read_only=True) as work:
        return work.session.scalars(select(SurveyRun)).one().state


def test_a_vague_opinion_is_asked_for_its_number(callback: Talk) -> None:
    assert callback.awaiting == "rating"
    assert "您给几分" in callback.hears("inform", "还行吧", "action_continue")
    assert answers() == {}
    assert "速度" in callback.hears("inform", "那就四分吧", "action_continue")
    assert answers() == {"overall": "4"}


def test_a_satisfied_customer_is_thanked_and_gets_the_points_once(callback: Talk) -> None:
    callback.hears("inform", "5", "action_continue", rating=5)
    callback.hears("rate_service", "很满意", "action_rate", "action_back")
    assert callback.awaiting == "comment"
    assert "20积分" in callback.hears("deny", "没有了", "action_continue")
    assert answers() == {"overall": "5", "speed": "5", "wish": "nothing"}
    assert run_state() is SurveyState.FINISHED
    assert callback.awaiting is None
    with database.unit_of_work(read_only=True) as work:
        assert [reward.points for reward in work.session.scalars(select(Reward))] == [20]
        assert work.session.scalars(select(Ticket)).all() == []


def test_a_low_score_opens_a_ticket_and_offers_a_person_at_once(callback: Talk) -> None:
    said = callback.hears("inform", "2分", "action_continue")
    assert "抱歉" in said and "转人工" in said and "主要是哪方面" in said
    with database.unit_of_work(read_only=True) as work:
        ticket = work.session.scalars(select(Ticket)).one()
        owner = work.session.get_one(StaffAccount, ticket.owner_id)
        assert (ticket.state, owner.login) == (TicketState.OPEN, "handler01")
        assert ticket.due_at == clock.now() + timedelta(hours=48)
    callback.hears("inform", "太慢了", "action_continue")
    assert "48小时内" in callback.hears("inform", "等了一个多月都没人管，太差劲了", "action_continue")
    assert answers() == {"overall": "2", "reason": "speed", "problem": "等了一个多月都没人管，太差劲了"}
    with database.unit_of_work(read_only=True) as work:
        ticket = work.session.scalars(select(Ticket)).one()
        assert "等了一个多月" in ticket.text
        problem = work.session.scalars(select(SurveyAnswer).where(SurveyAnswer.question == "problem")).one()
        assert (problem.mood, problem.topics) == ("bad", ["speed"])


def test_the_same_message_again_changes_nothing(callback: Talk) -> None:
    said = callback.hears("inform", "2分", "action_continue")
    assert callback.hears_again("inform", "2分", "action_continue") == said
    assert answers() == {"overall": "2"}


def test_a_question_in_between_is_answered_and_the_survey_goes_on(callback: Talk) -> None:
    said = callback.hears("ask_help", "你能做什么", "action_back")
    assert "总体满意吗" in said
    assert callback.awaiting == "rating"


def test_wanting_no_more_calls_ends_it_at_once_and_for_good(callback: Talk) -> None:
    said = callback.hears("opt_out", "别再打了", "action_opt_out", "action_back")
    assert "立即生效" in said and "满意" not in said
    assert run_state() is SurveyState.DECLINED
    with database.unit_of_work(read_only=True) as work:
        assert contacts.opted_out(work.session, address=PHONE, channel="sms")


def test_who_is_busy_is_left_alone_and_asked_again_later(callback: Talk) -> None:
    assert "您先忙" in callback.hears("deny", "在开会呢", "action_continue")
    assert run_state() is SurveyState.OPEN
    assert callback.awaiting is None


def test_who_stops_is_not_asked_again(callback: Talk) -> None:
    assert "不打扰" in callback.hears("cancel_task", "算了不想答", "action_cancel")
    assert run_state() is SurveyState.DECLINED


def test_a_new_event_goes_before_the_survey(callback: Talk) -> None:
    said = callback.hears(
        "inform",
        "昨天下午追尾了",
        "action_continue",
        cause="collision_multi",
        incident_time="2026-11-25T15:00:00+08:00",
    )
    assert "总体满意" not in said
    assert answers() == {}
    assert run_state() is SurveyState.OPEN


def test_the_survey_goes_on_where_it_stopped_on_another_channel(
    callback: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    callback.hears("inform", "2分", "action_continue")
    with database.unit_of_work() as work:
        channel_states.say(work.session, {"voice": True, "sms": True})
        work.commit()
    later = clock.now() + timedelta(hours=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(channel_states, "TRUSTED_FOR", timedelta(days=1))
    assert Engine(ours(), "w1").work() == 1
    with database.unit_of_work(read_only=True) as work:
        call = conversations.by_address(work.session, "voice", PHONE)
        assert call is not None
        [opening] = [message.text for message in conversations.messages_after(work.session, call.id)]
        phone = Talk(callback.executor, call.id, "voice")
    assert opening.startswith("您好，您的理赔回访") and "主要是哪方面" in opening
    phone.hears("inform", "处理太慢", "action_continue", choose="speed")
    assert answers() == {"overall": "2", "reason": "speed"}
    # The question in the text messages is answered by now: what is said there belongs to the next one.
    callback.hears("inform", "等了太久", "action_continue")
    assert list(answers()) == ["overall", "reason", "problem"]
    assert run_state() is SurveyState.FINISHED


def test_anger_at_a_question_of_the_survey_is_its_answer_and_a_complaint_is_a_complaint(callback: Talk) -> None:
    callback.hears("inform", "2分", "action_continue")
    assert "具体情况" in callback.hears("complain", "太慢了", "action_complain", "action_back")
    assert answers() == {"overall": "2", "reason": "speed"}
    assert "投诉" in callback.hears("complain", "我要投诉你们", "action_complain", "action_back")
    assert list(answers()) == ["overall", "reason"]


@pytest.mark.parametrize(
    ("intent", "text", "action", "state"),
    [
        ("affirm", "是的", "action_continue", "closed"),
        ("cancel_task", "已经解决了", "action_cancel", "closed"),
        ("deny", "没有", "action_continue", "open"),
        ("deny", "还没解决呢", "action_continue", "open"),
    ],
)
def test_the_answer_to_a_ticket_comes_back_and_is_judged(
    callback: Talk, intent: str, text: str, action: str, state: str
) -> None:
    for words in ("2分", "处理太慢", "没有"):
        callback.hears("inform", words, "action_continue")
    with database.unit_of_work() as work:
        tickets.answer(work.session, work.session.scalars(select(Ticket)).one(), "已经为您补发赔款。", "handler01")
        work.commit()
    engine = Engine(ours(), "w1")
    engine.plan()
    engine.work()
    with database.unit_of_work(read_only=True) as work:
        newest = conversations.messages_after(work.session, callback.conversation_id)[-1].text
    assert "已经为您补发赔款" in newest and "解决了吗" in newest
    callback.hears(intent, text, action)
    with database.unit_of_work(read_only=True) as work:
        ticket = work.session.scalars(select(Ticket)).one()
        assert (ticket.state, ticket.solved) == (TicketState(state), state == "closed")
