"""Unfinished reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from claims import clock
from claims.crypto import EncryptedJson
from claims.models.base import Base, UtcDateTime, WithCreation, WithId, enum_of
from claims.vocabulary import DraftState


class Draft(WithId, WithCreation, Base):
    """What has been said of a loss so far.

    `facts` is Facts.to_json(); `asked` the fact asked last; `misses` how often its answer was not understood;
    contact_phone_index and policy_index (blind) are what it is found by from another conversation;
    `version` rises with every write, and a write made from an old one fails.
    """

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_conversation_id_state", "conversation_id", "state"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    state: Mapped[DraftState] = mapped_column(enum_of(DraftState), default=DraftState.OPEN)
    facts: Mapped[dict[str, Any]] = mapped_column(EncryptedJson, default=dict)
    contact_phone_index: Mapped[str | None] = mapped_column(String(64), index=True)
    policy_index: Mapped[str | None] = mapped_column(String(64), index=True)
    asked: Mapped[str | None] = mapped_column(String(40))
    misses: Mapped[int] = mapped_column(Integer, default=0)
    flags: Mapped[dict[str, Any]] = mapped_column(EncryptedJson, default=dict)
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("claims.id"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's base types it without ClassVar
