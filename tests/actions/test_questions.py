"""Questions: what is answered, asked back, declined, and what did not help."""

import json
from typing import Any

import pytest

from claims import database, unanswered
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
