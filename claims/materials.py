"""A claim's checklist: opened when it is registered, filled as papers come in, judged by staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, clock
from claims.errors import BadInput, NotFound
from claims.facts import Facts
from claims.models import Attachment, Claim, Material, MaterialFile
from claims.models.base import new_id
from claims.rules.checklist import Requirement, checklist, material_name
from claims.upsert import insert_into
from claims.vocabulary import CustomerKind, MaterialState

UNSORTED = "unsorted"
_UNSORTED_NAME = "待归类的材料"
_LAST = 1000  # the place of what nobody asked for


@dataclass(frozen=True, slots=True)
class MaterialStanding:
    """One item of the checklist as a person reads it, with where it stands. reason: why it was rejected."""

    kind: str
    name: str
    purpose: str
    accepted_form: str
    required: bool
    state: MaterialState
    reason: str | None


def facts_of(claim: Claim) -> Facts:
    """The facts as registered; `policy` is the policy's number, else what the reporter named."""
    return Facts(
        policy=claim.policy.number if claim.policy is not None else claim.policy_said,
        line=claim.line,
        incident_time=claim.incident_time,
        location=claim.location,
        cause=claim.cause,
        description=claim.description,
        injured_count=claim.injured_count,
        third_party=claim.third_party,
        police_reported=claim.police_reported,
        loss_estimate=claim.loss_estimate,
        contact_phone=claim.contact_phone,
    )


def open_checklist(session: Session, claim: Claim) -> None:
    """Write what the rules ask for. Run again after a fact was corrected: new items are added, items no longer
    needed go unless something was handed in for them."""
    session.flush()
    wanted = {need.kind: (place, need) for place, need in enumerate(_requirements(claim))}
    for material in _rows(session, claim):
        if material.kind in wanted:
            material.position, material.required = wanted[material.kind][0], wanted[material.kind][1].required
        elif material.state is MaterialState.MISSING:
            session.delete(material)
    session.flush()
    _ensure(session, [_row(claim, kind, need.required, place) for kind, (place, need) in wanted.items()])


def standing(session: Session, claim: Claim) -> list[MaterialStanding]:
    """The whole checklist in its order, each item with its state; things handed in without a kind come last."""
    needs = {need.kind: need for need in _requirements(claim)}
    return [_standing(material, needs.get(material.kind)) for material in _rows(session, claim)]


def receive(session: Session, claim: Claim, kind: str | None, attachment: Attachment | str) -> Material:
    """Put a file (or its id) to an item of the checklist; kind None keeps it for staff to sort.

    The item counts as received until staff judge it; one that was accepted stays accepted, with one more file. The
    same file again changes nothing. BadInput for a kind that does not exist, NotFound for an unknown file.
    """
    kind = kind or UNSORTED
    name_of_kind(kind)
    file = session.get(Attachment, attachment) if isinstance(attachment, str) else attachment
    if file is None:
        raise NotFound("no such attachment")
    _ensure(session, [_row(claim, kind, required=False, position=_LAST)])
    material = find(session, claim, kind)
    now = clock.now()
    added = session.scalar(
        insert_into(session, MaterialFile)
        .values(material_id=material.id, attachment_id=file.id, received_at=now)
        .on_conflict_do_nothing()
        .returning(MaterialFile.attachment_id)
    )
    if added is None:
        return material
    material.attachment_id, material.updated_at = file.id, now
    if material.state is not MaterialState.ACCEPTED:
        material.state, material.reason = MaterialState.RECEIVED, None
    session.flush()
    audit.record(session, "customer", "material_received", f"claim:{claim.number}", {"kind": kind, "file": file.id})
    return material


def receive_paper(session: Session, claim: Claim, material: Material, actor: str) -> None:
    """It was handed in on paper: counts as received, without a file. Nothing changes when it was received before."""
    if material.state is MaterialState.RECEIVED:
        return
    material.state, material.reason, material.updated_at = MaterialState.RECEIVED, None, clock.now()
    session.flush()
    audit.record(session, actor, "material_received", f"claim:{claim.number}", {"kind": material.kind})


def accept(session: Session, material: Material, actor: str) -> None:
    """Staff found it good."""
    _judge(session, material, MaterialState.ACCEPTED, actor, None)


def reject(session: Session, material: Material, actor: str, reason: str) -> None:
    """Staff found it unusable; the customer reads the reason."""
    if not reason.strip():
        raise BadInput("a rejected material needs a reason")
    _judge(session, material, MaterialState.REJECTED, actor, reason.strip())


def find(session: Session, claim: Claim, kind: str) -> Material:
    """The checklist item of this kind; NotFound when the claim has none."""
    material = session.scalar(select(Material).where(Material.claim_id == claim.id, Material.kind == kind))
    if material is None:
        raise NotFound(f"claim {claim.number} has no material {kind}")
    return material


def name_of(material: Material) -> str:
    """Its name for people."""
    return name_of_kind(material.kind)


def name_of_kind(kind: str) -> str:
    """The Chinese name of a kind of material; BadInput when there is no such kind."""
    if kind == UNSORTED:
        return _UNSORTED_NAME
    try:
        return material_name(kind)
    except KeyError:
        raise BadInput(f"{kind} is not a kind of material") from None


def _requirements(claim: Claim) -> list[Requirement]:
    insured = claim.policy.customer if claim.policy is not None else claim.customer
    return checklist(facts_of(claim), company=insured is not None and insured.kind is CustomerKind.COMPANY)


def _rows(session: Session, claim: Claim) -> list[Material]:
    query = select(Material).where(Material.claim_id == claim.id).order_by(Material.position, Material.kind)
    return list(session.scalars(query))


def _row(claim: Claim, kind: str, required: bool, position: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "claim_id": claim.id,
        "kind": kind,
        "state": MaterialState.MISSING,
        "required": required,
        "position": position,
        "updated_at": clock.now(),
    }


def _ensure(session: Session, rows: list[dict[str, Any]]) -> None:
    """Add the items that are not there yet: two files of the same kind may arrive at once."""
    if rows:
        session.execute(insert_into(session, Material).on_conflict_do_nothing(), rows)


def _standing(material: Material, need: Requirement | None) -> MaterialStanding:
    return MaterialStanding(
        kind=material.kind,
        name=need.name if need else name_of(material),
        purpose=need.purpose if need else "",
        accepted_form=need.accepted_form if need else "",
        required=material.required,
        state=material.state,
        reason=material.reason,
    )


def _judge(session: Session, material: Material, to: MaterialState, actor: str, reason: str | None) -> None:
    if material.state is MaterialState.MISSING:
        raise BadInput(f"nothing was handed in yet as {name_of(material)}")
    material.state, material.reason, material.updated_at = to, reason, clock.now()
    session.flush()
    audit.record(session, actor, f"material_{to}", f"material:{material.id}", {"kind": material.kind})
