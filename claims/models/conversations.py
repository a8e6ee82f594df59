"""Conversations: who talks to us, over which channel, and what is under way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims.crypto import EncryptedJson, EncryptedText
from claims.models.base import Base, WithCreation, WithId, enum_of
from claims.vocabulary import Mode


class Conversation(WithId, WithCreation, Base):
    """One thread with one person on one channel.

    `version` counts changes of owner (mode); version_message_id is the message whose own turn made the last of them.
    `tasks` is a stack of {"task": name, …}, the last one is under way; lease_worker and lease_until say which gateway
    is working on it. pushed: what is said to it leaves through the outbox. button_limit: how many buttons a message
    may show here (None: any number); with more, the choices are written out with numbers.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("channel", "address_index"),
        Index("ix_conversations_proven_customer_id", "proven_customer_id"),
    )

    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str | None] = mapped_column(EncryptedText)
    address_index: Mapped[str | None] = mapped_column(String(64))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    pushed: Mapped[bool] = mapped_column(Boolean, default=False)
    button_limit: Mapped[int | None]
    mode: Mapped[Mode] = mapped_column(enum_of(Mode), default=Mode.BOT)
    version: Mapped[int] = mapped_column(Integer, default=1)
    version_message_id: Mapped[int | None]
    script: Mapped[str] = mapped_column(String(8), default="hans")
    awaiting: Mapped[str | None] = mapped_column(String(40))
    tasks: Mapped[list[dict[str, Any]]] = mapped_column(EncryptedJson, default=list)
    proven_customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"))
    proven_until: Mapped[datetime | None]
    bound_customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"))
    last_inbound_at: Mapped[datetime | None]
    lease_worker: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None]
