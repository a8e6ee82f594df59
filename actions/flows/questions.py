"""Questions: answered from the knowledge base; "why do you ask" from the report."""

from __future__ import annotations

import json
import re

from actions import labels
from actions.turn import Turn
from claims import conversations, drafts, masking, unanswered
from claims.vocabulary import QuestionKind
from faq import service
from faq.catalogue import Entry
from faq.decide import Answer, AskBack, Unknown

#: Entries suggested to an editor.
SUGGESTED = 3
#: Signs of a question, and of one on the customer's own case.
ASKING = re.compile(
    "[?？吗嗎呢么麼]|什|怎|咋|啥|多久|多少|几天|幾天|能不能|可不可以|要不要|是不是|[赔賠报報]不[赔賠报報]|行不行|如何|哪"
)
OWN = re.compile(
    "还差|還差|还缺|還缺|缺什么|缺什麼|到哪|进度|進度|"
    "我的|我那|我这|我這|我家的案|案子|案件|我们?那个|我們?那個|帮我查|幫我查"
)


def answer(turn: Turn) -> None:
    """Answer by meaning, ask back with three choices, or say that we do not know and keep the question."""
    entry_id = turn.heard.first("faq_entry")
    if entry_id is not None:
        _tell(turn, service.entry(str(entry_id)))
        return
    text = turn.heard.question
    match service.answer(text):
        case Answer(entry=entry):
            _tell(turn, entry)
        case AskBack(choices=choices):
            asked = {"question": masking.text(text)}
            buttons = [
                {"title": e.question, "payload": f"/ask_faq{json.dumps({'faq_entry': e.id, **asked})}"} for e in choices
            ]
            none = {"title": "都不是", "payload": f"/none_of_these{json.dumps(asked)}"}
            turn.say("utter_faq_ask_back", awaiting="choice", buttons=[*buttons, none])
        case Unknown():
            _keep(turn, text)
            turn.say("utter_faq_unknown")


def answered(turn: Turn) -> bool:
    """Answer a general question that was read as a wish, if the knowledge base is certain of it.

    Asking for proof, or doing something, on the strength of "没有发票能报销吗" would be worse than answering it.
    """
    text = turn.heard.text
    if turn.heard.first("claim_no") is not None or OWN.search(text) or not ASKING.search(text):
        return False
    return answered_in_general(turn)


def answered_in_general(turn: Turn) -> bool:
    """Answer from the knowledge base if it is certain, even where the question is on the own case."""
    decision = service.answer(turn.heard.question)
    if not isinstance(decision, Answer):
        return False
    _tell(turn, decision.entry)
    return True


def why(turn: Turn) -> None:
    """Why the open question is asked, or how many there are still."""
    if turn.heard.first("aspect") == "how_much_longer":
        turn.say("utter_how_much_longer")
        return
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    asked = turn.heard.awaiting or (draft.asked if draft else None)
    side_task = conversations.top_task(turn.conversation)
    name = "code" if side_task else asked
    known = f"utter_why_{name}" in turn.domain.get("responses", {})
    turn.say(f"utter_why_{name}" if known else "utter_why")


def none_of_these(turn: Turn) -> None:
    """None of the offered entries was meant: the editors get the question."""
    _keep(turn, turn.heard.question)
    turn.say("utter_faq_unknown")


def not_helpful(turn: Turn) -> None:
    """The customer says that an answer did not help: the editors get the question with the entry that was given."""
    entry_id, asked = turn.heard.first("faq_entry"), turn.heard.first("question")
    if entry_id is not None and asked is not None:
        _keep(turn, str(asked), str(entry_id))
    turn.say("utter_faq_not_helpful")


def _tell(turn: Turn, entry: Entry) -> None:
    asked = {"faq_entry": entry.id, "question": masking.text(turn.heard.question)}
    # Where choices are numbered, this one would stand before those of the question that is asked again, and "1" mean
    # either. Whom the answer did not help asks in other words there, or for a person.
    brief = turn.conversation.channel in labels.BRIEF
    buttons = [] if brief else [{"title": "没帮到我", "payload": f"/faq_not_helpful{json.dumps(asked)}"}]
    turn.say("utter_faq_answer", answer=entry.answer, source=entry.source.reference, buttons=buttons)


def _keep(turn: Turn, text: str, given: str | None = None) -> None:
    """For the editors, with the entries they may want to add the wording to; `given` did not help."""
    near = [hit.entry_id for hit in service.search(text, SUGGESTED)]
    if given is None:
        unanswered.keep(turn.session, text, near[0] if near else None, suggestions=near)
    else:
        unanswered.keep(turn.session, text, given, suggestions=near, kind=QuestionKind.DOWN_VOTE)
