"""Which survey a closed claim calls for."""

from __future__ import annotations

from collections.abc import Iterable

from claims.models import Claim
from claims.vocabulary import Cause, ClaimState, Tier

_GRAVE = (Cause.DEATH, Cause.CRITICAL_ILLNESS)


def survey_for(claim: Claim, states: Iterable[ClaimState]) -> str:
    """Name of the survey; states: all that the claim has been in. The gravest circumstance counts."""
    been = set(states)
    if claim.cause in _GRAVE or (claim.tier is Tier.MAJOR and claim.cause in (Cause.INJURY, Cause.THIRD_PARTY_INJURY)):
        return "special"
    if ClaimState.REJECTED in been:
        return "rejected"
    if ClaimState.DISPUTED in been:
        return "disputed"
    return "major" if claim.tier is Tier.MAJOR else "regular"
