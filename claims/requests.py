"""What customers asked for that a person carries out."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, clock
from claims.models import Conversation, ServiceRequest
from claims.vocabulary import RequestState

_EACH_COUNTS = frozenset({"complaint", "rating"})


def open_request(
    session: Session,
    *,
    kind: str,
    conversation_id: str | None,
    text: str,
    claim_id: str | None = None,
    customer_id: str | None = None,
) -> bool:
    """Record a wish; False when the same wish (kind, conversation, claim) is still open.

    A complaint or a rating is recorded each time: no two are the same.
    """
    if kind not in _EACH_COUNTS and _open(session, kind, conversation_id, claim_id) is not None:
        return False
    if customer_id is None and conversation_id is not None:
        conversation = session.get(Conversation, conversation_id)
        customer_id = conversation.proven_customer_id if conversation is not None else None
    request = ServiceRequest(
        kind=kind, conversation_id=conversation_id, claim_id=claim_id, customer_id=customer_id, text=text
    )
    session.add(request)
    session.flush()
    audit.record(session, "customer", "request_opened", f"request:{request.id}", {"kind": kind})
    return True


def listing(session: Session, *, kind: str | None = None, state: RequestState | None = None) -> list[ServiceRequest]:
    """Requests, oldest first."""
    query = select(ServiceRequest).order_by(ServiceRequest.created_at, ServiceRequest.id)
    if kind is not None:
        query = query.where(ServiceRequest.kind == kind)
    if state is not None:
        query = query.where(ServiceRequest.state == state)
    return list(session.scalars(query))


def close(session: Session, request: ServiceRequest, actor: str) -> None:
    """It was carried out. Closing it again changes nothing."""
    if request.state is RequestState.DONE:
        return
    request.state, request.done_at = RequestState.DONE, clock.now()
    session.flush()
    audit.record(session, actor, "request_closed", f"request:{request.id}")


def _open(session: Session, kind: str, conversation_id: str | None, claim_id: str | None) -> ServiceRequest | None:
    return session.scalars(
        select(ServiceRequest).where(
            ServiceRequest.kind == kind,
            ServiceRequest.conversation_id == conversation_id,
            ServiceRequest.claim_id == claim_id,
            ServiceRequest.state == RequestState.OPEN,
        )
    ).first()
