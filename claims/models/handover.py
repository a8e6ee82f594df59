"""Conversations in the hands of people: the queue, who has what, callbacks, notes that stay inside."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from claims import clock
from claims.crypto import EncryptedText
from claims.models.base import Base, UtcDateTime, WithCreation, WithId, enum_of
from claims.vocabulary import CallbackState, HandoverReason, HandoverState, Presence, Priority, WrapUp

UNDER_WAY = text("state IN ('waiting', 'held')")


class Handover(WithId, Base):
    """One need for a person, from the escalation to its end. A conversation has at most one that is under way.

    skill: line of insurance it is about ("general": none). summary: one paragraph from facts. place_told (from 1) and
    minutes_told: what the customer heard of the queue. agent_at: when the owner last typed or wrote. agreed: what the
    bot has to know after the hand-back. told_late_at: when the customer heard that it takes longer. assigned_id: whom a
    supervisor chose; owner_id: who has it, or had it at its end.
    """

    __tablename__ = "handovers"
    __table_args__ = (
        Index(
            "uq_handovers_under_way", "conversation_id", unique=True, sqlite_where=UNDER_WAY, postgresql_where=UNDER_WAY
        ),
        Index("ix_handovers_state_opened_at", "state", "opened_at"),
        Index("ix_handovers_conversation_id_opened_at", "conversation_id", "opened_at"),
    )

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("claims.id"))
    reason: Mapped[HandoverReason] = mapped_column(enum_of(HandoverReason))
    priority: Mapped[Priority] = mapped_column(enum_of(Priority), default=Priority.NORMAL)
    skill: Mapped[str] = mapped_column(String(20), default="general")
    summary: Mapped[str] = mapped_column(EncryptedText, default="")
    state: Mapped[HandoverState] = mapped_column(enum_of(HandoverState), default=HandoverState.WAITING)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())
    place_told: Mapped[int | None]
    minutes_told: Mapped[int | None]
    told_late_at: Mapped[datetime | None]
    assigned_id: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id"))
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id"))
    taken_at: Mapped[datetime | None]
    first_response_at: Mapped[datetime | None]
    agent_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    agreed: Mapped[str | None] = mapped_column(EncryptedText)
    wrap_up: Mapped[WrapUp | None] = mapped_column(enum_of(WrapUp))
    wrap_up_note: Mapped[str | None] = mapped_column(EncryptedText)


class AgentPresence(Base):
    """Whether a member of staff is there. phone: where calls of their customers are put through to; skills: lines of
    insurance they take (empty: all)."""

    __tablename__ = "agent_presences"

    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"), primary_key=True)
    state: Mapped[Presence] = mapped_column(enum_of(Presence), default=Presence.AWAY)
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)


class CallbackBooking(WithId, WithCreation, Base):
    """A telephone call that was promised. due_at: the time the customer chose (None: none yet); minutes: how long
    after it the call may come."""

    __tablename__ = "callback_bookings"
    __table_args__ = (Index("ix_callback_bookings_state_due_at", "state", "due_at"),)

    handover_id: Mapped[str] = mapped_column(ForeignKey("handovers.id"), index=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    due_at: Mapped[datetime | None]
    minutes: Mapped[int] = mapped_column(Integer, default=60)
    state: Mapped[CallbackState] = mapped_column(enum_of(CallbackState), default=CallbackState.OPEN)
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id"))
    note: Mapped[str | None] = mapped_column(EncryptedText)


class PrivateNote(WithId, WithCreation, Base):
    """What staff tell each other about a conversation. Nothing that sends or shows messages reads this table."""

    __tablename__ = "private_notes"
    __table_args__ = (Index("ix_private_notes_conversation_id_created_at", "conversation_id", "created_at"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"))
    text: Mapped[str] = mapped_column(EncryptedText)
