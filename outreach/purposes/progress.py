"""Every step of a claim is told to its customer. Rows are planned with the step itself (claims.notices.planning)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import Claim, Conversation, TimelineEntry
from claims.notices import texts
from claims.notices.planning import PROGRESS
from claims.outreach import Due
from claims.vocabulary import ClaimState, OutreachKind
from outreach.gate import CHATS
from outreach.purpose import Occasion, Prepared, Purpose, Say, Skip, one_by_one

WRITTEN = ("wechat", "telegram", "sms", "email")
SPOKEN = "voice"
ALWAYS = frozenset({ClaimState.OFFER, ClaimState.REJECTED})
"""Amounts and refusals are told even when the claim has gone on since."""
ANSWERS = (("接受", "/accept_settlement"), ("有异议", "/dispute_settlement"))


def plan(session: Session, now: datetime) -> Iterable[Due]:
    """Nothing: see above."""
    return ()


def prepare(session: Session, occasion: Occasion) -> Prepared:
    """The notice, unless it was told in the talk or later steps have overtaken it."""
    entry = session.get_one(TimelineEntry, int(occasion.row.subject or 0))
    claim = session.get_one(Claim, entry.claim_id)
    if entry.state_to is ClaimState.REPORTED and _in_writing(session, claim):
        return Skip("told_already", {"text": texts.part("told_already")})
    if entry.state_to not in ALWAYS and _overtaken(session, entry):
        return Skip("overtaken", {"text": texts.part("overtaken")})
    text = texts.of_step(session, claim, entry, occasion.channel, gentle=occasion.gentle)
    asks = entry.state_to is ClaimState.OFFER and claim.state is ClaimState.OFFER and occasion.channel in CHATS
    return Say(text, buttons=ANSWERS if asks else ())


def _in_writing(session: Session, claim: Claim) -> bool:
    """Whether the report was made in a chat, where its number stands already; after a call it is written once more."""
    if claim.conversation_id is None:
        return False
    return session.get_one(Conversation, claim.conversation_id).channel != SPOKEN


def _overtaken(session: Session, entry: TimelineEntry) -> bool:
    later = select(TimelineEntry.id).where(TimelineEntry.claim_id == entry.claim_id, TimelineEntry.id > entry.id)
    return session.scalar(later.limit(1)) is not None


PURPOSE = Purpose(PROGRESS, OutreachKind.SERVICE, plan, one_by_one(prepare), WRITTEN)
