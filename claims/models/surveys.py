"""Satisfaction callbacks: one run of a survey for a claim, its answers, and the points granted for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims import clock
from claims.crypto import EncryptedText
from claims.models.base import Base, UtcDateTime, WithCreation, WithId, enum_of
from claims.vocabulary import SurveyState


class SurveyRun(WithId, WithCreation, Base):
    """One callback. survey and version: of the definition (claims/surveys/data). round: 1, or 2 after a ticket.

    closed_at: when the claim was closed, from which the hours of the service plan count. link_hash: of the single-use
    link to the questionnaire. score: the overall satisfaction, 1 to 5. started_at, first_answer_at: of the customer's
    first words about it; channel: on which that was.
    """

    __tablename__ = "survey_runs"
    __table_args__ = (UniqueConstraint("claim_id", "round"),)

    survey: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    round: Mapped[int] = mapped_column(Integer)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id"))
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"), index=True)
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[SurveyState] = mapped_column(enum_of(SurveyState), default=SurveyState.OPEN)
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    first_answer_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    channel: Mapped[str | None] = mapped_column(String(20))
    score: Mapped[int | None]


class SurveyAnswer(Base):
    """One answer; the same question of a run is answered once. value: of a scale or a choice; text: free words.

    mood ("bad", "neutral", "good") and topics are what claims.feedback reads in the words.
    """

    __tablename__ = "survey_answers"
    __table_args__ = (UniqueConstraint("run_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("survey_runs.id"))
    question: Mapped[str] = mapped_column(String(40))
    value: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str | None] = mapped_column(EncryptedText)
    mood: Mapped[str | None] = mapped_column(String(10))
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    channel: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())


class Reward(WithCreation, Base):
    """Points for a finished survey, granted once."""

    __tablename__ = "rewards"

    run_id: Mapped[str] = mapped_column(ForeignKey("survey_runs.id"), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    points: Mapped[int]
