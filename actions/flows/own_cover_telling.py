"""What the customer's policies say, put into replies."""

from __future__ import annotations

from datetime import timedelta

from actions import labels
from actions.turn import Turn
from claims.rules import causes, cover_names
from claims.rules.cover_answers import NotHeld, Standing, Told, Which
from claims.rules.cover_questions import Aspect, CoverQuestion

#: Policies offered as buttons.
OFFERED = 8


def told(turn: Turn, question: CoverQuestion, answer: Told) -> None:
    """Whether the policy is in force, then what was asked with limit, deductible and clause."""
    policy = answer.policy
    if answer.standing is not Standing.IN_FORCE:
        turn.say(
            f"utter_own_policy_{answer.standing}",
            policy=labels.policy(policy),
            starts=labels.day(policy.starts_at),
            ends=labels.day(policy.ends_at),
        )
    if question.aspect is not Aspect.WAITING_PERIOD or not answer.items:
        _covers(turn, question, answer)
    if answer.items:
        _waiting_period(turn, question, answer)


def which(turn: Turn, answer: Which, payloads: dict[str, str]) -> None:
    """Ask which policy is meant. payloads: the command of a button by policy number."""
    offered = answer.policies[:OFFERED]
    buttons = [{"title": labels.policy(policy), "payload": payloads[policy.number]} for policy in offered]
    turn.say("utter_own_cover_which", awaiting="choice", count=len(answer.policies), buttons=buttons)


def not_held(turn: Turn, answer: NotHeld) -> None:
    """No such policy; what there is instead."""
    if not answer.held:
        turn.say("utter_no_policies")
        return
    held = labels.short_list([labels.policy(policy) for policy in answer.held])
    if answer.line is None:
        turn.say("utter_own_policy_not_found", held=held)
    else:
        turn.say("utter_own_line_not_held", line=causes.line_name(answer.line), held=held)


def _covers(turn: Turn, question: CoverQuestion, answer: Told) -> None:
    policy = answer.policy
    values = {"policy": labels.policy(policy), "ends": labels.day(policy.ends_at), "what": _what(question, answer)}
    named = cover_names.cover(question.cover) if question.cover else None
    if answer.items:
        kind = "yes" if question.aspect is Aspect.COVERED else "terms"
        turn.say(f"utter_own_cover_{kind}", items=labels.lines([labels.cover(item) for item in answer.items]), **values)
        note = named.when_covered if named else ""
    else:
        turn.say("utter_own_cover_no", covers=labels.short_list([item.name for item in policy.items]), **values)
        note = named.when_missing if named else ""
        if answer.elsewhere:
            turn.say(
                "utter_own_cover_elsewhere", policies=labels.short_list([labels.policy(p) for p in answer.elsewhere])
            )
    if note:
        turn.say("utter_own_cover_note", note=note)


def _waiting_period(turn: Turn, question: CoverQuestion, answer: Told) -> None:
    until = answer.waiting_until
    policy = labels.policy(answer.policy)
    if until is None:
        if question.aspect is Aspect.WAITING_PERIOD:
            turn.say("utter_own_waiting_none", policy=policy)
        return
    state = "running" if turn.heard.now < until else "over"
    last_day = labels.day(until - timedelta(seconds=1))
    turn.say(f"utter_own_waiting_{state}", policy=policy, days=answer.policy.waiting_days, until=last_day)


def _what(question: CoverQuestion, answer: Told) -> str:
    """What was asked about, as the customer would call it."""
    if question.cover is not None:
        return cover_names.cover(question.cover).name
    if question.cause is None:
        return ""
    line = answer.policy.line
    return causes.cause_name(causes.read_for_line(question.cause, line) or question.cause, line)
