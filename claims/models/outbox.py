"""What leaves us: stored first, then sent, then marked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims import clock
from claims.crypto import EncryptedText
from claims.models.base import Base, UtcDateTime, WithCreation, WithId, enum_of
from claims.vocabulary import OutboxState


class OutboxItem(WithId, WithCreation, Base):
    """One notice to one address. `dedupe_key` keeps the same notice from being stored twice."""

    __tablename__ = "outbox_items"
    __table_args__ = (Index("ix_outbox_items_state_next_try_at", "state", "next_try_at"),)

    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(EncryptedText)
    purpose: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(EncryptedText)
    state: Mapped[OutboxState] = mapped_column(enum_of(OutboxState), default=OutboxState.PENDING)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
