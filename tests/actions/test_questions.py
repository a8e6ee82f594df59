"""Questions: what is answered, asked back, declined, and what did not help."""

import json
from typing import Any

import pytest

from claims import database, drafts, unanswered
from claims.reporting import taking
from claims.vocabulary import QuestionKind
from tests.actions.talk import DOMAIN, Talk
from tests.faq.conftest import real_service

__all__ = ["real_service"]


def payloads(talk: Talk) -> dict[str, tuple[str, dict[str, Any]]]:
    """Of the buttons shown: intent and values by title."""
    found = {}
    for reply in talk.last_replies:
        for button in reply.get("buttons") or []:
            intent, _, values = button["payload"].removeprefix("/").partition("{")
            found[button["title"]] = (intent, json.loads("{" + values) if values else {})
    return found


def kept() -> list[tuple[str, QuestionKind, str | None]]:
    with database.unit_of_work(read_only=True) as work:
        return [(question.text, question.kind, question.best_entry) for question in unanswered.waiting(work.session)]


def test_an_answer_that_did_not_help_is_kept_and_a_person_offered(talk: Talk, real_service: object) -> None:
    talk.hears("ask_faq", "怎么投诉你们", "action_answer_question", "action_back")
    intent, values = payloads(talk)["没帮到我"]
    assert intent == "faq_not_helpful"
    talk.hears(intent, "没帮到我", "action_not_helpful", "action_back", **values)
    (reply, *_) = talk.last_replies
    (offer,) = DOMAIN["responses"][reply["response"]][0]["buttons"]
    assert offer["payload"] == "/request_human"
    assert kept() == [("怎么投诉你们", QuestionKind.DOWN_VOTE, "complaint_how")]


def test_a_chosen_answer_that_did_not_help_is_kept_with_the_question_itself(talk: Talk, real_service: object) -> None:
    talk.hears("ask_faq", "材料的事情", "action_answer_question", "action_back")
    title, (intent, values) = next(iter(payloads(talk).items()))
    talk.hears(intent, title, "action_answer_question", "action_back", **values)
    talk.hears("faq_not_helpful", "没帮到我", "action_not_helpful", **payloads(talk)["没帮到我"][1])
    assert kept() == [("材料的事情", QuestionKind.DOWN_VOTE, values["faq_entry"])]


@pytest.mark.parametrize("channel", ["sms", "voice"])
def test_where_choices_are_numbered_an_answer_offers_none_of_its_own(
    talk: Talk, real_service: object, channel: str
) -> None:
    phone = Talk.begin(channel, "+8613800138001")
    phone.hears("report_claim", "我要报案", "action_report")
    asked = payloads(phone)
    phone.hears("ask_faq", "怎么投诉你们", "action_answer_question", "action_back")
    assert payloads(phone) == asked and asked
    assert sum(bool(reply.get("buttons")) for reply in phone.last_replies) == 1


def test_facts_before_a_question_are_taken_and_the_question_alone_is_looked_up(
    talk: Talk, real_service: object
) -> None:
    talk.hears("report_claim", "车撞护栏了", "action_report", cause="collision_single", insurance_line="auto")
    said = talk.hears(
        "ask_faq",
        "没人受伤，修车大概八千。另外问一下，怎么投诉你们",
        "action_answer_question",
        "action_back",
        told={"injured_count": 0, "amount": 8000},
        question="另外问一下，怎么投诉你们",
    )
    assert "8,000" in said
    asked = payloads(talk)
    assert asked["没帮到我"][1]["faq_entry"] == "complaint_how"
    assert "受伤" not in asked["没帮到我"][1]["question"]
    with database.unit_of_work(read_only=True) as work:
        draft = drafts.open_draft(work.session, talk.conversation_id)
        assert draft is not None
        facts = taking.known(draft)
    assert (facts.injured_count, facts.loss_estimate) == (0, 8000)
    assert talk.awaiting not in (None, "injured_count", "loss_estimate")


def test_facts_before_a_question_begin_no_report(talk: Talk, real_service: object) -> None:
    told = {"injured_count": 0}
    talk.hears("ask_faq", "没人受伤。怎么投诉你们", "action_answer_question", "action_back", told=told)
    with database.unit_of_work(read_only=True) as work:
        assert drafts.open_draft(work.session, talk.conversation_id) is None


def test_why_and_how_many_more(talk: Talk) -> None:
    talk.hears("report_claim", "车撞了", "action_report", insurance_line="auto", injured_count=0)
    why = talk.hears("ask_why", "为什么还要问多少钱", "action_explain_question", "action_back")
    longer = talk.hears("ask_why", "还要多久啊", "action_explain_question", "action_back", aspect="how_much_longer")
    assert "一两分钟" in longer and "一两分钟" not in why


def test_still_wanting_to_report_begins_one_where_none_was_left(talk: Talk) -> None:
    talk.hears("resume_task", "那还是报吧", "action_resume_report")
    assert talk.awaiting == "line"


@pytest.mark.parametrize("choose_none", [True, False])
def test_what_was_not_answered_is_kept_with_suggestions(talk: Talk, real_service: object, choose_none: bool) -> None:
    if choose_none:
        talk.hears("ask_faq", "材料的事情13800138001", "action_answer_question", "action_back")
        intent, values = payloads(talk)["都不是"]
        talk.hears(intent, "都不是", "action_none_of_these", **values)
    else:
        talk.hears("ask_faq", "比特币现在能买吗", "action_answer_question")
    with database.unit_of_work(read_only=True) as work:
        (question,) = unanswered.waiting(work.session)
        assert len(question.suggestions) == 3
        assert question.best_entry == question.suggestions[0]
        assert "13800138001" not in question.text


def test_a_question_that_was_taken_for_another_subject_is_answered_where_we_are_certain(
    talk: Talk, real_service: object
) -> None:
    assert "补打" in talk.hears("out_of_scope", "发票丢了怎么办", "action_out_of_scope", "action_back")
    assert "只懂保险理赔" in talk.hears("out_of_scope", "快递丢了", "action_out_of_scope", "action_back")
