"""Messages in and out, the buttons that were offered, and the remembered outcomes of turns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from claims import clock
from claims.crypto import EncryptedJson, EncryptedText
from claims.models.base import Base, UtcDateTime, WithCreation, enum_of
from claims.vocabulary import Author, InboundKind, InboundState


class Message(WithCreation, Base):
    """One message. `state` is set for the customer's only; `answers_id` names the message an outgoing one answers.

    `buttons` is [{"token", "title", "payload"}]. `said_at` is when the provider says it was written;
    `awaiting` is what an outgoing message asks for, `awaiting_then` what was asked when an inbound one arrived.
    `details` are a kind's own values: {"label", "address", "latitude", "longitude"} of a location, {"edits": message
    id} of a correction. `answer_by`: until then the answer may be taken by the request that brought the message.
    Of an outgoing one, `version` is the conversation's when it was stored, and `staff_id` the account that wrote it.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("channel", "provider_id"),
        Index("ix_messages_conversation_id_id", "conversation_id", "id"),
        Index(
            "ix_messages_unanswered",
            "conversation_id",
            sqlite_where=text("state = 'received'"),
            postgresql_where=text("state = 'received'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    author: Mapped[Author] = mapped_column(enum_of(Author))
    text: Mapped[str] = mapped_column(EncryptedText, default="")
    buttons: Mapped[list[dict[str, Any]]] = mapped_column(EncryptedJson, default=list)
    awaiting: Mapped[str | None] = mapped_column(String(40))
    awaiting_then: Mapped[str | None] = mapped_column(String(40))
    attachment_id: Mapped[str | None] = mapped_column(ForeignKey("attachments.id"))
    channel: Mapped[str] = mapped_column(String(20))
    provider_id: Mapped[str | None] = mapped_column(String(200))
    is_payload: Mapped[bool] = mapped_column(Boolean, default=False)
    kind: Mapped[InboundKind] = mapped_column(enum_of(InboundKind), default=InboundKind.TEXT)
    details: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson)
    state: Mapped[InboundState | None] = mapped_column(enum_of(InboundState))
    answer_by: Mapped[datetime | None]
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    version: Mapped[int | None]
    staff_id: Mapped[str | None] = mapped_column(String(36))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())


class Button(Base):
    """An opaque token that was given out with a message; it means something in its own conversation only."""

    __tablename__ = "buttons"

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))


class Reply(WithCreation, Base):
    """What an action did for a message: read again, not done again, when the message is sent twice."""

    __tablename__ = "replies"

    message_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    action: Mapped[str] = mapped_column(String(80), primary_key=True)
    payload: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
