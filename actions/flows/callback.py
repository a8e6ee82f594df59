"""When to call: a time the customer chooses by button, in writing or speaking, and the number if we have none."""

from __future__ import annotations

import json
from datetime import datetime

from actions import labels
from actions.flows.side_tasks import SideTask, Task, dropped
from actions.turn import Turn
from claims import conversations, drafts, requests
from claims.clock import local
from claims.errors import BadInput
from claims.handover import callbacks
from claims.handover.escalate import call_instead, escalate, leave
from claims.handover.times import upcoming
from claims.models import CallbackBooking
from claims.rules.handover import slots
from claims.vocabulary import HandoverReason

TASK, MESSAGE = "callback", "leave_message"
#: Answers that were no time, before the earliest is taken: a customer who wants to be called is called.
PATIENCE = 2
_DAYS = ("今天", "明天", "后天")


def begin(turn: Turn, booking: CallbackBooking) -> None:
    """Ask for the time. In the middle of something it is only offered, so that the open question stays open."""
    busy = conversations.top_task(turn.conversation) or _asked(turn)
    if busy:
        turn.say("utter_callback_offer", buttons=buttons(turn))
        return
    conversations.push_task(turn.conversation, {"task": TASK, "step": "time", "misses": 0})
    turn.say("utter_callback_ask", awaiting="choice", buttons=buttons(turn))


def wanted(turn: Turn) -> None:
    """ "给我回电话", with a time or without: instead of waiting, if the customer was waiting."""
    booking = call_instead(turn.session, turn.conversation, message_id=turn.message_id)
    if booking is None:
        came = escalate(turn.session, turn.conversation, HandoverReason.ASKED, message_id=turn.message_id)
        booking = came.booking or call_instead(turn.session, turn.conversation, message_id=turn.message_id)
    if booking is None:
        return
    if _take_time(turn, booking):
        conversations.drop_tasks(turn.conversation, TASK)
        _phone_or_done(turn, booking)
    else:
        conversations.drop_tasks(turn.conversation, TASK)
        conversations.push_task(turn.conversation, {"task": TASK, "step": "time", "misses": 0})
        turn.say("utter_callback_ask", awaiting="choice", buttons=buttons(turn))


def hear(turn: Turn, task: Task) -> None:
    """The answer to "when?" or to "which number?"."""
    booking = callbacks.open_booking(turn.session, turn.conversation.id)
    if booking is None:
        conversations.drop_tasks(turn.conversation, TASK)
        return
    if task["step"] == "phone":
        _hear_phone(turn, booking)
        return
    if turn.heard.intent in ("deny", "cancel_task"):
        drop(turn)
        turn.say("utter_callback_dropped")
        return
    misses = int(task["misses"]) + 1
    if _take_time(turn, booking) or misses > PATIENCE:
        if booking.due_at is None:
            callbacks.choose_time(turn.session, booking, slots(turn.heard.now, 1)[0])
        conversations.pop_task(turn.conversation)
        _phone_or_done(turn, booking)
        return
    conversations.replace_top(turn.conversation, {**task, "misses": misses})
    turn.say("utter_callback_other_time", awaiting="choice", buttons=buttons(turn))


def ask_again(turn: Turn, task: Task) -> None:
    if task["step"] == "phone":
        turn.say("utter_callback_phone", awaiting="contact_phone")
    else:
        turn.say("utter_callback_ask", awaiting="choice", buttons=buttons(turn))


def drop(turn: Turn) -> bool:
    """No callback after all; False when none was open."""
    conversations.drop_tasks(turn.conversation, TASK)
    booking = callbacks.open_booking(turn.session, turn.conversation.id)
    if booking is None:
        return False
    callbacks.withdraw(turn.session, booking)
    return True


def tell_booked(turn: Turn, booking: CallbackBooking, name: str = "utter_callback_booked") -> None:
    when = labels.moment(booking.due_at) if booking.due_at is not None else ""
    turn.say(name, when=when, phone=labels.tail(booking.phone or ""))


def ask_message(turn: Turn) -> None:
    """ "我要留言": what it is."""
    task = {"task": MESSAGE}
    conversations.push_task(turn.conversation, task)
    ask_message_again(turn, task)


def ask_message_again(turn: Turn, task: Task) -> None:
    turn.say("utter_message_ask", awaiting="description")


def hear_message(turn: Turn, task: Task) -> None:
    """The message itself: kept for staff, and the customer waits no longer."""
    conversations.pop_task(turn.conversation)
    leave(turn.session, turn.conversation, message_id=turn.message_id)
    requests.open_request(turn.session, kind="message", conversation_id=turn.conversation.id, text=turn.heard.text)
    turn.say("utter_message_kept")


def heard_as(turn: Turn, awaiting: str | None) -> str | None:
    """What the engine is told is awaited, whatever the customer is shown: a time of a callback is read as a time, and
    what is told to people ("description" outside of a report) as it is told."""
    task = conversations.top_task(turn.conversation)
    if task is not None and awaiting == "choice" and task["task"] == TASK and task["step"] == "time":
        return "callback_time"
    return "own_words" if task is not None and awaiting == "description" else awaiting


def _asked(turn: Turn) -> bool:
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    return draft is not None and draft.asked is not None


def _take_time(turn: Turn, booking: CallbackBooking) -> bool:
    chosen = turn.heard.first("callback_time")
    said = turn.heard.first("incident_time")
    when = (
        datetime.fromisoformat(str(chosen))
        if chosen is not None
        else upcoming(str(said) if said is not None else None, turn.heard.text, turn.heard.now)
    )
    if when is None:
        return False
    try:
        callbacks.choose_time(turn.session, booking, when)
    except BadInput:
        return False
    return True


def _phone_or_done(turn: Turn, booking: CallbackBooking) -> None:
    if booking.phone is None:
        booking.phone = callbacks.known_phone(turn.session, turn.conversation)
    if booking.phone is None:
        conversations.push_task(turn.conversation, {"task": TASK, "step": "phone"})
        turn.say("utter_callback_phone", awaiting="contact_phone")
        return
    tell_booked(turn, booking)


def _hear_phone(turn: Turn, booking: CallbackBooking) -> None:
    phone = turn.heard.first("phone")
    if phone is None and turn.heard.intent in ("deny", "cancel_task"):
        drop(turn)
        turn.say("utter_callback_dropped")
        return
    if phone is None:
        turn.say("utter_callback_phone", awaiting="contact_phone")
        return
    callbacks.set_phone(turn.session, booking, str(phone))
    conversations.pop_task(turn.conversation)
    tell_booked(turn, booking)


def buttons(turn: Turn) -> list[dict[str, str]]:
    """The next times at which we call."""
    today = local(turn.heard.now).date()
    found = []
    for slot in slots(turn.heard.now):
        ahead = (slot.date() - today).days
        day = _DAYS[ahead] if ahead < len(_DAYS) else f"{slot.month}月{slot.day}日"
        value = json.dumps({"callback_time": slot.isoformat()})
        found.append({"title": f"{day} {slot:%H:%M}", "payload": f"/book_callback{value}"})
    return found


def _cancel(turn: Turn, task: Task) -> None:
    dropped(turn, task)
    drop(turn)


SIDE_TASK = SideTask(TASK, hear, ask_again, cancel=_cancel)
MESSAGE_TASK = SideTask(MESSAGE, hear_message, ask_message_again)
