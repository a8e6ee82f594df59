"""What became of service-level clocks: alerts to staff, and delays that were told to the customer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.crypto import EncryptedText
from claims.models.base import Base, WithCreation, WithId, enum_of
from claims.models.cases import Claim
from claims.vocabulary import AlertKind


class StaffAlert(WithId, WithCreation, Base):
    """One warning or breach of one clock of a claim; `dedupe_key` (clock, its start, its end, kind) keeps it single."""

    __tablename__ = "staff_alerts"
    __table_args__ = (Index("ix_staff_alerts_seen_at_created_at", "seen_at", "created_at"),)

    kind: Mapped[AlertKind] = mapped_column(enum_of(AlertKind))
    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id"), index=True)
    clock: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str | None] = mapped_column(String(80))

    claim: Mapped[Claim] = relationship()


class ClockDelay(WithId, WithCreation, Base):
    """A promise that was moved: from when to when, and why, in words that the customer reads."""

    __tablename__ = "clock_delays"
    __table_args__ = (Index("ix_clock_delays_claim_id_clock", "claim_id", "clock"),)

    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id"))
    clock: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime]
    promised: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str] = mapped_column(EncryptedText)
    actor: Mapped[str] = mapped_column(String(80))
