"""Visits to see a loss."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from claims.crypto import EncryptedText
from claims.models.base import Base, WithCreation, WithId, enum_of
from claims.vocabulary import InspectionState


class Inspection(WithId, WithCreation, Base):
    """One visit: when and where who looks at the loss. A claim has at most one that is still to come.

    findings: what the surveyor saw, for staff.
    """

    __tablename__ = "inspections"
    __table_args__ = (Index("ix_inspections_surveyor_id_at", "surveyor_id", "at"),)

    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id"), index=True)
    at: Mapped[datetime]
    place: Mapped[str] = mapped_column(EncryptedText)
    surveyor_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"))
    state: Mapped[InspectionState] = mapped_column(enum_of(InspectionState), default=InspectionState.BOOKED)
    booked_by: Mapped[str] = mapped_column(String(80))
    findings: Mapped[str | None] = mapped_column(EncryptedText)
