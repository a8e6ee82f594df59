"""Persons: whether a caller asked for one, where one is reached, and a callback for whom nobody could take."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import turns
from claims.handover import ending, presence, queue
from claims.handover.escalate import call_instead, escalate
from claims.models import Conversation, Handover, Message
from claims.vocabulary import HandoverReason, Mode

_ASKED = "action_human"


def asked_for(session: Session, message: Message) -> bool:
    """Whether this message asked for a person, also when one has been asked for before."""
    asked = turns.remembered(session, str(message.id), _ASKED) is not None
    return asked or _opened(session, message, HandoverReason.ASKED)


def needed(session: Session, message: Message) -> bool:
    """Whether a person has become necessary with this message, for another reason."""
    return _opened(session, message, *(set(HandoverReason) - {HandoverReason.ASKED, HandoverReason.LOW_RATING}))


def owned(conversation: Conversation) -> bool:
    """Whether a person has the conversation."""
    return conversation.mode is Mode.AGENT


def number(session: Session, conversation: Conversation, hotline: str) -> str:
    """Where the caller is put through to: the phone of whoever has the conversation, else the hotline, else the phone
    of somebody online; empty when there is none."""
    handover = queue.under_way(session, conversation.id)
    skill = handover.skill if handover is not None else presence.GENERAL
    owner = presence.phone_of(session, handover.owner_id) if handover is not None else None
    others = (each.phone for each in presence.online(session, skill) if each.phone)
    return owner or hotline or next(others, "")


def call_back(session: Session, conversation: Conversation) -> None:
    """Book a callback for the caller, unless an agent has the conversation. Safe to repeat."""
    if owned(conversation) or call_instead(session, conversation) is not None:
        return
    escalate(session, conversation, HandoverReason.ASKED)
    call_instead(session, conversation)


def put_through(session: Session, conversation: Conversation) -> None:
    """The caller has talked to a person: nobody need call back."""
    ending.talked(session, conversation)


def _opened(session: Session, message: Message, *reasons: HandoverReason) -> bool:
    found = select(Handover.id).where(
        Handover.conversation_id == message.conversation_id,
        Handover.reason.in_(reasons),
        Handover.opened_at >= message.created_at,
    )
    return session.scalar(found.limit(1)) is not None
