"""What customers asked for that a person or an editor must look at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from claims import clock
from claims.crypto import EncryptedText
from claims.models.base import Base, UtcDateTime, WithCreation, WithId, enum_of
from claims.vocabulary import RequestState


class ServiceRequest(WithId, WithCreation, Base):
    """`kind`: human, inspection, complaint, contact, renewal, …"""

    __tablename__ = "service_requests"

    kind: Mapped[str] = mapped_column(String(40), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("claims.id"), index=True)
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"))
    text: Mapped[str] = mapped_column(EncryptedText, default="")
    state: Mapped[RequestState] = mapped_column(enum_of(RequestState), default=RequestState.OPEN)
    done_at: Mapped[datetime | None]


class UnansweredQuestion(WithId, Base):
    """A question the knowledge base had no answer to, for the editors. `score`: similarity of `best_entry`, 0 to 1."""

    __tablename__ = "unanswered_questions"

    text: Mapped[str] = mapped_column(EncryptedText)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"))
    best_entry: Mapped[str | None] = mapped_column(String(80))
    score: Mapped[float | None] = mapped_column(Float)
    state: Mapped[RequestState] = mapped_column(enum_of(RequestState), default=RequestState.OPEN)
