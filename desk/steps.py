"""The words by which the staff API names the steps of a claim: the state it goes to, or the verb for it."""

from __future__ import annotations

from claims.vocabulary import ClaimState
from desk.problems import Refused

_VERBS: dict[str, ClaimState] = {
    "request_materials": ClaimState.MATERIALS,
    "accept": ClaimState.ACCEPTED,
    "inspect": ClaimState.INSPECTION,
    "assess": ClaimState.ASSESSMENT,
    "submit": ClaimState.APPROVAL,
    "approve": ClaimState.APPROVAL,
    "pay": ClaimState.PAYMENT,
    "close": ClaimState.CLOSED,
    "reject": ClaimState.REJECTED,
    "withdraw": ClaimState.WITHDRAWN,
    "dispute": ClaimState.DISPUTED,
}

STEPS: dict[str, ClaimState] = {
    **{state.value: state for state in ClaimState if state is not ClaimState.REPORTED},
    **_VERBS,
}


def step_to(word: str) -> ClaimState:
    """The state a step leads to; Refused (404) naming the steps there are."""
    try:
        return STEPS[word.lower()]
    except KeyError:
        steps = "、".join(state.value for state in ClaimState if state is not ClaimState.REPORTED)
        raise Refused(404, "unknown_step", step=word[:40], steps=steps) from None
