"""The words on a renewal: what is on file, what it costs, when it can be done."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

from actions import labels
from actions.turn import Turn
from claims import masking
from claims.clock import local
from claims.masking import tail
from claims.models import Policy
from claims.rules import causes
from claims.rules.premiums import Quote
from claims.rules.renewals import rules

ITEM_NAMES = {"plate": "车牌", "phone": "联系电话", "address": "通讯地址", "use": "使用性质"}
PART_NAMES = {
    "base": "基准保费",
    "compulsory": "其中交强险",
    "commercial": "其中商业险",
    "no_claim": "无赔款优待（本年度出险{claims}次，系数{factor}）",
    "use": "使用性质（系数{factor}）",
    "vehicle_tax": "车船税（代收）",
}
ADJUSTS = frozenset({"no_claim", "use"})
NOT_ON_FILE = "未登记"


def name(policy: Policy) -> str:
    """ "车险（尾号0003）"."""
    return f"{causes.line_name(policy.line)}（尾号{tail(policy.number)}）"


def check(turn: Turn, policy: Policy, details: dict[str, str]) -> None:
    """All that is on file, and whether it is right."""
    items = [f"{ITEM_NAMES[item]}：{_shown(item, details.get(item))}" for item in rules().checks[policy.line]]
    brief = turn.conversation.channel in labels.BRIEF
    days = (local(policy.ends_at).date() - local(turn.heard.now).date()).days
    turn.say(
        "utter_renewal_check" if days >= 0 else "utter_renewal_check_expired",
        awaiting="confirm",
        policy=name(policy),
        ends=labels.day(policy.ends_at),
        days=abs(days),
        items=labels.short_list(items) if brief else labels.lines(items),
    )


def price(turn: Turn, policy: Policy, quote: Quote | None) -> None:
    """The price with its parts, and whether it is to be renewed so; without a price a person says it."""
    if quote is None:
        turn.say("utter_renewal_no_price", awaiting="confirm", policy=name(policy))
        return
    brief = turn.conversation.channel in labels.BRIEF
    lines = [_part(part.key, part.amount, part.factor, quote.claims) for part in quote.parts]
    turn.say(
        "utter_renewal_price",
        awaiting="confirm",
        policy=name(policy),
        parts=labels.short_list(lines) if brief else labels.lines(lines),
        total=labels.money(quote.total),
        vat=labels.money(quote.vat),
    )


def which(turn: Turn, found: list[Policy]) -> None:
    """Which of several."""
    buttons = [
        {"title": f"{name(each)}", "payload": f"/renew_policy{json.dumps({'policy_no': each.number})}"}
        for each in found
    ]
    turn.say("utter_renewal_which", awaiting="choice", count=len(found), buttons=buttons)


def nothing_due(turn: Turn, held: list[Policy]) -> None:
    """No policy can be renewed now: when the next one can."""
    coming = [policy for policy in held if policy.ends_at > turn.heard.now]
    if not coming:
        turn.say("utter_no_policies" if not held else "utter_renewal_too_late")
        return
    first = min(coming, key=lambda policy: policy.ends_at)
    opens = first.ends_at - timedelta(days=rules().window.before_days)
    turn.say("utter_renewal_not_yet", policy=name(first), ends=labels.day(first.ends_at), opens=labels.day(opens))


def _shown(item: str, value: str | None) -> str:
    if value is None:
        return NOT_ON_FILE
    if item == "phone":
        return masking.phone(value)
    return rules().uses[value].name if item == "use" else value


def _part(key: str, amount: Decimal, factor: Decimal | None, claims: int) -> str:
    shown = labels.money(amount)
    if key in ADJUSTS:
        shown = f"{'-' if amount < 0 else '+'}{labels.money(abs(amount))}"
    return f"{PART_NAMES[key].format(claims=claims, factor=factor)}：{shown}"
