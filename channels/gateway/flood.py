"""Too much from one customer: kept, not worked on one by one, and answered once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.gateway.script import to_script
from channels.gateway.wording import say
from claims import clock, conversations
from claims.models import Conversation, Message
from claims.vocabulary import Author

MINUTE = timedelta(seconds=60)
_NOTICE = "flood:"


def too_many(session: Session, conversation: Conversation, per_minute: int) -> bool:
    """Whether more than `per_minute` messages of this customer came in within a minute, the newest counted."""
    beyond = session.scalar(
        select(Message.created_at)
        .where(Message.conversation_id == conversation.id, Message.author == Author.CUSTOMER)
        .order_by(Message.id.desc())
        .offset(per_minute)
        .limit(1)
    )
    return beyond is not None and beyond > clock.now() - MINUTE


def keep_only(session: Session, conversation: Conversation, message: Message) -> None:
    """Leave a message of a flood to the transcript; say so, once for each flood."""
    conversations.answer(session, message, [])
    if _told_since(session, conversation, clock.now() - MINUTE):
        return
    notice = conversations.say(
        session, conversation, Author.SYSTEM, to_script(say("flood", seconds=60), conversation.script)
    )
    notice.provider_id = f"{_NOTICE}{message.id}"


def _told_since(session: Session, conversation: Conversation, since: datetime) -> bool:
    told = select(Message.id).where(
        Message.conversation_id == conversation.id,
        Message.author == Author.SYSTEM,
        Message.provider_id.like(f"{_NOTICE}%"),
        Message.created_at > since,
    )
    return session.scalar(told.limit(1)) is not None
