"""Renewals: what became of the end of each policy's term."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.crypto import EncryptedJson, EncryptedText
from claims.models.base import Base, WithCreation, WithId, enum_of
from claims.models.policies import Policy
from claims.vocabulary import RenewalState


class Renewal(WithId, WithCreation, Base):
    """The renewal of one policy at the end of one term, and the task of whoever sees to it.

    checked: what the customer confirmed {"plate", "phone", "address", "use"}. price and parts [{"key", "amount",
    "factor"}]: as shown, CNY. asked_at: when the customer said yes; owner_id: who calls them until due_at.
    """

    __tablename__ = "renewals"
    __table_args__ = (UniqueConstraint("policy_id", "ends_on"), Index("ix_renewals_state_due_at", "state", "due_at"))

    policy_id: Mapped[str] = mapped_column(ForeignKey("policies.id"))
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    ends_on: Mapped[date] = mapped_column(Date)
    state: Mapped[RenewalState] = mapped_column(enum_of(RenewalState), default=RenewalState.OPEN)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"))
    checked: Mapped[dict[str, Any]] = mapped_column(EncryptedJson, default=dict)
    price: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    asked_at: Mapped[datetime | None]
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    due_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    new_policy_no: Mapped[str | None] = mapped_column(String(32))
    note: Mapped[str | None] = mapped_column(EncryptedText)

    policy: Mapped[Policy] = relationship()
