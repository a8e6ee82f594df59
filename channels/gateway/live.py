"""What other processes stored for those who listen here: another gateway's answers, an agent's messages, the mode."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.gateway.inbox import by_token
from channels.gateway.turns import Answered
from channels.gateway.views import Json, messages_json, replies_json
from claims import clock, conversations
from claims.models import Conversation, Message
from claims.vocabulary import Author, InboundState, Mode

OVERLAP = timedelta(seconds=3)
"""How far back each look reaches: ids of different conversations do not appear in the order they were given."""


@dataclass(slots=True)
class News:
    """One look. cursor: the id from which the next look starts."""

    cursor: int
    messages: list[tuple[str, Json]] = field(default_factory=list)
    modes: dict[str, Mode] = field(default_factory=dict)
    answered: list[Answered] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation that somebody begins to listen to. missed: what was said to the customer after the id they saw."""

    conversation_id: str
    mode: Mode
    newest_id: int
    missed: list[Json]


def open_up(session: Session, token: str, after: int | None) -> Opened:
    """Look up the conversation of a token; Refused (401) when there is none."""
    conversation = by_token(session, token)
    newest = session.scalar(select(func.max(Message.id)).where(Message.conversation_id == conversation.id)) or 0
    missed = []
    if after is not None:
        later = conversations.messages_after(session, conversation.id, after)
        missed = [message for message in later if message.author is not Author.CUSTOMER and message.id <= newest]
    return Opened(conversation.id, conversation.mode, newest, messages_json(session, missed))


def look(session: Session, listened: list[str], waited: list[int], cursor: int) -> News:
    """Messages since `cursor` in the conversations listened to, their modes, and the answers to the waited ids."""
    news = News(cursor)
    if listened:
        found = list(
            session.scalars(
                select(Message)
                .where(Message.conversation_id.in_(listened), Message.id > cursor, Message.author != Author.CUSTOMER)
                .order_by(Message.id)
            )
        )
        shown = messages_json(session, found)
        news.messages = [(message.conversation_id, json) for message, json in zip(found, shown, strict=True)]
        rows = session.execute(select(Conversation.id, Conversation.mode).where(Conversation.id.in_(listened)))
        news.modes = {row.id: row.mode for row in rows}
        settled = clock.now() - OVERLAP
        news.cursor = max([cursor, *(m.id for m in found if m.created_at < settled)])
    if waited:
        done = session.scalars(select(Message).where(Message.id.in_(waited), Message.state == InboundState.ANSWERED))
        for inbound in done:
            mode = conversations.get(session, inbound.conversation_id).mode
            news.answered.append(Answered(inbound.id, replies_json(session, inbound.id), mode))
    return news
