"""Turning a confirmed report into a claim, once, and noticing when the same event was reported before."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from claims import audit, clock, crypto, customers, materials
from claims.errors import BadInput
from claims.facts import Facts
from claims.models import Claim, Draft, Policy, TimelineEntry
from claims.normalise import phone as one_spelling
from claims.notices import planning
from claims.numbers import next_claim_number
from claims.rules.handover import is_major
from claims.vocabulary import ClaimState, DraftState, PolicyStatus, Priority, Tier

SAME_EVENT = timedelta(hours=24)
_DROPPED = (ClaimState.WITHDRAWN, ClaimState.REJECTED)


def register(
    session: Session,
    *,
    draft: Draft | None,
    facts: Facts,
    policy: Policy | None,
    customer_id: str | None,
    priority: Priority,
    key: str,
    actor: str,
    at: datetime | None = None,
) -> tuple[Claim, bool]:
    """Register the claim with its checklist and first timeline entry; (claim, is it new?).

    The same key, or a draft that was registered before, gives the claim there is, and nothing is written. The claim
    belongs to `customer_id`, else to the policy's holder, else to whoever has the contact phone; that phone's holder
    can follow it in any case. `at` (default now) is for history brought in from elsewhere. BadInput without a line.
    """
    earlier = _registered(session, key, draft)
    if earlier is not None:
        return earlier, False
    if facts.line is None:
        raise BadInput("a claim needs its line of insurance")
    try:
        with session.begin_nested():
            claim = _insert(session, draft, facts, policy, customer_id, priority, key, at or clock.now())
    except IntegrityError:
        # Another worker registered the same key while this one waited for the day's number.
        earlier = _registered(session, key, draft)
        if earlier is None:
            raise
        return earlier, False
    materials.open_checklist(session, claim)
    entry = TimelineEntry(claim_id=claim.id, at=claim.reported_at, state_to=ClaimState.REPORTED, actor=actor)
    session.add(entry)
    if draft is not None:
        draft.state, draft.claim_id, draft.updated_at = DraftState.REGISTERED, claim.id, clock.now()
    session.flush()
    if at is None:
        planning.step(session, claim, entry)
    audit.record(
        session,
        actor,
        "claim_registered",
        f"claim:{claim.number}",
        {"line": str(claim.line), "priority": str(priority)},
    )
    return claim, True


def same_event(session: Session, *, policy: Policy | None, facts: Facts) -> Claim | None:
    """A claim that probably tells of the same event: same policy (or same contact phone and line), incident within
    24 hours, causes that go together, neither withdrawn nor rejected. The nearest in time; None if there is none."""
    from claims.rules.causes import same_kind_of_event

    when = facts.incident_time
    if when is None:
        return None
    reporter = _same_reporter(policy, facts)
    if reporter is None:
        return None
    found = session.scalars(
        select(Claim).where(
            reporter,
            Claim.incident_time.between(when - SAME_EVENT, when + SAME_EVENT),
            Claim.state.not_in(_DROPPED),
        )
    )
    fitting = [
        claim
        for claim in found
        if claim.cause is None or facts.cause is None or same_kind_of_event(claim.cause, facts.cause)
    ]
    return min(fitting, key=lambda claim: _apart(claim, when), default=None)


def policy_for_phone(session: Session, facts: Facts) -> Policy | None:
    """The policy of the line, in force at the incident, that the contact phone's holder has: only if there is one
    and no other. For a reporter who cannot name the policy; the handler sees it, the reporter is told nothing."""
    if facts.contact_phone is None or facts.line is None or facts.incident_time is None:
        return None
    holders = [customer.id for customer in customers.find_by_phone(session, facts.contact_phone)]
    found = session.scalars(
        select(Policy).where(
            Policy.customer_id.in_(holders),
            Policy.line == facts.line,
            Policy.status == PolicyStatus.ACTIVE,
            Policy.starts_at <= facts.incident_time,
            Policy.ends_at >= facts.incident_time,
        )
    ).all()
    return found[0] if len(found) == 1 else None


def _registered(session: Session, key: str, draft: Draft | None) -> Claim | None:
    if draft is not None:
        session.flush()
        session.refresh(draft, with_for_update=True)  # two confirmations at once: the second waits here
        if draft.claim_id is not None:
            return session.get_one(Claim, draft.claim_id)
        if draft.state is DraftState.DISCARDED:
            raise BadInput("a discarded report cannot be registered")
    return session.scalar(select(Claim).where(Claim.registration_key == key))


def _insert(
    session: Session,
    draft: Draft | None,
    facts: Facts,
    policy: Policy | None,
    customer_id: str | None,
    priority: Priority,
    key: str,
    at: datetime,
) -> Claim:
    phone = facts.contact_phone
    reporter = customers.reporter(session, phone) if phone is not None else None
    owner = customer_id or (policy.customer_id if policy else None) or (reporter.id if reporter else None)
    said = (draft.flags.get("policy_said") if draft is not None else None) or facts.policy
    claim = Claim(
        number=next_claim_number(session, clock.local(at).date()),
        registration_key=key,
        policy_id=policy.id if policy else None,
        customer_id=owner,
        conversation_id=draft.conversation_id if draft is not None else None,
        state=ClaimState.REPORTED,
        state_since=at,
        reported_at=at,
        priority=priority,
        tier=Tier.MAJOR if is_major(facts) else Tier.REGULAR,
        line=facts.line,
        cause=facts.cause,
        incident_time=facts.incident_time,
        location=facts.location,
        description=facts.description,
        injured_count=facts.injured_count,
        third_party=facts.third_party,
        police_reported=facts.police_reported,
        loss_estimate=facts.loss_estimate,
        contact_phone=one_spelling(phone) if phone is not None else None,
        contact_phone_index=crypto.blind_index(phone) if phone is not None else None,
        policy_said=said,
    )
    session.add(claim)
    session.flush()
    return claim


def _same_reporter(policy: Policy | None, facts: Facts) -> ColumnElement[bool] | None:
    by_phone = None
    if facts.contact_phone is not None and facts.line is not None:
        by_phone = and_(Claim.contact_phone_index == crypto.blind_index(facts.contact_phone), Claim.line == facts.line)
    if policy is None:
        return by_phone
    on_policy = Claim.policy_id == policy.id
    return on_policy if by_phone is None else or_(on_policy, and_(by_phone, Claim.policy_id.is_(None)))


def _apart(claim: Claim, when: datetime) -> timedelta:
    return abs(claim.incident_time - when) if claim.incident_time is not None else SAME_EVENT
