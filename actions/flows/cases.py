"""Progress, materials and settlement of the customer's registered claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions import labels
from actions.flows import identify, questions, registered
from actions.turn import Turn
from claims import casework, clocks, lifecycle, materials
from claims.models import Claim
from claims.rules import causes, service_levels
from claims.vocabulary import ClaimState, MaterialState

Tell = Callable[[Turn, Claim], None]


def about_claim(turn: Turn, wish: str, details: dict[str, Any] | None = None) -> None:
    """Answer a wish (a key of WISHES) on one of the customer's claims, once they have proven who they are."""
    if details is None and turn.customer_id is None and questions.answered(turn):
        return
    claim_no = (details or {}).get("claim_no") or turn.heard.first("claim_no")
    if not identify.require(turn, wish, **({"claim_no": claim_no} if claim_no else {})):
        return
    mine = casework.visible(turn.session, turn.conversation)
    if claim_no:
        # The same answer whether the number is somebody else's or does not exist at all.
        mine = [claim for claim in mine if claim.number == str(claim_no)]
        if not mine:
            turn.say("utter_claim_not_found", claim_no=claim_no)
            return
    if not mine:
        turn.say("utter_no_claims")
        return
    open_claims = [claim for claim in mine if claim.state not in lifecycle.ENDED]
    asked = open_claims if len(open_claims) == 1 and not claim_no else mine
    if len(asked) == 1:
        WISHES[wish](turn, asked[0])
        return
    buttons = [
        {"title": label(claim), "payload": f'/{INTENT_OF[wish]}{{"claim_no": "{claim.number}"}}'} for claim in asked[:8]
    ]
    turn.say("utter_which_claim", awaiting="choice", count=len(asked), buttons=buttons)


def label(claim: Claim) -> str:
    """How a claim is told from the others: day, kind, place in its life."""
    day = labels.moment(claim.incident_time, day_only=True)
    cause = causes.cause_name(claim.cause, claim.line)
    return f"{day}{cause}（{lifecycle.STATE_NAMES[claim.state]}）{claim.number}"


def tell_status(turn: Turn, claim: Claim) -> None:
    """Where the claim stands, what comes next, by when, and what is still needed."""
    expected = service_levels.expected(
        claim.state,
        claim.state_since,
        claim.line,
        accepted_at=lifecycle.entered(claim, ClaimState.ACCEPTED),
        now=turn.heard.now,
    )
    turn.say(
        f"utter_status_{claim.state}",
        claim_no=claim.number,
        about=label(claim),
        since=labels.moment(claim.state_since),
        next_step=expected.next_step,
        due=labels.moment(expected.due),
        promise=expected.promise,
        amount=labels.money(claim.offer_amount) if claim.offer_amount is not None else "",
        grounds=claim.rejection_grounds or "",
    )
    moved = [each for each in clocks.running(turn.session, claim) if each.delays and each.due > turn.heard.now]
    for each in moved:
        reason = each.delays[-1].reason.rstrip("。")
        turn.say("utter_status_delayed", clock=each.rule.name, reason=reason, until=labels.moment(each.due))
    if not moved and expected.waits_for == "us" and expected.due < turn.heard.now:
        turn.say("utter_status_late", due=labels.moment(expected.due))
    if claim.state in (ClaimState.REPORTED, ClaimState.MATERIALS):
        missing = [i.name for i in _missing(turn, claim) if i.required]
        if missing:
            turn.say("utter_still_missing_short", missing=labels.short_list(missing))


def tell_materials(turn: Turn, claim: Claim) -> None:
    """Received, rejected with the reason, and still missing."""
    standing = materials.standing(turn.session, claim)
    if claim.state in lifecycle.ENDED:
        turn.say("utter_materials_not_needed", about=label(claim))
        return
    missing = [i for i in standing if i.state == MaterialState.MISSING]
    rejected = [i for i in standing if i.state == MaterialState.REJECTED]
    done = [i for i in standing if i.state in (MaterialState.RECEIVED, MaterialState.ACCEPTED)]
    if not missing and not rejected:
        turn.say("utter_materials_all_there", about=label(claim))
        return
    if not done and not rejected:
        registered.tell_checklist(turn, claim)
        return
    turn.say(
        "utter_materials_standing",
        about=label(claim),
        done=labels.short_list([i.name for i in done]) or "无",
        rejected=labels.short_list([f"{i.name}（{i.reason}）" for i in rejected]) or "无",
        missing=_named(turn, missing) or "无",
    )


def _named(turn: Turn, items: list[materials.MaterialStanding]) -> str:
    """What is missing: a line each with what is accepted; where words are dear, the names alone."""
    notes = ["" if item.required else "【如有】" for item in items]
    if turn.conversation.channel in labels.BRIEF:
        return labels.short_list([f"{item.name}{note}" for item, note in zip(items, notes, strict=True)])
    return labels.lines([f"{i.name}（{i.accepted_form}）{note}" for i, note in zip(items, notes, strict=True)])


def tell_settlement(turn: Turn, claim: Claim) -> None:
    """The amount and how far it is, or the grounds of a rejection."""
    if claim.offer_amount is not None and claim.state in (
        ClaimState.OFFER,
        ClaimState.DISPUTED,
        ClaimState.PAYMENT,
        ClaimState.CLOSED,
    ):
        amount = labels.money(claim.offer_amount)
        turn.say(f"utter_settlement_{claim.state}", about=label(claim), claim_no=claim.number, amount=amount)
    elif claim.state == ClaimState.REJECTED:
        tell_status(turn, claim)
    else:
        turn.say("utter_settlement_not_yet", about=label(claim))
        tell_status(turn, claim)


def _missing(turn: Turn, claim: Claim) -> list[Any]:
    open_states = (MaterialState.MISSING, MaterialState.REJECTED)
    return [i for i in materials.standing(turn.session, claim) if i.state in open_states]


WISHES: dict[str, Tell] = {"status": tell_status, "materials": tell_materials, "settlement": tell_settlement}
INTENT_OF = {"status": "ask_claim_status", "materials": "ask_materials", "settlement": "ask_settlement"}
