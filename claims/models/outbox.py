"""What leaves us: stored first, then sent, then marked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from claims import clock
from claims.crypto import EncryptedJson, EncryptedText
from claims.models.base import Base, UtcDateTime, WithCreation, WithId, enum_of
from claims.vocabulary import OutboxState


class OutboxItem(WithId, WithCreation, Base):
    """One message or notice to one address. `dedupe_key` keeps the same one from being stored twice.

    `number` orders what goes to one address. message_id, conversation_id: the stored message that this carries to its
    customer, with its `buttons` [{"title", "token"}]; `version`: of the conversation when the bot wrote it (None:
    somebody else did). parts_sent: how many of the parts that the channel splits it into are out. in_reply: handed
    over in the answer to the provider's own request, not pushed. quiet_zone: time zone of a customer who must not be
    disturbed at this moment (claims.rules.quiet_hours); None: it may leave at any hour.
    """

    __tablename__ = "outbox_items"
    __table_args__ = (
        Index("ix_outbox_items_state_next_try_at", "state", "next_try_at"),
        Index("ix_outbox_items_channel_address_index_number", "channel", "address_index", "number"),
        Index("ix_outbox_items_message_id", "message_id"),
        Index(
            "ix_outbox_items_pending",
            "channel",
            "address_index",
            "number",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(EncryptedText)
    address_index: Mapped[str | None] = mapped_column(String(64))
    number: Mapped[int] = mapped_column(Integer, default=0)
    purpose: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(EncryptedText)
    buttons: Mapped[list[dict[str, Any]] | None] = mapped_column(EncryptedJson)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    version: Mapped[int | None]
    state: Mapped[OutboxState] = mapped_column(enum_of(OutboxState), default=OutboxState.PENDING)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    parts_sent: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    quiet_zone: Mapped[str | None] = mapped_column(String(40))
    in_reply: Mapped[bool] = mapped_column(Boolean, default=False)
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class OutboxPart(Base):
    """What the provider took, by its id, and what it reported of it. item_id is None while a report is earlier than
    our own mark. report: "delivered" or "failed"; None: nothing yet."""

    __tablename__ = "outbox_parts"
    __table_args__ = (UniqueConstraint("channel", "provider_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    channel: Mapped[str] = mapped_column(String(20))
    provider_id: Mapped[str] = mapped_column(String(200))
    item_id: Mapped[str | None] = mapped_column(ForeignKey("outbox_items.id"), index=True)
    part: Mapped[int | None]
    report: Mapped[str | None] = mapped_column(String(20))
    error: Mapped[str | None] = mapped_column(Text)
    address_gone: Mapped[bool] = mapped_column(Boolean, default=False)
    reported_at: Mapped[datetime | None]
