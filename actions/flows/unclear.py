"""A message that was not understood with confidence: never guessed at, never a dead end."""

from __future__ import annotations

from actions.flows import questions, tasks
from actions.turn import Turn
from claims import conversations, drafts
from faq import service

#: Readings that are offered, and how likely one must be to be offered.
OFFERED = 3
LIKELY = 0.12
HUMAN = {"title": "转人工", "payload": "/request_human"}


def clarify(turn: Turn) -> None:
    """Answer it as a question if it is one; inside a task ask again in other words; else offer the best readings."""
    if isinstance(service.answer(turn.heard.text), service.Answer):
        questions.answer(turn)
        tasks.back(turn)
        return
    busy = conversations.top_task(turn.conversation) is not None
    if busy or drafts.open_draft(turn.session, turn.conversation.id) is not None:
        tasks.go_on(turn)
        return
    responses = turn.domain.get("responses", {})
    likely = [r["name"] for r in turn.ranking if r["confidence"] >= LIKELY]
    titled = [(name, responses.get(f"utter_reading_{name}")) for name in likely]
    buttons = [{"title": found[0]["text"], "payload": f"/{name}"} for name, found in titled if found][:OFFERED]
    if buttons:
        turn.say("utter_clarify", awaiting="choice", buttons=[*buttons, HUMAN])
    else:
        turn.say("utter_not_understood", buttons=[HUMAN])
