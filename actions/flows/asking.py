"""The questions of a report and what is said when the cover or an earlier report stands in the way."""

from __future__ import annotations

import json

from actions import labels
from actions.flows import handover
from actions.turn import Turn
from claims import policies
from claims.models import Claim, Draft
from claims.reporting import steps, taking
from claims.reporting.heard import SKIPPABLE
from claims.rules import causes, cover, questions
from claims.vocabulary import Cause, Line

#: Questions that are put differently in some lines: utter_ask_<fact>_<line>.
VARIANTS = frozenset(
    {
        ("incident_time", Line.HEALTH),
        ("location", Line.HEALTH),
        ("loss_estimate", Line.HEALTH),
        ("loss_estimate", Line.ACCIDENT),
        ("policy", Line.AUTO),
        ("third_party", Line.AUTO),
        ("police_reported", Line.PROPERTY),
    }
)
#: Facts that no key of a telephone can say: whoever presses keys may leave them to the person who calls back.
UNPRESSABLE = frozenset({"location", "description"})
#: Answers to one question that could not be used, before a person is asked to help.
PATIENCE = 2


def ask(turn: Turn, draft: Draft, question: steps.Ask) -> None:
    """Ask for one fact: plainly, then with an example, then with ways out."""
    fact = question.fact
    facts = taking.known(draft)
    line = facts.line
    name = f"utter_ask_{fact}_{line}" if (fact, line) in VARIANTS else f"utter_ask_{fact}"
    hurt = facts.cause is Cause.THIRD_PARTY_INJURY or (draft.flags or {}).get("someone_hurt")
    if fact == "injured_count" and hurt:
        name = "utter_ask_injured_count_hurt"
    buttons = _buttons(turn, draft, question)
    skip = {"title": "跳过这一项", "payload": inform(unknown=fact)}
    by_keys = turn.conversation.channel == "voice" and fact in UNPRESSABLE
    if by_keys:
        buttons = [*buttons, skip]
    if question.misses == 1:
        turn.say(f"utter_again_{fact}", awaiting=fact, buttons=buttons)
        return
    if question.misses >= PATIENCE:
        handover.stuck(turn)
        if fact in SKIPPABLE and not by_keys:
            buttons = [*buttons, skip]
        buttons = [*buttons, {"title": "转人工", "payload": "/request_human"}]
    turn.say(name, awaiting=fact, buttons=buttons)


def not_covered(turn: Turn, draft: Draft, problem: cover.CoverProblem) -> None:
    """Say plainly why the cover does not fit and what the customer can do."""
    facts = taking.known(draft)
    policy = taking.policy_of(turn.session, facts)
    turn.say(
        f"utter_not_covered_{problem}",
        awaiting="choice",
        policy=labels.value(facts, "policy", dict(draft.flags or {})),
        line=labels.value(facts, "line") if facts.line else "",
        cause=labels.value(facts, "cause") if facts.cause else "",
        when=labels.value(facts, "incident_time", dict(draft.flags or {})),
        waiting_days=policy.waiting_days if policy is not None else "",
    )


def already_reported(turn: Turn, draft: Draft, claim: Claim) -> None:
    """The event is known. The number is said only to the one who reported it or has proven who they are."""
    mine = claim.conversation_id == turn.conversation.id or (
        claim.customer_id is not None and claim.customer_id == turn.customer_id
    )
    if mine:
        turn.say("utter_already_reported_mine", awaiting="choice", claim_no=claim.number)
    else:
        turn.say("utter_already_reported", awaiting="choice")


def inform(**values: object) -> str:
    """The payload of a button that gives values."""
    return f"/inform{json.dumps(values, ensure_ascii=False)}"


def _buttons(turn: Turn, draft: Draft, question: steps.Ask) -> list[dict[str, str]]:
    facts = taking.known(draft)
    if question.fact == "line":
        likely = questions.possible_lines(facts)
        return [{"title": causes.line_name(n), "payload": inform(insurance_line=n.value)} for n in likely]
    if question.fact == "cause":
        possible = questions.possible_causes(facts.line)
        return [{"title": causes.cause_name(c, facts.line), "payload": inform(cause=c.value)} for c in possible]
    if question.fact == "policy" and question.options:
        found = [policies.find_policy(turn.session, number) for number in question.options]
        return [
            {"title": f"{causes.line_name(p.line)}（尾号{p.number[-4:]}）", "payload": inform(policy_no=p.number)}
            for p in found
            if p is not None
        ]
    return []
