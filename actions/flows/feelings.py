"""Anger and despair in the customer's words bring a person, and are met with a word before anything else."""

from __future__ import annotations

from actions.flows import callback, handover
from actions.turn import Turn
from claims.handover.mood import Mood, mood
from claims.vocabulary import HandoverReason

#: Actions that see to it themselves, or whose words are a button's.
OWN = frozenset(
    {"action_human", "action_complain", "action_agent_done", "action_book_callback", "action_leave_message"}
)


def watch(turn: Turn, action: str) -> None:
    """After the turn's first action: what was said in reply stands behind what is said to this."""
    if action in OWN or turn.earlier or turn.message is None or turn.message.is_payload:
        return
    felt = mood(turn.heard.text)
    if felt is Mood.CALM:
        return
    answered, turn.replies = turn.replies, []
    if felt is Mood.DANGER:
        turn.say("utter_despair")
        handover.need(turn, HandoverReason.EMERGENCY)
    else:
        _angry(turn)
    turn.replies += answered


def _angry(turn: Turn) -> None:
    came = handover.need(turn, HandoverReason.ANGER)
    if not came.is_new:
        return
    if came.expected is not None:
        turn.say("utter_anger_queued", place=came.expected.place, minutes=came.expected.minutes)
    elif came.booking is not None:
        turn.say("utter_anger_callback", buttons=callback.buttons(turn))
