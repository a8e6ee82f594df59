"""What customers asked for that a person or an editor must look at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from claims import clock
from claims.crypto import EncryptedText
from claims.models.base import Base, UtcDateTime, WithCreation, WithId, enum_of
from claims.vocabulary import QuestionKind, RequestState


class ServiceRequest(WithId, WithCreation, Base):
    """`kind`: inspection, contact, renewal, message, rating, … (persons and complaints: claims.handover)."""

    __tablename__ = "service_requests"

    kind: Mapped[str] = mapped_column(String(40), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("claims.id"), index=True)
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"))
    text: Mapped[str] = mapped_column(EncryptedText, default="")
    state: Mapped[RequestState] = mapped_column(enum_of(RequestState), default=RequestState.OPEN)
    done_at: Mapped[datetime | None]


class UnansweredQuestion(WithId, Base):
    """For the editors of the knowledge base: what it could not answer, or answered without helping.

    Counted, not listed one by one, and not tied to a conversation: `text` has its personal data masked, `text_index`
    is a keyed index of it. `best_entry` is the nearest entry or, for a down-vote, the one that did not help;
    `suggestions` are the entries an editor may want to add the wording to, best first.
    `settled_with` names the entry it was added to.
    """

    __tablename__ = "unanswered_questions"

    kind: Mapped[QuestionKind] = mapped_column(enum_of(QuestionKind), default=QuestionKind.UNANSWERED)
    text: Mapped[str] = mapped_column(EncryptedText)
    text_index: Mapped[str | None] = mapped_column(String(64), index=True)
    count: Mapped[int] = mapped_column(default=1)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())
    last_asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())
    best_entry: Mapped[str | None] = mapped_column(String(80))
    suggestions: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[RequestState] = mapped_column(enum_of(RequestState), default=RequestState.OPEN)
    settled_with: Mapped[str | None] = mapped_column(String(80))
