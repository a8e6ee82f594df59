"""Whom a campaign concerns: by their policies in force and where they live."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from claims import clock
from claims.campaigns.templates import text
from claims.models import Campaign, Customer, OptOut, Policy
from claims.segments import segments
from claims.vocabulary import Line, PolicyStatus


@dataclass(frozen=True, slots=True)
class Preview:
    """What approving would do. concerned: customers with such a policy there; reached: of them, those that would be
    written to (not opted out, within the campaign's most). sms_segments: parts of one text message."""

    concerned: int
    reached: int
    opted_out: int
    by_city: dict[str, int]
    by_line: dict[str, int]
    chat: str
    sms: str
    sms_segments: int


def concerned(campaign: Campaign) -> ColumnElement[bool]:
    """The condition on policies and their holders."""
    now = clock.now()
    conditions = [
        Policy.status == PolicyStatus.ACTIVE,
        Policy.starts_at <= now,
        Policy.ends_at >= now,
        Policy.line.in_([Line(line) for line in campaign.lines]),
    ]
    if campaign.cities:
        spellings = [each for city in campaign.cities for each in (city, f"{city}市")]
        conditions.append(Customer.city.in_(spellings))
    return and_(*conditions)


def preview(session: Session, campaign: Campaign) -> Preview:
    """Count whom it concerns, and show what they would read. Nothing is planned."""
    rows = session.execute(
        select(Policy.customer_id, Customer.city, Policy.line)
        .join(Customer, Customer.id == Policy.customer_id)
        .where(concerned(campaign))
    ).all()
    cities = {row.customer_id: row.city or "" for row in rows}
    refused = set(session.scalars(select(OptOut.key).where(OptOut.key.startswith("customer:"))))
    opted_out = sum(f"customer:{customer_id}" in refused for customer_id in cities)
    holders = {(row.customer_id, Line(row.line)) for row in rows}
    sample = campaign.cities[0] if campaign.cities else None
    sms = text(campaign.template, campaign.details, city=sample, channel="sms")
    return Preview(
        concerned=len(cities),
        reached=min(len(cities) - opted_out, campaign.most),
        opted_out=opted_out,
        by_city=dict(Counter(cities.values())),
        by_line=dict(Counter(str(line) for _, line in holders)),
        chat=text(campaign.template, campaign.details, city=sample, channel="chat"),
        sms=sms,
        sms_segments=segments(sms),
    )
