"""What is due to be said to people of our own accord, what was, and what each customer agreed to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from claims import clock
from claims.crypto import EncryptedJson
from claims.models.base import Base, UtcDateTime, WithCreation, WithId, enum_of
from claims.vocabulary import DueState, OutreachKind


class DueRow(WithId, WithCreation, Base):
    """One thing that is due for one person. `key` is its business key: what has one is never planned again.

    subject: id of what it is about (a claim, a policy, …). facts: what its purpose needs besides, JSON-ready.
    due_at: from when; start_by: the first try should not be later; expires_at: of no use after. next_at: when a worker
    looks at it next, which is also how long the worker that took it (`worker`) has it. takes: how often it was taken
    since it last came to anything, so that a row that kills its worker is given up. tries: how often it was sent.
    reason and reason_values: why it was not sent (yet), as claims.outreach.reasons tells it.
    """

    __tablename__ = "outreach_due"
    __table_args__ = (
        Index(
            "ix_outreach_due_waiting",
            "next_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_outreach_due_purpose_subject", "purpose", "subject"),
    )

    purpose: Mapped[str] = mapped_column(String(40))
    kind: Mapped[OutreachKind] = mapped_column(enum_of(OutreachKind))
    key: Mapped[str] = mapped_column(String(160), unique=True)
    subject: Mapped[str | None] = mapped_column(String(80))
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"), index=True)
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("claims.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(EncryptedJson, default=dict)
    due_at: Mapped[datetime]
    start_by: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    state: Mapped[DueState] = mapped_column(enum_of(DueState), default=DueState.WAITING)
    next_at: Mapped[datetime]
    worker: Mapped[str | None] = mapped_column(String(80))
    takes: Mapped[int] = mapped_column(Integer, default=0)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    reason: Mapped[str | None] = mapped_column(String(40))
    reason_values: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    settled_at: Mapped[datetime | None]


class Touch(Base):
    """One message or call of ours that was put into the outbox for a due row. The n-th of a row exists once.

    outbox_id is what left (None: said where nothing is pushed). segments: of a text message.
    """

    __tablename__ = "outreach_touches"
    __table_args__ = (
        UniqueConstraint("due_id", "number"),
        Index("ix_outreach_touches_customer_id_at", "customer_id", "at"),
        Index("ix_outreach_touches_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    due_id: Mapped[str] = mapped_column(ForeignKey("outreach_due.id"))
    number: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(40))
    kind: Mapped[OutreachKind] = mapped_column(enum_of(OutreachKind))
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"))
    channel: Mapped[str] = mapped_column(String(20))
    segments: Mapped[int] = mapped_column(Integer, default=0)
    outbox_id: Mapped[str | None] = mapped_column(ForeignKey("outbox_items.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())


class Consent(Base):
    """What a customer said about one kind of message on one channel; "*" stands for every one of them."""

    __tablename__ = "contact_consents"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    allowed: Mapped[bool] = mapped_column(Boolean)
    source: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())


class ChannelState(Base):
    """Which channels the gateways can send on, as they say themselves from time to time.

    beyond_window: whether a message may leave though the customer has been silent for long (WeChat: by a template).
    """

    __tablename__ = "channel_states"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    beyond_window: Mapped[bool] = mapped_column(Boolean, default=True)
    seen_at: Mapped[datetime]
