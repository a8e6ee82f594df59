"""Advice of approved campaigns, to each customer whom it concerns once. Capped and silent in a dispute, like sales."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims import campaigns
from claims.models import Campaign, Customer, DueRow, Policy
from claims.outreach import Due
from claims.vocabulary import CampaignState, OutreachKind
from outreach.purpose import Occasion, Prepared, Purpose, Say, Skip, one_by_one

NAME = campaigns.PURPOSE
AT_ONCE = 2_000


def plan(session: Session, now: datetime) -> Iterable[Due]:
    """Customers whom an approved campaign concerns, up to its most."""
    running = select(Campaign).where(Campaign.state == CampaignState.APPROVED, Campaign.ends_at > now)
    for campaign in session.scalars(running.order_by(Campaign.approved_at)).all():
        mine = (DueRow.purpose == NAME, DueRow.subject == campaign.id)
        room = campaign.most - (session.scalar(select(func.count()).select_from(DueRow).where(*mine)) or 0)
        planned = select(DueRow.customer_id).where(*mine)
        wanted = (
            select(Policy.customer_id)
            .join(Customer, Customer.id == Policy.customer_id)
            .where(campaigns.concerned(campaign), Policy.customer_id.not_in(planned))
            .distinct()
            .order_by(Policy.customer_id)
            .limit(max(0, min(room, AT_ONCE)))
        )
        for customer_id in session.scalars(wanted):
            yield Due(
                key=f"{campaign.id}:{customer_id}",
                due_at=now,
                subject=campaign.id,
                customer_id=customer_id,
                expires_at=campaign.ends_at,
            )


def prepare(session: Session, occasion: Occasion) -> Prepared:
    """The advice, unless the campaign was stopped."""
    campaign = session.get_one(Campaign, occasion.row.subject)
    if campaign.state is not CampaignState.APPROVED:
        return Skip("no_longer")
    person = occasion.person
    city = person.customer.city if person is not None else None
    return Say(campaigns.text(campaign.template, campaign.details, city=city, channel=occasion.channel))


PURPOSE = Purpose(NAME, OutreachKind.SALES, plan, one_by_one(prepare), ("wechat", "telegram", "sms", "email"))
