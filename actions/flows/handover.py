"""A person is wanted or needed: into the queue, or a callback; and what the bot says when it has the talk again."""

from __future__ import annotations

from sqlalchemy import select

from actions.flows import callback
from actions.turn import Turn
from claims import clock
from claims.handover import queue
from claims.handover.escalate import Escalation, escalate, leave, low_rating, staffed
from claims.models import Claim, Handover
from claims.rules.handover import open_at
from claims.vocabulary import HandoverReason, HandoverState


def human(turn: Turn) -> None:
    """The customer wants a person."""
    tell(turn, need(turn, HandoverReason.ASKED))


def need(turn: Turn, reason: HandoverReason, claim: Claim | None = None) -> Escalation:
    """Ask for a person in this turn."""
    return escalate(turn.session, turn.conversation, reason, claim=claim, message_id=turn.message_id)


def tell(turn: Turn, came: Escalation) -> None:
    """What the customer who asked for a person hears: the place and the wait, or that we call back, and when."""
    if came.expected is not None:
        name = "utter_human_queued" if came.is_new else "utter_human_still_queued"
        turn.say(name, place=came.expected.place, minutes=came.expected.minutes)
    elif came.booking is not None and came.booking.due_at is not None:
        callback.tell_booked(turn, came.booking, "utter_callback_already")
    elif came.booking is not None:
        away = "utter_human_away" if open_at(clock.now()) else "utter_human_closed"
        turn.say(away if came.is_new else "utter_human_already")
        callback.begin(turn, came.booking)


def stuck(turn: Turn) -> None:
    """The bot did not understand twice: a person sees to it, and the customer may go on meanwhile."""
    came = need(turn, HandoverReason.BOT_FAILED)
    if came.expected is not None:
        turn.say("utter_stuck_queued", place=came.expected.place, minutes=came.expected.minutes)
    else:
        turn.say("utter_stuck_human")


def emergency(turn: Turn) -> None:
    """People may be in danger: first in the queue, at any hour. The bot goes on with what helps at once."""
    came = need(turn, HandoverReason.EMERGENCY)
    if came.is_new and came.expected is not None and staffed(turn.session, turn.conversation):
        turn.say("utter_emergency_queued", place=came.expected.place)


def major(turn: Turn, claim: Claim) -> None:
    """A major claim was registered: somebody sees it through, and says so first."""
    came = need(turn, HandoverReason.MAJOR_CLAIM, claim)
    if came.is_new:
        turn.say("utter_major_queued" if came.expected is not None else "utter_major_callback")


def rated_low(turn: Turn, score: int) -> None:
    """A low score brings a person."""
    came = low_rating(turn.session, turn.conversation, score, message_id=turn.message_id)
    if came is not None and came.is_new:
        tell(turn, came)


def dissatisfied(turn: Turn) -> None:
    """A low score in a survey: a person at once if one is there, a call otherwise. The survey goes on meanwhile."""
    came = need(turn, HandoverReason.LOW_RATING)
    if came.is_new and came.expected is not None:
        tell(turn, came)


def stay(turn: Turn) -> None:
    """ "继续等": where they stand now."""
    handover = queue.under_way(turn.session, turn.conversation.id)
    if handover is None or handover.state is not HandoverState.WAITING:
        human(turn)
        return
    expected = queue.expected(turn.session, handover)
    turn.say("utter_human_still_queued", place=expected.place, minutes=expected.minutes)


def leave_queue(turn: Turn) -> None:
    """ "不等了": back to the bot, and no callback either."""
    left = leave(turn.session, turn.conversation, message_id=turn.message_id)
    cancelled = callback.drop(turn)
    turn.say("utter_queue_left" if left or cancelled else "utter_nothing_to_cancel")


def after_agent(turn: Turn) -> None:
    """The conversation comes back from an agent: what was agreed; what is open is asked after this."""
    handover = turn.session.scalars(
        select(Handover)
        .where(Handover.conversation_id == turn.conversation.id, Handover.state == HandoverState.HANDED_BACK)
        .order_by(Handover.ended_at.desc())
        .limit(1)
    ).first()
    if handover is not None and handover.agreed:
        turn.say("utter_agent_agreed", agreed=handover.agreed)
