"""The replies to one message, as they go back in the provider's own request."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from channels.base import Outbound
from channels.gateway.outgoing import said, to_send
from claims import conversations, outbox
from claims.models import Message
from claims.outbox.replies import replies_to
from claims.vocabulary import Author

Carries = Callable[[list[Outbound]], int]


def carries_all(replies: list[Outbound]) -> int:
    """An answer that holds any number of replies."""
    return len(replies)


def hand_over(session: Session, message_id: int, carries: Carries) -> list[Outbound]:
    """The replies to a stored message that this answer carries, marked as sent; see claims.outbox.hand_over."""
    inbound = session.get_one(Message, message_id)
    conversations.hold_order(session, inbound.conversation_id)
    messages = replies_to(session, message_id)
    conversation = conversations.get(session, inbound.conversation_id)
    if not conversation.pushed:
        return [said(conversation, message) for message in messages if message.author is Author.BOT]
    taken = outbox.hand_over(
        session,
        [message.id for message in messages],
        lambda rows: carries([to_send(session, row) for row in rows]),
    )
    return [to_send(session, row) for row in taken]
