"""Proof of identity: one-time codes, and locks after guessing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from claims.crypto import EncryptedText
from claims.models.base import Base, WithCreation, WithId


class OneTimeCode(WithId, WithCreation, Base):
    """A code for a phone. customer_id is None where nobody has that phone on file: no code proves anything then."""

    __tablename__ = "one_time_codes"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"))
    phone: Mapped[str] = mapped_column(EncryptedText)
    phone_index: Mapped[str] = mapped_column(String(64), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(Integer, default=0)
    used_at: Mapped[datetime | None]


class IdentityLock(Base):
    """Wrong answers counted for a phone ("phone:<index>") or a conversation ("conversation:<id>")."""

    __tablename__ = "identity_locks"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    wrong: Mapped[int] = mapped_column(Integer, default=0)
    until: Mapped[datetime | None]
    last_wrong_at: Mapped[datetime | None]
