"""What a conversation has proven, and for how long."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from claims import clock
from claims.models import Conversation, Customer

PROOF_MINUTES = 30


def proven_customer(session: Session, conversation: Conversation) -> Customer | None:
    """The customer this conversation has proven to be, or whose channel account is bound to it; None otherwise."""
    if conversation.bound_customer_id is not None:
        return session.get(Customer, conversation.bound_customer_id)
    until = conversation.proven_until
    if conversation.proven_customer_id is None or until is None or until <= clock.now():
        return None
    return session.get(Customer, conversation.proven_customer_id)


def is_proven(session: Session, conversation: Conversation) -> bool:
    """Whether the conversation's identity is proven right now."""
    return proven_customer(session, conversation) is not None


def set_proven(conversation: Conversation, customer_id: str) -> None:
    """From now on, for half an hour."""
    conversation.proven_customer_id = customer_id
    conversation.proven_until = clock.now() + timedelta(minutes=PROOF_MINUTES)


def forget_proof(conversation: Conversation) -> None:
    """The next question asks for a code again."""
    conversation.proven_customer_id = None
    conversation.proven_until = None
