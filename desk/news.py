"""One look at the database: which messages are new, who waits, who has what, which claims moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims import clock
from claims.handover.queue import UNDER_WAY
from claims.models import Claim, Conversation, Handover, Message, TimelineEntry
from claims.vocabulary import Author
from desk.bubbles import Bubble, of_messages
from desk.queue_rows import Row, row_of, snippet

OVERLAP = timedelta(seconds=3)
"""How far back each look reaches: ids of different conversations do not appear in the order they were given."""
_HANDOVER = Handover.__table__.c
_WATCHED = (
    _HANDOVER.id,
    _HANDOVER.conversation_id,
    _HANDOVER.state,
    _HANDOVER.priority,
    _HANDOVER.skill,
    _HANDOVER.owner_id,
    _HANDOVER.assigned_id,
    _HANDOVER.first_response_at,
)


@dataclass(slots=True)
class News:
    """What changed since the last look. rows: of conversations in the queue or held that are new or changed, by
    conversation; gone: those that are neither any more; said: new messages, by conversation, for those that somebody
    has open; heard: what the customer wrote last, in short, by conversation; moved: numbers of claims."""

    rows: dict[str, Row] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    said: dict[str, list[Bubble]] = field(default_factory=dict)
    heard: dict[str, str] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.rows or self.gone or self.said or self.heard or self.moved)


class Watch:
    """Remembers what was seen, so that each look reads only what is new."""

    def __init__(self) -> None:
        self._cursor: int | None = None
        self._seen: dict[int, datetime] = {}
        self._step = 0
        self._under_way: dict[str, Any] = {}

    def look(self, session: Session, opened: Callable[[], set[str]]) -> News:
        """Everything since the last look. opened: says which conversations somebody has on the screen; asked once the
        new messages are known, so that a page which listens first and reads then misses none of them."""
        news = News()
        if self._cursor is None:
            self._cursor = session.scalar(select(func.max(Message.id))) or 0
            self._step = session.scalar(select(func.max(TimelineEntry.id))) or 0
        self._queue(session, news)
        self._messages(session, news, opened)
        self._claims(session, news)
        return news

    def _queue(self, session: Session, news: News) -> None:
        found = {
            each.conversation_id: each
            for each in session.execute(select(*_WATCHED).where(_HANDOVER.state.in_(UNDER_WAY)))
        }
        news.gone = set(self._under_way) - set(found)
        changed = [each for key, each in found.items() if self._under_way.get(key) != each]
        self._under_way = found
        for each in changed:
            handover = session.get_one(Handover, each.id)
            conversation = session.get_one(Conversation, each.conversation_id)
            news.rows[each.conversation_id] = row_of(session, conversation, handover)

    def _messages(self, session: Session, news: News, opened: Callable[[], set[str]]) -> None:
        query = select(Message.id, Message.conversation_id, Message.author, Message.created_at)
        new = [
            each for each in session.execute(query.where(Message.id > (self._cursor or 0))) if each.id not in self._seen
        ]
        settled = clock.now() - OVERLAP
        self._seen.update({each.id: each.created_at for each in new})
        old = [number for number, at in self._seen.items() if at < settled]
        self._cursor = max([self._cursor or 0, *old])
        for number in old:
            del self._seen[number]
        shown = {each.conversation_id for each in new} & opened()
        listed = {each.conversation_id for each in new if each.author is Author.CUSTOMER} & set(self._under_way)
        wanted = [each.id for each in new if each.conversation_id in shown | listed]
        whole = session.scalars(select(Message).where(Message.id.in_(wanted)).order_by(Message.id)) if wanted else ()
        messages = list(whole)
        for conversation_id in shown:
            own = [message for message in messages if message.conversation_id == conversation_id]
            news.said[conversation_id] = of_messages(session, own, conversation_id)
        for message in messages:
            if message.author is Author.CUSTOMER and message.conversation_id in listed:
                news.heard[message.conversation_id] = snippet(message)

    def _claims(self, session: Session, news: News) -> None:
        entries = select(TimelineEntry.id, Claim.number).join(Claim, Claim.id == TimelineEntry.claim_id)
        for each in session.execute(entries.where(TimelineEntry.id > self._step)):
            self._step = max(self._step, each.id)
            news.moved.add(each.number)
