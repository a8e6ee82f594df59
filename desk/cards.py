"""The claim as the pages show it: facts, policy, timeline, materials, visits, and the clocks that run."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import accounts, clock, clocks, inspections, lifecycle, masking, materials, staff
from claims.clocks import Clock
from claims.models import Attachment, Claim, Customer, MaterialFile, Policy
from claims.models.materials import Material
from claims.rules import causes
from claims.vocabulary import InspectionState
from desk.access import Desk
from desk.clock_rows import clock_row, pressing
from desk.shown import claimant, money, person, phone, when
from desk.wording import named

Card = dict[str, Any]


def mine_to_visit(desk: Desk, claim: Claim) -> bool:
    """Whether the account is the surveyor whom a booked visit sends to this claim: then they may call the customer."""
    visit = inspections.to_come(desk.session, claim)
    return visit is not None and visit.surveyor_id == desk.account.id


def rows(desk: Desk, claims: Sequence[Claim]) -> list[Card]:
    """Lines of a list of claims."""
    running = clocks.by_claim(desk.session, claims)
    return [_row(desk, claim, running[claim.id]) for claim in claims]


def cards(desk: Desk, claims: Sequence[Claim]) -> list[Card]:
    """Whole claims, as this role may see them."""
    running = clocks.by_claim(desk.session, claims)
    return [_card(desk, claim, running[claim.id]) for claim in claims]


def card(desk: Desk, claim: Claim) -> Card:
    """One of them."""
    return cards(desk, [claim])[0]


def _row(desk: Desk, claim: Claim, running: Sequence[Clock]) -> Card:
    return {
        "number": claim.number,
        "who": claimant(desk, claim),
        "line": causes.line_name(claim.line),
        "cause": causes.cause_name(claim.cause, claim.line) if claim.cause else "",
        "state": claim.state.value,
        "state_name": named("states", claim.state.value),
        "priority": claim.priority.value,
        "reported_at": when(claim.reported_at),
        "amount": money(claim.offer_amount or claim.loss_estimate),
        "clock": pressing(claim, running),
    }


def _card(desk: Desk, claim: Claim, running: Sequence[Clock]) -> Card:
    whole = mine_to_visit(desk, claim)
    facts = materials.facts_of(claim)
    shown = [
        ("who", claimant(desk, claim, whole=whole)),
        ("contact_phone", phone(desk, claim.contact_phone, whole=whole)),
        ("incident_time", when(facts.incident_time)),
        ("location", facts.location or ""),
        ("cause", causes.cause_name(claim.cause, claim.line) if claim.cause else ""),
        ("description", facts.description or ""),
        ("injured_count", "" if facts.injured_count is None else str(facts.injured_count)),
        ("third_party", _yes_no(facts.third_party)),
        ("police_reported", _yes_no(facts.police_reported)),
        ("loss_estimate", money(facts.loss_estimate)),
    ]
    return {
        **_row(desk, claim, running),
        "clocks": [clock_row(each, clock.now()) for each in running],
        "who": claimant(desk, claim, whole=whole),
        "customer_id": claim.customer_id,
        "conversation_id": claim.conversation_id,
        "tier": named("tiers", claim.tier.value),
        "facts": [(named("facts", name), value) for name, value in shown if value],
        "policy": None if claim.policy is None else policy_card(desk, claim.policy, whole=whole),
        "policy_said": claim.policy_said or "",
        "offer_amount": money(claim.offer_amount),
        "grounds": claim.rejection_grounds or "",
        "timeline": timeline(desk.session, claim),
        "materials": material_rows(desk.session, claim),
        "visits": visit_rows(desk, claim),
        "steps": [step.value for step in lifecycle.allowed(claim) if step in staff.STEPS[desk.account.role]],
    }


def policy_card(desk: Desk, policy: Policy, *, whole: bool = False) -> Card:
    """A policy: holder, what is insured, from when to when, and what it covers."""
    return {
        "number": policy.number,
        "product": policy.product,
        "line": causes.line_name(policy.line),
        "holder": person(desk, policy.customer, whole=whole),
        "insured": "、".join(_insured(each.label, each.plate) for each in policy.objects),
        "from": when(policy.starts_at)[:10],
        "until": when(policy.ends_at)[:10],
        "in_force": policy.starts_at <= clock.now() <= policy.ends_at and policy.status.value == "active",
        "plan": [
            {
                "name": str(item["name"]),
                "limit": money(Decimal(str(item["limit"]))) if item.get("limit") else "",
                "deductible": money(Decimal(str(item.get("deductible") or 0))),
            }
            for item in policy.plan
        ],
    }


def customer_card(desk: Desk, customer: Customer) -> Card:
    """A customer: name, phone, identity card (never whole), city."""
    return {
        "id": customer.id,
        "name": person(desk, customer),
        "phone": phone(desk, customer.phone),
        "id_card": masking.id_card(customer.id_card) if customer.id_card else "",
        "city": customer.city or "",
    }


def timeline(session: Session, claim: Claim) -> list[Card]:
    """The steps, oldest first, with who took them."""
    names = accounts.names(session)
    return [
        {
            "at": when(entry.at),
            "state": named("states", entry.state_to.value),
            "actor": names.get(entry.actor) or named("actors", entry.actor),
            "note": entry.note,
        }
        for entry in claim.timeline
    ]


def material_rows(session: Session, claim: Claim) -> list[Card]:
    """The checklist with its files."""
    files: dict[str, list[Card]] = {}
    query = (
        select(Material.kind, Attachment)
        .join(MaterialFile, MaterialFile.material_id == Material.id)
        .join(Attachment, Attachment.id == MaterialFile.attachment_id)
        .where(Material.claim_id == claim.id)
        .order_by(MaterialFile.received_at)
    )
    for kind, file in session.execute(query):
        files.setdefault(kind, []).append({"id": file.id, "mime": file.mime, "name": file.original_name})
    return [
        {
            "kind": item.kind,
            "name": item.name,
            "required": item.required,
            "state": item.state.value,
            "reason": item.reason or "",
            "files": files.get(item.kind, []),
        }
        for item in materials.standing(session, claim)
    ]


def visit_rows(desk: Desk, claim: Claim) -> list[Card]:
    """Every visit, the newest booking first."""
    found = inspections.of_claim(desk.session, claim)
    names = accounts.names(desk.session)
    return [
        {
            "at": when(visit.at),
            "place": visit.place,
            "surveyor": names.get(visit.surveyor_id, ""),
            "surveyor_id": visit.surveyor_id,
            "state": visit.state.value,
            "open": visit.state is InspectionState.BOOKED,
            "findings": visit.findings or "",
        }
        for visit in found
    ]


def _insured(label: str, plate: str | None) -> str:
    return f"{label} {plate}" if plate else label


def _yes_no(value: bool | None) -> str:
    return "" if value is None else named("yes_no", "yes" if value else "no")
