"""Claims at the desk: listed, opened, moved through their steps, their materials judged."""

from __future__ import annotations

from sqlalchemy import select

from claims import casework, lifecycle, materials, staff
from claims.errors import NotFound
from claims.models import Claim, Inspection
from claims.staff import Right
from claims.vocabulary import ClaimState, InspectionState, MaterialState
from desk.access import Desk
from desk.cards import Card, card, rows
from desk.door import operation
from desk.problems import Refused
from desk.shown import amount_of

MOST = 200
ENDED = (ClaimState.CLOSED, ClaimState.WITHDRAWN)
_URGENCY = {"late": 0, "soon": 1, "ok": 2, "off": 3}


@operation(Right.READ_CLAIMS)
def list_cases(desk: Desk, scope: str = "open", state: str = "") -> list[Card]:
    """Claims, the most pressing clock first. scope: open, mine (a surveyor's own visits), or all; state: only these."""
    query = select(Claim).order_by(Claim.reported_at.desc()).limit(MOST)
    if scope == "mine":
        own = select(Inspection.claim_id).where(
            Inspection.surveyor_id == desk.account.id, Inspection.state == InspectionState.BOOKED
        )
        query = query.where(Claim.id.in_(own))
    elif scope == "open":
        query = query.where(Claim.state.not_in(ENDED))
    if state:
        query = query.where(Claim.state == ClaimState(state))
    found = list(desk.session.scalars(query))
    desk.note("claims_listed", "claims", {"numbers": [claim.number for claim in found]})
    return sorted(rows(desk, found), key=_pressing)


@operation(Right.READ_CLAIMS)
def open_case(desk: Desk, number: str) -> Card:
    """The whole claim."""
    claim = find(desk, number)
    desk.note("claim_read", f"claim:{claim.number}")
    return card(desk, claim)


@operation(Right.READ_CLAIMS)
def move_case(desk: Desk, number: str, to: str, note: str = "", amount: str = "", grounds: str = "") -> Card:
    """Take a claim to its next step. amount: as typed; grounds: what a refused customer will read."""
    step = ClaimState(to)
    staff.require_step(desk.account, step)
    claim = find(desk, number)
    figure = amount_of(amount)
    if step is ClaimState.REJECTED and not grounds.strip():
        raise Refused(422, "grounds_needed")
    if step is ClaimState.OFFER and figure is None and claim.offer_amount is None:
        raise Refused(422, "amount_needed")
    lifecycle.move(
        desk.session,
        claim,
        step,
        actor=desk.actor,
        note=note.strip()[:2000],
        amount=figure,
        grounds=grounds.strip()[:2000] or None,
    )
    return card(desk, claim)


@operation(Right.REVIEW_MATERIALS)
def judge_material(desk: Desk, number: str, kind: str, verdict: str, reason: str = "") -> Card:
    """Accept a material, reject it with the reason that the customer will read, or note that it came on paper."""
    claim = find(desk, number)
    state = MaterialState(verdict)
    material = materials.find(desk.session, claim, kind)
    if state is MaterialState.REJECTED and not reason.strip():
        raise Refused(422, "reason_needed")
    if state is MaterialState.ACCEPTED:
        materials.accept(desk.session, material, desk.actor)
    elif state is MaterialState.REJECTED:
        materials.reject(desk.session, material, desk.actor, reason.strip()[:2000])
    elif state is MaterialState.RECEIVED:
        materials.receive_paper(desk.session, claim, material, desk.actor)
    desk.session.flush()
    return card(desk, claim)


def find(desk: Desk, number: str) -> Claim:
    """NotFound when there is none."""
    claim = casework.find_claim(desk.session, number)
    if claim is None:
        raise NotFound(f"no claim {number}")
    return claim


def _pressing(row: Card) -> tuple[int, int, float]:
    then = row["clock"]
    rank = {"emergency": 0, "high": 1}.get(row["priority"], 2)
    return _URGENCY[then["how"]], rank if then["how"] != "off" else 0, then["seconds"]
