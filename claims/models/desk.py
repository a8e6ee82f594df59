"""What staff keep at the desk for themselves: replies of their own, and how conversations were judged."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims.crypto import EncryptedText
from claims.models.base import Base, WithCreation, WithId


class CannedReply(WithId, WithCreation, Base):
    """A reply that its owner uses again and again. Those for everybody stand in a file (desk/replies.yml)."""

    __tablename__ = "canned_replies"

    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    title: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(EncryptedText)


class QualityReview(WithId, WithCreation, Base):
    """How a supervisor judged a conversation that had ended.

    scores: points by criterion, as claims/rules/data/quality.yml names them; `total` is out of 100.
    """

    __tablename__ = "quality_reviews"
    __table_args__ = (UniqueConstraint("handover_id", "reviewer_id"),)

    handover_id: Mapped[str] = mapped_column(ForeignKey("handovers.id"))
    reviewer_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"))
    scores: Mapped[dict[str, int]] = mapped_column(JSON)
    total: Mapped[int]
    comment: Mapped[str] = mapped_column(EncryptedText, default="")
