"""Questions: answered from the knowledge base; "why do you ask" from the report."""

from __future__ import annotations

import json

from actions.turn import Turn
from claims import conversations, drafts, unanswered
from faq import service
from faq.catalogue import Entry
from faq.decide import Answer, AskBack, Unknown


def answer(turn: Turn) -> None:
    """Answer by meaning, ask back with three choices, or say that we do not know and keep the question."""
    entry_id = turn.heard.first("faq_entry")
    if entry_id is not None:
        _tell(turn, service.entry(str(entry_id)))
        return
    match service.answer(turn.heard.text):
        case Answer(entry=entry):
            _tell(turn, entry)
        case AskBack(choices=choices):
            buttons = [{"title": e.question, "payload": f'/ask_faq{{"faq_entry": "{e.id}"}}'} for e in choices]
            none = {"title": "都不是", "payload": f"/none_of_these{json.dumps({'question': turn.heard.text})}"}
            turn.say("utter_faq_ask_back", awaiting="choice", buttons=[*buttons, none])
        case Unknown(best=best):
            nearest = (best.entry_id, best.score) if best is not None else (None, None)
            unanswered.keep(turn.session, turn.heard.text, turn.conversation.id, *nearest)
            turn.say("utter_faq_unknown")


def why(turn: Turn) -> None:
    """Why the open question is asked."""
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    asked = turn.heard.awaiting or (draft.asked if draft else None)
    side_task = conversations.top_task(turn.conversation)
    name = "code" if side_task else asked
    known = f"utter_why_{name}" in turn.domain.get("responses", {})
    turn.say(f"utter_why_{name}" if known else "utter_why")


def none_of_these(turn: Turn) -> None:
    """None of the offered entries was meant: the editors get the question."""
    asked = turn.heard.first("question") or turn.heard.text
    unanswered.keep(turn.session, str(asked), turn.conversation.id, None, None)
    turn.say("utter_faq_unknown")


def _tell(turn: Turn, entry: Entry) -> None:
    turn.say("utter_faq_answer", answer=entry.answer, source=entry.source.reference)
