"""Who takes an answer: the side task on top of the stack, else the open report, else nobody."""

from __future__ import annotations

from actions.flows import (
    callback,
    cases,
    changes,
    complaint,
    own_cover,
    proof,
    questions,
    renewal,
    report,
    resuming,
    surveys,
    tickets,
)
from actions.flows.side_tasks import Beneath
from actions.turn import Turn
from claims import conversations, drafts
from claims.reporting.heard import EVENT_VALUES

#: Every side task there is, by its name on the stack.
SIDE_TASKS = {
    each.name: each
    for each in (
        callback.SIDE_TASK,
        callback.MESSAGE_TASK,
        changes.WITHDRAWAL,
        complaint.SIDE_TASK,
        complaint.VERDICT_TASK,
        own_cover.SIDE_TASK,
        proof.SIDE_TASK,
        renewal.SIDE_TASK,
        resuming.SIDE_TASK,
        surveys.SIDE_TASK,
        tickets.SIDE_TASK,
    )
}


def go_on(turn: Turn) -> None:
    """Hand the message to whatever is waiting for it."""
    task = conversations.top_task(turn.conversation)
    if task is None:
        _without_task(turn)
        return
    side_task = SIDE_TASKS[task["task"]]
    if not side_task.is_open(turn, task):
        go_on(turn)
        return
    if side_task.gives_way and turn.heard.tells_an_event:
        report.start(turn)
        beneath = None
    else:
        beneath = side_task.hear(turn, task)
    if beneath is Beneath.HEARS:
        go_on(turn)
    elif beneath is Beneath.ASKS_AGAIN or conversations.top_task(turn.conversation) is None:
        back(turn)


def back(turn: Turn) -> None:
    """After something in between: ask the open question once more, unless this turn has asked something already."""
    if turn.awaiting is not None:
        return
    conversations.drop_tasks(turn.conversation, own_cover.TASK)  # an offer for the next message alone
    task = conversations.top_task(turn.conversation)
    if task is not None and SIDE_TASKS[task["task"]].is_soft(task):
        conversations.drop_tasks(turn.conversation, task["task"])
        task = conversations.top_task(turn.conversation)
    if task is None:
        _back_to_report(turn)
    elif SIDE_TASKS[task["task"]].is_open(turn, task):
        SIDE_TASKS[task["task"]].ask_again(turn, task)
    else:
        back(turn)


def cancel(turn: Turn) -> None:
    """Stop what is under way: the side task first, then the report."""
    task = conversations.top_task(turn.conversation)
    if task is not None:
        SIDE_TASKS[task["task"]].cancel(turn, task)
        back(turn)
        return
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    if draft is not None:
        report.park(turn, draft)
    elif not questions.answered(turn):
        turn.say("utter_nothing_to_cancel")


def answered_survey(turn: Turn) -> bool:
    """Take the message as an answer if a survey asks for one; False when none does."""
    task = conversations.top_task(turn.conversation)
    if task is None or task["task"] != surveys.TASK or not surveys.SIDE_TASK.is_open(turn, task):
        return False
    go_on(turn)
    return True


def _without_task(turn: Turn) -> None:
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    if turn.heard.intent == "inform" and own_cover.answered(turn):
        # Read as an answer for the cause or the line in it, but put as a question on the own policy.
        back(turn)
    elif draft is not None:
        report.hear(turn, draft)
    elif turn.heard.first("claim_no") is not None:
        cases.about_claim(turn, "status")
    elif turn.heard.tells(*EVENT_VALUES) and turn.heard.intent == "inform":
        report.start(turn)
    elif not questions.answered(turn):
        turn.say(
            f"utter_nothing_open_{turn.heard.intent}"
            if turn.heard.intent in ("affirm", "deny")
            else "utter_nothing_open"
        )


def _back_to_report(turn: Turn) -> None:
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    if draft is not None and draft.asked:
        turn.say("utter_back_to_report")
        report.again(turn, draft)
