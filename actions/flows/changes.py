"""Wishes that change something: withdraw, accept or dispute, inspection, contact, complaint, opt-out.

Withdrawing is done here. The others are recorded for staff, who carry them out; the reply says exactly that.
"""

from __future__ import annotations

from typing import Any

from actions.flows import cases, identify, questions, renewal, wishes
from actions.flows.side_tasks import SideTask, Task
from actions.turn import Turn
from claims import casework, conversations, lifecycle, policies
from claims.clock import local
from claims.errors import StepNotAllowed
from claims.models import Claim
from claims.rules import causes
from claims.vocabulary import ClaimState

#: Wishes of a customer who has proven who they are, recorded for staff: response said afterwards.
RECORDED = {
    "accept": "utter_accept_recorded",
    "dispute": "utter_dispute_recorded",
    "inspection": "utter_inspection_recorded",
    "contact": "utter_contact_recorded",
}

#: All of them; what is gone on with after the proof.
WISHES = ("withdraw", "policy", *RECORDED)

#: Wishes for which an item of a renewal that is gone through may be taken.
SAID_OF_DATA = frozenset({"inspection", "contact"})


def begin(turn: Turn, wish: str, *, own: bool = False) -> None:
    """Start one of the wishes above, or "withdraw" or "policy"; all of them need proof first.

    own: it is certain that the customer's own affairs are meant, so no general answer will do.
    """
    if wish in SAID_OF_DATA and renewal.took(turn):
        return
    if turn.customer_id is None and not own and questions.answered(turn):
        return
    claim_no = turn.heard.first("claim_no")
    details: dict[str, Any] = {"text": turn.heard.text}
    if claim_no:
        details["claim_no"] = claim_no
    if line := turn.heard.first("insurance_line"):
        details["line"] = line
    if number := turn.heard.first("policy_no"):
        details["policy_no"] = number
    # "我的电话换成…": the number in it is not the one on file yet.
    if identify.require(turn, wish, phone_said=wish != "contact", **details):
        after_proof(turn, wish, details)


def after_proof(turn: Turn, wish: str, details: dict[str, Any]) -> None:
    """Carry on once the customer has proven who they are."""
    if wish == "withdraw":
        _ask_withdraw(turn, details)
    elif wish == "policy":
        _tell_policies(turn, details)
    else:
        wishes.record(turn, wish)
        turn.say(RECORDED[wish])


def hear(turn: Turn, task: Task) -> None:
    """The answer to "withdraw this claim?" (the only question of this room)."""
    if turn.heard.intent == "affirm":
        conversations.pop_task(turn.conversation)
        _withdraw(turn, task["claim_no"])
    elif turn.heard.intent in ("deny", "cancel_task"):
        conversations.pop_task(turn.conversation)
        turn.say("utter_withdraw_dropped")
    else:
        ask_again(turn, task)


def ask_again(turn: Turn, task: Task) -> None:
    turn.say("utter_withdraw_confirm", awaiting="confirm", about=task["about"])


WITHDRAWAL = SideTask("withdraw", hear, ask_again)


def _ask_withdraw(turn: Turn, details: dict[str, Any]) -> None:
    open_claims = [c for c in casework.visible(turn.session, turn.conversation) if c.state not in lifecycle.ENDED]
    if number := details.get("claim_no"):
        open_claims = [c for c in open_claims if c.number == str(number)]
    if not open_claims:
        turn.say("utter_no_open_claims")
    elif len(open_claims) > 1:
        buttons = [
            {"title": cases.label(c), "payload": f'/withdraw_claim{{"claim_no": "{c.number}"}}'}
            for c in open_claims[:8]
        ]
        turn.say("utter_which_claim", awaiting="choice", count=len(open_claims), buttons=buttons)
    else:
        claim = open_claims[0]
        about = cases.label(claim)
        conversations.push_task(turn.conversation, {"task": WITHDRAWAL.name, "claim_no": claim.number, "about": about})
        turn.say("utter_withdraw_confirm", awaiting="confirm", about=about)


def _withdraw(turn: Turn, number: str) -> None:
    claim: Claim | None = next(
        (c for c in casework.visible(turn.session, turn.conversation) if c.number == number), None
    )
    if claim is None:
        turn.say("utter_no_open_claims")
        return
    try:
        lifecycle.move(
            turn.session, claim, ClaimState.WITHDRAWN, actor="customer", note="customer withdrew in the chat"
        )
    except StepNotAllowed:
        turn.say("utter_withdraw_too_late", about=cases.label(claim))
        return
    turn.say("utter_withdrawn", claim_no=claim.number)


def _tell_policies(turn: Turn, details: dict[str, Any]) -> None:
    """The customer's policies; the one, or those of the line, that were named if there are such."""
    own = policies.policies_of(turn.session, turn.customer_id) if turn.customer_id else []
    own = (
        [policy for policy in own if policy.number == details.get("policy_no")]
        or [policy for policy in own if policy.line == details.get("line")]
        or own
    )
    if not own:
        turn.say("utter_no_policies")
        return
    for policy in own:
        items = "、".join(item["name"] for item in policy.plan)
        turn.say(
            "utter_policy" if policy.ends_at > turn.heard.now else "utter_policy_expired",
            line=causes.line_name(policy.line),
            number=policy.number,
            ends=f"{local(policy.ends_at).date()}",
            items=items,
        )
