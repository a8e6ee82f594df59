"""Wishes that staff carry out, and the opinion of a customer: recorded, acknowledged, kept."""

from __future__ import annotations

from actions.flows import complaint, handover
from actions.turn import Turn
from claims import contacts, requests

#: Scores of 5 at which the reply apologises.
LOW_SCORE = 3


def record(turn: Turn, kind: str, *, claim_id: str | None = None) -> bool:
    """Record a wish once; False when the same wish of this conversation is still open."""
    return requests.open_request(
        turn.session, kind=kind, conversation_id=turn.conversation.id, claim_id=claim_id, text=turn.heard.text
    )


def opt_out(turn: Turn) -> None:
    """No more messages of our own to this customer, from now on."""
    contacts.opt_out(turn.session, turn.conversation)
    turn.say("utter_opted_out")


def rating(turn: Turn) -> None:
    """An opinion on the service: of an answer to a complaint, or kept with its score, when one was given."""
    if complaint.judged(turn):
        return
    record(turn, "rating")
    score = turn.heard.first("rating")
    low = isinstance(score, int) and score <= LOW_SCORE
    turn.say("utter_rating_low" if low else "utter_rating_thanks")
    if isinstance(score, int):
        handover.rated_low(turn, score)
