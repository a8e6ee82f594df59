"""Campaigns of education at the desk: drafted, looked at, approved by another person, stopped, what became of them."""

from __future__ import annotations

import re
from typing import Any

from claims import accounts, campaigns, clock
from claims.campaigns import Outcome, Template
from claims.models import Campaign
from claims.rules import causes
from claims.staff import Right
from claims.vocabulary import CampaignState, Line
from desk.access import Desk
from desk.door import operation
from desk.problems import Refused
from desk.shown import when
from desk.wording import named, say

_BETWEEN = re.compile(r"[、，,;；\s]+")


@operation(Right.DRAFT_CAMPAIGNS)
def list_campaigns(desk: Desk, scope: str = "running") -> list[dict[str, Any]]:
    """scope: running (waits for approval, or is sent), or all; the newest first."""
    found = campaigns.listing(desk.session)
    if scope != "all":
        found = [each for each in found if not _over(each)]
    desk.note("campaigns_listed", "campaigns", {"count": len(found)})
    names, outcomes = accounts.names(desk.session), campaigns.outcomes(desk.session, found)
    return [_line(desk, each, outcomes[each.id], names) for each in found]


@operation(Right.DRAFT_CAMPAIGNS, reads=True)
def campaign_templates(desk: Desk) -> dict[str, dict[str, Any]]:
    """What can be sent: its name, the values it needs with what they are, the lines it concerns, how many at most."""
    return {
        key: {
            "name": each.name,
            "needs": dict(each.needs),
            "lines": {line.value: causes.line_name(line) for line in each.lines},
            "most": each.most,
            "text": _with_blanks(each),
        }
        for key, each in campaigns.templates().items()
    }


@operation(Right.DRAFT_CAMPAIGNS)
def draft_campaign(
    desk: Desk, template: str, cities: str, lines: list[str], details: dict[str, str], most: int | None
) -> str:
    """A new campaign, which nobody hears of yet; its id. cities: as typed, none for the whole country."""
    found = campaigns.templates()[template]
    if missing := [what for name, what in found.needs.items() if not details.get(name, "").strip()]:
        raise Refused(422, "campaign_needs", missing="、".join(missing))
    if most is not None and not 0 < most <= found.most:
        raise Refused(422, "campaign_most", most=found.most)
    made = campaigns.draft(
        desk.session,
        template,
        cities=[city for city in _BETWEEN.split(cities) if city],
        lines=[Line(line) for line in lines],
        details={name: value for name, value in details.items() if name in found.needs},
        most=most,
        actor=desk.actor,
    )
    return made.id


@operation(Right.DRAFT_CAMPAIGNS)
def preview_campaign(desk: Desk, campaign_id: str) -> dict[str, Any]:
    """Whom it concerns, in numbers, and what they would read. Nobody is named."""
    found = campaigns.get(desk.session, campaign_id)
    desk.note("campaign_previewed", f"campaign:{found.id}")
    seen = campaigns.preview(desk.session, found)
    by_line = {causes.line_name(Line(line)): count for line, count in seen.by_line.items()}
    return {
        "counts": [
            ("concerned", str(seen.concerned)),
            ("opted_out", str(seen.opted_out)),
            ("reached", str(seen.reached)),
            ("by_city", _counted({city or say("campaign.no_city"): n for city, n in seen.by_city.items()})),
            ("by_line", _counted(by_line)),
        ],
        "chat": seen.chat,
        "sms": seen.sms,
        "segments": seen.sms_segments,
    }


@operation(Right.APPROVE_CAMPAIGNS)
def approve_campaign(desk: Desk, campaign_id: str) -> bool:
    """From now on it is sent. Not by its author."""
    found = campaigns.get(desk.session, campaign_id)
    if found.created_by == desk.actor:
        raise Refused(422, "campaign_own")
    campaigns.approve(desk.session, found, desk.actor)
    return True


@operation(Right.APPROVE_CAMPAIGNS)
def stop_campaign(desk: Desk, campaign_id: str) -> bool:
    """Whoever was not reached yet is not."""
    campaigns.stop(desk.session, campaigns.get(desk.session, campaign_id), desk.actor)
    return True


def _with_blanks(template: Template) -> str:
    """What is read, with the names of the values in their places."""
    blanks = {name: f"【{what}】" for name, what in {**template.needs, "city": say("campaign.cities")}.items()}
    return template.chat.format(**blanks)


def _over(each: Campaign) -> bool:
    return each.state is CampaignState.STOPPED or each.ends_at <= clock.now()


def _counted(counts: dict[str, int]) -> str:
    most_first = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return "、".join(f"{name} {count}" for name, count in most_first)


def _line(desk: Desk, each: Campaign, outcome: Outcome, names: dict[str, str]) -> dict[str, Any]:
    template, over = campaigns.templates()[each.template], _over(each)
    ended = over and each.state is not CampaignState.STOPPED
    return {
        "id": each.id,
        "name": template.name,
        "state": each.state.value,
        "state_name": say("campaign.ended") if ended else named("campaign_states", each.state.value),
        "late": False,
        "over": over,
        "own": each.created_by == desk.actor,
        "cities": "、".join(each.cities) or say("campaign.everywhere"),
        "lines": "、".join(causes.line_name(Line(line)) for line in each.lines),
        "details": "；".join(f"{what} {each.details[name]}" for name, what in template.needs.items()),
        "most": f"{each.most:,}",
        "ends": when(each.ends_at),
        "author": names.get(each.created_by, each.created_by),
        "approved": f"{names.get(each.approved_by, each.approved_by)} {when(each.approved_at)}"
        if each.approved_by
        else "",
        "counts": ""
        if each.state is CampaignState.DRAFT
        else say("campaign.counted", sent=outcome.sent, waiting=outcome.waiting, not_sent=outcome.not_sent),
        "why_not": _counted(outcome.why_not),
    }
