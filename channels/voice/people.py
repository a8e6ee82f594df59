"""Persons: whether a caller asked for one, and a callback for whom nobody could take."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.voice.prompts import say
from claims import requests, turns
from claims.models import Conversation, Message, ServiceRequest
from claims.vocabulary import Mode, RequestState

_WANTED, _FAILED = "human", "bot_failed"
_ASKED = "action_human"


def asked_for(session: Session, message: Message) -> bool:
    """Whether this message asked for a person, also when one has been asked for before."""
    return turns.remembered(session, str(message.id), _ASKED) is not None or _opened(session, message, _WANTED)


def given_up(session: Session, message: Message) -> bool:
    """Whether the bot gave up understanding at this message."""
    return _opened(session, message, _FAILED)


def owned(conversation: Conversation) -> bool:
    """Whether a person has the conversation, or it waits for one."""
    return conversation.mode is not Mode.BOT


def call_back(session: Session, conversation: Conversation) -> None:
    """Record that the caller is to be called back. Safe to repeat."""
    requests.open_request(session, kind=_WANTED, conversation_id=conversation.id, text=say("wants_callback"))


def put_through(session: Session, conversation: Conversation) -> None:
    """The caller has talked to a person: nobody need call back."""
    for request in requests.listing(session, kind=_WANTED, state=RequestState.OPEN):
        if request.conversation_id == conversation.id:
            requests.close(session, request, "voice")


def _opened(session: Session, message: Message, kind: str) -> bool:
    found = select(ServiceRequest.id).where(
        ServiceRequest.conversation_id == message.conversation_id,
        ServiceRequest.kind == kind,
        ServiceRequest.state == RequestState.OPEN,
        ServiceRequest.created_at >= message.created_at,
    )
    return session.scalar(found.limit(1)) is not None
