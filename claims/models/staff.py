"""Staff accounts and their bearer tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from claims.models.base import Base, WithCreation, WithId, enum_of
from claims.vocabulary import Role


class StaffAccount(WithId, WithCreation, Base):
    __tablename__ = "staff_accounts"

    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[Role] = mapped_column(enum_of(Role))
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class StaffToken(WithId, WithCreation, Base):
    """A bearer token, kept as its SHA-256 only."""

    __tablename__ = "staff_tokens"

    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    revoked_at: Mapped[datetime | None]
