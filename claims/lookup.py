"""Finding customers and their claims for staff: by phone, claim number, policy, plate or whole name. Nothing is
decrypted to find it: personal fields are met by their blind indexes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from claims import casework, crypto, policies
from claims.models import Claim, Conversation, Customer, Policy
from claims.normalise import phone, plain

_CLAIM = re.compile(r"[A-Z]+\d{12,}")
_PHONE = re.compile(r"\+?\d{7,15}")
_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{4,6}")
MOST = 20


@dataclass(slots=True)
class Found:
    """What a search came to, each kind newest first."""

    customers: list[Customer] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)


def find(session: Session, text: str) -> Found:
    """Whatever is known under this phone, claim or policy number, plate or name; each list at most MOST long."""
    wanted = plain(text)
    if not wanted or len(wanted) > 60:
        return Found()
    if _CLAIM.fullmatch(wanted):
        claim = casework.find_claim(session, wanted)
        if claim is not None:
            return _of_claim(session, claim)
        return _of_policies(session, [policy for policy in [policies.find_policy(session, wanted)] if policy])
    if _PHONE.fullmatch(phone(wanted)):
        return _of_phone(session, phone(wanted))
    if _PLATE.fullmatch(wanted):
        return _of_policies(session, policies.find_by_plate(session, wanted)[:MOST])
    return _of_customers(session, _named(session, text))


def conversations_of(session: Session, customers: list[Customer]) -> list[Conversation]:
    """The conversations that were proven to be these customers', or come from their telephones; last spoken first."""
    if not customers:
        return []
    ids = [customer.id for customer in customers]
    query = (
        select(Conversation)
        .where(
            or_(
                Conversation.proven_customer_id.in_(ids),
                Conversation.bound_customer_id.in_(ids),
                Conversation.channel.in_(("sms", "voice"))
                & Conversation.address_index.in_([customer.phone_index for customer in customers]),
            )
        )
        .order_by(Conversation.last_inbound_at.desc().nulls_last(), Conversation.created_at.desc())
    )
    return list(session.scalars(query.limit(MOST)))


def _named(session: Session, name: str) -> list[Customer]:
    index = crypto.name_index(name)
    query = select(Customer).where(or_(Customer.name_index == index, Customer.contact_name_index == index))
    return list(session.scalars(query.order_by(Customer.created_at.desc()).limit(MOST)))


def _of_customers(session: Session, customers: list[Customer]) -> Found:
    found = Found(customers=customers, conversations=conversations_of(session, customers))
    for customer in customers:
        found.claims += casework.claims_of(session, customer.id)
        found.policies += policies.policies_of(session, customer.id)
    found.claims = sorted({claim.id: claim for claim in found.claims}.values(), key=lambda c: c.reported_at)[::-1][
        :MOST
    ]
    return found


def _of_phone(session: Session, number: str) -> Found:
    index = crypto.blind_index(number)
    customers = list(session.scalars(select(Customer).where(Customer.phone_index == index).limit(MOST)))
    found = _of_customers(session, customers)
    found.claims = casework.by_phone(session, number)[:MOST]
    reported = {claim.conversation_id for claim in found.claims} - {None}
    from_here = Conversation.channel.in_(("sms", "voice")) & (Conversation.address_index == index)
    others = session.scalars(select(Conversation).where(or_(Conversation.id.in_(reported), from_here)).limit(MOST))
    known = {conversation.id for conversation in found.conversations}
    found.conversations += [other for other in others if other.id not in known]
    return found


def _of_policies(session: Session, wanted: list[Policy]) -> Found:
    found = _of_customers(session, list({policy.customer_id: policy.customer for policy in wanted}.values()))
    ids = {policy.id for policy in wanted}
    found.policies = wanted
    found.claims = [claim for claim in found.claims if claim.policy_id in ids]
    return found


def _of_claim(session: Session, claim: Claim) -> Found:
    customers = [claim.customer] if claim.customer is not None else []
    found = Found(customers=customers, claims=[claim], policies=[claim.policy] if claim.policy else [])
    found.conversations = conversations_of(session, customers)
    if claim.conversation_id and claim.conversation_id not in {c.id for c in found.conversations}:
        found.conversations.append(session.get_one(Conversation, claim.conversation_id))
    return found
