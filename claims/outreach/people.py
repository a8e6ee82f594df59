"""Everything the decision whether to write to a customer needs to know, read for many customers at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from claims import clock, crypto
from claims.contacts import PHONE_CHANNELS
from claims.models import (
    AddressOff,
    Claim,
    Complaint,
    Consent,
    Conversation,
    Customer,
    OptOut,
    ServiceRequest,
    Touch,
)
from claims.rules.quiet_hours import zone_of
from claims.vocabulary import Cause, ClaimState, ComplaintState, Mode, RequestState, Tier

WEEK = timedelta(days=7)
GENTLE_FOR = timedelta(days=365)
"""How long after a death or a serious injury a customer is spoken to with care."""
_GRAVE = (Cause.DEATH, Cause.CRITICAL_ILLNESS)
COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Address:
    """One way to a customer. conversation_id: the talk held there, if any; wrote_at: when they last wrote in it;
    gone: nothing arrives there; refused: whoever has it wants no messages."""

    channel: str
    address: str
    conversation_id: str | None = None
    wrote_at: datetime | None = None
    gone: bool = False
    refused: bool = False


@dataclass(slots=True)
class Person:
    """A customer as outreach sees them. addresses: by channel. consents: (channel or "*", kind or "*") → allowed.
    touches: of the last seven days. in_talk: a person of ours has, or is about to have, a conversation with them.
    """

    customer: Customer
    zone: str
    addresses: dict[str, Address] = field(default_factory=dict)
    opted_out: bool = False
    consents: dict[tuple[str, str], bool] = field(default_factory=dict)
    in_dispute: bool = False
    in_talk: bool = False
    gentle: bool = False
    touches: list[Touch] = field(default_factory=list)


def load(session: Session, customer_ids: Iterable[str]) -> dict[str, Person]:
    """Those of these customers that there are, locked against other workers until the transaction ends."""
    ids = sorted(set(customer_ids))
    found = session.scalars(
        select(Customer).where(Customer.id.in_(ids)).order_by(Customer.id).with_for_update(key_share=True)
    )
    people = {customer.id: Person(customer, zone_of(customer.city)) for customer in found}
    if not people:
        return people
    talks = _talks(session, people)
    _addresses(session, people, talks)
    for consent in session.scalars(select(Consent).where(Consent.customer_id.in_(people))):
        people[consent.customer_id].consents[(consent.channel, consent.kind)] = consent.allowed
    _cases(session, people)
    since = clock.now() - WEEK
    touched = select(Touch).where(Touch.customer_id.in_(people), Touch.at > since).order_by(Touch.id)
    for touch in session.scalars(touched):
        if touch.customer_id is not None:
            people[touch.customer_id].touches.append(touch)
    return people


def _talks(session: Session, people: dict[str, Person]) -> dict[str, list[Conversation]]:
    """The conversations with each, on any channel with an address: their own accounts, and those with their phone."""
    by_phone = defaultdict(list)
    for person in people.values():
        by_phone[person.customer.phone_index].append(person.customer.id)
    held = session.scalars(
        select(Conversation).where(
            Conversation.address_index.is_not(None),
            or_(
                Conversation.bound_customer_id.in_(people),
                and_(Conversation.bound_customer_id.is_(None), Conversation.proven_customer_id.in_(people)),
                and_(Conversation.channel.in_(PHONE_CHANNELS), Conversation.address_index.in_(by_phone)),
            ),
        )
    )
    talks: dict[str, list[Conversation]] = defaultdict(list)
    for talk in held:
        if talk.channel in PHONE_CHANNELS:
            owners = by_phone.get(talk.address_index or "", [])
        else:
            owners = [talk.bound_customer_id or talk.proven_customer_id or ""]
        for owner in owners:
            talks[owner].append(talk)
    return talks


def _addresses(session: Session, people: dict[str, Person], talks: dict[str, list[Conversation]]) -> None:
    index_of: dict[tuple[str, str], str] = {}
    for customer_id, person in people.items():
        ways = {talk.channel: talk for talk in sorted(talks[customer_id], key=_newest_last)}
        person.in_talk = any(talk.mode is not Mode.BOT for talk in ways.values())
        customer = person.customer
        for channel, talk in ways.items():
            if talk.address is not None:
                person.addresses[channel] = Address(channel, talk.address, talk.id, talk.last_inbound_at)
                index_of[customer_id, channel] = talk.address_index or ""
        for channel in sorted(PHONE_CHANNELS):
            person.addresses.setdefault(channel, Address(channel, customer.phone))
            index_of[customer_id, channel] = customer.phone_index
        if customer.email:
            person.addresses["email"] = Address("email", customer.email)
            index_of[customer_id, "email"] = crypto.blind_index(customer.email)
    off = {
        (each.channel, each.address_index)
        for each in session.scalars(select(AddressOff).where(AddressOff.address_index.in_(set(index_of.values()))))
    }
    refusals = _refusals(session, people, talks, set(index_of.values()))
    for customer_id, person in people.items():
        keys = {f"customer:{customer_id}", f"address:{person.customer.phone_index}"}
        keys |= {f"conversation:{talk.id}" for talk in talks[customer_id]}
        person.opted_out = bool(keys & refusals)
        for channel, way in person.addresses.items():
            index = index_of[customer_id, channel]
            gone, refused = (channel, index) in off, f"address:{index}" in refusals
            if gone or refused:
                person.addresses[channel] = Address(
                    channel, way.address, way.conversation_id, way.wrote_at, gone, refused
                )


def _newest_last(talk: Conversation) -> datetime:
    return talk.last_inbound_at or talk.created_at


def _refusals(
    session: Session, people: dict[str, Person], talks: dict[str, list[Conversation]], indexes: set[str]
) -> set[str]:
    keys = {f"customer:{each}" for each in people} | {f"address:{index}" for index in indexes}
    keys |= {f"conversation:{talk.id}" for held in talks.values() for talk in held}
    return set(session.scalars(select(OptOut.key).where(OptOut.key.in_(keys))))


def _cases(session: Session, people: dict[str, Person]) -> None:
    """Open disputes and complaints, and what happened to them that asks for care."""
    since = clock.now() - GENTLE_FOR
    cases = session.execute(
        select(Claim.customer_id, Claim.state, Claim.cause, Claim.tier, Claim.injured_count, Claim.reported_at).where(
            Claim.customer_id.in_(people)
        )
    )
    for case in cases:
        person = people[case.customer_id]
        person.in_dispute |= case.state is ClaimState.DISPUTED
        person.gentle |= case.reported_at > since and is_grave(case.cause, case.tier, case.injured_count)
    complaints = select(ServiceRequest.customer_id).where(
        ServiceRequest.customer_id.in_(people),
        ServiceRequest.kind == COMPLAINT,
        ServiceRequest.state == RequestState.OPEN,
    )
    for customer_id in session.scalars(complaints):
        if customer_id is not None:
            people[customer_id].in_dispute = True
    under_way = select(Complaint.customer_id).where(
        Complaint.customer_id.in_(people), Complaint.state != ComplaintState.CLOSED
    )
    for customer_id in session.scalars(under_way):
        if customer_id is not None:
            people[customer_id].in_dispute = True


def is_grave(cause: Cause | None, tier: Tier, injured_count: int | None) -> bool:
    """Whether somebody died or was badly hurt."""
    return cause in _GRAVE or (tier is Tier.MAJOR and bool(injured_count))
