"""How fast providers take messages, kept for all gateways together."""

from __future__ import annotations

from sqlalchemy import Float, String
from sqlalchemy.orm import Mapped, mapped_column

from claims.models.base import Base


class ProviderPace(Base):
    """`free_at`: from when on this channel's provider takes another message (Unix time, seconds)."""

    __tablename__ = "provider_paces"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    free_at: Mapped[float] = mapped_column(Float)
