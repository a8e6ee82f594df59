"""Searching by phone, claim number, policy, plate or name."""

from __future__ import annotations

from claims import lookup
from claims.lookup import Found
from claims.models import Conversation
from claims.staff import Right
from desk.access import Desk
from desk.cards import Card, customer_card, policy_card, rows
from desk.door import operation
from desk.shown import when
from desk.wording import named


@operation(Right.SEARCH)
def search(desk: Desk, text: str) -> Card:
    """What is known under these words. The trail says what was found, never what was typed."""
    found = lookup.find(desk.session, text)
    desk.note("searched", "customers", _counts(found))
    return {
        "customers": [customer_card(desk, customer) for customer in found.customers],
        "claims": rows(desk, found.claims),
        "policies": [policy_card(desk, policy) for policy in found.policies],
        "conversations": [_talk(conversation) for conversation in found.conversations],
    }


def _counts(found: Found) -> dict[str, object]:
    return {
        "customers": [customer.id for customer in found.customers],
        "claims": [claim.number for claim in found.claims],
        "conversations": [conversation.id for conversation in found.conversations],
    }


def _talk(conversation: Conversation) -> Card:
    return {
        "id": conversation.id,
        "channel": named("channels", conversation.channel),
        "mode": named("modes", conversation.mode.value),
        "last": when(conversation.last_inbound_at or conversation.created_at),
    }
