"""What the customer said of the next term."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, clock
from claims.models import Policy, Renewal
from claims.models.base import new_id
from claims.renewals import tasks
from claims.rules.calendar import deadline
from claims.rules.premiums import Quote
from claims.upsert import insert_into
from claims.vocabulary import RenewalState

CALL_WITHIN_WORKING_DAYS = 1
CUSTOMER = "customer"


def of_policy(session: Session, policy: Policy) -> Renewal:
    """The renewal of the term that ends, made when there is none."""
    ends_on = clock.local(policy.ends_at).date()
    session.execute(
        insert_into(session, Renewal)
        .values(
            id=new_id(),
            policy_id=policy.id,
            customer_id=policy.customer_id,
            ends_on=ends_on,
            state=RenewalState.OPEN,
            checked={},
            parts=[],
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["policy_id", "ends_on"])
    )
    query = select(Renewal).where(Renewal.policy_id == policy.id, Renewal.ends_on == ends_on)
    return session.scalars(query.with_for_update()).one()


def ask(
    session: Session, policy: Policy, *, details: dict[str, Any], quote: Quote | None, conversation_id: str | None
) -> Renewal:
    """The customer wants the next term, with these details and at this price: somebody is to call them.

    Said again while a person sees to it, or after it was renewed, it changes nothing but the details.
    """
    renewal = of_policy(session, policy)
    if renewal.state is RenewalState.RENEWED:
        return renewal
    renewal.checked, renewal.conversation_id = details, conversation_id
    renewal.price = quote.total if quote is not None else None
    renewal.parts = _stored(quote)
    if renewal.state is not RenewalState.ASKED:
        renewal.state, renewal.asked_at, renewal.done_at = RenewalState.ASKED, clock.now(), None
        renewal.due_at = deadline(clock.now(), working_days=CALL_WITHIN_WORKING_DAYS)
        owner = tasks.least_busy(session)
        renewal.owner_id = owner.id if owner is not None else None
        audit.record(session, CUSTOMER, "renewal_asked", f"policy:{policy.number}", {"renewal": renewal.id})
    session.flush()
    return renewal


def decline(session: Session, policy: Policy, *, actor: str = CUSTOMER, note: str | None = None) -> Renewal:
    """The customer does not want the next term: no reminder follows. One that was renewed stays so."""
    renewal = of_policy(session, policy)
    if renewal.state not in (RenewalState.RENEWED, RenewalState.DECLINED):
        renewal.state, renewal.done_at = RenewalState.DECLINED, clock.now()
        renewal.note = note or renewal.note
        session.flush()
        audit.record(session, actor, "renewal_declined", f"policy:{policy.number}", {"renewal": renewal.id})
    return renewal


def _stored(quote: Quote | None) -> list[dict[str, Any]]:
    if quote is None:
        return []
    return [
        {"key": part.key, "amount": f"{part.amount:.2f}", "factor": str(part.factor) if part.factor else None}
        for part in quote.parts
    ]
