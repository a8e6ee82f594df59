"""Who takes an answer: the side task on top of the stack, else the open report, else nobody."""

from __future__ import annotations

import re
from typing import Any

from actions.flows import (
    callback,
    cases,
    changes,
    complaint,
    identify,
    own_cover,
    questions,
    renewal,
    report,
    surveys,
    tickets,
    uploads,
)
from actions.turn import Turn
from claims import conversations, drafts

#: Values that make a sentence a report even when it was not read as one.
EVENT_VALUES = ("cause", "injured", "injured_count")

#: What customers call the channel on which they began.
CHANNEL_WORDS = {
    "wechat": re.compile(r"微信|公众号|公眾號", re.IGNORECASE),
    "sms": re.compile(r"短信|簡訊|简讯"),
    "voice": re.compile(r"电话里|电话上|打电话|電話裡|電話上|打電話"),
    "webchat": re.compile(r"网页|网站|網頁|網站|官网|官網"),
    "telegram": re.compile(r"telegram|电报上|電報上", re.IGNORECASE),
}


def after_proof(turn: Turn, then: str, details: dict[str, Any]) -> None:
    """Go on with what the proof was needed for."""
    turn.say("utter_identity_proved")
    if then in cases.WISHES:
        cases.about_claim(turn, then, details)
    elif then == "resume":
        resume_elsewhere(turn)
    elif then == "upload":
        uploads.after_proof(turn, details)
    elif then == own_cover.TASK:
        own_cover.after_proof(turn, details)
    elif then == renewal.TASK:
        renewal.after_proof(turn, details)
    else:
        changes.after_proof(turn, then, details)
    if turn.awaiting is None:
        back(turn)


def go_on(turn: Turn) -> None:
    """Hand the message to whatever is waiting for it."""
    task = conversations.top_task(turn.conversation)
    if task is not None and task["task"] == own_cover.TASK:
        if own_cover.hear(turn, task):
            back(turn)
        else:
            go_on(turn)
        return
    if task is not None and renewal.is_soft(task) and _tells_an_event(turn):
        conversations.drop_tasks(turn.conversation, renewal.TASK)
        task = conversations.top_task(turn.conversation)
    if task is not None:
        _side_task(turn, task)
        return
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    if turn.heard.intent == "inform" and own_cover.answered(turn):
        # Read as an answer for the cause or the line in it, but put as a question on the own policy.
        back(turn)
    elif draft is not None:
        report.hear(turn, draft)
    elif turn.heard.first("claim_no") is not None:
        cases.about_claim(turn, "status")
    elif any(turn.heard.first(name) is not None for name in EVENT_VALUES) and turn.heard.intent == "inform":
        report.start(turn)
    elif not questions.answered(turn):
        turn.say(
            f"utter_nothing_open_{turn.heard.intent}"
            if turn.heard.intent in ("affirm", "deny")
            else "utter_nothing_open"
        )


def back(turn: Turn) -> None:
    """After something in between: ask the open question once more, unless this turn has asked something already."""
    if turn.awaiting is not None:
        return
    conversations.drop_tasks(turn.conversation, own_cover.TASK)
    task = conversations.top_task(turn.conversation)
    if task is not None and renewal.is_soft(task):
        conversations.drop_tasks(turn.conversation, renewal.TASK)
        task = conversations.top_task(turn.conversation)
    if task is not None:
        _ask_side_task(turn, task)
        return
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    if draft is not None and draft.asked:
        turn.say("utter_back_to_report")
        report.again(turn, draft)


def resume_report(turn: Turn) -> None:
    """ "继续报案": this conversation's report, else one left on another channel, once the phone is proven.

    "在微信上刚才报到一半" names another channel: then the report left there comes first.
    """
    conversations.clear_tasks(turn.conversation)
    draft = drafts.open_draft(turn.session, turn.conversation.id) or drafts.latest_parked(
        turn.session, turn.conversation.id
    )
    if draft is not None and not _left_elsewhere(turn):
        report.resume(turn, draft)
    elif identify.require(turn, "resume"):
        resume_elsewhere(turn)


def resume_elsewhere(turn: Turn) -> None:
    """Take up the report that the proven phone left unfinished in another conversation, or else here."""
    draft = (
        drafts.parked_for_proven(turn.session, turn.conversation)
        or drafts.open_draft(turn.session, turn.conversation.id)
        or drafts.latest_parked(turn.session, turn.conversation.id)
    )
    if draft is None:
        turn.say("utter_nothing_to_resume")
    else:
        report.resume(turn, draft)


def _left_elsewhere(turn: Turn) -> bool:
    """Whether the customer names a channel that is not this one as the place where the report was begun."""
    return any(
        word.search(turn.heard.text) for channel, word in CHANNEL_WORDS.items() if channel != turn.conversation.channel
    )


def cancel(turn: Turn) -> None:
    """Stop what is under way: the side task first, then the report."""
    task = conversations.top_task(turn.conversation)
    if task is not None and task["task"] == surveys.TASK:
        surveys.leave(turn)
        back(turn)
        return
    if task is not None and task["task"] == complaint.TASK:
        complaint.hear(turn, task)
        back(turn)
        return
    if task is not None and task["task"] == tickets.TASK:
        tickets.hear(turn, task)  # "已经解决了" is read as the end of something
        back(turn)
        return
    if task is not None:
        conversations.pop_task(turn.conversation)
        if task["task"] == callback.TASK:
            callback.drop(turn)
        turn.say("utter_cancelled")
        back(turn)
        return
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    if draft is not None:
        report.park(turn, draft)
    elif not questions.answered(turn):
        turn.say("utter_nothing_to_cancel")


def _side_task(turn: Turn, task: dict[str, Any]) -> None:
    match task["task"]:
        case "identify" if _tells_an_event(turn):
            report.start(turn)
        case "identify":
            identify.hear(turn, task, lambda t, details: after_proof(t, task["then"], details))
        case "resume_or_new":
            _resume_or_new(turn)
        case surveys.TASK:
            _survey(turn, task)
        case tickets.TASK:
            tickets.hear(turn, task)
        case callback.TASK:
            callback.hear(turn, task)
        case callback.MESSAGE:
            callback.hear_message(turn)
        case complaint.TASK:
            complaint.hear(turn, task)
        case complaint.VERDICT:
            complaint.hear_verdict(turn, task)
        case renewal.TASK:
            renewal.hear(turn, task)
        case name:
            changes.hear(turn, name, task)
    if turn.awaiting is None and conversations.top_task(turn.conversation) is None:
        back(turn)


def answered_survey(turn: Turn) -> bool:
    """Take the message as an answer if a survey asks for one; False when none does."""
    task = conversations.top_task(turn.conversation)
    if task is None or task["task"] != surveys.TASK or surveys.under_way(turn, task) is None:
        return False
    go_on(turn)
    return True


def _survey(turn: Turn, task: dict[str, Any]) -> None:
    run = surveys.under_way(turn, task)
    if run is None:
        # It is over by now, answered elsewhere or long ago: the message belongs to what lies beneath.
        go_on(turn)
    elif _tells_an_event(turn):
        report.start(turn)
    else:
        surveys.hear(turn, run)


def _tells_an_event(turn: Turn) -> bool:
    """Neither phone nor code, but what happened and when or where: that goes before a proof."""
    heard = turn.heard
    if heard.first("phone") is not None or heard.first("code") is not None:
        return False
    return any(heard.first(name) is not None for name in EVENT_VALUES) and any(
        heard.first(name) is not None for name in ("incident_time", "location", "plate_no")
    )


def _ask_side_task(turn: Turn, task: dict[str, Any]) -> None:
    match task["task"]:
        case "identify":
            identify.ask_again(turn, task)
        case "resume_or_new":
            turn.say("utter_resume_or_new_again", awaiting="choice")
        case surveys.TASK:
            run = surveys.under_way(turn, task)
            if run is not None:
                surveys.ask(turn, run)
            else:
                back(turn)
        case tickets.TASK:
            tickets.ask_again(turn)
        case callback.TASK:
            callback.ask_again(turn, task)
        case callback.MESSAGE:
            turn.say("utter_message_ask", awaiting="description")
        case complaint.TASK:
            complaint.ask(turn, task)
        case complaint.VERDICT:
            complaint.ask_verdict(turn, task)
        case renewal.TASK:
            renewal.ask_again(turn, task)
        case name:
            changes.ask_again(turn, name, task)


def _resume_or_new(turn: Turn) -> None:
    choice = turn.heard.first("choose")
    wants_new = choice == "new" or turn.heard.intent == "deny"
    wants_old = choice == "resume" or turn.heard.intent == "affirm"
    if not wants_new and not wants_old:
        turn.say("utter_resume_or_new_again", awaiting="choice")
        return
    conversations.pop_task(turn.conversation)
    draft = drafts.open_draft(turn.session, turn.conversation.id) or drafts.latest_parked(
        turn.session, turn.conversation.id
    )
    if wants_old and draft is not None:
        report.resume(turn, draft)
        return
    if draft is not None:
        drafts.discard(draft)
    report.hear(turn, drafts.start(turn.session, turn.conversation.id))
