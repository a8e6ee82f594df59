"""Which materials are needed: for a claim there is, or in general before there is one."""

from __future__ import annotations

import re

from actions.flows import cases, registered
from actions.turn import Turn
from claims import casework, drafts, identity
from claims.facts import Facts
from claims.reporting import taking
from claims.reporting.merge import merge
from claims.rules import questions
from claims.rules.checklist import checklist

MY_CLAIM = re.compile("案子|案件|那个案|這案|这案|报过|報過|已经报|已經報")


def asked(turn: Turn) -> None:
    """For the customer's claims after proof. Before a claim is registered the rules answer, which are no secret."""
    facts = None if _means_a_claim(turn) else _general(turn)
    if facts is None:
        cases.about_claim(turn, "materials")
    else:
        registered.say_checklist(turn, "utter_materials_general", checklist(facts), "")


def _means_a_claim(turn: Turn) -> bool:
    return (
        turn.heard.first("claim_no") is not None
        or MY_CLAIM.search(turn.heard.text) is not None
        or identity.is_proven(turn.session, turn.conversation)
        or casework.reported_in(turn.session, turn.conversation.id) is not None
    )


def _general(turn: Turn) -> Facts | None:
    """The facts that the question or the open report names, if they tell the line."""
    facts = questions.implied(merge(Facts(), turn.heard).facts)
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    if facts.line is None and draft is not None:
        facts = taking.known(draft)
    return facts if facts.line is not None else None
