"""Taking up a report that was left unfinished, here or on another channel."""

from __future__ import annotations

import re

from actions.flows import identify, report
from actions.flows.side_tasks import SideTask, Task
from actions.turn import Turn
from claims import conversations, drafts
from claims.models import Draft

#: What is gone on with after the proof.
WISH = "resume"
#: "那还是报吧": with nothing left unfinished, a wish to begin.
STILL_REPORT = re.compile("[还還都][是係系][想要得]?[报報]")
#: What customers call the channel on which they began.
CHANNEL_WORDS = {
    "wechat": re.compile(r"微信|公众号|公眾號", re.IGNORECASE),
    "sms": re.compile(r"短信|簡訊|简讯"),
    "voice": re.compile(r"电话里|电话上|打电话|電話裡|電話上|打電話"),
    "webchat": re.compile(r"网页|网站|網頁|網站|官网|官網"),
    "telegram": re.compile(r"telegram|电报上|電報上", re.IGNORECASE),
}


def resume_report(turn: Turn) -> None:
    """ "继续报案": this conversation's report, else one left on another channel, once the phone is proven.

    "在微信上刚才报到一半" names another channel: then the report left there comes first.
    """
    conversations.clear_tasks(turn.conversation)
    draft = _left_here(turn)
    if draft is None and STILL_REPORT.search(turn.heard.text):
        report.start(turn)
        return
    if draft is not None and not _left_elsewhere(turn):
        report.resume(turn, draft)
    elif identify.require(turn, WISH):
        resume_elsewhere(turn)


def resume_elsewhere(turn: Turn) -> None:
    """Take up the report that the proven phone left unfinished in another conversation, or else here."""
    draft = drafts.parked_for_proven(turn.session, turn.conversation) or _left_here(turn)
    if draft is None:
        turn.say("utter_nothing_to_resume")
    else:
        report.resume(turn, draft)


def _left_elsewhere(turn: Turn) -> bool:
    """Whether the customer names a channel that is not this one as the place where the report was begun."""
    return any(
        word.search(turn.heard.text) for channel, word in CHANNEL_WORDS.items() if channel != turn.conversation.channel
    )


def _left_here(turn: Turn) -> Draft | None:
    here = turn.conversation.id
    return drafts.open_draft(turn.session, here) or drafts.latest_parked(turn.session, here)


def _hear_choice(turn: Turn, task: Task) -> None:
    choice = turn.heard.first("choose")
    wants_new = choice == "new" or turn.heard.intent == "deny"
    wants_old = choice == "resume" or turn.heard.intent == "affirm"
    if not wants_new and not wants_old:
        _ask_choice(turn, task)
        return
    conversations.pop_task(turn.conversation)
    draft = _left_here(turn)
    if wants_old and draft is not None:
        report.resume(turn, draft)
        return
    if draft is not None:
        drafts.discard(draft)
    report.hear(turn, drafts.start(turn.session, turn.conversation.id))


def _ask_choice(turn: Turn, task: Task) -> None:
    turn.say("utter_resume_or_new_again", awaiting="choice")


SIDE_TASK = SideTask(report.RESUME_OR_NEW, _hear_choice, _ask_choice)
