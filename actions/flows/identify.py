"""Proving who someone is before anything personal is shown: a one-time code to the phone on file."""

from __future__ import annotations

from typing import Any

from actions.turn import Turn
from claims import casework, conversations, identity
from claims.errors import CodeTooOften, IdentityLocked
from claims.identity import Proof

#: Name of the side task that waits for the phone, then for the code; it is described in flows.proof.
TASK = "identify"


def require(turn: Turn, then: str, *, phone_said: bool = True, **details: Any) -> bool:
    """True when the customer has proven who they are; otherwise the proof starts and `then` follows it.

    then names an entry of flows.proof.AFTER_PROOF; details are handed to it. phone_said: a number in this message is
    the one on file; False where it is a new one.
    """
    if identity.is_proven(turn.session, turn.conversation):
        return True
    said = turn.heard.first("phone") if phone_said else None
    waiting = conversations.top_task(turn.conversation) or {}
    conversations.drop_tasks(turn.conversation, TASK)
    task: dict[str, Any] = {"task": TASK, "then": then, "details": details}
    if waiting.get("task") == TASK and "phone_tail" in waiting and said is None:
        # A code is on its way already; it will serve the new wish as well.
        task["phone_tail"] = waiting["phone_tail"]
        conversations.push_task(turn.conversation, task)
        ask_again(turn, task)
        return False
    phone = said or casework.reporter_phone(turn.session, turn.conversation.id)
    conversations.push_task(turn.conversation, task)
    if phone is None:
        turn.say("utter_ask_phone_on_file", awaiting="contact_phone")
    else:
        _send(turn, task, str(phone))
    return False


def hear(turn: Turn, task: dict[str, Any]) -> bool:
    """The phone number or the code; whether that was the proof."""
    phone = turn.heard.first("phone")
    if phone is not None:
        _send(turn, task, str(phone))
    elif "phone_tail" not in task:
        turn.say("utter_phone_not_read", awaiting="contact_phone")
    elif turn.heard.intent == "resend_code":
        _send(turn, task, None)
    else:
        return _check(turn)
    return False


def ask_again(turn: Turn, task: dict[str, Any]) -> None:
    """The open question of the proof once more."""
    if tail := task.get("phone_tail"):
        turn.say("utter_ask_code_again", awaiting="code", tail=tail)
    else:
        turn.say("utter_ask_phone_on_file", awaiting="contact_phone")


def _send(turn: Turn, task: dict[str, Any], phone: str | None) -> None:
    try:
        tail = identity.send_code(turn.session, turn.conversation, phone)
    except CodeTooOften:
        turn.say("utter_code_too_often", awaiting="code" if "phone_tail" in task else "contact_phone")
        return
    except IdentityLocked:
        conversations.drop_tasks(turn.conversation, TASK)
        turn.say("utter_identity_locked")
        return
    conversations.replace_top(turn.conversation, {**task, "phone_tail": tail})
    turn.say("utter_code_sent", awaiting="code", tail=tail)


def _check(turn: Turn) -> bool:
    code = turn.heard.first("code")
    if code is None:
        turn.say("utter_code_not_read", awaiting="code")
        return False
    match identity.verify_code(turn.session, turn.conversation, str(code)):
        case Proof.PROVED:
            conversations.drop_tasks(turn.conversation, TASK)
            return True
        case Proof.EXPIRED:
            turn.say("utter_code_expired", awaiting="code")
        case Proof.LOCKED:
            conversations.drop_tasks(turn.conversation, TASK)
            turn.say("utter_identity_locked")
        case _:
            turn.say("utter_code_wrong", awaiting="code")
    return False
