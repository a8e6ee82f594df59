"""Complaints, and the counter their numbers come from."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from claims.crypto import EncryptedText
from claims.models.base import Base, WithCreation, WithId, enum_of
from claims.vocabulary import ComplaintState


class Complaint(WithId, WithCreation, Base):
    """One complaint. what: what happened; wanted: what would settle it (both in the customer's words); due_at: until
    when the answer is promised; satisfied: what the customer said of the answer."""

    __tablename__ = "complaints"
    __table_args__ = (Index("ix_complaints_state_due_at", "state", "due_at"),)

    number: Mapped[str] = mapped_column(String(20), unique=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"), index=True)
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("claims.id"), index=True)
    what: Mapped[str] = mapped_column(EncryptedText)
    wanted: Mapped[str] = mapped_column(EncryptedText, default="")
    state: Mapped[ComplaintState] = mapped_column(enum_of(ComplaintState), default=ComplaintState.OPEN)
    due_at: Mapped[datetime]
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    answer: Mapped[str | None] = mapped_column(EncryptedText)
    answered_at: Mapped[datetime | None]
    satisfied: Mapped[bool | None] = mapped_column(Boolean)
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(EncryptedText)


class ComplaintSequence(Base):
    """The last complaint number given out on a day (Shanghai calendar)."""

    __tablename__ = "complaint_sequences"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)
