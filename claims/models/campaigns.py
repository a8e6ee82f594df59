"""Campaigns: advice to the customers whom it concerns, sent after somebody else has looked at it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from claims.models.base import Base, WithCreation, WithId, enum_of
from claims.vocabulary import CampaignState


class Campaign(WithId, WithCreation, Base):
    """One sending of a template (claims/campaigns/templates.yml). cities, lines: whom it concerns (empty cities: the
    whole country); details: values of the template's text; most: how many customers at most; ends_at: no use after."""

    __tablename__ = "campaigns"
    __table_args__ = (Index("ix_campaigns_state_ends_at", "state", "ends_at"),)

    template: Mapped[str] = mapped_column(String(40))
    cities: Mapped[list[str]] = mapped_column(JSON, default=list)
    lines: Mapped[list[str]] = mapped_column(JSON, default=list)
    details: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    most: Mapped[int] = mapped_column(Integer)
    ends_at: Mapped[datetime]
    state: Mapped[CampaignState] = mapped_column(enum_of(CampaignState), default=CampaignState.DRAFT)
    created_by: Mapped[str] = mapped_column(String(80))
    approved_by: Mapped[str | None] = mapped_column(String(80))
    approved_at: Mapped[datetime | None]
