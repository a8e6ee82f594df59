"""A campaign's life: drafted, approved by another person, stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, clock
from claims.campaigns.templates import templates
from claims.errors import BadInput, NotFound
from claims.models import Campaign
from claims.vocabulary import CampaignState, Line

LONGEST_VALUE = 30


def draft(
    session: Session,
    template: str,
    *,
    cities: Sequence[str],
    details: Mapping[str, str],
    actor: str,
    lines: Sequence[Line] = (),
    most: int | None = None,
) -> Campaign:
    """A new campaign, which nobody hears of yet. cities: none means the whole country; lines, most: of the template
    unless given, and never more than that. BadInput names what is missing or too much."""
    found = templates().get(template)
    if found is None:
        raise BadInput(f"no template {template}; there are {', '.join(templates())}")
    missing = [name for name in found.needs if not details.get(name, "").strip()]
    if missing:
        raise BadInput(f"the template needs {', '.join(missing)}")
    if unknown := set(details) - set(found.needs):
        raise BadInput(f"the template has no {', '.join(sorted(unknown))}")
    if any(len(value) > LONGEST_VALUE or not value.isprintable() for value in details.values()):
        raise BadInput(f"a value is one line of at most {LONGEST_VALUE} characters")
    if other := set(lines) - set(found.lines):
        raise BadInput(f"the template does not concern {', '.join(sorted(other))}")
    if most is not None and not 0 < most <= found.most:
        raise BadInput(f"at most {found.most} customers")
    campaign = Campaign(
        template=template,
        cities=sorted({city.strip().removesuffix("市") for city in cities if city.strip()}),
        lines=[str(line) for line in lines or found.lines],
        details={name: value.strip() for name, value in details.items()},
        most=most or found.most,
        ends_at=clock.now() + timedelta(days=found.days),
        created_by=actor,
    )
    session.add(campaign)
    session.flush()
    audit.record(session, actor, "campaign_drafted", f"campaign:{campaign.id}", {"template": template})
    return campaign


def approve(session: Session, campaign: Campaign, actor: str) -> None:
    """From now on it is sent. BadInput when its author approves it, or it is over. Approved again changes nothing."""
    session.refresh(campaign, with_for_update=True)
    if campaign.state is CampaignState.APPROVED:
        return
    if campaign.created_by == actor:
        raise BadInput("a campaign is approved by another person than its author")
    if campaign.state is CampaignState.STOPPED or campaign.ends_at <= clock.now():
        raise BadInput("this campaign is over")
    campaign.state, campaign.approved_by, campaign.approved_at = CampaignState.APPROVED, actor, clock.now()
    session.flush()
    audit.record(session, actor, "campaign_approved", f"campaign:{campaign.id}")


def stop(session: Session, campaign: Campaign, actor: str) -> None:
    """Whoever was not reached yet is not. Safe to repeat."""
    if campaign.state is CampaignState.STOPPED:
        return
    campaign.state = CampaignState.STOPPED
    session.flush()
    audit.record(session, actor, "campaign_stopped", f"campaign:{campaign.id}")


def get(session: Session, campaign_id: str) -> Campaign:
    """By its id, or the beginning of it. NotFound when none, BadInput when several begin so."""
    prefix = campaign_id.replace("%", "").replace("_", "")
    found = list(session.scalars(select(Campaign).where(Campaign.id.startswith(prefix)).limit(2)))
    if not prefix or not found:
        raise NotFound("no such campaign")
    if len(found) > 1:
        raise BadInput("several campaigns begin with this id: give more of it")
    return found[0]


def listing(session: Session, limit: int = 100) -> list[Campaign]:
    """Newest first."""
    return list(session.scalars(select(Campaign).order_by(Campaign.created_at.desc(), Campaign.id).limit(limit)))
