"""Claims for staff: reading them, moving them through their steps, judging their materials."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from claims import casework, lifecycle, materials, staff
from claims.errors import NotFound
from claims.models import Claim
from claims.vocabulary import ClaimState, MaterialState
from desk.access import ClaimsDesk, Desk, MaterialsDesk
from desk.cards import mine_to_visit
from desk.problems import Refused
from desk.steps import STEPS, step_to
from desk.views import Json, claim_json

router = APIRouter(prefix="/api/staff/claims", tags=["claims"])

NEWEST = 100
Word = Annotated[str, Path(pattern=r"^[A-Za-z_]{1,40}$")]
Number = Annotated[str, Path(pattern=r"^[A-Za-z0-9]{1,20}$")]
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class StepBody(BaseModel):
    """note goes on the timeline, and at the offer the customer reads it as the calculation; amount is yuan; reason (or
    grounds) is what a refused customer reads."""

    model_config = ConfigDict(extra="ignore")
    note: Text = ""
    amount: Decimal | None = Field(None, max_digits=14, decimal_places=2, ge=0)
    reason: Text | None = None
    grounds: Text | None = None


class MaterialBody(BaseModel):
    """reason is needed when the material is rejected: the customer reads it."""

    model_config = ConfigDict(extra="ignore")
    state: Literal["received", "accepted", "rejected"]
    reason: Text | None = None


@router.get("", summary="案件列表")
def list_claims(
    desk: ClaimsDesk,
    conversation: Annotated[str | None, Query(max_length=64, pattern=r"^[^\x00]*$")] = None,
    phone: Annotated[str | None, Query(max_length=40, pattern=r"^[^\x00]*$")] = None,
) -> list[Json]:
    """The claims reported in a conversation, or of a phone (its customer's, or reported with it); newest first.

    Without either: the newest 100.
    """
    if conversation is not None:
        found = casework.in_conversation(desk.session, conversation)
    elif phone is not None:
        found = casework.by_phone(desk.session, phone)
    else:
        newest = select(Claim).order_by(Claim.reported_at.desc(), Claim.number.desc()).limit(NEWEST)
        found = list(desk.session.scalars(newest))
    desk.note("claims_listed", "claims", {"numbers": [claim.number for claim in found]})
    return [_shown(desk, claim) for claim in found]


@router.get("/{claim_no}", summary="一个案件")
def get_claim(desk: ClaimsDesk, claim_no: Number) -> Json:
    """The claim with its facts, timeline and materials."""
    claim = _find(desk, claim_no)
    desk.note("claim_read", f"claim:{claim.number}")
    return _shown(desk, claim)


@router.post(
    "/{claim_no}/{step}",
    summary="推进案件",
    description=f"step: {', '.join(STEPS)}. offer 的 note 会作为计算说明发给客户。"
    "重复提交只记一次；不允许的步骤返回 409 并列出可走的步骤。",
)
def take_step(
    desk: ClaimsDesk, claim_no: Number, step: Word, body: Annotated[StepBody | None, Body()] = None
) -> dict[str, Any]:
    """Take a claim to its next state."""
    to = step_to(step)
    staff.require_step(desk.account, to)
    claim = _find(desk, claim_no)
    body = body or StepBody()
    grounds = (body.grounds or body.reason or "").strip()
    moves = to in lifecycle.TRANSITIONS[claim.state]
    if moves and to is ClaimState.REJECTED and not grounds:
        raise Refused(422, "grounds_needed")
    if moves and to is ClaimState.OFFER and body.amount is None and claim.offer_amount is None:
        raise Refused(422, "amount_needed")
    note = body.note.strip() or ("" if to is ClaimState.REJECTED else (body.reason or "").strip())
    lifecycle.move(
        desk.session,
        claim,
        to,
        actor=desk.actor,
        note=note,
        amount=body.amount.quantize(Decimal("0.01")) if body.amount is not None else None,
        grounds=grounds or None,
    )
    return _shown(desk, claim)


@router.post("/{claim_no}/materials/{kind}", summary="登记或审核一份材料")
def judge_material(desk: MaterialsDesk, claim_no: Number, kind: Word, body: MaterialBody) -> Json:
    """received (handed in on paper), accepted, or rejected with the reason that the customer reads."""
    claim = _find(desk, claim_no)
    material = materials.find(desk.session, claim, kind)
    state = MaterialState(body.state)
    reason = (body.reason or "").strip()
    if state is MaterialState.REJECTED and not reason:
        raise Refused(422, "reason_needed")
    if state is MaterialState.ACCEPTED:
        materials.accept(desk.session, material, desk.actor)
    elif state is MaterialState.REJECTED:
        materials.reject(desk.session, material, desk.actor, reason)
    else:
        materials.receive_paper(desk.session, claim, material, desk.actor)
    desk.session.flush()
    return _shown(desk, claim)


def _shown(desk: Desk, claim: Claim) -> Json:
    """The card; a surveyor reads the phone of their own visits only."""
    shown = claim_json(desk.session, claim)
    if not mine_to_visit(desk, claim):
        phone = desk.address(claim.contact_phone) if claim.contact_phone else None
        shown["contact_phone"] = shown["facts"]["contact_phone"] = phone
    return shown


def _find(desk: Desk, claim_no: str) -> Claim:
    claim = casework.find_claim(desk.session, claim_no)
    if claim is None:
        raise NotFound(f"no claim {claim_no}")
    return claim
