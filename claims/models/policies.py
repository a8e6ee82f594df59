"""Policies and what they insure."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.crypto import EncryptedText
from claims.models.base import Base, WithCreation, WithId, enum_of
from claims.models.customers import Customer
from claims.vocabulary import Line, ObjectKind, PolicyStatus


class Policy(WithId, WithCreation, Base):
    """One contract. `plan` is a list of cover items, each
    {"name", "causes": [Cause values], "limit": "yuan", "deductible": "yuan", "clause"}; money as text with two places.
    starts_at and ends_at are the first and the last second in force; waiting_days count from starts_at.
    """

    __tablename__ = "policies"

    number: Mapped[str] = mapped_column(String(32), unique=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    line: Mapped[Line] = mapped_column(enum_of(Line))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    status: Mapped[PolicyStatus] = mapped_column(enum_of(PolicyStatus), default=PolicyStatus.ACTIVE)
    waiting_days: Mapped[int] = mapped_column(Integer, default=0)
    product: Mapped[str] = mapped_column(String(80), default="")
    plan: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    premium: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal("0.00"))

    customer: Mapped[Customer] = relationship()
    objects: Mapped[list[InsuredObject]] = relationship(back_populates="policy")


class InsuredObject(WithId, Base):
    """What a policy insures: a vehicle, a person, a place."""

    __tablename__ = "insured_objects"

    policy_id: Mapped[str] = mapped_column(ForeignKey("policies.id"), index=True)
    kind: Mapped[ObjectKind] = mapped_column(enum_of(ObjectKind))
    label: Mapped[str] = mapped_column(EncryptedText)
    plate: Mapped[str | None] = mapped_column(EncryptedText)
    plate_index: Mapped[str | None] = mapped_column(String(64), index=True)

    policy: Mapped[Policy] = relationship(back_populates="objects")
