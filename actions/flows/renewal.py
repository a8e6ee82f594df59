"""Renewing a policy: the data is gone through, the price shown with its parts, the intention recorded for a person.

The task on the stack is {"task": "renewal", "policy": number, "step": …, "details": {…}}. Steps: "offered" (a reminder
asked whether), "check" (is all of this right?), "change" (which item?), one of the items, "price" (shall it be so?).
"""

from __future__ import annotations

import re
from typing import Any

from actions import labels
from actions.flows import identify, questions, renewal_telling
from actions.flows.asking import inform
from actions.flows.side_tasks import Beneath, SideTask, Task
from actions.turn import Turn
from claims import conversations, customers, policies, renewals
from claims.contacts import PHONE_CHANNELS
from claims.models import Policy
from claims.normalise import phone as one_spelling
from claims.rules.renewals import rules, use_said
from claims.vocabulary import RenewalState

TASK = "renewal"
NOT_WANTED = re.compile(
    r"(?<![要能会會是想用])不(想|要|用|打算|需要|准备|準備|再)*[续續]|[别別][续續]|不[要买買办辦]了|(已经|已經)[^，。]{0,6}[别別]家"
)
LATER = re.compile(r"再?(想想|考虑|考慮|看看|商量|等等)|(晚点|晚點|过几天|過幾天|到时候|到時候)再")
DECLINE, WAIT = "decline", "later"
"""What buttons choose: of a reminder, of the price."""
SHORTEST_ADDRESS = 5
ITEM_WORDS = {
    "plate": re.compile("车牌|車牌|牌照"),
    "phone": re.compile("电话|電話|手机|手機|号码|號碼"),
    "address": re.compile("地址|住址"),
    "use": re.compile("用途|使用性质|使用性質|性质|性質"),
}
#: What comes before an address that is said anew.
BEFORE_ADDRESS = re.compile(
    r"^.*?(地址|住址)[^，。]{0,4}?(是|改成|改到|换成|換成|改为|改為|[:：])|^我?(现在|現在|就)?住?在(?=.{4})"
)
ASKING_FOR = {"plate": "policy", "phone": "contact_phone", "address": "location", "use": "choice"}


def begin(turn: Turn) -> None:
    """The customer speaks of renewing."""
    task = under_way(turn)
    declined = turn.heard.first("choose") == DECLINE or bool(NOT_WANTED.search(turn.heard.text))
    if task is not None and task["step"] == "price" and not declined:
        _agree(turn, task)
        return
    if declined and (held := _at_hand(turn, task)):
        _decline(turn, held)
        return
    if turn.customer_id is None and not declined and questions.answered(turn):
        return
    named: dict[str, Any] = {"declined": declined}
    if number := turn.heard.first("policy_no") or (task or {}).get("policy"):
        named["policy_no"] = str(number)
    if line := turn.heard.first("insurance_line"):
        named["line"] = line
    if identify.require(turn, TASK, **named):
        after_proof(turn, named)


def after_proof(turn: Turn, named: dict[str, Any]) -> None:
    """Take up the policy that is meant, of those that can be renewed."""
    conversations.drop_tasks(turn.conversation, TASK)
    mine = renewals.renewable(turn.session, turn.customer_id or "", turn.heard.now)
    meant = [each for each in mine if each.number == named.get("policy_no")] or [
        each for each in mine if each.line == named.get("line")
    ]
    found = meant or mine
    if named.get("declined") and found:
        _decline(turn, found)
    elif not found:
        renewal_telling.nothing_due(turn, policies.policies_of(turn.session, turn.customer_id or ""))
    elif len(found) > 1:
        renewal_telling.which(turn, found)
    elif renewals.of_policy(turn.session, found[0]).state is RenewalState.ASKED:
        turn.say("utter_renewal_already", policy=renewal_telling.name(found[0]))
    else:
        _check(turn, found[0], renewals.details_known(found[0]))


def under_way(turn: Turn) -> dict[str, Any] | None:
    """The task, when it is on top."""
    task = conversations.top_task(turn.conversation)
    return task if task is not None and task["task"] == TASK else None


def took(turn: Turn) -> bool:
    """Take the message when it names an item of the data that is gone through, whatever else it was read as.

    "电话换成…" is no wish to change the contact on file, "车现在跑网约车" asks for no inspection.
    """
    task = under_way(turn)
    if task is None or is_soft(task) or not (_said(turn, task["step"]) or _item_named(turn)):
        return False
    hear(turn, task)
    return True


def is_soft(task: Task) -> bool:
    """Whether it was only asked by a reminder: whatever else the customer says ends it."""
    return bool(task["step"] == "offered")


def hear(turn: Turn, task: Task) -> Beneath | None:
    """An answer at one of the steps."""
    heard, step = turn.heard, task["step"]
    if is_soft(task) and heard.tells_an_event:
        conversations.drop_tasks(turn.conversation, TASK)
        return Beneath.HEARS
    if NOT_WANTED.search(heard.text) or (heard.intent == "deny" and step in ("offered", "price")):
        if LATER.search(heard.text):
            _later(turn)
        else:
            _decline(turn, [_policy(turn, task)])
    elif heard.first("choose") == WAIT or (LATER.search(heard.text) and step in ("offered", "price")):
        _later(turn)
    elif step == "offered" and heard.intent == "affirm":
        begin(turn)
    elif changed := _said(turn, step):
        _check(turn, _policy(turn, task), {**task["details"], **changed})
    elif step == "price" and heard.intent == "affirm":
        _agree(turn, task)
    elif step == "check" and heard.intent == "affirm":
        _next(turn, task)
    elif item := _item_named(turn):
        _ask_item(turn, {**task, "step": item})
    elif step == "check" and heard.intent == "deny":
        _ask_item(turn, {**task, "step": "change"})
    else:
        ask_again(turn, task)
    return None


def ask_again(turn: Turn, task: Task) -> None:
    """The open question once more."""
    match task["step"]:
        case "offered":
            turn.say("utter_renewal_offered", awaiting="confirm")
        case "check":
            renewal_telling.check(turn, _policy(turn, task), task["details"])
        case "price":
            turn.say("utter_renewal_agree_again", awaiting="confirm")
        case step:
            turn.say(f"utter_renewal_ask_{step}", awaiting=ASKING_FOR.get(step, "choice"), **_choices(step))


SIDE_TASK = SideTask(TASK, hear, ask_again, is_soft=is_soft)


def _check(turn: Turn, policy: Policy, details: dict[str, str]) -> None:
    _put(turn, {"task": TASK, "policy": policy.number, "step": "check", "details": details})
    renewal_telling.check(turn, policy, details)


def _next(turn: Turn, task: Task) -> None:
    """What is not on file is asked; then the price."""
    policy = _policy(turn, task)
    missing = [item for item in rules().checks[policy.line] if item not in task["details"]]
    if missing:
        _ask_item(turn, {**task, "step": missing[0]})
        return
    _put(turn, {**task, "step": "price"})
    renewal_telling.price(turn, policy, renewals.price(turn.session, policy, task["details"]))


def _ask_item(turn: Turn, task: Task) -> None:
    _put(turn, task)
    ask_again(turn, task)


def _agree(turn: Turn, task: Task) -> None:
    policy = _policy(turn, task)
    renewal = renewals.ask(
        turn.session,
        policy,
        details=task["details"],
        quote=renewals.price(turn.session, policy, task["details"]),
        conversation_id=turn.conversation.id,
    )
    conversations.drop_tasks(turn.conversation, TASK)
    due = labels.moment(renewal.due_at) if renewal.due_at is not None else ""
    turn.say("utter_renewal_recorded", policy=renewal_telling.name(policy), due=due)


def _decline(turn: Turn, found: list[Policy]) -> None:
    conversations.drop_tasks(turn.conversation, TASK)
    for policy in found:
        renewals.decline(turn.session, policy)
    first = min(found, key=lambda policy: policy.ends_at)
    turn.say("utter_renewal_declined", policy=renewal_telling.name(first), ends=labels.day(first.ends_at))


def _later(turn: Turn) -> None:
    conversations.drop_tasks(turn.conversation, TASK)
    turn.say("utter_renewal_later")


def _at_hand(turn: Turn, task: Task | None) -> list[Policy]:
    """The policies that a "no" means without a proof: leaving somebody in peace gives nothing away."""
    if task is not None:
        return [_policy(turn, task)]
    known = {turn.customer_id} if turn.customer_id is not None else set()
    if not known and turn.conversation.channel in PHONE_CHANNELS and turn.conversation.address is not None:
        known = {each.id for each in customers.find_by_phone(turn.session, turn.conversation.address)}
    return [policy for each in known for policy in renewals.renewable(turn.session, each, turn.heard.now)]


def _said(turn: Turn, step: str) -> dict[str, str]:
    """The items that the message gives anew. Only what was asked for, or is named beside its value."""
    heard, found = turn.heard, {}
    if plate := heard.first("plate_no"):
        found["plate"] = str(plate)
    if phone := heard.first("phone"):
        found["phone"] = one_spelling(str(phone))
    named = ITEM_WORDS["address"].search(heard.text) is not None
    if (step == "address" and heard.intent == "inform") or (named and heard.first("location") is not None):
        # The customer's own words: a place that was read for a report may lack the number of the house.
        address = BEFORE_ADDRESS.sub("", heard.text).strip(" ，。,.")
        if len(address) >= SHORTEST_ADDRESS:
            found["address"] = address
    use = heard.first("choose") or use_said(heard.text)
    if use in rules().uses:
        found["use"] = str(use)
    return found


def _item_named(turn: Turn) -> str | None:
    return next((item for item, words in ITEM_WORDS.items() if words.search(turn.heard.text)), None)


def _choices(step: str) -> dict[str, Any]:
    if step == "use":
        return {"buttons": [{"title": use.name, "payload": inform(choose=key)} for key, use in rules().uses.items()]}
    return {}


def _policy(turn: Turn, task: Task) -> Policy:
    policy = policies.find_policy(turn.session, task["policy"])
    if policy is None:
        raise LookupError("the policy of a renewal is gone")
    return policy


def _put(turn: Turn, task: Task) -> None:
    conversations.drop_tasks(turn.conversation, TASK)
    conversations.push_task(turn.conversation, task)
