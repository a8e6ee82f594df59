"""The life cycle of a claim: which steps are allowed, as data, and the one function that takes them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from claims import audit, clock
from claims.errors import BadInput, StepNotAllowed
from claims.models import Claim, TimelineEntry
from claims.notices import planning
from claims.vocabulary import ClaimState as S

TRANSITIONS: dict[S, frozenset[S]] = {
    S.REPORTED: frozenset({S.MATERIALS, S.ACCEPTED, S.REJECTED, S.WITHDRAWN}),
    S.MATERIALS: frozenset({S.ACCEPTED, S.REJECTED, S.WITHDRAWN}),
    # Material may turn out to be missing at every step up to the assessment; it is asked for and the claim comes back.
    S.ACCEPTED: frozenset({S.INSPECTION, S.ASSESSMENT, S.MATERIALS, S.REJECTED, S.WITHDRAWN}),
    S.INSPECTION: frozenset({S.ASSESSMENT, S.MATERIALS, S.REJECTED, S.WITHDRAWN}),
    S.ASSESSMENT: frozenset({S.APPROVAL, S.INSPECTION, S.MATERIALS, S.REJECTED, S.WITHDRAWN}),
    S.APPROVAL: frozenset({S.OFFER, S.ASSESSMENT, S.REJECTED, S.WITHDRAWN}),
    S.OFFER: frozenset({S.PAYMENT, S.DISPUTED, S.WITHDRAWN}),
    S.DISPUTED: frozenset({S.INSPECTION, S.ASSESSMENT, S.APPROVAL, S.OFFER, S.REJECTED, S.WITHDRAWN}),
    S.PAYMENT: frozenset({S.CLOSED}),
    # A refused customer may object; a refusal nobody objects to is closed.
    S.REJECTED: frozenset({S.DISPUTED, S.CLOSED}),
    S.CLOSED: frozenset(),
    S.WITHDRAWN: frozenset(),
}

STATE_NAMES: dict[S, str] = {
    S.REPORTED: "已报案",
    S.MATERIALS: "收集材料",
    S.ACCEPTED: "已受理",
    S.INSPECTION: "查勘",
    S.ASSESSMENT: "定损理算",
    S.APPROVAL: "审批",
    S.OFFER: "待您确认赔付金额",
    S.PAYMENT: "付款中",
    S.CLOSED: "已结案",
    S.REJECTED: "不予赔付",
    S.WITHDRAWN: "已撤案",
    S.DISPUTED: "争议复核",
}

ENDED = frozenset({S.CLOSED, S.WITHDRAWN, S.REJECTED})  # nothing is going on, though a rejection may be disputed
_WITH_AMOUNT = frozenset({S.ASSESSMENT, S.APPROVAL, S.OFFER})
_CENT = Decimal("0.01")
_MOST = Decimal("999999999999.99")


def allowed(claim: Claim) -> list[S]:
    """The steps that may come next, in the order of the life cycle."""
    return [state for state in S if state in TRANSITIONS[claim.state]]


def move(
    session: Session,
    claim: Claim,
    to: S,
    *,
    actor: str,
    note: str = "",
    amount: Decimal | None = None,
    grounds: str | None = None,
    at: datetime | None = None,
) -> TimelineEntry | None:
    """Take a claim to its next state and write it on the timeline; None when it is there already.

    `amount` (CNY) may come with assessment, approval and offer; an offer without one falls back on the amount set
    before. A rejection needs its `grounds`, in words the customer will read (Insurance Law art. 24).
    The notice to the customer is planned with it. `at` (default now) is for history brought in from elsewhere, of
    which nobody is told. StepNotAllowed names the steps that are allowed;
    BadInput says which value is missing or wrong.
    """
    amount = _checked_amount(to, amount)
    session.flush()
    session.refresh(claim, with_for_update=True)  # two people may press the button at once
    if claim.state is to:
        if amount is not None and amount != claim.offer_amount:
            raise BadInput(f"the claim is in state {to} with {claim.offer_amount} yuan; go back a step to change it")
        return None
    if to not in TRANSITIONS[claim.state]:
        raise StepNotAllowed(claim.state, to, [str(state) for state in allowed(claim)])
    if to is S.REJECTED:
        if not (grounds and grounds.strip()):
            raise BadInput("a rejection needs its grounds")
        claim.rejection_grounds = grounds.strip()
    if amount is not None:
        claim.offer_amount = amount
    if to is S.OFFER and claim.offer_amount is None:
        raise BadInput("an offer needs an amount")
    entry = _write(session, claim, to, actor, note, at or clock.now())
    if at is None:
        planning.step(session, claim, entry)
    return entry


def entered(claim: Claim, state: S) -> datetime | None:
    """When the claim last came into that state; None when it never did."""
    return max((entry.at for entry in claim.timeline if entry.state_to is state), default=None)


def _write(session: Session, claim: Claim, to: S, actor: str, note: str, at: datetime) -> TimelineEntry:
    before = claim.state
    entry = TimelineEntry(claim_id=claim.id, at=at, state_from=before, state_to=to, actor=actor, note=note)
    claim.state, claim.state_since = to, at
    session.add(entry)
    session.flush()
    session.expire(claim, ["timeline"])
    audit.record(session, actor, "claim_moved", f"claim:{claim.number}", {"from": str(before), "to": str(to)})
    return entry


def _checked_amount(to: S, amount: Decimal | None) -> Decimal | None:
    if amount is None:
        return None
    if to not in _WITH_AMOUNT:
        raise BadInput(f"the step to {to} takes no amount")
    if not isinstance(amount, Decimal) or not amount.is_finite() or not 0 <= amount <= _MOST:
        raise BadInput("an amount is a Decimal of yuan, not negative")
    if amount != amount.quantize(_CENT):
        raise BadInput("an amount has at most two decimal places")
    return amount.quantize(_CENT)
