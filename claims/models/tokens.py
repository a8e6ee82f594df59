"""Access tokens of providers, one for all gateways."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from claims.crypto import EncryptedText
from claims.models.base import Base


class ProviderToken(Base):
    """`name`: whose, such as "wechat:<app id>". `renewing_until`: somebody fetches a new one, or has just failed to."""

    __tablename__ = "provider_tokens"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    token: Mapped[str | None] = mapped_column(EncryptedText)
    expires_at: Mapped[datetime | None]
    renewing_until: Mapped[datetime | None]
