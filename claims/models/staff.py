"""Staff accounts, their passwords, bearer tokens and sessions at the desk."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.crypto import EncryptedText
from claims.models.base import Base, WithCreation, WithId, enum_of
from claims.vocabulary import Role


class StaffAccount(WithId, WithCreation, Base):
    """`password_hash` is argon2id's own text; without one nobody signs in at the desk with this account.
    `email`: where alerts of service-level clocks go, for those who watch over them."""

    __tablename__ = "staff_accounts"

    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[Role] = mapped_column(enum_of(Role))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    password_hash: Mapped[str | None] = mapped_column(Text)
    password_set_at: Mapped[datetime | None]
    email: Mapped[str | None] = mapped_column(EncryptedText)


class StaffToken(WithId, WithCreation, Base):
    """A bearer token, kept as its SHA-256 only."""

    __tablename__ = "staff_tokens"

    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    revoked_at: Mapped[datetime | None]


class StaffSession(WithId, WithCreation, Base):
    """Somebody signed in at the desk. The browser holds the token, we its SHA-256.

    seen_at: when it was last used, to the minute; expires_at: it ends then, used or not.
    """

    __tablename__ = "staff_sessions"

    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
