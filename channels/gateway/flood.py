"""Too much from one customer: kept, not worked on one by one, and answered once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from channels.gateway.script import to_script
from channels.gateway.wording import say
from claims import clock, conversations
from claims.conversations import OutgoingMessage
from claims.models import Conversation, Message
from claims.vocabulary import Author

MINUTE = timedelta(seconds=60)
_NOTICE = "flood:"
_BEYOND = (
    select(Message.created_at)
    .where(Message.conversation_id == bindparam("conversation"), Message.author == Author.CUSTOMER)
    .order_by(Message.id.desc())
    .offset(bindparam("per_minute"))
    .limit(1)
)


def too_many(session: Session, conversation: Conversation, per_minute: int) -> bool:
    """Whether more than `per_minute` messages of this customer came in within a minute, the newest counted."""
    beyond = session.scalar(_BEYOND, {"conversation": conversation.id, "per_minute": per_minute})
    return beyond is not None and beyond > clock.now() - MINUTE


def keep_only(session: Session, conversation: Conversation, message: Message) -> None:
    """Leave a message of a flood to the transcript; say so, once for each flood."""
    conversations.answer(session, message, [])
    if _told_since(session, conversation, clock.now() - MINUTE):
        return
    sentence = to_script(say("flood", seconds=60), conversation.script)
    notice = OutgoingMessage(sentence, author=Author.SYSTEM, provider_id=f"{_NOTICE}{message.id}")
    conversations.put(session, conversation, notice)


def _told_since(session: Session, conversation: Conversation, since: datetime) -> bool:
    told = select(Message.id).where(
        Message.conversation_id == conversation.id,
        Message.author == Author.SYSTEM,
        Message.provider_id.like(f"{_NOTICE}%"),
        Message.created_at > since,
    )
    return session.scalar(told.limit(1)) is not None
