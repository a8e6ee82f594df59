"""A message that was not understood with confidence: never guessed at, never a dead end."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from actions.flows import cases, handover, own_cover, questions, report, tasks
from actions.turn import Turn
from claims import conversations, drafts, turns
from claims.models import Message
from claims.vocabulary import Author, Mode
from faq import service
from faq.decide import Answer

#: Readings that are offered, and how likely one must be to be offered.
OFFERED = 3
LIKELY = 0.12
#: What is said to a message that was not understood.
FAILED = frozenset({"utter_clarify", "utter_not_understood"})
#: What else customers want of a claim that they name.
WITH_A_CLAIM = frozenset({*cases.INTENT_OF.values(), "withdraw_claim"} - {"ask_claim_status"})
HUMAN = {"title": "转人工", "payload": "/request_human"}


def clarify(turn: Turn) -> None:
    """Answer it as a question if it is one; inside a task ask again in other words; else offer the best readings."""
    conversations.drop_tasks(turn.conversation, own_cover.TASK)
    if own_cover.answered(turn):
        tasks.back(turn)
        return
    waiting = conversations.top_task(turn.conversation) or drafts.open_draft(turn.session, turn.conversation.id)
    # While an answer is awaited, only what is put as a question is one: "倒车撞的" would find an entry as well.
    may_be_question = waiting is None or questions.ASKING.search(turn.heard.text) is not None
    if may_be_question and isinstance(service.answer(turn.heard.text), Answer):
        questions.answer(turn)
        tasks.back(turn)
        return
    if waiting is not None:
        tasks.go_on(turn)
        return
    if turn.heard.first("cause") is not None and len(turn.heard.values) > 1:
        # What happened and when, where or to which car: that is a report, however it was put.
        turn.heard = replace(turn.heard, intent="report_claim")
        report.start(turn)
        return
    responses = turn.domain.get("responses", {})
    likely = [r["name"] for r in turn.ranking if r["confidence"] >= LIKELY]
    if turn.heard.first("claim_no") is not None and WITH_A_CLAIM.isdisjoint(likely):
        cases.about_claim(turn, "status")  # "那C2026…这个案子呢": whoever names a claim wants to know of it
        return
    titled = [(name, responses.get(f"utter_reading_{name}")) for name in likely]
    buttons = [{"title": found[0]["text"], "payload": f"/{name}"} for name, found in titled if found][:OFFERED]
    if _failed_before(turn):
        handover.stuck(turn)
    elif turn.conversation.mode is Mode.QUEUED:
        turn.say("utter_queue_noted")
    elif buttons:
        turn.say("utter_clarify", awaiting="choice", buttons=[*buttons, HUMAN])
    else:
        turn.say("utter_not_understood", buttons=[HUMAN])


def _failed_before(turn: Turn) -> bool:
    """Whether the message before this one was not understood either."""
    if turn.message is None:
        return False
    before = turn.session.scalars(
        select(Message.id)
        .where(
            Message.conversation_id == turn.conversation.id,
            Message.author == Author.CUSTOMER,
            Message.id < turn.message.id,
        )
        .order_by(Message.id.desc())
        .limit(1)
    ).first()
    answered = turns.remembered(turn.session, str(before), "action_clarify") if before is not None else None
    return answered is not None and any(reply.get("response") in FAILED for reply in answered["replies"])
