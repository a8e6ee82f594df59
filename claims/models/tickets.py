"""Problems that customers told us in a callback, each with somebody who answers it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from claims.crypto import EncryptedText
from claims.models.base import Base, WithCreation, WithId, enum_of
from claims.vocabulary import TicketState


class Ticket(WithId, WithCreation, Base):
    """One problem. text: the customer's words and what they chose. owner_id: who answers it, until due_at.

    answers: how often it was answered; answered_at: last. solved: what the customer said (None: nothing yet).
    """

    __tablename__ = "tickets"
    __table_args__ = (Index("ix_tickets_state_due_at", "state", "due_at"),)

    run_id: Mapped[str | None] = mapped_column(ForeignKey("survey_runs.id"), unique=True)
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("claims.id"), index=True)
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"), index=True)
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    text: Mapped[str] = mapped_column(EncryptedText, default="")
    state: Mapped[TicketState] = mapped_column(enum_of(TicketState), default=TicketState.OPEN)
    due_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(EncryptedText)
    answers: Mapped[int] = mapped_column(Integer, default=0)
    first_answered_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    solved: Mapped[bool | None] = mapped_column(Boolean)
    closed_at: Mapped[datetime | None]


class TicketNote(WithId, WithCreation, Base):
    """What staff note on a ticket for each other. Nothing that sends reads this table."""

    __tablename__ = "ticket_notes"
    __table_args__ = (Index("ix_ticket_notes_ticket_id_created_at", "ticket_id", "created_at"),)

    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"))
    text: Mapped[str] = mapped_column(EncryptedText)
