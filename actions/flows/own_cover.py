"""Questions on the customer's own cover: told from their policies once they have proven who they are.

Without proof the general answer is given, with the offer to look. What a policy says is decided in claims.rules.
"""

from __future__ import annotations

import json
from typing import Any

from actions.flows import changes, identify, own_cover_telling, questions
from actions.flows.side_tasks import Beneath, SideTask, Task
from actions.turn import Turn
from claims import conversations, drafts, policies
from claims.normalise import plain
from claims.reporting import taking
from claims.rules import cover_answers, cover_questions
from claims.rules.cover_questions import Aspect, CoverQuestion
from claims.vocabulary import Cause, Line

#: Name of the side task that waits for a yes to the offer, or for which of several policies is meant.
#: It is soft: whatever else the customer says ends it.
TASK = "own_cover"
#: Told of the policies as a whole, in the words of "my policies".
OVERVIEW = frozenset({Aspect.EXPIRY, Aspect.CONTENTS})


def overview(turn: Turn) -> None:
    """The message was read as one on the own policies: answer what it asks, else tell of all of them."""
    if (tapped := _tapped(turn)) is not None:
        conversations.drop_tasks(turn.conversation, TASK)
        _prove_and_tell(turn, tapped)
        return
    question = _asked(turn)
    if question is None or not question.answerable or question.aspect in OVERVIEW:
        changes.begin(turn, "policy", own=question is not None and question.own)
        return
    meant = question.own or question.aspect in cover_questions.FACTS or turn.customer_id is not None
    if meant or not questions.answered(turn):
        _ask(turn, question)


def answered(turn: Turn) -> bool:
    """Answer a question on the own cover that was read as something else; False when it is none."""
    if turn.heard.first("faq_entry") is not None:  # chosen from the knowledge base: the words are ours
        return False
    question = _asked(turn)
    if question is None or not question.own or not question.answerable:
        return False
    if question.aspect in OVERVIEW:
        changes.begin(turn, "policy", own=True)
    else:
        _ask(turn, question)
    return True


def after_proof(turn: Turn, details: dict[str, Any]) -> None:
    """Answer what was asked before the proof."""
    _tell(turn, CoverQuestion.model_validate(details["question"]))


def hear(turn: Turn, task: Task) -> Beneath:
    """A yes or no to the offer, or which policy is meant; or the message is about something else."""
    conversations.drop_tasks(turn.conversation, TASK)
    question = CoverQuestion.model_validate(task["question"])
    heard = turn.heard
    if heard.intent == "deny":
        turn.say("utter_own_cover_dropped")
        return Beneath.ASKS_AGAIN
    if task["waits_for"] == "yes" and (heard.intent == "affirm" or heard.first("phone") is not None):
        _prove_and_tell(turn, question)
        return Beneath.ASKS_AGAIN
    line, number = heard.first("insurance_line"), heard.first("policy_no")
    if task["waits_for"] == "policy" and (line or number):
        narrowed = {"line": Line(line)} if line else {"number": plain(str(number))}
        _prove_and_tell(turn, question.model_copy(update=narrowed))
        return Beneath.ASKS_AGAIN
    return Beneath.HEARS


def ask_again(turn: Turn, task: Task) -> None:
    """Not at all: whatever comes in between has ended it."""


SIDE_TASK = SideTask(TASK, hear, ask_again)


def _tapped(turn: Turn) -> CoverQuestion | None:
    """The question that a button of ours carries; see _payload."""
    heard = turn.heard
    if heard.first("aspect") is None:
        return None
    names = {"line": "insurance_line", "number": "policy_no"}
    fields = ("aspect", "cover", "cause", "line", "number")
    return CoverQuestion.model_validate({"own": True, **{name: heard.first(names.get(name, name)) for name in fields}})


def _asked(turn: Turn) -> CoverQuestion | None:
    """The question in the customer's words, and in the light of the open report."""
    line, cause, number = (turn.heard.first(name) for name in ("insurance_line", "cause", "policy_no"))
    question = cover_questions.read(
        turn.heard.text,
        line=Line(line) if line else None,
        cause=Cause(cause) if cause else None,
        number=plain(str(number)) if number else None,
    )
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    if question is None or draft is None or question.number or question.object_named:
        return question
    # "Does my insurance pay?" in the middle of a report asks about what is being reported.
    facts = taking.known(draft)
    return question.model_copy(
        update={
            "line": question.line or facts.line,
            "cause": facts.cause if question.aspect is Aspect.COVERED else None,
        }
    )


def _ask(turn: Turn, question: CoverQuestion) -> None:
    """Answer at once, or in general with the offer to look, or after the proof where there is no general answer."""
    conversations.drop_tasks(turn.conversation, TASK)
    knows_in_general = question.aspect not in cover_questions.FACTS
    if turn.customer_id is None and knows_in_general and questions.answered_in_general(turn):
        _offer(turn, question)
    else:
        _prove_and_tell(turn, question)


def _prove_and_tell(turn: Turn, question: CoverQuestion) -> None:
    if identify.require(turn, TASK, question=_stored(question)):
        _tell(turn, question)


def _offer(turn: Turn, question: CoverQuestion) -> None:
    look = {"title": "查我的保单", "payload": _payload(question)}
    busy = conversations.top_task(turn.conversation) or drafts.open_draft(turn.session, turn.conversation.id)
    if busy is not None:
        # The open question is asked again after this: a yes would be the answer to that one.
        turn.say("utter_own_cover_offer_aside", buttons=[look])
        return
    conversations.push_task(turn.conversation, {"task": TASK, "waits_for": "yes", "question": _stored(question)})
    turn.say("utter_own_cover_offer", awaiting="confirm", buttons=[look, {"title": "不用了", "payload": "/deny"}])


def _tell(turn: Turn, question: CoverQuestion) -> None:
    held = policies.terms_held(turn.session, turn.customer_id) if turn.customer_id else []
    answer = cover_answers.answer(question, held, turn.heard.now)
    match answer:
        case cover_answers.Told():
            own_cover_telling.told(turn, question, answer)
        case cover_answers.NotHeld():
            own_cover_telling.not_held(turn, answer)
        case cover_answers.Which():
            payloads = {p.number: _payload(question.model_copy(update={"number": p.number})) for p in answer.policies}
            conversations.push_task(
                turn.conversation, {"task": TASK, "waits_for": "policy", "question": _stored(question)}
            )
            own_cover_telling.which(turn, answer, payloads)


def _stored(question: CoverQuestion) -> dict[str, Any]:
    return question.model_dump(mode="json", exclude_none=True)


def _payload(question: CoverQuestion) -> str:
    """The command of a button that asks this question, under the value names of the engine."""
    values = {
        "aspect": question.aspect,
        "cover": question.cover,
        "cause": question.cause,
        "insurance_line": question.line,
        "policy_no": question.number,
    }
    return f"/ask_policy{json.dumps({name: value for name, value in values.items() if value is not None})}"
