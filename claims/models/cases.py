"""Claims, their timeline, and the counter their numbers come from."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Integer, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims import clock
from claims.crypto import EncryptedText
from claims.models.base import Base, UtcDateTime, WithId, enum_of
from claims.models.customers import Customer
from claims.models.policies import Policy
from claims.vocabulary import Cause, ClaimState, Line, Priority, Tier


class Claim(WithId, Base):
    """One registered claim. The facts are as reported; `policy_said` is what the reporter named as the policy."""

    __tablename__ = "claims"

    number: Mapped[str] = mapped_column(String(20), unique=True)
    registration_key: Mapped[str] = mapped_column(String(120), unique=True)
    policy_id: Mapped[str | None] = mapped_column(ForeignKey("policies.id"), index=True)
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    state: Mapped[ClaimState] = mapped_column(enum_of(ClaimState), default=ClaimState.REPORTED, index=True)
    state_since: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())
    priority: Mapped[Priority] = mapped_column(enum_of(Priority), default=Priority.NORMAL)
    tier: Mapped[Tier] = mapped_column(enum_of(Tier), default=Tier.REGULAR)

    line: Mapped[Line] = mapped_column(enum_of(Line))
    cause: Mapped[Cause | None] = mapped_column(enum_of(Cause))
    incident_time: Mapped[datetime | None]
    location: Mapped[str | None] = mapped_column(EncryptedText)
    description: Mapped[str | None] = mapped_column(EncryptedText)
    injured_count: Mapped[int | None] = mapped_column(Integer)
    third_party: Mapped[bool | None]
    police_reported: Mapped[bool | None]
    loss_estimate: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    contact_phone: Mapped[str | None] = mapped_column(EncryptedText)
    contact_phone_index: Mapped[str | None] = mapped_column(String(64), index=True)
    policy_said: Mapped[str | None] = mapped_column(EncryptedText)

    offer_amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    rejection_grounds: Mapped[str | None] = mapped_column(Text)

    policy: Mapped[Policy | None] = relationship()
    customer: Mapped[Customer | None] = relationship()
    timeline: Mapped[list[TimelineEntry]] = relationship(back_populates="claim", order_by="TimelineEntry.id")


class TimelineEntry(Base):
    """One step of a claim: from which state to which, when, and who did it."""

    __tablename__ = "timeline_entries"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id"), index=True)
    at: Mapped[datetime]
    state_from: Mapped[ClaimState | None] = mapped_column(enum_of(ClaimState))
    state_to: Mapped[ClaimState] = mapped_column(enum_of(ClaimState))
    actor: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text, default="")

    claim: Mapped[Claim] = relationship(back_populates="timeline")


class ClaimSequence(Base):
    """The last claim number given out on a day (Shanghai calendar)."""

    __tablename__ = "claim_sequences"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)
