"""Asking for a person, and other wishes that staff carry out: recorded, acknowledged, kept."""

from __future__ import annotations

import re

from actions.flows import questions
from actions.turn import Turn
from claims import contacts, requests

#: Scores of 5 at which the reply apologises and offers a person.
LOW_SCORE = 3
#: "怎么投诉" asks for the way; "什么破系统，投诉你们" is a complaint.
HOW = re.compile("怎[么麼样樣]|如何|哪里|哪裡|在哪|电话是|電話是")


def record(turn: Turn, kind: str, *, claim_id: str | None = None) -> bool:
    """Record a wish once; False when the same wish of this conversation is still open."""
    return requests.open_request(
        turn.session, kind=kind, conversation_id=turn.conversation.id, claim_id=claim_id, text=turn.heard.text
    )


def human(turn: Turn) -> None:
    """The customer wants a person."""
    new = record(turn, "human")
    turn.say("utter_human_recorded" if new else "utter_human_already")


def complaint(turn: Turn) -> None:
    """A complaint is taken down in the customer's words and acknowledged at once; how to complain is answered."""
    if HOW.search(turn.heard.text) and questions.answered(turn):
        return
    record(turn, "complaint")
    turn.say("utter_complaint_recorded")


def opt_out(turn: Turn) -> None:
    """No more messages of our own to this customer, from now on."""
    contacts.opt_out(turn.session, turn.conversation)
    turn.say("utter_opted_out")


def rating(turn: Turn) -> None:
    """An opinion on the service: kept with its score, when one was given."""
    record(turn, "rating")
    score = turn.heard.first("rating")
    turn.say("utter_rating_low" if isinstance(score, int) and score <= LOW_SCORE else "utter_rating_thanks")
