"""Messages as the public API shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock
from claims.models import Attachment, Message

BUTTON_PREFIX = "b_"

SHOWN = {"callback_time": "choice", "own_words": "description"}
"""What clients know of names that only the engine needs."""

Json = dict[str, Any]


def message_json(message: Message, attachment: Attachment | None = None) -> Json:
    """{id, from, text, buttons: [{title, payload: opaque token}], awaiting, created_at (+08:00), attachment?}."""
    shown: Json = {
        "id": message.id,
        "from": message.author.value,
        "text": message.text,
        # A customer's own message holds the button that was tapped; that is nobody's business but ours.
        "buttons": [
            {"title": button["title"], "payload": BUTTON_PREFIX + button["token"]}
            for button in (message.buttons if message.state is None else [])
        ],
        "awaiting": SHOWN.get(message.awaiting or "", message.awaiting),
        "created_at": clock.local(message.created_at).isoformat(timespec="milliseconds"),
    }
    if attachment is not None:
        shown["attachment"] = attachment_json(attachment)
    return shown


def attachment_json(attachment: Attachment) -> Json:
    """{attachment_id, id, mime, size (bytes), name, url}."""
    return {
        "attachment_id": attachment.id,
        "id": attachment.id,
        "mime": attachment.mime,
        "size": attachment.size,
        "name": attachment.original_name,
        "url": f"/api/chat/attachments/{attachment.id}",
    }


def replies_json(session: Session, inbound_id: int) -> list[Json]:
    """What was answered to one message of a customer."""
    return messages_json(
        session, session.scalars(select(Message).where(Message.answers_id == inbound_id).order_by(Message.id))
    )


def messages_json(session: Session, messages: Iterable[Message]) -> list[Json]:
    """The same for several, their attachments read at once."""
    messages = list(messages)
    wanted = {message.attachment_id for message in messages if message.attachment_id}
    found: dict[str, Attachment] = {}
    if wanted:
        found = {a.id: a for a in session.scalars(select(Attachment).where(Attachment.id.in_(wanted)))}
    return [message_json(message, found.get(message.attachment_id or "")) for message in messages]
